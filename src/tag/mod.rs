//! Reads the grammar of a text: part of speech and inflection of every token, names, and on demand the
//! dependencies of a sentence.
//!
//! Linear models trained by `dateline train`; their weights are embedded and used in place. Features are made
//! by the same code in training and in reading. Without weights for a language there is no [`Reading`], and the
//! other stages go by word lists alone.

mod by_word;
mod form;
mod glance;
mod hint;
mod score;
mod cluster;
mod context;
mod known_place;
mod weights;
pub mod morph;
mod tagger;
pub mod entity;
mod parse;
pub mod predicate;
pub mod clause;
mod border;
mod argument;
#[cfg(feature = "train")]
pub mod train;

use crate::error::Result;
use crate::lang::form::Shape;
use crate::lang::{Class, Lang, Lexicon, WordId, class};
use crate::span::Span;
use crate::text::{Sentence, Text};
pub use clause::{Clause, ClauseKind, Clauses};
use cluster::Clusters;
use context::Contexts;
pub use entity::EntityKind;
use entity::{KINDS, Memory, Recogniser, Sight};
use form::{Form, made_of};
use glance::{Glances, Memo};
use hint::Hints;
pub use morph::{Mood, Morph, PronType, Tense, Upos, VerbForm};
use parse::{Between, Node, Parser, State};
pub use predicate::{Modality, Predicate, Voice, When};
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::OnceLock;
use tagger::{OwnSums, Tagger, Words};
use weights::{Section, Weights};

/// A name in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Its tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: EntityKind,
}

/// What was read of a text.
#[derive(Debug)]
pub struct Reading<'t> {
    text: &'t Text<'t>,
    tags: Vec<Morph>,
    numbers: Vec<u8>,
    entities: Vec<Entity>,
    clauses: Vec<OnceCell<Clauses>>,
    trees: Vec<OnceCell<Tree>>,
}

/// The dependencies of one sentence.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    first: usize,
    heads: Vec<u16>,
    labels: Vec<&'static str>,
}

impl Tree {
    /// The token that token `i` hangs on; `None` for the root and for tokens of other sentences.
    pub fn head(&self, i: usize) -> Option<usize> {
        let head = *self.heads.get(i.checked_sub(self.first)?)?;
        (head != parse::NONE).then(|| self.first + usize::from(head))
    }

    /// How it hangs there: a relation of Universal Dependencies, `root` without head.
    pub fn relation(&self, i: usize) -> &'static str {
        i.checked_sub(self.first).and_then(|n| self.labels.get(n)).copied().unwrap_or("root")
    }

    /// The tokens that hang on token `i`, in order.
    pub fn children(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        (self.first..self.first + self.heads.len()).filter(move |k| self.head(*k) == Some(i))
    }
}

/// Reads `text`; `None` when there are no weights for its language.
pub fn read<'t>(text: &'t Text<'t>) -> Option<Reading<'t>> {
    let model = model(text.lang).as_ref().ok()?;
    let mut tags = Vec::with_capacity(text.tokens.len());
    let mut sights = Vec::with_capacity(text.tokens.len());
    with_kept(text.lang, |kept| {
        for sentence in &text.sentences {
            let range = sentence.tokens.clone();
            kept.memo.glance(text, range.clone(), &model.tagger, &mut kept.glances);
            let (forms, lists) = (&kept.glances.forms, &kept.glances.lists);
            model.tagger.tag(forms, lists, &mut kept.sums, &mut tags);
            let own = tags.get(range.start..).unwrap_or_default();
            look(text, range, &kept.glances, own, &mut sights);
        }
    });
    let of_sentence = |s: &Sentence| sights.get(s.tokens.clone()).unwrap_or_default();
    let mut hints = Hints::default();
    hint::gather(text.sentences.iter().map(of_sentence), &mut hints);
    let mut labels = Vec::with_capacity(text.tokens.len());
    let mut memory = Memory::default();
    for sentence in &text.sentences {
        let own = of_sentence(sentence);
        model.recogniser.label(own, &memory, &hints, &mut labels);
        entity::remember(own, labels.get(sentence.tokens.start..).unwrap_or_default(), &mut memory);
    }
    let morphs = tags.iter().enumerate().map(|(i, t)| certain(text, i, model.tagger.morph(*t))).collect();
    let clauses = vec![OnceCell::new(); text.sentences.len()];
    let trees = vec![OnceCell::new(); text.sentences.len()];
    Some(Reading { text, tags: morphs, numbers: tags, entities: entities(&labels, 0), clauses, trees })
}

/// What a thread keeps from one text to the next: nothing of the texts, only what words tell by themselves.
#[derive(Debug, Default)]
struct KeptWords {
    memo: Memo,
    sums: OwnSums,
    glances: Glances,
}

/// Lends what this thread keeps for a language.
fn with_kept(lang: Lang, read: impl FnOnce(&mut KeptWords)) {
    thread_local! {
        static KEPT: RefCell<Vec<(Lang, KeptWords)>> = const { RefCell::new(Vec::new()) };
    }
    KEPT.with(|kept| {
        let Ok(mut kept) = kept.try_borrow_mut() else { return read(&mut KeptWords::default()) };
        if !kept.iter().any(|(own, _)| *own == lang) {
            kept.push((lang, KeptWords::default()));
        }
        if let Some((_, words)) = kept.iter_mut().find(|(own, _)| *own == lang) {
            read(words);
        }
    });
}

/// « s'ouvrira »: a verb form that the lists know as a future, an imperfect or a conditional and as nothing else
/// is one, wherever it stands.
fn certain(text: &Text<'_>, i: usize, morph: Morph) -> Morph {
    if !morph.upos().is_verbal() {
        return morph;
    }
    let mut shapes = text.lang.lexicon().shapes(text.word(i));
    let Some(first) = shapes.next().filter(|s| s.verb == Some(VerbForm::Fin)) else { return morph };
    let alike = |s: Shape| s.verb == first.verb && s.mood == first.mood && s.tense == first.tense;
    if shapes.all(alike) { morph.in_form(first.mood, first.tense).unwrap_or(morph) } else { morph }
}

/// Why there is no reading in a language, if there is none.
///
/// # Errors
/// The weights are missing, or of another version or recipe.
pub fn check(lang: Lang) -> Result<()> {
    match model(lang) {
        Ok(_) => Ok(()),
        Err(message) => Err(crate::error::Error::new(crate::error::ErrorKind::Data, message.clone())),
    }
}

impl<'t> Reading<'t> {
    /// The text it was made from.
    pub fn text(&self) -> &'t Text<'t> {
        self.text
    }

    /// Part of speech and inflection of token `i`.
    pub fn morph(&self, i: usize) -> Morph {
        self.tags.get(i).copied().unwrap_or(Morph::new(Upos::X))
    }

    /// Part of speech of token `i`.
    pub fn upos(&self, i: usize) -> Upos {
        self.morph(i).upos()
    }

    /// The names of the text, in order, without overlap.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The span of a name.
    pub fn entity_span(&self, entity: &Entity) -> Span {
        self.text.span(entity.tokens.clone())
    }

    /// The clauses of a sentence, by its number; read when first asked for.
    pub fn clauses(&self, sentence: usize) -> Option<&Clauses> {
        let tokens = self.text.sentences.get(sentence)?.tokens.clone();
        Some(self.clauses.get(sentence)?.get_or_init(|| clause::clauses(self.text, &self.tags, tokens)))
    }

    /// The innermost clause that token `i` belongs to.
    pub fn clause_at(&self, i: usize) -> Option<&Clause> {
        self.clauses(self.text.sentence_of(i))?.at(i)
    }

    /// The verb group that governs token `i`: that of its clause.
    pub fn predicate_at(&self, i: usize) -> Option<&Predicate> {
        self.clause_at(i)?.predicate.as_ref()
    }

    /// The dependencies of a sentence, by its number; parsed when first asked for.
    pub fn tree(&self, sentence: usize) -> Option<&Tree> {
        let tokens = self.text.sentences.get(sentence)?.tokens.clone();
        let model = model(self.text.lang).as_ref().ok()?;
        Some(self.trees.get(sentence)?.get_or_init(|| {
            let mut forms: Vec<Form> = tokens.clone().map(|i| Form::of(self.text, i)).collect();
            model.tagger.clusters.mark(&mut forms);
            let node = |(i, form): (usize, &Form)| {
                Node::new(form, self.numbers.get(i).copied().unwrap_or_default(), self.morph(i))
            };
            let nodes: Vec<Node> = tokens.clone().zip(&forms).map(node).collect();
            let mut state = State::default();
            model.parser.parse(&nodes, &mut Between::new(), &mut state);
            let name = |l: &u8| {
                usize::from(*l).checked_sub(1).and_then(|n| model.labels.get(n)).copied().unwrap_or("root")
            };
            Tree { first: tokens.start, labels: state.labels.iter().map(name).collect(), heads: state.heads }
        }))
    }

    /// The lemma of a verb, noun or adjective that the word lists inflect.
    pub fn lemma(&self, i: usize) -> Option<&'static str> {
        let verbal = self.upos(i).is_verbal();
        let forms = || self.text.lang.lexicon().forms(self.text.word(i));
        forms().find(|f| f.shape.verb.is_some() == verbal).or_else(|| forms().next()).map(|f| f.lemma)
    }

    /// Tense, person, number and gender of an inflected word of the lists, as far as its tag agrees.
    pub fn shape(&self, i: usize) -> Option<Shape> {
        let morph = self.morph(i);
        let fits = |s: &Shape| s.verb == morph.verb_form() && (s.verb.is_none() || s.tense == morph.tense());
        self.text.lang.lexicon().shapes(self.text.word(i)).find(fits)
    }

    /// The name that token `i` belongs to.
    pub fn entity_at(&self, i: usize) -> Option<&Entity> {
        let n = self.entities.partition_point(|e| e.tokens.end <= i);
        self.entities.get(n).filter(|e| e.tokens.contains(&i))
    }
}

/// The parts of the weights of a language, ready to use.
#[derive(Debug)]
struct Model {
    tagger: Tagger<'static>,
    recogniser: Recogniser<'static>,
    parser: Parser<'static>,
    labels: Vec<&'static str>,
}

fn model(lang: Lang) -> &'static std::result::Result<Model, String> {
    static MODELS: OnceLock<Vec<(Lang, std::result::Result<Model, String>)>> = OnceLock::new();
    static NONE: std::result::Result<Model, String> = Err(String::new());
    let models = MODELS.get_or_init(|| {
        Lang::all().map(|l| (l, open(l.weights()).map_err(|e| format!("{}: {e}", l.code())))).collect()
    });
    models.iter().find(|(l, _)| *l == lang).map_or(&NONE, |(_, m)| m)
}

fn open(bytes: &'static [u8]) -> Result<Model> {
    let weights = Weights::open(bytes, recipe())?;
    let tags = weights.section(Section::Tags);
    let words = Words {
        slots: weights.section(Section::Words),
        starts: weights.section(Section::ListStarts),
        lists: weights.section(Section::Lists),
    };
    let table = weights.table(Section::Tagger);
    let clusters = Clusters { slots: weights.section(Section::Clusters) };
    let contexts = Contexts { slots: weights.section(Section::Contexts) };
    Ok(Model {
        tagger: Tagger::new(words, tags, table, clusters, contexts),
        recogniser: Recogniser { table: weights.section(Section::Entities), clusters: clusters.any() },
        parser: Parser {
            clusters: clusters.any(),
            actions: weights.section(Section::Actions),
            labels: weights.table(Section::Labels),
            lists: Words {
                slots: weights.section(Section::LabelSlots),
                starts: weights.section(Section::LabelStarts),
                lists: weights.section(Section::LabelLists),
            },
        },
        labels: std::str::from_utf8(weights.section(Section::LabelNames))
            .unwrap_or_default()
            .lines()
            .collect(),
    })
}

/// Classes of the word lists that tell names, one bit each in [`Sight::lists`].
const NAME_CLASSES: [Class; 13] = [
    class::TAG_FIRST_NAME,
    class::TAG_TITLE,
    class::TAG_ORGANISATION_WORD,
    class::TAG_PLACE_WORD,
    class::TAG_PLACE,
    class::TAG_ORGANISATION,
    class::TAG_DEMONYM,
    class::TAG_NAME_PARTICLE,
    class::TAG_SAYING,
    class::TAG_CALENDAR,
    class::TAG_OTHER_NAME,
    class::TAG_GIVEN_NAME,
    class::TAG_SURNAME,
];

/// The lists of names that a word is in, as bits of [`Sight::lists`].
fn names_of(lexicon: &Lexicon, word: WordId) -> u16 {
    let sets = lexicon.sets(word);
    name_bits(|class| sets.has(class))
}

fn name_bits(has: impl Fn(Class) -> bool) -> u16 {
    NAME_CLASSES.iter().enumerate().fold(0u16, |bits, (bit, class)| bits | u16::from(has(*class)) << bit)
}

/// What the recogniser sees of the tokens of a sentence, appended to `all`.
fn look(text: &Text<'_>, range: Range<usize>, glances: &Glances, tags: &[u8], all: &mut Vec<Sight>) {
    let (begin, forms) = (all.len(), &glances.forms);
    let letters = |f: &&Form| f.made_of() <= made_of::MIXED;
    let caseless = !forms.iter().skip(1).filter(letters).any(Form::has_capital)
        || (forms.len() > 3 && forms.iter().filter(letters).all(Form::has_capital));
    for (n, form) in forms.iter().enumerate() {
        all.push(Sight {
            form: *form,
            tag: tags.get(n).copied().unwrap_or_default(),
            lists: glances.names.get(n).copied().unwrap_or_default(),
            known: glances.lists.get(n).copied().unwrap_or_default(),
            first: n == 0,
            caseless,
            place: 0,
        });
    }
    let sights = all.get_mut(begin..).unwrap_or_default();
    known_place::mark(text, range.clone(), &glances.places, sights);
    for (n, i) in range.enumerate() {
        // Expressions are looked for at capitals only: there they are names.
        if text.word(i) == WordId::NONE || !forms.get(n).is_some_and(Form::has_capital) {
            continue;
        }
        for phrase in text.phrases(i) {
            let found = name_bits(|class| phrase.classes().any(|c| c == class));
            for sight in sights.iter_mut().skip(n).take(phrase.len) {
                sight.lists |= found;
            }
        }
    }
}

/// The names that labels spell; `first` is the number of the first token.
fn entities(labels: &[u8], first: usize) -> Vec<Entity> {
    let mut found: Vec<Entity> = Vec::new();
    for (n, label) in labels.iter().enumerate() {
        match entity::parts(*label) {
            Some((_, entity::INNER)) => {
                if let Some(last) = found.last_mut() {
                    last.tokens.end = first + n + 1;
                }
            }
            Some((kind, _)) => {
                if let Some(kind) = KINDS.get(usize::from(kind)) {
                    found.push(Entity { tokens: first + n..first + n + 1, kind: *kind });
                }
            }
            None => {}
        }
    }
    found
}

/// Hash of all features of a probe sentence: it changes when the feature code does.
fn recipe() -> u64 {
    let forms: Vec<Form> =
        ["Anna's", "d\u{2019}\u{c9}t\u{e9}", "lives", "IN", "2016", "-", "al-Ab", "12", ".", "mixedCase"]
            .iter()
            .zip(1u16..)
            .map(|(w, n)| {
                let mut form = Form::new(w);
                form.cluster = n * 4051;
                form
            })
            .collect();
    let lists: Vec<u32> = (1..=forms.len() as u32).collect();
    let mut hash = 0;
    // In which order the features of one decision are asked for changes nothing.
    let mut add = |features: &[u64]| {
        let all = features.iter().fold(0u64, |all, f| all.wrapping_add(score::key(9, *f, 0)));
        hash = score::key(9, all, hash);
    };
    let sights: Vec<Sight> = forms
        .iter()
        .zip(0u8..)
        .map(|(form, n)| Sight {
            form: *form,
            tag: n,
            lists: 1 << n,
            known: u32::from(n) + 3,
            first: n == 0,
            caseless: false,
            place: n,
        })
        .collect();
    let mut memory = Memory::default();
    memory.note(forms.first().map_or(0, |f| f.word), 2);
    let mut hints = Hints::default();
    hint::gather(std::iter::once(sights.as_slice()), &mut hints);
    for i in 0..forms.len() {
        add(&tagger::features(&forms, &lists, i, (3, 4), i % 2 == 0, true));
        add(&[context::key_of(&forms, &lists, i, 4).unwrap_or_default()]);
        add(&entity::features(&sights, i, &[5, 6], (&memory, &hints), true));
        add(&[u64::from(entity::may_begin(&sights, i)), score::block(7 << 52, 1 << 20) as u64]);
    }
    let nodes: Vec<Node> =
        forms.iter().zip(0u8..).map(|(f, n)| Node::new(f, n, Morph(u32::from(n)))).collect();
    let mut state = State::default();
    let mut between = Between::new();
    parse::count_between(&nodes, &mut between);
    state.start(nodes.len());
    for n in 0..12 {
        add(&parse::action_features(&nodes, &between, &state, true));
        add(&parse::label_features(&nodes, &state, n, state.next));
        let action =
            if state.stack.is_empty() { parse::Action::Shift } else { parse::ACTIONS[usize::from(n % 4)] };
        if state.allows(action) && !state.is_done() {
            state.take(action, n as u8);
        }
    }
    add(&[u64::from(NAME_CLASSES.len() as u32)]);
    hash
}
