//! Averaged perceptron over a hashed table.
//!
//! Averages are kept lazily: a weight is brought up to date when it changes and at the end.

use crate::tag::score::{action_place, block, place};

/// Weights while they are learnt.
pub(crate) struct Learner {
    /// Current weights.
    pub weights: Vec<f32>,
    sums: Vec<f64>,
    changed: Vec<u32>,
    step: u32,
}

impl Learner {
    /// A table of `len` weights, a power of two.
    pub fn new(len: usize) -> Self {
        Learner { weights: vec![0.0; len], sums: vec![0.0; len], changed: vec![0; len], step: 0 }
    }

    /// Counts a decision, right or wrong.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves the weights of `features` towards `right` and away from `wrong`.
    pub fn correct(&mut self, features: &[u64], right: u8, wrong: u8) {
        for &f in features {
            let start = block(f, self.weights.len());
            self.change(start + place(f, right), 1.0);
            self.change(start + place(f, wrong), -1.0);
        }
    }

    /// The same for a table of actions.
    pub fn correct_action(&mut self, features: &[u64], right: u8, wrong: u8) {
        for &f in features {
            let start = action_place(f, self.weights.len());
            self.change(start + usize::from(right), 1.0);
            self.change(start + usize::from(wrong), -1.0);
        }
    }

    /// Changes one weight.
    pub fn change(&mut self, slot: usize, by: f32) {
        if let (Some(weight), Some(sum), Some(changed)) =
            (self.weights.get_mut(slot), self.sums.get_mut(slot), self.changed.get_mut(slot))
        {
            *sum += f64::from(*weight) * f64::from(self.step - *changed);
            *changed = self.step;
            *weight += by;
        }
    }

    /// The averages, as bytes: the largest thousandth of them is cut to the range of `i8`.
    pub fn quantised(&self) -> Vec<u8> {
        let averages: Vec<f64> = self
            .weights
            .iter()
            .zip(&self.sums)
            .zip(&self.changed)
            .map(|((w, s), c)| (s + f64::from(*w) * f64::from(self.step - c)) / f64::from(self.step.max(1)))
            .collect();
        let mut sizes: Vec<f64> = averages.iter().map(|a| a.abs()).filter(|a| *a > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        let top = sizes.get(sizes.len().saturating_sub(1 + sizes.len() / 1000)).copied().unwrap_or(1.0);
        averages.iter().map(|a| (a / top * 127.0).round().clamp(-127.0, 127.0) as i8 as u8).collect()
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
