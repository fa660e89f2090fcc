//! A table by the hash of a word that grows as it fills.

/// A value for each word.
#[derive(Debug, Default)]
pub(crate) struct ByWord<V> {
    slots: Vec<(u64, V)>,
    filled: usize,
}

impl<V: Copy + Default> ByWord<V> {
    /// Forgets everything.
    #[cfg(feature = "train")]
    pub fn clear(&mut self) {
        self.slots.clear();
        self.filled = 0;
    }

    fn slot(&self, word: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = (word ^ word >> 32) as usize & mask;
        while self.slots.get(slot).is_some_and(|(w, _)| *w != 0 && *w != word) {
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// The value of a word; none before it was first asked for with [`ByWord::at`].
    pub fn get(&self, word: u64) -> Option<&V> {
        if self.slots.is_empty() {
            return None;
        }
        self.slots.get(self.slot(word.max(1))).filter(|(w, _)| *w != 0).map(|(_, value)| value)
    }

    /// The value of a word that was asked for before, to be changed.
    pub fn known(&mut self, word: u64) -> Option<&mut V> {
        if self.slots.is_empty() {
            return None;
        }
        let slot = self.slot(word.max(1));
        self.slots.get_mut(slot).filter(|(w, _)| *w != 0).map(|(_, value)| value)
    }

    /// The value of a word, to be changed.
    pub fn at(&mut self, word: u64) -> Option<&mut V> {
        if self.slots.len() < 2 * (self.filled + 1) {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![(0, V::default()); (old.len() * 2).max(256)];
            for (word, value) in old.into_iter().filter(|(word, _)| *word != 0) {
                let slot = self.slot(word);
                if let Some(place) = self.slots.get_mut(slot) {
                    *place = (word, value);
                }
            }
        }
        let slot = self.slot(word.max(1));
        let (own, value) = self.slots.get_mut(slot)?;
        self.filled += usize::from(*own == 0);
        *own = word.max(1);
        Some(value)
    }
}
