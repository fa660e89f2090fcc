//! Trains the weights of a language from treebanks and corpora of names, and measures them.
//!
//! One run with the same files gives the same bytes. The corpora stay where they are; only numbers made from
//! them go into the weights file, whose licence notice names them.

mod clusters;
mod evaluate;
mod learner;
mod names;
mod parser;
mod retell;
mod treebank;
mod words;

use crate::error::{Error, ErrorKind, Result};
use crate::lang::Lang;
use crate::tag::cluster::Clusters;
use crate::tag::context::{self, Contexts};
use crate::tag::entity::{self, Memory, Recogniser, Sight};
use crate::tag::form::Form;
use crate::tag::hint::{self, Hints};
use crate::tag::morph::{Morph, Upos};
use crate::tag::parse::Node;
use crate::tag::tagger::{self, OwnSums, Tagger};
use crate::tag::weights::{SECTIONS, Section, pack};
use crate::tag::{KeptWords, look, recipe, score};
use crate::text::Text;
pub use evaluate::evaluate;
use learner::{Counts, Learner, Owners, Random, RowLearner};
use names::Named;
use parser::Lesson;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use treebank::{Change, Sample};
use words::WordSections;

/// Weights of the tagger.
const TAGGER: usize = 1 << 20;
/// Rows of the recogniser.
const ENTITIES: usize = 180_000;
/// The same where clusters take their part of the file.
const ENTITIES_CLUSTERED: usize = 104_000;
/// A feature of names seen less often gets no row.
const ENTITIES_LEAST: u16 = 2;
/// A feature of tags seen less often is not learnt.
const TAGGER_LEAST: u16 = 2;
/// Times that the tagger reads the treebanks.
const ROUNDS: usize = 8;
/// Times that the recogniser reads the corpora of names.
const NAME_ROUNDS: usize = 12;
/// Times that names are learnt from the start, each time in another order; the averages of all are averaged. Arcs gain
/// nothing by it.
const STARTS: usize = 3;
/// A tag that wins by less is still taught. With 0, the plain perceptron, unknown words fare worse by 0.2 points.
const MARGIN: f32 = 50.0;
/// The same for names: worth 1 point of F1 on development texts.
const NAME_MARGIN: f32 = 200.0;

/// Trains the weights of `lang` on the folders `ud` and `ner` of `data`; only files whose name begins with the
/// code of the language are read. Word clusters, when the language has any, come from the folder `clusters`.
/// Returns the bytes of the weights file.
///
/// # Errors
/// A corpus cannot be read, or there is none.
pub fn train(lang: Lang, data: &Path, clusters: Option<&Path>) -> Result<Vec<u8>> {
    let paths = clusters.map_or(Ok(Vec::new()), |folder| clusters::read(folder, lang))?;
    let clusters = Clusters { slots: &paths };
    let mut samples = Vec::new();
    let mut notice = String::new();
    for path in files(&data.join("ud"), lang)? {
        note(&mut notice, &path);
        for sentence in treebank::read(&path)? {
            let (own, plain) = (Sample::own(&sentence, lang), Sample::plain(&sentence, lang));
            if own.words != plain.words {
                samples.push(plain);
            }
            samples.push(own);
        }
    }
    let mut texts = Vec::new();
    for path in files(&data.join("ner"), lang)? {
        // Tables without borders of sentences and names teach more wrong than right.
        if path.extension().is_some_and(|e| e == "bio") {
            continue;
        }
        note(&mut notice, &path);
        texts.extend(names::read(&path)?);
    }
    let tags = tags(&samples);
    let packed: Vec<u8> = tags.iter().flat_map(|t| t.0.to_le_bytes()).collect();
    let taught = learn_tags(samples.iter(), &tags, &packed, clusters);
    let tagger = taught.tagger(&packed, clusters);
    let entities = train_entities(&texts, lang, &tagger);
    let label_names = label_names(&samples);
    let lessons = lessons(&samples, &tags, &packed, &label_names, clusters);
    let parser = parser::train(&lessons, clusters.any());

    let mut sections: [Vec<u8>; SECTIONS] = Default::default();
    let mut put = |section: Section, bytes: Vec<u8>| {
        if let Some(place) = sections.get_mut(section as usize) {
            *place = bytes;
        }
    };
    put(Section::Tags, packed.clone());
    put(Section::Tagger, taught.table.clone());
    put(Section::Contexts, taught.contexts.clone());
    put(Section::Entities, entities);
    put(Section::Notice, notice.into_bytes());
    put(Section::Clusters, paths.clone());
    put(Section::Words, taught.words.slots.clone());
    put(Section::ListStarts, taught.words.starts.clone());
    put(Section::Lists, taught.words.lists.clone());
    put(Section::Actions, parser.actions);
    put(Section::Labels, parser.labels);
    put(Section::LabelNames, label_names.join("\n").into_bytes());
    put(Section::LabelSlots, parser.lists.slots.clone());
    put(Section::LabelStarts, parser.lists.starts.clone());
    put(Section::LabelLists, parser.lists.lists.clone());
    Ok(pack(sections, recipe()))
}

/// What the tagger learnt from some samples.
struct Taught {
    words: WordSections,
    table: Vec<u8>,
    contexts: Vec<u8>,
}

impl Taught {
    fn tagger<'a>(&'a self, packed: &'a [u8], clusters: Clusters<'a>) -> Tagger<'a> {
        Tagger::new(self.words.view(), packed, &self.table, clusters, Contexts { slots: &self.contexts })
    }
}

/// Trains word list and tagger on some samples.
fn learn_tags<'a>(
    samples: impl Iterator<Item = &'a Sample>,
    tags: &[Morph],
    packed: &[u8],
    clusters: Clusters<'_>,
) -> Taught {
    let samples: Vec<Sample> = samples.cloned().collect();
    let listed: Vec<(Form, u8)> = samples
        .iter()
        .flat_map(|s| s.forms.iter().zip(&s.morphs).map(|(f, m)| (*f, number(tags, *m))))
        .collect();
    let words = words::build(&listed, &open_tags(tags, &samples));
    let mut samples = varied(samples);
    samples.iter_mut().for_each(|s| clusters.mark(&mut s.forms));
    let table = train_tagger(&samples, tags, packed, &words, clusters);
    let contexts = settled(&samples, tags, packed, &words);
    Taught { words, table, contexts }
}

/// A context seen so often with one tag only is believed to have no other.
const SETTLED: u32 = 3;

/// The contexts that leave a word one of the tags it can have.
fn settled(samples: &[Sample], tags: &[Morph], packed: &[u8], words: &WordSections) -> Vec<u8> {
    let shell = Tagger::new(words.view(), packed, &[], Clusters::default(), Contexts::default());
    let mut seen: BTreeMap<u64, (u8, u32)> = BTreeMap::new();
    let (mut own, mut lists) = (Vec::new(), Vec::new());
    for sample in samples {
        shell.lists_of(&sample.forms, &mut lists);
        let mut last = tagger::BORDER;
        for (i, morph) in sample.morphs.iter().enumerate() {
            let tag = number(tags, *morph);
            shell.candidates(&sample.forms, &lists, i, &mut own);
            if let Some(key) = context::key_of(&sample.forms, &lists, i, last).filter(|_| own.len() > 1) {
                let (first, count) = seen.entry(key).or_insert((tag, 0));
                // Once another tag was seen, the context settles nothing.
                *count = if *first == tag && *count != u32::MAX { *count + 1 } else { u32::MAX };
            }
            last = u64::from(tag);
        }
    }
    let sure = seen.into_iter().filter(|(_, (_, count))| (SETTLED..u32::MAX).contains(count));
    context::compile(&sure.map(|(key, (tag, _))| (key, tag)).collect::<Vec<_>>())
}

/// All labels, sorted.
fn label_names(samples: &[Sample]) -> Vec<String> {
    let names: std::collections::BTreeSet<&String> = samples.iter().flat_map(|s| &s.labels).collect();
    names.into_iter().cloned().collect()
}

/// Parts into which the samples are cut, so that the parser learns from tags as they are found, mistakes
/// included: each part is tagged by a tagger trained on the others.
const FOLDS: usize = 4;

fn lessons(
    samples: &[Sample],
    tags: &[Morph],
    packed: &[u8],
    names: &[String],
    clusters: Clusters<'_>,
) -> Vec<Lesson> {
    let mut lessons = Vec::new();
    // Both cuts of a sentence stand side by side and belong to the same part.
    let fold = |n: usize| n / 8 % FOLDS;
    for part in 0..FOLDS {
        let others = samples.iter().enumerate().filter(|(n, _)| fold(*n) != part).map(|(_, s)| s);
        // Without settled contexts: from a part of the samples they would settle what others contradict.
        let taught = Taught { contexts: Vec::new(), ..learn_tags(others, tags, packed, clusters) };
        let tagger = taught.tagger(packed, clusters);
        let own = samples.iter().enumerate().filter(|(n, _)| fold(*n) == part).map(|(_, s)| s.clone());
        let (mut lists, mut found, mut sums) = (Vec::new(), Vec::new(), OwnSums::default());
        for mut sample in varied(own.collect()) {
            clusters.mark(&mut sample.forms);
            found.clear();
            tagger.lists_of(&sample.forms, &mut lists);
            tagger.tag(&sample.forms, &lists, &mut sums, &mut found);
            let nodes = sample.forms.iter().zip(&found).map(|(f, t)| Node::new(f, *t, tagger.morph(*t)));
            lessons.push(Lesson::new(&sample, nodes.collect(), names));
        }
    }
    lessons
}

const NAME: Morph = Morph::new(Upos::Propn);

fn note(notice: &mut String, path: &Path) {
    notice.push_str(path.file_name().and_then(|n| n.to_str()).unwrap_or_default());
    notice.push('\n');
}

/// The files of a folder for a language, sorted.
fn files(folder: &Path, lang: Lang) -> Result<Vec<PathBuf>> {
    let prefix = format!("{}_", lang.code());
    let wrong = |e: std::io::Error| {
        Error::new(ErrorKind::Input, "cannot read the folder").in_file(folder).caused_by(e)
    };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if path.file_name().and_then(|n| n.to_str()).is_some_and(|n| n.starts_with(&prefix)) {
            found.push(path);
        }
    }
    found.sort();
    if found.is_empty() {
        return Err(Error::new(ErrorKind::Input, format!("no file begins with {prefix}")).in_file(folder));
    }
    Ok(found)
}

/// All tags, most frequent first; at most as many as a block of weights has places.
fn tags(samples: &[Sample]) -> Vec<Morph> {
    let mut counts: BTreeMap<Morph, usize> = BTreeMap::new();
    for morph in samples.iter().flat_map(|s| &s.morphs) {
        *counts.entry(*morph).or_default() += 1;
    }
    counts.entry(NAME).or_default();
    let mut tags: Vec<(Morph, usize)> = counts.into_iter().collect();
    tags.sort_by_key(|(m, c)| (std::cmp::Reverse(*c), *m));
    tags.truncate(score::BLOCK);
    if !tags.iter().any(|(m, _)| *m == NAME) {
        tags.pop();
        tags.push((NAME, 0));
    }
    tags.into_iter().map(|(m, _)| m).collect()
}

/// The number of a tag, or of the most frequent one of its part of speech.
fn number(tags: &[Morph], morph: Morph) -> u8 {
    let exact = tags.iter().position(|t| *t == morph);
    let same = || tags.iter().position(|t| t.upos() == morph.upos());
    exact.or_else(same).unwrap_or_default() as u8
}

/// Tags that words unknown to the list can have: those that many different words have.
fn open_tags(tags: &[Morph], samples: &[Sample]) -> Vec<u8> {
    let mut words: BTreeMap<u8, std::collections::BTreeSet<u64>> = BTreeMap::new();
    for sample in samples {
        for (form, morph) in sample.forms.iter().zip(&sample.morphs) {
            words.entry(number(tags, *morph)).or_default().insert(form.word);
        }
    }
    words.into_iter().filter(|(_, w)| w.len() >= 25).map(|(t, _)| t).collect()
}

/// The samples, and some of them again as text comes: small letters, capitals, no final stop.
fn varied(samples: Vec<Sample>) -> Vec<Sample> {
    let mut all = Vec::with_capacity(samples.len() * 3 / 2);
    for (n, sample) in samples.into_iter().enumerate() {
        match n % 12 {
            1 => all.push(sample.changed(Change::Lower)),
            5 => all.push(sample.changed(Change::Upper)),
            3 | 9 => all.push(sample.changed(Change::NoStop)),
            _ => {}
        }
        all.push(sample);
    }
    all
}

fn train_tagger(
    samples: &[Sample],
    tags: &[Morph],
    packed: &[u8],
    words: &WordSections,
    clusters: Clusters<'_>,
) -> Vec<u8> {
    let mut learner = Learner::new(TAGGER);
    let mut random = Random::new(1);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let (mut own, mut lists) = (Vec::new(), Vec::new());
    let mut counts = Counts::new();
    let shell = Tagger::new(words.view(), packed, &[], clusters, Contexts::default());
    for round in 0..=ROUNDS {
        // The first time counts features only.
        if round > 0 {
            random.shuffle(&mut order);
        }
        for sample in order.iter().filter_map(|n| samples.get(*n)) {
            lists.clear();
            lists.extend(sample.forms.iter().map(|f| shell.words.list_of(f)));
            let cased = tagger::is_cased(&sample.forms);
            let (mut before, mut last) = (255, 255);
            for (i, morph) in sample.morphs.iter().enumerate() {
                let right = number(tags, *morph);
                shell.candidates(&sample.forms, &lists, i, &mut own);
                let mut found = own.first().copied().unwrap_or_default();
                if own.len() > 1 {
                    if !own.contains(&right) {
                        own.push(right);
                    }
                    let history = (before, last);
                    let features = tagger::features(&sample.forms, &lists, i, history, cased, clusters.any());
                    if round == 0 {
                        counts.add(&features);
                        (before, last) = (last, u64::from(right));
                        continue;
                    }
                    let (rival, lead) = learner.rival(&features, &own, right);
                    found = if lead > 0.0 { right } else { rival };
                    learner.tick();
                    if lead <= MARGIN {
                        let frequent = features.iter().copied().filter(|f| counts.of(*f) >= TAGGER_LEAST);
                        learner.correct(&frequent.collect::<Vec<_>>(), right, rival);
                    }
                }
                (before, last) = (last, u64::from(found));
            }
        }
    }
    learner.quantised()
}

/// A text ready for the recogniser.
#[derive(Debug, Default)]
struct Prepared {
    /// What it sees, sentence by sentence, and the right labels.
    sentences: Vec<(Vec<Sight>, Vec<u8>)>,
    /// What the whole text tells.
    hints: Hints,
}

fn prepare(named: &Named, lang: Lang, tagger: &Tagger<'_>, kept: &mut KeptWords) -> Prepared {
    let text = Text::new(&named.text, lang);
    let mut prepared = Prepared::default();
    let mut tags = Vec::new();
    for sentence in &text.sentences {
        let range = sentence.tokens.clone();
        kept.memo.glance(&text, range.clone(), tagger, &mut kept.glances);
        tags.clear();
        tagger.tag(&kept.glances.forms, &kept.glances.lists, &mut kept.sums, &mut tags);
        let mut sights = Vec::new();
        look(&text, range.clone(), &kept.glances, &tags, &mut sights);
        let mut labels = vec![entity::OUT; sights.len()];
        for (start, end, kind) in &named.names {
            let tokens = text.tokens_in(crate::span::Span::new(*start, *end));
            if tokens.start < range.start || tokens.end > range.end || tokens.is_empty() {
                continue;
            }
            for i in tokens.clone() {
                let position = if i == tokens.start { entity::FIRST } else { entity::INNER };
                if let Some(label) = labels.get_mut(i - range.start) {
                    *label = entity::label(*kind, position);
                }
            }
        }
        prepared.sentences.push((sights, labels));
    }
    let all = prepared.sentences.iter().map(|(sights, _)| sights.as_slice());
    hint::gather(all, &mut prepared.hints);
    prepared
}

fn train_entities(texts: &[Named], lang: Lang, tagger: &Tagger<'_>) -> Vec<u8> {
    let told = retell::retell(texts, lang);
    let mut kept = KeptWords::default();
    let mut prepared: Vec<Prepared> =
        texts.iter().chain(&told).map(|t| prepare(t, lang, tagger, &mut kept)).collect();
    for (n, named) in texts.iter().enumerate() {
        if n % 10 == 4 && named.text.to_uppercase().len() == named.text.len() {
            let upper = Named { text: named.text.to_uppercase(), names: named.names.clone() };
            prepared.push(prepare(&upper, lang, tagger, &mut kept));
        }
    }
    let mut learner = name_owners(&prepared, tagger.clusters.any()).learner();
    let mut random = Random::new(2);
    let mut order: Vec<usize> = (0..prepared.len()).collect();
    let mut memory = Memory::default();
    for round in (0..STARTS).flat_map(|_| 1..=NAME_ROUNDS) {
        random.shuffle(&mut order);
        for text in order.iter().filter_map(|n| prepared.get(*n)) {
            memory.clear();
            for (sights, labels) in &text.sentences {
                let known = (&memory, &text.hints);
                let past = learn_sentence(&mut learner, sights, labels, known, tagger.clusters.any());
                entity::remember(sights, &past, &mut memory);
            }
        }
        if round == NAME_ROUNDS {
            learner.start_again();
        }
    }
    learner.quantised()
}

/// Which features of names get rows, counted where all labels so far are right.
fn name_owners(prepared: &[Prepared], clusters: bool) -> Owners {
    let mut owners = Owners::new(if clusters { ENTITIES_CLUSTERED } else { ENTITIES }, ENTITIES_LEAST);
    let mut memory = Memory::default();
    for counting in [true, false] {
        for text in prepared {
            memory.clear();
            for (sights, labels) in &text.sentences {
                for i in 0..labels.len() {
                    let past = labels.get(..i).unwrap_or_default();
                    if past.last().is_none_or(|l| *l == entity::OUT) && !entity::may_begin(sights, i) {
                        continue;
                    }
                    let features = entity::features(sights, i, past, (&memory, &text.hints), clusters);
                    if counting { owners.count(&features) } else { owners.claim(&features) }
                }
                entity::remember(sights, labels, &mut memory);
            }
        }
    }
    owners
}

/// Labels a sentence with the weights so far and corrects them; returns what was found.
fn learn_sentence(
    learner: &mut RowLearner<{ entity::LABELS }>,
    sights: &[Sight],
    labels: &[u8],
    known: (&Memory, &Hints),
    clusters: bool,
) -> Vec<u8> {
    let mut past: Vec<u8> = Vec::with_capacity(sights.len());
    for (i, right) in labels.iter().enumerate() {
        let mut allowed = entity::followers(past.last().copied().unwrap_or(entity::OUT));
        if !allowed.contains(right) {
            // The way so far was wrong and its mistake is already paid for: go on from the right one.
            if let (Some(last), Some(truth)) = (past.last_mut(), i.checked_sub(1).and_then(|n| labels.get(n)))
            {
                *last = *truth;
            }
            allowed = entity::followers(past.last().copied().unwrap_or(entity::OUT));
        }
        if past.last().is_none_or(|l| *l == entity::OUT) && !entity::may_begin(sights, i) {
            past.push(entity::OUT);
            continue;
        }
        let features = entity::features(sights, i, &past, known, clusters);
        let sums = learner.sums(&features);
        if !allowed.contains(right) {
            past.push(entity::best(&sums, allowed));
            continue;
        }
        let own: Vec<f32> = allowed.iter().filter_map(|l| sums.get(usize::from(*l)).copied()).collect();
        let (rival, lead) = score::rival(&own, allowed, *right);
        learner.tick();
        if lead <= NAME_MARGIN {
            learner.correct(&features, *right, rival);
        }
        past.push(if lead > 0.0 { *right } else { rival });
    }
    past
}

/// The labels that a recogniser finds in a text, with the spans of the names.
fn names_in(recogniser: &Recogniser<'_>, prepared: &Prepared) -> Vec<Vec<u8>> {
    let mut memory = Memory::default();
    let mut all = Vec::new();
    for (sights, _) in &prepared.sentences {
        let mut labels = Vec::new();
        recogniser.label(sights, &memory, &prepared.hints, &mut labels);
        entity::remember(sights, &labels, &mut memory);
        all.push(labels);
    }
    all
}
