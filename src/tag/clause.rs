//! Clauses: what a verb governs, and what is said of it there.
//!
//! Tokens of a clause need not be neighbours: a relative clause interrupts the one it stands in. Where clauses
//! begin and end is found in [`super::border`], what stands in them in [`super::argument`].

use super::border::Cutter;
use super::morph::Morph;
use super::predicate::{Predicate, Verbs, Voice};
use crate::text::Text;
use std::ops::Range;

/// What a clause is to its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseKind {
    /// A main clause, or one that nothing opens.
    Main,
    /// Opened by a relative pronoun.
    Relative,
    /// Opened by "that" and the like: what somebody says, thinks or wants.
    Complement,
    /// Opened by a conjunction of time, cause, purpose …
    Adverbial,
    /// Opened by a conjunction of condition.
    Conditional,
    /// A participle without auxiliary.
    Participial,
    /// An infinitive that no modal verb carries.
    Infinitive,
    /// No verb at all: a headline, a caption.
    Verbless,
}

/// A clause.
#[derive(Clone, Debug)]
pub struct Clause {
    /// What it is to its sentence.
    pub kind: ClauseKind,
    /// Its verb group; `None` when there is no verb.
    pub predicate: Option<Predicate>,
    /// From its first token to its last one; clauses inside it are not taken out.
    pub tokens: Range<usize>,
    /// The clause it depends on, by its place in the list of clauses of the sentence.
    pub parent: Option<usize>,
    /// The word that opens it.
    pub opener: Option<usize>,
    /// Who or what the verb is about, as the subject of its form.
    pub subject: Option<Range<usize>>,
    /// The direct object of an active verb.
    pub object: Option<Range<usize>>,
    /// Who does it, when the verb is passive.
    pub agent: Option<Range<usize>>,
    /// It tells what somebody says: governed by a verb of saying, or beside a source ("according to").
    pub reported: bool,
    /// Who says it, where a clause of its sentence tells.
    pub speaker: Option<Range<usize>>,
}

impl Clause {
    /// Who does it: the agent of a passive verb, the subject of an active one.
    pub fn doer(&self) -> Option<Range<usize>> {
        if self.is_passive() { self.agent.clone() } else { self.subject.clone() }
    }

    /// To whom or what it is done: the subject of a passive verb, the object of an active one.
    pub fn undergoer(&self) -> Option<Range<usize>> {
        if self.is_passive() { self.subject.clone() } else { self.object.clone() }
    }

    fn is_passive(&self) -> bool {
        self.predicate.as_ref().is_some_and(|p| p.voice == Voice::Passive)
    }
}

/// The clauses of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Clauses {
    /// Number of the first token.
    pub(super) first: usize,
    /// The clauses, in the order of their verbs.
    pub list: Vec<Clause>,
    /// The innermost clause of each token.
    pub(super) of: Vec<u16>,
}

impl Clauses {
    /// The innermost clause that token `i` belongs to.
    pub fn at(&self, i: usize) -> Option<&Clause> {
        self.list.get(self.index(i)?)
    }

    /// The place of that clause in the list.
    pub fn index(&self, i: usize) -> Option<usize> {
        i.checked_sub(self.first).and_then(|n| self.of.get(n)).map(|n| usize::from(*n))
    }

    /// True when token `i` belongs to the clause at that place, and to none inside it.
    pub fn owns(&self, clause: usize, i: usize) -> bool {
        self.index(i) == Some(clause)
    }
}

/// Reads the clauses of the sentence that covers `sentence`.
pub(crate) fn clauses(text: &Text<'_>, tags: &[Morph], sentence: Range<usize>) -> Clauses {
    let groups = Verbs { text, tags }.groups(sentence.clone());
    let cutter = Cutter { text, tags, sentence: sentence.clone() };
    let mut found = cutter.cut(groups);
    for n in 0..found.list.len() {
        cutter.fill(&mut found, n);
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;
    use crate::tag::{self, Clause};
    use crate::text::Text;

    /// One line per clause: kind, verb group, when, flags, who does it, to whom.
    fn line(text: &Text<'_>, clause: &Clause) -> String {
        let words = |r: Option<std::ops::Range<usize>>| r.map_or("-", |r| text.slice(r));
        let Some(p) = &clause.predicate else { return format!("{:?}", clause.kind) };
        let mut flags = format!("{:?}", p.voice).to_lowercase();
        if p.negated {
            flags.push_str(" not");
        }
        if let Some(modality) = p.modality {
            flags.push_str(&format!(" {modality:?}"));
        }
        format!(
            "{:?}: {} ({:?}, {flags}) {} > {}",
            clause.kind,
            text.slice(p.tokens.clone()),
            p.when(),
            words(clause.doer()),
            words(clause.undergoer())
        )
    }

    fn check(code: &str, source: &str, wanted: &[&str]) {
        let text = Text::new(source, Lang::from_code(code).unwrap());
        // A build without weights reads no clauses.
        let Some(reading) = tag::read(&text) else { return };
        let found: Vec<String> = reading.clauses(0).unwrap().list.iter().map(|c| line(&text, c)).collect();
        assert_eq!(found, wanted, "{source}");
    }

    #[test]
    fn french() {
        check(
            "fr",
            "Les habitants seront évacués par les pompiers.",
            &["Main: seront évacués (Some(Future), passive) les pompiers > Les habitants"],
        );
        check(
            "fr",
            "Le maire n'a pas quitté la ville.",
            &["Main: a pas quitté (Some(Past), active not) Le maire > la ville"],
        );
        check(
            "fr",
            "Les soldats qui sont arrivés lundi vont quitter la caserne.",
            &[
                "Relative: sont arrivés (Some(Past), active) Les soldats > -",
                "Main: vont quitter (Some(Future), active) Les soldats > la caserne",
            ],
        );
        check(
            "fr",
            "Le pont pourrait fermer, a annoncé la préfecture.",
            &[
                "Main: pourrait fermer (Some(Future), active Possible) Le pont > -",
                "Main: a annoncé (Some(Past), active) la préfecture > -",
            ],
        );
    }

    /// The verb group of each reported clause of the first sentence, and who says it.
    fn said(code: &str, source: &str) -> Option<Vec<String>> {
        let text = Text::new(source, Lang::from_code(code).unwrap());
        let reading = tag::read(&text)?;
        let told = reading.clauses(0)?.list.iter().filter(|c| c.reported);
        let line = |c: &Clause| {
            let verb = c.predicate.as_ref().map_or("", |p| text.slice(p.tokens.clone()));
            let speaker = c.speaker.clone().map_or("-", |s| text.slice(s));
            format!("{verb} < {speaker}")
        };
        Some(told.map(line).collect())
    }

    #[test]
    fn who_says_it() {
        for (code, source, wanted) in [
            ("fr", "Le préfet a déclaré que la route resterait fermée.", ["resterait < Le préfet"]),
            ("fr", "La route restera fermée, a indiqué le préfet.", ["restera < le préfet"]),
            ("fr", "Selon le préfet, la route restera fermée.", ["restera < -"]),
            ("en", "The mayor said that the road would stay closed.", ["would stay < The mayor"]),
            ("en", "The road will stay closed, the mayor said.", ["will stay < the mayor"]),
        ] {
            // A build without weights reads no clauses.
            let Some(found) = said(code, source) else { return };
            assert_eq!(found, wanted, "{source}");
        }
    }

    #[test]
    fn coordination() {
        check(
            "fr",
            "Les manifestants ont bloqué la gare et ont occupé la mairie.",
            &[
                "Main: ont bloqué (Some(Past), active) Les manifestants > la gare",
                "Main: ont occupé (Some(Past), active) Les manifestants > la mairie",
            ],
        );
        check(
            "en",
            "The workers left the plant and blocked the road.",
            &[
                "Main: left (Some(Past), active) The workers > the plant",
                "Main: blocked (Some(Past), active) The workers > the road",
            ],
        );
    }

    #[test]
    fn english() {
        check(
            "en",
            "The bridge was not destroyed by the storm.",
            &["Main: was not destroyed (Some(Past), passive not) the storm > The bridge"],
        );
        check(
            "en",
            "Police said that the driver will leave the hospital.",
            &[
                "Main: said (Some(Past), active) Police > -",
                "Complement: will leave (Some(Future), active) the driver > the hospital",
            ],
        );
        check(
            "en",
            "The minister may have left the country.",
            &["Main: may have left (Some(Past), active Possible) The minister > the country"],
        );
    }
}
