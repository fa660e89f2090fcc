//! Averaged perceptron over hashed tables.
//!
//! Averages are kept lazily: a weight is brought up to date when it changes and at the end. Samples may be learnt
//! several times from the start, each time in another order, and what was learnt is averaged again: what only the
//! order taught cancels out.

use crate::tag::score::{self, TAIL, block, check, place, row};

/// Weights while they are learnt.
pub(crate) struct Learner {
    weights: Vec<f32>,
    sums: Vec<f64>,
    changed: Vec<u32>,
    step: u32,
    learnt: Vec<f64>,
}

impl Learner {
    /// A table of `len` weights, a multiple of the size of a block.
    pub fn new(len: usize) -> Self {
        Learner {
            weights: vec![0.0; len],
            sums: vec![0.0; len],
            changed: vec![0; len],
            step: 0,
            learnt: vec![0.0; len],
        }
    }

    /// Keeps the averages and forgets everything else: the samples are to be learnt once more.
    pub fn start_again(&mut self) {
        let steps = f64::from(self.step.max(1));
        let last = self.weights.iter_mut().zip(&mut self.sums).zip(&mut self.changed);
        for (((weight, sum), changed), learnt) in last.zip(&mut self.learnt) {
            *learnt += (*sum + f64::from(*weight) * f64::from(self.step - *changed)) / steps;
            (*weight, *sum, *changed) = (0.0, 0.0, 0);
        }
        self.step = 0;
    }

    /// Counts a decision, right or wrong.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// The best of `classes` other than `right`, and by how much `right` is better.
    pub fn rival(&self, features: &[u64], classes: &[u8], right: u8) -> (u8, f32) {
        let mut sums = [0f32; score::BLOCK];
        score::add(&self.weights, features, classes, &mut sums);
        score::rival(&sums, classes, right)
    }

    /// The best of `classes`.
    pub fn best(&self, features: &[u64], classes: &[u8]) -> u8 {
        let mut sums = [0f32; score::BLOCK];
        score::add(&self.weights, features, classes, &mut sums);
        // No class has the number of all: every one is a rival.
        score::rival(&sums, classes, u8::MAX).0
    }

    /// Moves the weights of `features` towards `right` and away from `wrong`.
    pub fn correct(&mut self, features: &[u64], right: u8, wrong: u8) {
        for &f in features {
            let start = block(f, self.weights.len());
            self.change(start + place(f, right), 1.0);
            self.change(start + place(f, wrong), -1.0);
        }
    }

    fn change(&mut self, slot: usize, by: f32) {
        if let (Some(weight), Some(sum), Some(changed)) =
            (self.weights.get_mut(slot), self.sums.get_mut(slot), self.changed.get_mut(slot))
        {
            *sum += f64::from(*weight) * f64::from(self.step - *changed);
            *changed = self.step;
            *weight += by;
        }
    }

    /// The averages of all that was learnt, as bytes: the largest thousandth of them is cut to the range of `i8`.
    pub fn quantised(mut self) -> Vec<u8> {
        self.start_again();
        let mut sizes: Vec<f64> = self.learnt.iter().map(|a| a.abs()).filter(|a| *a > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(1.0);
        self.learnt.iter().map(|a| (a / top * 127.0).round().clamp(-127.0, 127.0) as i8 as u8).collect()
    }
}

/// How often features were met.
pub(crate) struct Counts(Vec<u16>);

/// Places for counting; features that share one are counted together, which is rare.
const COUNTS: usize = 1 << 27;

impl Counts {
    /// Nothing met so far.
    pub fn new() -> Self {
        Counts(vec![0; COUNTS])
    }

    fn place(feature: u64) -> usize {
        (feature >> 22) as usize & (COUNTS - 1)
    }

    /// Counts features that were met.
    pub fn add(&mut self, features: &[u64]) {
        for f in features {
            if let Some(count) = self.0.get_mut(Self::place(*f)) {
                *count = count.saturating_add(1);
            }
        }
    }

    /// How often a feature was met.
    pub fn of(&self, feature: u64) -> u16 {
        self.0.get(Self::place(feature)).copied().unwrap_or_default()
    }
}

/// Chooses the feature that gets each row of a table: all features are counted first, then each row goes to
/// the most frequent of those that fall on it.
pub(crate) struct Owners {
    counts: Counts,
    best: Vec<(u16, u8)>,
    least: u16,
}

impl Owners {
    /// For a table of so many rows; a feature seen less often than `least` gets none.
    pub fn new(rows: usize, least: u16) -> Self {
        Owners { counts: Counts::new(), best: vec![(0, 0); rows], least }
    }

    /// Counts features that were met.
    pub fn count(&mut self, features: &[u64]) {
        self.counts.add(features);
    }

    /// Gives rows to features, once all have been counted.
    pub fn claim(&mut self, features: &[u64]) {
        let (rows, least) = (self.best.len(), self.least);
        for f in features {
            let count = self.counts.of(*f);
            if let Some(best) = self.best.get_mut(row(*f, rows)).filter(|b| count >= least && count > b.0) {
                *best = (count, check(*f));
            }
        }
    }

    /// The learner of a table with these owners.
    pub fn learner<const N: usize>(self) -> RowLearner<N> {
        let checks: Vec<u8> = self.best.iter().map(|(_, c)| *c).collect();
        RowLearner { learner: Learner::new(checks.len() * N), checks }
    }
}

/// Weights of a table of rows while they are learnt.
pub(crate) struct RowLearner<const N: usize> {
    learner: Learner,
    checks: Vec<u8>,
}

impl<const N: usize> RowLearner<N> {
    /// Counts a decision, right or wrong.
    pub fn tick(&mut self) {
        self.learner.tick();
    }

    /// Keeps the averages and forgets everything else: the samples are to be learnt once more.
    pub fn start_again(&mut self) {
        self.learner.start_again();
    }

    /// First weight of a feature; `None` when its row belongs to another one.
    fn start(&self, feature: u64) -> Option<usize> {
        let row = row(feature, self.checks.len());
        self.checks.get(row).filter(|c| **c == check(feature)).map(|_| row * N)
    }

    /// The sums of all classes.
    pub fn sums(&self, features: &[u64]) -> [f32; N] {
        let mut sums = [0.0; N];
        for start in features.iter().filter_map(|f| self.start(*f)) {
            let weights = self.learner.weights.get(start..start + N).unwrap_or_default();
            sums.iter_mut().zip(weights).for_each(|(s, w)| *s += w);
        }
        sums
    }

    /// Moves the weights of `features` towards `right` and away from `wrong`.
    pub fn correct(&mut self, features: &[u64], right: u8, wrong: u8) {
        for f in features {
            if let Some(start) = self.start(*f) {
                self.learner.change(start + usize::from(right), 1.0);
                self.learner.change(start + usize::from(wrong), -1.0);
            }
        }
    }

    /// The table as it is embedded.
    pub fn quantised(self) -> Vec<u8> {
        let weights = self.learner.quantised();
        let mut table = Vec::with_capacity(self.checks.len() * (N + 1) + TAIL);
        for (own, weights) in self.checks.iter().zip(weights.chunks(N)) {
            table.push(*own);
            table.extend(weights);
        }
        table.resize(table.len() + TAIL, 0);
        table
    }
}

/// A fixed sequence of numbers that look random.
pub(crate) struct Random(u64);

impl Random {
    /// Starts the sequence of that number.
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11
    }

    /// One of the items.
    pub fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        items.get((self.next() % items.len().max(1) as u64) as usize)
    }

    /// Puts the items into another order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
