//! Writes words, expressions and inflected forms as the table that `table.rs` describes.

use crate::form::{Mood, Number, SHAPE_BITS, Shape, Tense};
use crate::table::{ENTRY, ID_BITS, PHRASE, PRESENT, SET, WORD, hash, key, pack, second, slot};
use std::collections::BTreeMap;

/// Class number and value of each reading.
pub type Readings = Vec<(usize, String)>;

/// What the lists say of one word.
#[derive(Default, Clone)]
pub struct Word {
    /// Its readings.
    pub entries: Readings,
    /// Lemmas it is a form of, with the packed shape.
    pub forms: Vec<(String, u32)>,
}

/// Words of an expression, and whether the first one stands for all its forms.
pub type Expression = (Vec<String>, bool);

/// The table of one language, and its strings.
pub fn table(
    words: BTreeMap<String, Word>,
    phrases: BTreeMap<Expression, Readings>,
) -> Result<(Vec<u8>, String), String> {
    let ids: BTreeMap<&String, u32> = words.keys().zip(0u32..).collect();
    if ids.len() + 1 >= 1 << ID_BITS.min(32 - SHAPE_BITS) {
        return Err(format!("{} words are more than a table can number", ids.len()));
    }
    let mut starts: BTreeMap<&String, Vec<(&Expression, &Readings)>> = BTreeMap::new();
    for (expression, list) in &phrases {
        starts.entry(&expression.0[0]).or_default().push((expression, list));
    }

    let mut table = Table::default();
    let (mut records, mut phrase_records, mut pool, mut forms) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    // Set 0 is empty: a word that begins no expression shows it by the number alone.
    let mut sets: Vec<[u32; SET]> = vec![[0; SET]];
    // Classes of the expressions under each word and what they go on with, those that stand for all its forms apart.
    let mut begun: BTreeMap<(&String, bool), ([u32; SET], u32)> = BTreeMap::new();
    for ((tokens, inflected), list) in &phrases {
        let own = begun.entry((&tokens[0], *inflected)).or_default();
        add(&mut own.0, list)?;
        own.1 |= second(ids[&tokens[1]]);
    }
    for (form, word) in &words {
        let mut set = [0u32; SET];
        add(&mut set, &word.entries)?;
        let (mut begins, mut seconds) = begun.get(&(form, false)).copied().unwrap_or_default();
        for (classes, more) in word.forms.iter().filter_map(|(lemma, _)| begun.get(&(lemma, true))) {
            begins.iter_mut().zip(classes).for_each(|(to, from)| *to |= from);
            seconds |= more;
        }
        let mut number = |set: [u32; SET]| {
            sets.iter().position(|s| *s == set).unwrap_or_else(|| {
                sets.push(set);
                sets.len() - 1
            }) as u32
        };
        let (set_number, begins_number) = (number(set), number(begins));
        let text = table.text(form)?;
        let entries = table.readings(&word.entries)?;
        let mut own = starts.remove(form).unwrap_or_default();
        own.sort_by_key(|((tokens, inflected), _)| {
            (key(*inflected, ids[&tokens[1]]), std::cmp::Reverse(tokens.len()))
        });
        let starting = range(phrase_records.len() / PHRASE, own.len())?;
        for ((tokens, inflected), list) in own {
            let words = range(pool.len(), tokens.len())?;
            phrase_records.extend([key(*inflected, ids[&tokens[1]]), words, table.readings(list)?]);
            pool.extend(tokens.iter().map(|t| ids[t]));
        }
        let inflected = range(forms.len(), word.forms.len())?;
        forms.extend(word.forms.iter().map(|(lemma, shape)| ids[lemma] << SHAPE_BITS | shape));
        records.extend([text, entries, starting, inflected, set_number, begins_number | seconds]);
    }

    let presents = presents(&words, &ids);

    // One slot in four stays empty: the end of every search.
    let mut slots = vec![0u64; words.len() * 4 / 3 + 1];
    let mut tags = BTreeMap::new();
    for (form, id) in &ids {
        let (mut at, tag) = slot(hash(form.as_bytes()), slots.len());
        if let Some(other) = tags.insert(tag, form) {
            return Err(format!("{form} and {other} have the same tag: the hash must change"));
        }
        while slots[at] != 0 {
            at = (at + 1) % slots.len();
        }
        slots[at] = tag << ID_BITS | u64::from(id + 1);
    }
    let slots: Vec<u32> = slots.iter().flat_map(|slot| [*slot as u32, (slot >> 32) as u32]).collect();

    if sets.len() > 1 << 16 {
        return Err(format!("{} sets of classes are more than a token can number", sets.len()));
    }
    let header = [
        slots.len() as u32 / 2,
        (records.len() / WORD) as u32,
        (table.entries.len() / ENTRY) as u32,
        (phrase_records.len() / PHRASE) as u32,
        pool.len() as u32,
        forms.len() as u32,
        sets.len() as u32,
        (presents.len() / PRESENT) as u32,
    ];
    let mut bytes = Vec::new();
    let all = header.iter().chain(&slots).chain(&records).chain(&table.entries).chain(&phrase_records);
    for number in all.chain(&pool).chain(&forms).chain(sets.iter().flatten()).chain(&presents) {
        bytes.extend(number.to_le_bytes());
    }
    Ok((bytes, table.strings))
}

/// The present of each verb of which both forms of the third person are known; a form without number or person
/// of its own is the plural. Of two spellings, the one with more bytes keeps its accents.
fn presents(words: &BTreeMap<String, Word>, ids: &BTreeMap<&String, u32>) -> Vec<u32> {
    let mut found: BTreeMap<u32, [Option<(usize, u32)>; 2]> = BTreeMap::new();
    for (form, word) in words {
        for (lemma, bits) in &word.forms {
            let shape = Shape::unpack(*bits);
            let person = matches!((shape.person, shape.number), (3, _) | (0, None));
            if shape.mood == Some(Mood::Ind) && shape.tense == Some(Tense::Pres) && person {
                let cell = usize::from(shape.number != Some(Number::Sing));
                let kept = &mut found.entry(ids[lemma]).or_default()[cell];
                if kept.is_none_or(|(bytes, _)| bytes < form.len()) {
                    *kept = Some((form.len(), ids[form]));
                }
            }
        }
    }
    let both = found.into_iter().filter_map(|(lemma, [one, many])| Some([lemma, one?.1, many?.1]));
    both.flatten().collect()
}

/// Adds the classes of some readings to a set.
fn add(set: &mut [u32; SET], list: &Readings) -> Result<(), String> {
    for (class, _) in list {
        *set.get_mut(class / 32).ok_or("more classes of words than a set can hold")? |= 1 << (class % 32);
    }
    Ok(())
}

fn range(first: usize, count: usize) -> Result<u32, String> {
    pack(first, count).ok_or_else(|| format!("{count} after {first} is more than a table can hold"))
}

/// Readings, and a pool in which equal strings are kept once.
#[derive(Default)]
struct Table {
    entries: Vec<u32>,
    lists: BTreeMap<Readings, u32>,
    strings: String,
    known: BTreeMap<String, u32>,
}

impl Table {
    fn text(&mut self, text: &str) -> Result<u32, String> {
        if let Some(place) = self.known.get(text) {
            return Ok(*place);
        }
        let place = range(self.strings.len(), text.len())?;
        self.strings.push_str(text);
        self.known.insert(text.to_string(), place);
        Ok(place)
    }

    /// Equal lists of readings are kept once: all forms of a verb share theirs.
    fn readings(&mut self, list: &Readings) -> Result<u32, String> {
        if let Some(place) = self.lists.get(list) {
            return Ok(*place);
        }
        let place = range(self.entries.len() / ENTRY, list.len())?;
        for (class, value) in list {
            let value = self.text(value)?;
            self.entries.extend([*class as u32, value]);
        }
        self.lists.insert(list.clone(), place);
        Ok(place)
    }
}
