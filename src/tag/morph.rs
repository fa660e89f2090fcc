//! Part of speech and inflection of a token, packed into one number.
//!
//! The vocabulary is that of Universal Dependencies v2; names of classes and features in weights files and
//! treebanks are spelled as there.

/// Part of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
#[repr(u8)]
pub enum Upos {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

pub use crate::lang::form::{Mood, Tense, VerbForm};
use Upos::*;

const UPOS: [(Upos, &str); 17] = [
    (Adj, "ADJ"),
    (Adp, "ADP"),
    (Adv, "ADV"),
    (Aux, "AUX"),
    (Cconj, "CCONJ"),
    (Det, "DET"),
    (Intj, "INTJ"),
    (Noun, "NOUN"),
    (Num, "NUM"),
    (Part, "PART"),
    (Pron, "PRON"),
    (Propn, "PROPN"),
    (Punct, "PUNCT"),
    (Sconj, "SCONJ"),
    (Sym, "SYM"),
    (Verb, "VERB"),
    (X, "X"),
];

impl Upos {
    /// The name that Universal Dependencies uses.
    pub fn as_str(self) -> &'static str {
        UPOS.iter().find(|(u, _)| *u == self).map_or("X", |(_, n)| n)
    }

    /// The part of speech of that name; unknown names are [`Upos::X`].
    pub fn from_name(name: &str) -> Upos {
        UPOS.iter().find(|(_, n)| *n == name).map_or(X, |(u, _)| *u)
    }

    /// Verbs and auxiliaries.
    pub fn is_verbal(self) -> bool {
        matches!(self, Verb | Aux)
    }

    /// Nouns and names.
    pub fn is_nominal(self) -> bool {
        matches!(self, Noun | Propn)
    }
}

/// Kind of a pronoun or determiner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum PronType {
    Personal,
    Relative,
    Interrogative,
    Demonstrative,
    Article,
    Other,
}

/// Part of speech and inflection, packed: features that do not apply are `None`. Number and person are left to
/// the word lists ([`super::Reading::shape`]): as part of the tags they cost 0.3 points of accuracy.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Morph(pub(crate) u32);

const FORM: (u32, u32) = (5, 7);
const MOOD: (u32, u32) = (8, 7);
const TENSE: (u32, u32) = (11, 7);
const PRON: (u32, u32) = (18, 7);

impl Morph {
    /// A part of speech without inflection.
    pub const fn new(upos: Upos) -> Self {
        Morph(upos as u32)
    }

    fn field(self, (shift, mask): (u32, u32)) -> u32 {
        self.0 >> shift & mask
    }

    /// Part of speech.
    pub fn upos(self) -> Upos {
        UPOS.get((self.0 & 31) as usize).map_or(X, |(u, _)| *u)
    }

    /// Form of a verb.
    pub fn verb_form(self) -> Option<VerbForm> {
        match self.field(FORM) {
            1 => Some(VerbForm::Fin),
            2 => Some(VerbForm::Inf),
            3 => Some(VerbForm::Part),
            _ => None,
        }
    }

    /// Mood of a finite verb.
    pub fn mood(self) -> Option<Mood> {
        match self.field(MOOD) {
            1 => Some(Mood::Ind),
            2 => Some(Mood::Sub),
            3 => Some(Mood::Cnd),
            4 => Some(Mood::Imp),
            _ => None,
        }
    }

    /// Tense of a finite verb or participle.
    pub fn tense(self) -> Option<Tense> {
        match self.field(TENSE) {
            1 => Some(Tense::Pres),
            2 => Some(Tense::Past),
            3 => Some(Tense::Imp),
            4 => Some(Tense::Fut),
            _ => None,
        }
    }

    /// The same part of speech as a finite verb in the future, the imperfect or the conditional; `None` for
    /// other forms.
    pub(super) fn in_form(self, mood: Option<Mood>, tense: Option<Tense>) -> Option<Morph> {
        let (mood, tense) = match (mood, tense) {
            (Some(Mood::Cnd), _) => (3, 1),
            (Some(Mood::Ind), Some(Tense::Imp)) => (1, 3),
            (Some(Mood::Ind), Some(Tense::Fut)) => (1, 4),
            _ => return None,
        };
        Some(Morph(self.0 & 31 | 1 << FORM.0 | mood << MOOD.0 | tense << TENSE.0))
    }

    /// Kind of a pronoun or determiner.
    pub fn pron_type(self) -> Option<PronType> {
        match self.field(PRON) {
            1 => Some(PronType::Personal),
            2 => Some(PronType::Relative),
            3 => Some(PronType::Interrogative),
            4 => Some(PronType::Demonstrative),
            5 => Some(PronType::Article),
            6 => Some(PronType::Other),
            _ => None,
        }
    }

    /// Part of speech, verb form, mood, tense: what a clause needs of its verb.
    #[cfg(feature = "train")]
    pub(crate) fn verbal(self) -> u32 {
        self.0 & 0x3fff
    }

    /// Reads the columns UPOS and FEATS of a treebank.
    #[cfg(feature = "train")]
    pub(crate) fn from_treebank(upos: &str, feats: &str) -> Morph {
        let upos = Upos::from_name(upos);
        let mut morph = Morph::new(upos);
        let mut set = |(shift, _): (u32, u32), value: u32| morph.0 |= value << shift;
        for feat in feats.split('|') {
            let Some((name, value)) = feat.split_once('=') else { continue };
            let first = |v: &str| v.split(',').next().unwrap_or_default().to_string();
            match (name, first(value).as_str()) {
                ("VerbForm", "Fin") => set(FORM, 1),
                ("VerbForm", "Inf") => set(FORM, 2),
                ("VerbForm", "Part") => set(FORM, 3),
                // English -ing forms are one thing here, whatever they stand for.
                ("VerbForm", "Ger") => {
                    set(FORM, 3);
                    set(TENSE, 1);
                }
                ("Mood", "Ind") => set(MOOD, 1),
                ("Mood", "Sub") => set(MOOD, 2),
                ("Mood", "Cnd") => set(MOOD, 3),
                ("Mood", "Imp") => set(MOOD, 4),
                ("Tense", "Pres") => set(TENSE, 1),
                ("Tense", "Past") => set(TENSE, 2),
                ("Tense", "Imp") => set(TENSE, 3),
                ("Tense", "Fut") => set(TENSE, 4),
                ("PronType", "Prs") if upos == Pron => set(PRON, 1),
                ("PronType", "Rel") => set(PRON, 2),
                ("PronType", "Int") => set(PRON, 3),
                ("PronType", "Dem") => set(PRON, 4),
                ("PronType", "Art") => set(PRON, 5),
                ("PronType", _) if upos == Pron => set(PRON, 6),
                _ => {}
            }
        }
        morph
    }
}

impl std::fmt::Debug for Morph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.upos().as_str())?;
        for feature in [
            self.verb_form().map(|v| format!("{v:?}")),
            self.mood().map(|v| format!("{v:?}")),
            self.tense().map(|v| format!("{v:?}")),
            self.pron_type().map(|v| format!("{v:?}")),
        ]
        .into_iter()
        .flatten()
        {
            write!(f, "|{feature}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back() {
        for (upos, name) in UPOS {
            assert_eq!(Upos::from_name(name), upos);
            assert_eq!(Morph::new(upos).upos().as_str(), name);
        }
    }

    #[cfg(feature = "train")]
    #[test]
    fn features() {
        let morph = Morph::from_treebank("VERB", "Mood=Cnd|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin");
        assert_eq!(morph.verb_form(), Some(VerbForm::Fin));
        assert_eq!((morph.mood(), morph.tense()), (Some(Mood::Cnd), Some(Tense::Pres)));
    }
}
