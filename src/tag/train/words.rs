//! Builds the tagger's word list: which tags a word, or an ending, was seen with.

use crate::tag::form::{Form, made_of};
use crate::tag::score::key;
use crate::tag::tagger::{ENDINGS, WORD, Words, ending_key, shape_key};
use std::collections::BTreeMap;

/// Sections of the weights file that hold the list.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordSections {
    /// Slots of hash and list number.
    pub slots: Vec<u8>,
    /// Where lists begin.
    pub starts: Vec<u8>,
    /// The lists.
    pub lists: Vec<u8>,
}

impl WordSections {
    /// The list, ready to use.
    pub fn view(&self) -> Words<'_> {
        Words { slots: &self.slots, starts: &self.starts, lists: &self.lists }
    }
}

/// A word seen this often is believed to have no other tags.
const SETTLED: u32 = 8;

type Counts = BTreeMap<u64, BTreeMap<u8, u32>>;

/// Builds the list from forms with their tags; `open` are the tags of words that nothing is known of.
pub(crate) fn build(seen: &[(Form, u8)], open: &[u8]) -> WordSections {
    let (mut words, mut endings) = (Counts::new(), Counts::new());
    let mut forms: BTreeMap<u64, Form> = BTreeMap::new();
    for (form, tag) in seen {
        let key = key(WORD, form.word, 0);
        *words.entry(key).or_default().entry(*tag).or_default() += 1;
        forms.insert(key, *form);
    }
    for (form, tag) in seen {
        let total: u32 = words.get(&key(WORD, form.word, 0)).map_or(0, |c| c.values().sum());
        let mut add = |key| *endings.entry(key).or_default().entry(*tag).or_default() += 1;
        if form.made_of() >= made_of::SHORT_NUMBER {
            add(shape_key(form));
        } else if total <= 20 {
            ENDINGS.iter().for_each(|&n| add(ending_key(form, n)));
        }
    }
    endings.retain(|_, counts| counts.values().sum::<u32>() >= 4);
    let mut entries = Vec::new();
    for (key, counts) in &endings {
        entries.push((*key, share(counts, 0.005)));
    }
    for (key, counts) in &words {
        let total: u32 = counts.values().sum();
        let mut tags = share(counts, 0.002);
        if let (true, Some(form)) = (total < SETTLED, forms.get(key)) {
            if total < 2 {
                continue;
            }
            let like = ENDINGS.iter().find_map(|&n| endings.get(&ending_key(form, n)));
            if let (Some(like), true) = (like, form.made_of() < made_of::SHORT_NUMBER) {
                tags.extend(share(like, 0.02));
                tags.sort_unstable();
                tags.dedup();
            }
        }
        entries.push((*key, tags));
    }
    compile(entries, open)
}

/// The tags that have at least this share of all.
pub(crate) fn share(counts: &BTreeMap<u8, u32>, least: f64) -> Vec<u8> {
    let total: u32 = counts.values().sum();
    let enough = |c: u32| f64::from(c) >= least * f64::from(total);
    counts.iter().filter(|(_, c)| enough(**c)).map(|(t, _)| *t).collect()
}

/// Lays keys and their lists out; `open` is the list of every other key.
pub(crate) fn compile(entries: Vec<(u64, Vec<u8>)>, open: &[u8]) -> WordSections {
    let mut lists: BTreeMap<Vec<u8>, u32> = BTreeMap::new();
    let mut order: Vec<Vec<u8>> = vec![open.to_vec()];
    lists.insert(open.to_vec(), 0);
    let slot_count = (entries.len() * 3 / 2).next_power_of_two();
    let mut slots = vec![(0u32, 0u32); slot_count];
    for (key, tags) in entries {
        let list = *lists.entry(tags.clone()).or_insert_with(|| {
            order.push(tags);
            order.len() as u32 - 1
        });
        let mut slot = key as usize & (slot_count - 1);
        while slots.get(slot).is_some_and(|s| s.0 != 0) {
            slot = (slot + 1) & (slot_count - 1);
        }
        if let Some(place) = slots.get_mut(slot) {
            *place = ((key >> 32) as u32 | 1, list);
        }
    }
    let mut sections = WordSections {
        slots: slots.iter().flat_map(|(k, l)| [k.to_le_bytes(), l.to_le_bytes()].concat()).collect(),
        ..WordSections::default()
    };
    for tags in &order {
        sections.starts.extend((sections.lists.len() as u32).to_le_bytes());
        sections.lists.extend(tags);
    }
    sections.starts.extend((sections.lists.len() as u32).to_le_bytes());
    sections
}
