//! Reads treebanks (CoNLL-U) and lays their trees over the project's own tokens.

use crate::error::{Error, ErrorKind, Result};
use crate::lang::Lang;
use crate::tag::form::{Form, listed};
use crate::tag::morph::Morph;
use crate::text::Text;
use std::path::Path;

/// A word of a treebank.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    /// As written in the column FORM.
    pub form: String,
    /// Where its token stands in the text of the sentence, in bytes; the words of a contraction that is not
    /// simply cut share the whole of it.
    pub start: usize,
    /// Part of speech and inflection.
    pub morph: Morph,
    /// Number of its head, counted from 1; 0 is the root.
    pub head: usize,
    /// Relation to its head.
    pub label: String,
    /// Looks like a contraction of the same treebank, and is none.
    pub marked: bool,
}

/// A sentence of a treebank.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    /// The sentence as printed.
    pub text: String,
    /// Its words.
    pub words: Vec<Word>,
}

/// A sentence to learn from: tokens with their answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sample {
    /// Tokens as written.
    pub words: Vec<String>,
    /// Their forms.
    pub forms: Vec<Form>,
    /// Their part of speech and inflection.
    pub morphs: Vec<Morph>,
    /// Number of the head, counted from 1; 0 is the root.
    pub heads: Vec<usize>,
    /// Relations.
    pub labels: Vec<String>,
    /// The word of the treebank that each token stands for.
    pub sources: Vec<usize>,
    /// Tokens that look like contractions and are none.
    marked: Vec<usize>,
    lang: Option<Lang>,
}

/// Tells a word from the contraction that looks like it.
const UNCONTRACTED: u64 = 0x5555_0000_5555_0000;

/// Relation of the further tokens of one word to its first.
pub(crate) const CONTINUED: &str = "goeswith";

/// Reads a CoNLL-U file.
pub(crate) fn read(path: &Path) -> Result<Vec<Sentence>> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Error::new(ErrorKind::Input, "cannot read the treebank").in_file(path).caused_by(e))?;
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    let mut contraction: Option<(usize, usize, String)> = None;
    let mut contractions = std::collections::BTreeSet::new();
    let mut at = 0;
    for line in text.lines() {
        if let Some(printed) = line.strip_prefix("# text = ") {
            sentence.text = printed.to_string();
        }
        if line.is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            sentence = Sentence::default();
            contraction = None;
            at = 0;
        }
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, _, upos, _, feats, head, label, ..] = fields.as_slice() else { continue };
        if let Some((first, last)) = id.split_once('-') {
            contraction = Some((
                first.parse().unwrap_or_default(),
                last.parse().unwrap_or_default(),
                (*form).to_string(),
            ));
            continue;
        }
        let Ok(number) = id.parse::<usize>() else { continue };
        let inside =
            contraction.as_ref().filter(|(first, last, _)| (*first..=*last).contains(&number)).cloned();
        let (start, end) = match inside {
            None => find(&sentence.text, form, at),
            Some((first, last, whole)) => {
                let from =
                    if number == first { at } else { sentence.words.get(first - 1).map_or(at, |w| w.start) };
                let (start, end) = find(&sentence.text, &whole, from);
                contractions.insert(whole.to_lowercase());
                // "don't" is "do" and "n't"; « du » is not « de » and « le ».
                let done: usize =
                    sentence.words.get(first - 1..).unwrap_or_default().iter().map(|w| w.form.len()).sum();
                let rest = sentence.text.get(start + done..end).unwrap_or_default();
                if rest.starts_with(*form) && (number < last || rest.len() == form.len()) {
                    (start + done, start + done + form.len())
                } else {
                    (start, end)
                }
            }
        };
        at = end;
        sentence.words.push(Word {
            form: (*form).to_string(),
            start,
            morph: Morph::from_treebank(upos, feats),
            head: head.parse().unwrap_or_default(),
            label: (*label).to_string(),
            marked: false,
        });
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    for word in sentences.iter_mut().flat_map(|s| &mut s.words) {
        word.marked = contractions.contains(&word.form.to_lowercase());
    }
    Ok(sentences)
}

/// Where `form` stands in `text` from `at` on.
fn find(text: &str, form: &str, at: usize) -> (usize, usize) {
    let rest = text.get(at..).unwrap_or_default();
    let start = at + (rest.len() - rest.trim_start().len());
    match rest.find(form) {
        Some(offset) if offset < 4 => (at + offset, at + offset + form.len()),
        _ => (start, (start + form.len()).min(text.len())),
    }
}

impl Sample {
    /// Makes the forms anew.
    fn form(&mut self, lang: Lang) {
        let lexicon = lang.lexicon();
        let mut folded = String::new();
        self.forms.clear();
        for word in &self.words {
            let mut form = Form::new(word);
            folded.clear();
            crate::text::token::fold_into(word, &mut folded);
            form.listed = listed(lexicon, lexicon.word(&folded));
            self.forms.push(form);
        }
        for n in &self.marked {
            if let Some(form) = self.forms.get_mut(*n) {
                form.word ^= UNCONTRACTED;
            }
        }
    }

    fn push(&mut self, word: &str, morph: Morph, head: usize, label: &str, source: usize) {
        self.words.push(word.to_string());
        self.morphs.push(morph);
        self.heads.push(head);
        self.labels.push(label.to_string());
        self.sources.push(source);
    }

    /// The words of the treebank as they are. There a word that looks like a contraction is surely none, which
    /// its form says.
    pub fn plain(sentence: &Sentence, lang: Lang) -> Sample {
        let mut sample = Sample::default();
        for (n, w) in sentence.words.iter().enumerate() {
            sample.push(&w.form, w.morph, w.head, &w.label, n);
            if w.marked {
                sample.marked.push(n);
            }
        }
        sample.lang = Some(lang);
        sample.form(lang);
        sample
    }

    /// The project's own tokens. A token that holds several words takes the one whose head lies outside; a
    /// word of several tokens is the first of them, and the others hang on it.
    pub fn own(sentence: &Sentence, lang: Lang) -> Sample {
        let text = Text::new(&sentence.text, lang);
        // The token that stands for each word.
        let mut token_of = vec![0; sentence.words.len()];
        let mut words_of = vec![Vec::new(); text.tokens.len()];
        for (n, word) in sentence.words.iter().enumerate() {
            let token = text.token_at(word.start as u32).min(text.tokens.len().saturating_sub(1));
            if let (Some(place), Some(list)) = (token_of.get_mut(n), words_of.get_mut(token)) {
                *place = token;
                list.push(n);
            }
        }
        let mut sample = Sample::default();
        for (t, words) in words_of.iter().enumerate() {
            let outside = |n: &&usize| {
                sentence
                    .words
                    .get(**n)
                    .is_some_and(|w| w.head == 0 || token_of.get(w.head - 1).is_some_and(|token| *token != t))
            };
            let main = words
                .iter()
                .find(outside)
                .or(words.first())
                .and_then(|n| sentence.words.get(*n).map(|w| (*n, w)));
            match main {
                Some((n, word)) => {
                    let head = match word.head {
                        0 => 0,
                        h => token_of.get(h - 1).map_or(0, |token| token + 1),
                    };
                    sample.push(text.str(t), word.morph, head, &word.label, n);
                }
                None => {
                    let morph = sample.morphs.last().copied().unwrap_or(Morph::new(crate::tag::Upos::X));
                    let source = sample.sources.last().copied().unwrap_or_default();
                    let mut head = t;
                    while let (Some(label), Some(h)) =
                        (sample.labels.get(head.wrapping_sub(1)), sample.heads.get(head.wrapping_sub(1)))
                    {
                        if label != CONTINUED {
                            break;
                        }
                        head = *h;
                    }
                    sample.push(text.str(t), morph, head, CONTINUED, source);
                }
            }
        }
        sample.break_loops();
        sample.lang = Some(lang);
        sample.form(lang);
        sample
    }

    /// Words laid together can hang on each other in a ring; the first of a ring takes the root.
    fn break_loops(&mut self) {
        for start in 0..self.heads.len() {
            let mut at = start + 1;
            for _ in 0..=self.heads.len() {
                at = match self.heads.get(at.wrapping_sub(1)) {
                    Some(&head) => head,
                    None => 0,
                };
                if at == 0 {
                    break;
                }
            }
            if at != 0
                && let Some(head) = self.heads.get_mut(start)
            {
                *head = 0;
            }
        }
    }

    /// The same sentence in other letters, or without its final stop.
    pub fn changed(&self, change: Change) -> Sample {
        let mut sample = self.clone();
        match change {
            Change::Lower => sample.words.iter_mut().for_each(|w| *w = w.to_lowercase()),
            Change::Upper => sample.words.iter_mut().for_each(|w| *w = w.to_uppercase()),
            Change::NoStop => {
                let last = sample.words.len().saturating_sub(1);
                let is_stop = sample.morphs.last().is_some_and(|m| m.upos() == crate::tag::Upos::Punct);
                let is_leaf = !sample.heads.contains(&(last + 1));
                if last > 0 && is_stop && is_leaf {
                    sample.words.truncate(last);
                    sample.morphs.truncate(last);
                    sample.heads.truncate(last);
                    sample.labels.truncate(last);
                    sample.sources.truncate(last);
                }
            }
        }
        if let Some(lang) = sample.lang {
            sample.form(lang);
        }
        sample
    }
}

/// A way in which text differs from edited sentences.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Change {
    /// All letters small.
    Lower,
    /// All letters capital.
    Upper,
    /// No final mark.
    NoStop,
}
