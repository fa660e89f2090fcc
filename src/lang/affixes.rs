//! How a language glues words together, for cutting them apart.

/// How a language glues words together; each list sorted, lower case, with the straight apostrophe.
#[derive(Clone, Copy, Debug)]
pub struct Affixes<'a> {
    /// Words that lose their vowel before an apostrophe, apostrophe included: `l'`.
    pub elisions: &'a [&'a str],
    /// Beginnings cut off with their hyphen: `mi-`.
    pub prefixes: &'a [&'a str],
    /// Endings cut off: `'s`, `n't`, `-t-il`.
    pub suffixes: &'a [&'a str],
    /// Words that end with a dot of their own, dot included: `dr.`
    pub abbreviations: &'a [&'a str],
    /// True when a space between groups of three digits is part of the number.
    pub space_groups: bool,
}
