//! How a name belongs to a place: its own name, another one, an abbreviation; in which language.

/// What sort of name it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameSort {
    /// The name the place goes by, in some language.
    Main,
    /// Another name, spelling or former name.
    Other,
    /// An abbreviation; only a text that writes it in capitals means it: `US`, `N.C.`
    Abbreviation,
    /// The name without its article, which the text must supply: « au Caire ».
    WithoutArticle,
}

/// Languages that names are marked with; a language's place in the list is its number in index files, so
/// new ones go to the end. At most [`MOST_LANGUAGES`].
pub const LANGUAGES: [&str; 2] = ["fr", "en"];

/// Languages that index files have numbers for.
pub(crate) const MOST_LANGUAGES: usize = 7;

/// The number of a language in index files, 0 when unknown or unlisted.
pub(crate) fn language_number(code: &str) -> u8 {
    LANGUAGES.iter().position(|l| *l == code).map_or(0, |p| p as u8 + 1)
}

/// How a name belongs to a place, in seven bits: two for the sort, one for the cue, three for the language,
/// one spare. Smaller bits are better names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameForm(u8);

impl NameForm {
    /// A form from its parts; `language` as ISO 639-1 code, empty when not known.
    pub fn new(sort: NameSort, needs_cue: bool, language: &str) -> Self {
        NameForm((sort as u8) << 5 | u8::from(needs_cue) << 4 | language_number(language) << 1)
    }

    pub(crate) fn from_bits(bits: u8) -> Self {
        NameForm(bits & 0x7f)
    }

    pub(crate) fn bits(self) -> u8 {
        self.0
    }

    /// What sort of name it is.
    pub fn sort(self) -> NameSort {
        match self.0 >> 5 {
            0 => NameSort::Main,
            1 => NameSort::Other,
            2 => NameSort::Abbreviation,
            _ => NameSort::WithoutArticle,
        }
    }

    /// True for names that are also common words, first names, months: take them only with a cue.
    pub fn needs_cue(self) -> bool {
        self.0 & 0x10 != 0
    }

    /// ISO 639-1 code of the language the name is known to belong to.
    pub fn language(self) -> Option<&'static str> {
        usize::from(self.0 >> 1 & 7).checked_sub(1).and_then(|n| LANGUAGES.get(n)).copied()
    }

    /// The same form, marked as also a common word.
    #[must_use]
    pub(crate) fn with_cue(self) -> Self {
        NameForm(self.0 | 0x10)
    }

    /// The better of two forms of one name of one place; a name of two languages belongs to none of them.
    #[must_use]
    pub(crate) fn best(self, other: Self) -> Self {
        let best = self.min(other);
        if self.language() == other.language() { best } else { NameForm(best.0 & !0x0e) }
    }
}

/// A place of some layer of a [`super::Gazetteer`].
///
/// Valid for the gazetteer it came from. Ids order by layer, then by level and population: of two ids of
/// one layer the smaller one is the more prominent place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PlaceId(u32);

impl PlaceId {
    pub(crate) fn new(layer: usize, index: u32) -> Self {
        PlaceId((layer as u32) << 24 | index & 0x00ff_ffff)
    }

    pub(crate) fn layer(self) -> usize {
        (self.0 >> 24) as usize
    }

    pub(crate) fn index(self) -> u32 {
        self.0 & 0x00ff_ffff
    }
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The place.
    pub place: PlaceId,
    /// How the name belongs to it.
    pub form: NameForm,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_keeps_its_parts() {
        for sort in [NameSort::Main, NameSort::Other, NameSort::Abbreviation, NameSort::WithoutArticle] {
            for cue in [false, true] {
                for language in ["", "fr", "en"] {
                    let form = NameForm::from_bits(NameForm::new(sort, cue, language).bits());
                    assert_eq!(form.sort(), sort);
                    assert_eq!(form.needs_cue(), cue);
                    assert_eq!(form.language().unwrap_or_default(), language);
                }
            }
        }
    }

    #[test]
    fn the_best_of_two_forms_is_the_plainer_one() {
        let french = NameForm::new(NameSort::Main, false, "fr");
        let english = NameForm::new(NameSort::Other, true, "en");
        assert_eq!(french.best(english), NameForm::new(NameSort::Main, false, ""));
        assert_eq!(english.best(english), english);
    }
}
