//! Measures weights on treebanks and corpora that training never saw.

use super::names::{self, Named};
use super::treebank::{self, Sample, Sentence};
use super::{files, names_in, prepare};
use crate::error::Result;
use crate::lang::Lang;
use crate::tag::entity::{self, KINDS};
use crate::tag::morph::Upos;
use crate::tag::parse::{Between, NONE, Node, State};
use crate::tag::tagger::OwnSums;
use crate::tag::{KeptWords, Model, open};
use std::fmt::Write as _;
use std::path::Path;

/// Right answers of a number of questions.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    right: usize,
    of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.of.max(1) as f64
    }
}

/// Measures weights on the folders `ud` and `ner` of `gold` and returns a table: those in `bytes`, or the
/// embedded ones.
///
/// # Errors
/// The weights are of another version or recipe, or a file cannot be read.
pub fn evaluate(lang: Lang, bytes: Option<Vec<u8>>, gold: &Path) -> Result<String> {
    // Weights are used in place for as long as the program runs; a program that measures some ends soon.
    let model = open(bytes.map_or(lang.weights(), |b| Box::leak(b.into_boxed_slice())))?;
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:32} {:7} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "file", "tokens", "words", "UPOS", "tags", "verbs", "UAS", "LAS"
    );
    for path in files(&gold.join("ud"), lang)? {
        let sentences = treebank::read(&path)?;
        for own in [false, true] {
            let row = grammar(&model, &sentences, lang, own);
            let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
            let kind = if own { "own" } else { "gold" };
            let _ = writeln!(out, "{name:32} {kind:7} {row}");
        }
    }
    let _ = writeln!(out, "{:32} {:>6} {:>6} {:>6} {:>6} {:>6}", "file", "names", "all", "PER", "ORG", "LOC");
    for path in files(&gold.join("ner"), lang)? {
        let name = path.file_stem().and_then(|n| n.to_str()).unwrap_or_default();
        let _ = writeln!(out, "{name:32} {}", naming(&model, &names::read(&path)?, lang));
    }
    Ok(out)
}

fn grammar(model: &Model, sentences: &[Sentence], lang: Lang, own: bool) -> String {
    let (mut upos, mut whole, mut verbs) = (Share::default(), Share::default(), Share::default());
    let (mut uas, mut las) = (Share::default(), Share::default());
    let (mut lists, mut tags, mut sums) = (Vec::new(), Vec::new(), OwnSums::default());
    let (mut between, mut state) = (Between::new(), State::default());
    let universal = |label: &str| label.split(':').next().unwrap_or_default().to_string();
    for sentence in sentences {
        let mut sample = if own { Sample::own(sentence, lang) } else { Sample::plain(sentence, lang) };
        tags.clear();
        model.tagger.clusters.mark(&mut sample.forms);
        model.tagger.lists_of(&sample.forms, &mut lists);
        model.tagger.tag(&sample.forms, &lists, &mut sums, &mut tags);
        for (morph, tag) in sample.morphs.iter().zip(&tags) {
            let found = model.tagger.morph(*tag);
            upos.count(found.upos() == morph.upos());
            whole.count(found == *morph);
            if matches!(morph.upos(), Upos::Verb | Upos::Aux) {
                verbs.count(found.verbal() >> 5 == morph.verbal() >> 5);
            }
        }
        let nodes: Vec<Node> =
            sample.forms.iter().zip(&tags).map(|(f, t)| Node::new(f, *t, model.tagger.morph(*t))).collect();
        model.parser.parse(&nodes, &mut between, &mut state);
        for (i, (head, label)) in sample.heads.iter().zip(&sample.labels).enumerate() {
            let found = state.heads.get(i).map_or(0, |h| if *h == NONE { 0 } else { usize::from(*h) + 1 });
            let number = state.labels.get(i).copied().unwrap_or_default();
            let name = usize::from(number).checked_sub(1).and_then(|n| model.labels.get(n)).copied();
            uas.count(found == *head);
            las.count(found == *head && universal(name.unwrap_or("root")) == universal(label));
        }
    }
    format!(
        "{:>6} {:6.2} {:6.2} {:6.2} {:6.2} {:6.2}",
        upos.of,
        upos.percent(),
        whole.percent(),
        verbs.percent(),
        uas.percent(),
        las.percent()
    )
}

fn naming(model: &Model, texts: &[Named], lang: Lang) -> String {
    // Gold, found, right; by kind.
    let mut counts = [[0usize; 3]; 4];
    let mut kept = KeptWords::default();
    for named in texts {
        let prepared = prepare(named, lang, &model.tagger, &mut kept);
        let text = crate::text::Text::new(&named.text, lang);
        let found: Vec<u8> = names_in(&model.recogniser, &prepared).concat();
        let found: Vec<(usize, usize, u8)> = crate::tag::entities(&found, 0)
            .iter()
            .map(|e| {
                let span = text.span(e.tokens.clone());
                let kind = KINDS.iter().position(|k| *k == e.kind).unwrap_or_default();
                (span.start as usize, span.end as usize, kind as u8)
            })
            .collect();
        for (list, place) in [(&named.names, 0), (&found, 1)] {
            for (_, _, kind) in list {
                if let Some(count) = counts.get_mut(usize::from(*kind)).and_then(|c| c.get_mut(place)) {
                    *count += 1;
                }
            }
        }
        for name in found.iter().filter(|n| named.names.contains(n)) {
            if let Some(count) = counts.get_mut(usize::from(name.2)).and_then(|c| c.get_mut(2)) {
                *count += 1;
            }
        }
    }
    let f1 = |c: [usize; 3]| 200.0 * c[2] as f64 / (c[0] + c[1]).max(1) as f64;
    let [per, org, loc, _] = counts;
    let all = [0, 1, 2].map(|n| per[n] + org[n] + loc[n]);
    let _ = entity::OUT;
    format!("{:>6} {:6.1} {:6.1} {:6.1} {:6.1}", all[0], f1(all), f1(per), f1(org), f1(loc))
}
