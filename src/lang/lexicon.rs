//! The word lists of one language, read in place.
//!
//! A [`WordId`] is looked up once per token; from then on every stage asks for the [`Class`]es of that
//! number and never compares letters. Expressions of several words hang on their first word.

use super::form::{Form, Number, SHAPE_BITS, Shape};
use super::table::{ENTRY, HEADER, ID_BITS, PHRASE, PRESENT, SET, WORD, hash, key, second, slot, unpack};

/// A word of the lists, or [`WordId::NONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordId(pub(crate) u32);

impl WordId {
    /// A word that no list knows.
    pub const NONE: WordId = WordId(u32::MAX);
}

/// A class of words, such as weekdays. The constants in [`super::class`] are made from the word lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Class(pub(crate) u16);

/// Some classes, one bit for each, to be asked for at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Classes([u64; SET / 2]);

impl Classes {
    /// These classes; as a constant it costs nothing to make.
    pub const fn of(classes: &[Class]) -> Classes {
        let mut all = [0; SET / 2];
        let mut n = 0;
        while n < classes.len() {
            let class = classes[n].0;
            all[class as usize / 64] |= 1 << (class % 64);
            n += 1;
        }
        Classes(all)
    }

    /// True when some class is in both.
    #[inline]
    pub fn meet(&self, other: &Classes) -> bool {
        self.0.iter().zip(&other.0).any(|(own, other)| own & other != 0)
    }
}

/// A set of classes as the lists keep it.
type Set = [u8; SET * 4];

/// No classes.
const EMPTY: &Set = &[0; SET * 4];

/// The classes of a word, and those of the expressions that it can begin, in this form or as a lemma.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sets {
    own: &'static Set,
    begun: &'static Set,
}

impl Sets {
    /// Those of a word that no list knows.
    const NONE: Sets = Sets { own: EMPTY, begun: EMPTY };

    /// True when the word has a reading of this class.
    #[inline]
    pub(crate) fn has(self, class: Class) -> bool {
        holds(self.own, class)
    }

    /// True when some expression of this class begins with the word.
    #[inline]
    pub(crate) fn begins(self, class: Class) -> bool {
        holds(self.begun, class)
    }

    /// True when the word has a reading of one of these classes, or some expression of one of them begins with it.
    #[inline]
    pub(crate) fn touches(self, classes: &Classes) -> bool {
        let parts = self.own.as_chunks().0.iter().zip(self.begun.as_chunks().0).zip(&classes.0);
        parts
            .map(|((own, begun), bits)| (u64::from_le_bytes(*own) | u64::from_le_bytes(*begun)) & bits)
            .any(|both| both != 0)
    }

    /// True when some expression begins with the word.
    pub(crate) fn begins_any(self) -> bool {
        self.begun.iter().fold(0, |any, part| any | part) != 0
    }

    /// The same for a word after which none of its expressions goes on.
    pub(crate) fn alone(self) -> Sets {
        Sets { begun: EMPTY, ..self }
    }
}

#[inline]
fn holds(set: &Set, class: Class) -> bool {
    set.get(usize::from(class.0 / 8)).is_some_and(|part| part & (1 << (class.0 % 8)) != 0)
}

/// One line of a word list: the word's class and the value it has there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Class the word belongs to.
    pub class: Class,
    /// Its value in that class, as written in the list.
    pub value: &'static str,
}

/// A number as the table has it.
type Cell = [u8; 4];

/// An expression of several words.
#[derive(Clone, Copy, Debug)]
pub struct Phrase<'a> {
    lexicon: &'a Lexicon,
    first: WordId,
    /// Its words in the pool, the first one included.
    words: &'a [Cell],
    /// Number of words, at least two.
    pub len: usize,
    entries: u32,
}

/// The compiled word lists of one language: the parts of its table.
#[derive(Debug)]
pub struct Lexicon {
    slots: &'static [[u8; 8]],
    words: &'static [[Cell; WORD]],
    entries: &'static [[Cell; ENTRY]],
    phrases: &'static [[Cell; PHRASE]],
    pool: &'static [Cell],
    forms: &'static [Cell],
    sets: &'static [Set],
    presents: &'static [[Cell; PRESENT]],
    strings: &'static str,
}

impl Lexicon {
    /// Finds the parts of a table made by the build script; nothing but its header is looked at.
    pub(crate) const fn new(bytes: &'static [u8], strings: &'static str) -> Self {
        let (header, rest) = bytes.split_at(HEADER * 4);
        let counts: &[Cell] = header.as_chunks().0;
        let (slots, rest) = cut(rest, counts[0], 2);
        let (words, rest) = cut(rest, counts[1], WORD);
        let (entries, rest) = cut(rest, counts[2], ENTRY);
        let (phrases, rest) = cut(rest, counts[3], PHRASE);
        let (pool, rest) = cut(rest, counts[4], 1);
        let (forms, rest) = cut(rest, counts[5], 1);
        let (sets, rest) = cut(rest, counts[6], SET);
        let (presents, _) = cut(rest, counts[7], PRESENT);
        Lexicon {
            slots: slots.as_chunks().0,
            words: words.as_chunks().0.as_chunks().0,
            entries: entries.as_chunks().0.as_chunks().0,
            phrases: phrases.as_chunks().0.as_chunks().0,
            pool: pool.as_chunks().0,
            forms: forms.as_chunks().0,
            sets: sets.as_chunks().0,
            presents: presents.as_chunks().0.as_chunks().0,
            strings,
        }
    }

    fn string(&self, range: u32) -> &'static str {
        let (offset, len) = unpack(range);
        self.strings.get(offset..offset + len).unwrap_or_default()
    }

    /// The number of a word in its folded form (lower case, straight apostrophe).
    pub fn word(&self, folded: &str) -> WordId {
        let (mut at, tag) = slot(hash(folded.as_bytes()), self.slots.len());
        while let Some(slot) = self.slots.get(at).map(|slot| u64::from_le_bytes(*slot))
            && slot != 0
        {
            if slot >> ID_BITS == tag {
                return WordId((slot & ((1 << ID_BITS) - 1)) as u32 - 1);
            }
            at = if at + 1 < self.slots.len() { at + 1 } else { 0 };
        }
        WordId::NONE
    }

    /// Number of words; their ids are the numbers below it.
    #[cfg(feature = "train")]
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// What the lists know of a word; nothing of [`WordId::NONE`], which no table reaches.
    #[inline]
    fn record(&self, word: WordId) -> Option<&'static [Cell; WORD]> {
        self.words.get(word.0 as usize)
    }

    /// The folded form of a word.
    pub fn form(&self, word: WordId) -> &'static str {
        self.record(word).map_or("", |[text, ..]| self.string(number(*text)))
    }

    fn entry(&self, [class, value]: &[Cell; ENTRY]) -> Entry {
        Entry { class: Class(number(*class) as u16), value: self.string(number(*value)) }
    }

    /// All readings of a word, in the order of the lists.
    pub fn entries(&self, word: WordId) -> impl Iterator<Item = Entry> + '_ {
        let range = self.record(word).map_or(0, |[_, entries, ..]| number(*entries));
        within(self.entries, range).iter().map(|e| self.entry(e))
    }

    /// What a word can be as an inflected form: each lemma that the lists inflect, and which form of it.
    /// Empty for words that stand in the lists as they are.
    pub fn forms(&self, word: WordId) -> impl Iterator<Item = Form> + '_ {
        self.inflected(word)
            .map(|form| Form { lemma: self.form(WordId(form >> SHAPE_BITS)), shape: Shape::unpack(form) })
    }

    /// The shapes of [`Lexicon::forms`] alone.
    #[inline]
    pub fn shapes(&self, word: WordId) -> impl Iterator<Item = Shape> + '_ {
        self.inflected(word).map(Shape::unpack)
    }

    /// The number of a lemma and the packed shape of each form of it that a word can be.
    #[inline]
    fn inflected(&self, word: WordId) -> impl Iterator<Item = u32> + '_ {
        let range = self.record(word).map_or(0, |[_, _, _, forms, ..]| number(*forms));
        within(self.forms, range).iter().map(|form| number(*form))
    }

    /// The present of a verb in the third person, if the lists inflect it.
    pub fn present(&self, lemma: &str, person: Number) -> Option<&'static str> {
        let word = self.word(lemma);
        let found = self.presents.binary_search_by_key(&word.0, |[lemma, ..]| number(*lemma)).ok()?;
        let [_, singular, plural] = self.presents.get(found)?;
        Some(self.form(WordId(number(if person == Number::Sing { *singular } else { *plural }))))
    }

    /// True when the word has a reading of this class.
    pub fn has(&self, word: WordId, class: Class) -> bool {
        self.sets(word).has(class)
    }

    /// The sets of a word, to be asked for once.
    #[inline]
    pub(crate) fn sets(&self, word: WordId) -> Sets {
        let Some([_, _, _, _, own, begun]) = self.record(word) else { return Sets::NONE };
        Sets { own: self.set(number(*own)), begun: self.set(number(*begun)) }
    }

    /// A set by its number, the lower half of `number`.
    #[inline]
    fn set(&self, number: u32) -> &'static Set {
        self.sets.get(usize::from(number as u16)).unwrap_or(EMPTY)
    }

    /// The value of a word in a class: the first one, when the lists give several.
    pub fn value(&self, word: WordId, class: Class) -> Option<&'static str> {
        let [_, entries, ..] = self.record(word)?;
        self.reading(number(*entries), class).map(|e| e.value)
    }

    /// The expressions that begin with these two words, longest first; then those that begin with the second
    /// one after a lemma of the first, longest first.
    pub fn phrases(&self, word: WordId, next: WordId) -> impl Iterator<Item = Phrase<'_>> {
        let begins = self.goes_on(word, next).then_some(word).into_iter();
        begins.flat_map(move |word| {
            let by_lemma = self.lemmas(word);
            let by_lemma = by_lemma.flat_map(move |lemma| self.listed(lemma, word, key(true, next.0)));
            self.listed(word, word, key(false, next.0)).chain(by_lemma)
        })
    }

    /// The expressions listed under one word with this key, for a text that has `first` there.
    fn listed(&self, word: WordId, first: WordId, key: u32) -> impl Iterator<Item = Phrase<'_>> {
        let range = self.record(word).map_or(0, |[_, _, phrases, ..]| number(*phrases));
        let own = within(self.phrases, range);
        let begin = own.partition_point(|[own, ..]| number(*own) < key);
        let own = own.get(begin..).unwrap_or_default().iter();
        own.take_while(move |[own, ..]| number(*own) == key).map(move |[_, words, entries]| {
            let words = within(self.pool, number(*words));
            Phrase { lexicon: self, first, words, len: words.len(), entries: number(*entries) }
        })
    }

    /// The lemmas of an inflected word, each once as long as its forms stand together.
    fn lemmas(&self, word: WordId) -> impl Iterator<Item = WordId> + '_ {
        let mut last = WordId::NONE;
        self.inflected(word).map(|form| WordId(form >> SHAPE_BITS)).filter(move |lemma| {
            let is_new = *lemma != last;
            last = *lemma;
            is_new
        })
    }

    /// True when some expression begins with this word, in this form or as a lemma.
    pub fn starts_phrase(&self, word: WordId) -> bool {
        self.sets(word).begins_any()
    }

    /// False when no expression begins with these two words.
    pub(crate) fn goes_on(&self, word: WordId, next: WordId) -> bool {
        let goes_on = |[.., begun]: &[Cell; WORD]| number(*begun) & second(next.0) != 0;
        next != WordId::NONE && self.record(word).is_some_and(goes_on)
    }

    /// The first reading of a class in a packed range; the others are passed over unread.
    fn reading(&self, range: u32, class: Class) -> Option<Entry> {
        let is_of = |[own, _]: &&[Cell; ENTRY]| number(*own) == u32::from(class.0);
        within(self.entries, range).iter().find(is_of).map(|e| self.entry(e))
    }
}

impl<'a> Phrase<'a> {
    /// The words of the expression, in order.
    pub fn words(&self) -> impl Iterator<Item = WordId> + 'a {
        let rest = self.words.iter().skip(1).map(|word| WordId(number(*word)));
        std::iter::once(self.first).chain(rest)
    }

    /// Its readings.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + 'a {
        let lexicon = self.lexicon;
        within(lexicon.entries, self.entries).iter().map(|e| lexicon.entry(e))
    }

    /// Its first reading of a class.
    pub fn reading(&self, class: Class) -> Option<Entry> {
        self.lexicon.reading(self.entries, class)
    }

    /// The classes of its readings.
    pub fn classes(&self) -> impl Iterator<Item = Class> + 'a {
        within(self.lexicon.entries, self.entries).iter().map(|[class, _]| Class(number(*class) as u16))
    }
}

const fn number(cell: Cell) -> u32 {
    u32::from_le_bytes(cell)
}

/// The first `count` records of so many cells each, and what follows them.
const fn cut(bytes: &[u8], count: Cell, cells: usize) -> (&[u8], &[u8]) {
    bytes.split_at(number(count) as usize * cells * 4)
}

/// A packed range of one of the parts.
#[inline]
fn within<T>(part: &'static [T], range: u32) -> &'static [T] {
    let (first, count) = unpack(range);
    part.get(first..first + count).unwrap_or_default()
}
