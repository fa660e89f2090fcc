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
    /// Words that stay words when a hyphen joins two of them: `mars-avril`.
    pub pairs: &'a [&'a str],
    /// Words that end with a dot of their own, dot included: `etc.`
    pub abbreviations: &'a [&'a str],
    /// The same, only when they begin with a capital: `Sat.`
    pub capital_abbreviations: &'a [&'a str],
    /// The same, only before a number: `no. 7`
    pub number_abbreviations: &'a [&'a str],
    /// Bytes of the longest abbreviation of the three lists.
    pub longest_dotted: usize,
    /// True when a space between groups of three digits is part of the number.
    pub space_groups: bool,
}
