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
        self.begun != EMPTY
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

/// An expression of several words.
#[derive(Clone, Copy, Debug)]
pub struct Phrase<'a> {
    lexicon: &'a Lexicon,
    first: WordId,
    words: usize,
    /// Number of words, at least two.
    pub len: usize,
    entries: u32,
}

/// The compiled word lists of one language.
#[derive(Debug)]
pub struct Lexicon {
    numbers: &'static [[u8; 4]],
    /// One bit for each class; those of a set stand together.
    sets: &'static [Set],
    slots: usize,
    words: usize,
    entries: usize,
    phrases: usize,
    pool: usize,
    forms: usize,
    presents: usize,
    strings: &'static str,
}

impl Lexicon {
    /// Reads the header of a table made by the build script; nothing else is touched.
    pub(crate) const fn new(bytes: &'static [u8], strings: &'static str) -> Self {
        let numbers = bytes.as_chunks().0;
        let slots = at(numbers, 0);
        let words = HEADER + slots * 2;
        let entries = words + at(numbers, 1) * WORD;
        let phrases = entries + at(numbers, 2) * ENTRY;
        let pool = phrases + at(numbers, 3) * PHRASE;
        let forms = pool + at(numbers, 4);
        let sets = forms + at(numbers, 5);
        let presents = sets + at(numbers, 6) * SET;
        let sets = bytes.split_at(presents * 4).0.split_at(sets * 4).1.as_chunks().0;
        Lexicon { numbers, sets, slots, words, entries, phrases, pool, forms, presents, strings }
    }

    #[inline]
    fn get(&self, index: usize) -> u32 {
        self.numbers.get(index).map_or(0, |bytes| u32::from_le_bytes(*bytes))
    }

    fn string(&self, range: u32) -> &'static str {
        let (offset, len) = unpack(range);
        self.strings.get(offset..offset + len).unwrap_or_default()
    }

    /// The number of a word in its folded form (lower case, straight apostrophe).
    pub fn word(&self, folded: &str) -> WordId {
        let (mut at, tag) = slot(hash(folded.as_bytes()), self.slots);
        loop {
            let found = self.slot(at);
            if found == 0 {
                return WordId::NONE;
            }
            if found >> ID_BITS == tag {
                return WordId((found & ((1 << ID_BITS) - 1)) as u32 - 1);
            }
            at = if at + 1 < self.slots { at + 1 } else { 0 };
        }
    }

    /// Number of words; their ids are the numbers below it.
    #[cfg(feature = "train")]
    pub(crate) fn len(&self) -> usize {
        (self.entries - self.words) / WORD
    }

    fn slot(&self, at: usize) -> u64 {
        let begin = HEADER + at * 2;
        u64::from(self.get(begin)) | u64::from(self.get(begin + 1)) << 32
    }

    fn record(&self, word: WordId) -> Option<usize> {
        (word != WordId::NONE).then_some(self.words + word.0 as usize * WORD)
    }

    /// The folded form of a word.
    pub fn form(&self, word: WordId) -> &'static str {
        self.record(word).map_or("", |r| self.string(self.get(r)))
    }

    fn entry(&self, index: usize) -> Entry {
        let at = self.entries + index * ENTRY;
        Entry { class: Class(self.get(at) as u16), value: self.string(self.get(at + 1)) }
    }

    /// All readings of a word, in the order of the lists.
    pub fn entries(&self, word: WordId) -> impl Iterator<Item = Entry> + '_ {
        self.readings(self.record(word).map_or(0, |r| self.get(r + 1)))
    }

    fn readings(&self, range: u32) -> impl Iterator<Item = Entry> + '_ {
        let (first, count) = unpack(range);
        (first..first + count).map(|i| self.entry(i))
    }

    /// What a word can be as an inflected form: each lemma that the lists inflect, and which form of it.
    /// Empty for words that stand in the lists as they are.
    pub fn forms(&self, word: WordId) -> impl Iterator<Item = Form> + '_ {
        let (first, count) = unpack(self.record(word).map_or(0, |r| self.get(r + 3)));
        (first..first + count).map(|i| {
            let form = self.get(self.forms + i);
            Form { lemma: self.form(WordId(form >> SHAPE_BITS)), shape: Shape::unpack(form) }
        })
    }

    /// The shapes of [`Lexicon::forms`] alone.
    pub fn shapes(&self, word: WordId) -> impl Iterator<Item = Shape> + '_ {
        let (first, count) = unpack(self.record(word).map_or(0, |r| self.get(r + 3)));
        (first..first + count).map(|i| Shape::unpack(self.get(self.forms + i)))
    }

    /// The present of a verb in the third person, if the lists inflect it.
    pub fn present(&self, lemma: &str, number: Number) -> Option<&'static str> {
        let word = self.word(lemma);
        let (mut low, mut high) = (0, at(self.numbers, 7));
        while low < high {
            let middle = low.midpoint(high);
            if self.get(self.presents + middle * PRESENT) < word.0 { low = middle + 1 } else { high = middle }
        }
        let found = self.presents + low * PRESENT;
        if low >= at(self.numbers, 7) || self.get(found) != word.0 {
            return None;
        }
        let cell = if number == Number::Sing { 1 } else { 2 };
        Some(self.form(WordId(self.get(found + cell))))
    }

    /// True when the word has a reading of this class.
    pub fn has(&self, word: WordId, class: Class) -> bool {
        self.sets(word).has(class)
    }

    /// The sets of a word, to be asked for once.
    pub(crate) fn sets(&self, word: WordId) -> Sets {
        self.record(word).map_or(Sets::NONE, |record| Sets {
            own: self.set(self.get(record + 4)),
            begun: self.set(self.get(record + 5)),
        })
    }

    /// A set by its number, the lower half of `number`.
    fn set(&self, number: u32) -> &'static Set {
        self.sets.get(usize::from(number as u16)).unwrap_or(EMPTY)
    }

    /// The value of a word in a class: the first one, when the lists give several.
    pub fn value(&self, word: WordId, class: Class) -> Option<&'static str> {
        self.reading(self.get(self.record(word)? + 1), class).map(|e| e.value)
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
        let (start, count) = unpack(self.record(word).map_or(0, |r| self.get(r + 2)));
        let at = move |i: usize| self.phrases + i * PHRASE;
        let (mut low, mut high) = (start, start + count);
        while low < high {
            let middle = low.midpoint(high);
            if self.get(at(middle)) < key { low = middle + 1 } else { high = middle }
        }
        (low..start + count).map(at).take_while(move |at| self.get(*at) == key).map(move |at| {
            let (words, len) = unpack(self.get(at + 1));
            Phrase { lexicon: self, first, words: self.pool + words, len, entries: self.get(at + 2) }
        })
    }

    /// The lemmas of an inflected word, each once as long as its forms stand together.
    fn lemmas(&self, word: WordId) -> impl Iterator<Item = WordId> + '_ {
        let (first, count) = unpack(self.record(word).map_or(0, |r| self.get(r + 3)));
        let mut last = WordId::NONE;
        (first..first + count).filter_map(move |i| {
            let lemma = WordId(self.get(self.forms + i) >> SHAPE_BITS);
            let is_new = lemma != last;
            last = lemma;
            is_new.then_some(lemma)
        })
    }

    /// True when some expression begins with this word, in this form or as a lemma.
    pub fn starts_phrase(&self, word: WordId) -> bool {
        self.sets(word).begins_any()
    }

    /// False when no expression begins with these two words.
    fn goes_on(&self, word: WordId, next: WordId) -> bool {
        next != WordId::NONE && self.record(word).is_some_and(|r| self.get(r + 5) & second(next.0) != 0)
    }

    /// The first reading of a class in a packed range; the others are passed over unread.
    fn reading(&self, range: u32, class: Class) -> Option<Entry> {
        let (first, count) = unpack(range);
        let found =
            (first..first + count).find(|i| self.get(self.entries + i * ENTRY) == u32::from(class.0))?;
        Some(self.entry(found))
    }
}

impl<'a> Phrase<'a> {
    /// The words of the expression, in order.
    pub fn words(&self) -> impl Iterator<Item = WordId> + 'a {
        let (lexicon, words) = (self.lexicon, self.words);
        let rest = (1..self.len).map(move |i| WordId(lexicon.get(words + i)));
        std::iter::once(self.first).chain(rest)
    }

    /// Its readings.
    pub fn entries(&self) -> impl Iterator<Item = Entry> + 'a {
        self.lexicon.readings(self.entries)
    }

    /// Its first reading of a class.
    pub fn reading(&self, class: Class) -> Option<Entry> {
        self.lexicon.reading(self.entries, class)
    }

    /// The classes of its readings.
    pub fn classes(&self) -> impl Iterator<Item = Class> + 'a {
        let lexicon = self.lexicon;
        let (first, count) = unpack(self.entries);
        (first..first + count).map(move |i| Class(lexicon.get(lexicon.entries + i * ENTRY) as u16))
    }
}

const fn at(numbers: &[[u8; 4]], index: usize) -> usize {
    u32::from_le_bytes(numbers[index]) as usize
}
