//! Hand-set weights of the ranking, in natural logarithms of people: a weight of 2.3 outdoes a town ten times larger.

/// The mention names what holds it: "Paris, Texas".
pub(super) const CONTAINED: f32 = 9.0;
/// A container that may as well be the next of a list.
pub(super) const CONTAINED_LIST: f32 = 2.0;
/// A container tied by a preposition: "Cabanatuan in Nueva Ecija".
pub(super) const WITHIN: f32 = 5.0;
/// The word for its kind stands beside: « province de ».
pub(super) const TYPE: f32 = 3.5;
/// The word for another kind does.
pub(super) const OTHER_TYPE: f32 = -2.5;
/// All votes of the text go to its country.
pub(super) const COUNTRY: f32 = 7.0;
/// All votes of the text go to its first division.
pub(super) const ADMIN1: f32 = 4.5;
/// Close to other places of the text, at most.
pub(super) const NEAR: f32 = 4.5;
/// The name is not the one it goes by.
pub(super) const OTHER_NAME: f32 = -1.5;
/// The name is one of another language than the text's.
pub(super) const OTHER_LANGUAGE: f32 = -1.0;
/// The text writes accents, and so does the name: « Mâcon ».
pub(super) const ACCENTS: f32 = 2.5;
/// A person listed it as well known.
pub(super) const CHOSEN: f32 = 2.0;
/// A user listed it in a gazetteer that lies over another; as much more for each that it lies over.
pub(super) const OWN: f32 = 2.0;
/// After the name of a town an abbreviation is that of a division.
pub(super) const NO_DIVISION: f32 = -6.0;
/// Somebody or something is of a town: "a Lebanon man", "the city of Turkey".
pub(super) const TOWN: f32 = 10.0;
/// A small town with the name of a country.
pub(super) const NAMESAKE: f32 = -6.0;
/// A town before the division that is named after it and hardly wider.
pub(super) const NAMESAKE_TOWN: f32 = 0.5;
/// A large town goes by the name, and this place is only also called so: "San Miguel" is not San Diego.
pub(super) const CALLED_AS_TOWN: f32 = -2.5;
/// A large town elsewhere goes by the name of this division, which has hardly more people.
pub(super) const DIVISION_AS_TOWN: f32 = -1.0;
/// The publisher is at home in its country.
pub(super) const HOME: f32 = 0.5;
/// A text in a language comes from the country where most of them are written.
pub(super) const LANGUAGE: f32 = 0.35;
/// Behind the best by so much, no words of a text would have put it first.
pub(super) const HOPELESS: f32 = 10.0;
