//! What the tool knows about each language: word lists and rules, as data in one folder per language.
//!
//! The build script compiles the folders; nothing is parsed when the program starts. A new language is a
//! new folder. Rust code asks for [`class`]es of words and for [`setting`]s, never for a word.

mod affixes;
pub mod form;
mod lexicon;
pub mod rule;
mod table;

pub use affixes::Affixes;
pub use form::Form;
pub(crate) use lexicon::Sets;
pub use lexicon::{Class, Classes, Entry, Lexicon, Phrase, WordId};
pub use rule::RuleSet;
#[allow(unused_imports)] // the generated tables name only what the rules use
use rule::{Operation, Rule, Shape, Step, Term};

/// The classes of words that the lists define.
pub mod class {
    use super::Class;
    include!(concat!(env!("OUT_DIR"), "/class.rs"));
}

/// The settings that some language's lists have.
pub mod setting {
    use super::Setting;
    include!(concat!(env!("OUT_DIR"), "/setting.rs"));
}

/// The operations that the rules name.
pub mod operation {
    use super::rule::Operation;
    include!(concat!(env!("OUT_DIR"), "/operation.rs"));
}

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// What the word lists and rules of this build are called: changes whenever one of them does.
pub const VERSION: &str = env!("DATELINE_RULES");

/// A language folder, compiled.
#[derive(Debug)]
pub(crate) struct Language {
    code: &'static str,
    lexicon: Lexicon,
    affixes: Affixes<'static>,
    settings: &'static [Option<&'static str>],
    weights: &'static [u8],
    rules: &'static [(&'static str, RuleSet)],
}

/// How a language does something. The constants in [`setting`] are made from the word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting(u8);

/// One of the languages the tool reads.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang(u8);

impl Lang {
    /// All languages, sorted by code.
    pub fn all() -> impl Iterator<Item = Lang> {
        (0..LANGUAGES.len() as u8).map(Lang)
    }

    /// The language with this ISO 639-1 code; regions are ignored (`fr-CA` is `fr`).
    pub fn from_code(code: &str) -> Option<Lang> {
        let code = code.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Lang::all().find(|l| l.code() == code)
    }

    fn data(self) -> &'static Language {
        &LANGUAGES[usize::from(self.0)]
    }

    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        self.data().code
    }

    /// The word lists.
    pub fn lexicon(self) -> &'static Lexicon {
        &self.data().lexicon
    }

    /// How words are glued together.
    pub fn affixes(self) -> &'static Affixes<'static> {
        &self.data().affixes
    }

    /// The weights file of the tagger; empty when this build has none.
    pub(crate) fn weights(self) -> &'static [u8] {
        self.data().weights
    }

    /// The rules of a stage: the file `<stage>.rules` of the language.
    pub fn rules(self, stage: &str) -> Option<&'static RuleSet> {
        self.data().rules.iter().find(|(name, _)| *name == stage).map(|(_, rules)| rules)
    }

    /// The value of a setting (class `setting` of the lists), if the language has it.
    pub fn setting(self, setting: Setting) -> Option<&'static str> {
        self.data().settings.get(usize::from(setting.0)).copied().flatten()
    }
}

impl serde::Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, into: S) -> Result<S::Ok, S::Error> {
        into.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Lang {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let code = String::deserialize(from)?;
        Lang::from_code(&code).ok_or_else(|| serde::de::Error::custom("a language that is not read"))
    }
}

impl std::fmt::Debug for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
