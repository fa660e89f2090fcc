//! Linear scores from hashed features: the one table layout that training and reading share.
//!
//! A feature owns one block of [`BLOCK`] weights, chosen by its hash; a class takes one of them, in an order
//! that differs from feature to feature. Features that share a block therefore rarely share a weight, and
//! one feature costs one or two cache lines, however many classes are asked for.

/// Weights per block.
pub(crate) const BLOCK: usize = 128;

/// A weight as stored: `f32` while training, a byte read as `i8` in the embedded file.
pub(crate) trait Weight: Copy {
    /// What weights add up to.
    type Sum: Copy + Default + PartialOrd + std::ops::AddAssign;
    /// The weight, wide enough to be added.
    fn widen(self) -> Self::Sum;
}

impl Weight for f32 {
    type Sum = f32;
    fn widen(self) -> f32 {
        self
    }
}

impl Weight for u8 {
    type Sum = i32;
    fn widen(self) -> i32 {
        i32::from(self as i8)
    }
}

/// A feature: number of its template and two values.
#[inline]
pub(crate) fn feature(template: u64, a: u64, b: u64) -> u64 {
    const K1: u64 = 0x9e37_79b9_7f4a_7c15;
    const K2: u64 = 0xd6e8_feb8_6659_fd93;
    let h = (a.wrapping_mul(K1).rotate_left(29) ^ b).wrapping_add(template << 56 | template).wrapping_mul(K2);
    let h = (h ^ h >> 32).wrapping_mul(K1);
    h ^ h >> 29
}

/// First weight of the block of a feature, in a table of `len` weights (a power of two).
#[inline]
pub(crate) fn block(feature: u64, len: usize) -> usize {
    feature as usize & len.wrapping_sub(1) & !(BLOCK - 1)
}

/// Place of a class in the block of a feature.
#[inline]
pub(crate) fn place(feature: u64, class: u8) -> usize {
    ((feature >> 48) as usize ^ usize::from(class)) & (BLOCK - 1)
}

/// Adds the weights of `features` for each of `classes` to `sums`.
#[inline]
pub(crate) fn add<W: Weight>(table: &[W], features: &[u64], classes: &[u8], sums: &mut [W::Sum]) {
    for &f in features {
        let start = block(f, table.len());
        let Some(Ok(weights)) = table.get(start..start + BLOCK).map(<&[W; BLOCK]>::try_from) else { return };
        for (sum, &class) in sums.iter_mut().zip(classes) {
            *sum += weights[place(f, class)].widen();
        }
    }
}

/// So many classes are added up in registers and not in memory.
const FEW: usize = 8;

fn sum<W: Weight, const N: usize>(table: &[W], features: &[u64], classes: &[u8]) -> [W::Sum; N] {
    let mut sums = [W::Sum::default(); N];
    add(table, features, classes, &mut sums);
    sums
}

fn top<S: PartialOrd + Copy>(classes: &[u8], sums: &[S]) -> u8 {
    let mut best: Option<(u8, S)> = None;
    for (class, sum) in classes.iter().zip(sums) {
        if best.is_none_or(|(_, top)| *sum > top) {
            best = Some((*class, *sum));
        }
    }
    best.map_or(0, |(class, _)| class)
}

/// The best of `classes`; the first one when several are equal.
#[inline]
pub(crate) fn best<W: Weight>(table: &[W], features: &[u64], classes: &[u8]) -> u8 {
    if classes.len() <= FEW {
        top(classes, &sum::<W, FEW>(table, features, classes))
    } else {
        top(classes, &sum::<W, BLOCK>(table, features, classes))
    }
}

/// The best of `classes` other than `right`, and by how much `right` is better.
#[cfg(feature = "train")]
pub(crate) fn rival(table: &[f32], features: &[u64], classes: &[u8], right: u8) -> (u8, f32) {
    let mut sums = [0f32; BLOCK];
    add(table, features, classes, &mut sums);
    let (mut own, mut best) = (f32::MIN, None);
    for (class, sum) in classes.iter().zip(sums) {
        if *class == right {
            own = sum;
        } else if best.is_none_or(|(_, top)| sum > top) {
            best = Some((*class, sum));
        }
    }
    best.map_or((right, f32::MAX), |(class, sum)| (class, own - sum))
}

/// First of the four weights that a feature has in a table of actions: they stand side by side.
#[inline]
pub(crate) fn action_place(feature: u64, len: usize) -> usize {
    feature as usize & len.wrapping_sub(1) & !3
}

/// Adds the weights of `features` for the four actions of the parser.
#[inline]
pub(crate) fn add_actions<W: Weight>(table: &[W], features: &[u64], sums: &mut [W::Sum; 4]) {
    for &f in features {
        let start = action_place(f, table.len());
        let Some(Ok(weights)) = table.get(start..start + 4).map(<&[W; 4]>::try_from) else { return };
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += weight.widen();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_one_feature_never_share_a_weight() {
        let f = feature(3, 77, 5);
        let mut places: Vec<usize> = (0..BLOCK as u8).map(|c| place(f, c)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), BLOCK);
    }

    #[test]
    fn best_class_wins() {
        let mut table = vec![0u8; 1024];
        let f = feature(1, 2, 3);
        let slot = block(f, table.len()) + place(f, 9);
        table[slot] = 5;
        assert_eq!(best(&table, &[f], &[4, 9, 11]), 9);
    }
}
