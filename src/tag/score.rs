//! Linear scores from hashed features: the two table layouts that training and reading share.
//!
//! Where many classes exist and few are asked for (tags, labels of arcs), a feature owns one block of [`BLOCK`]
//! weights, chosen by its hash; a class takes one of them, in an order that differs from feature to feature.
//! Features that share a block therefore rarely share a weight, and one feature costs one cache line.
//!
//! Where few classes exist and all are asked for (labels of names, actions of the parser), a feature has a row:
//! a check byte and one weight per class, side by side. Training gives every row to the most frequent feature
//! that falls on it; the others are told by the check byte and count nothing, so that what training has never
//! seen adds no noise.

/// Weights per block.
pub(crate) const BLOCK: usize = 64;
/// Bytes after the last row, so that a row can be read at a fixed length.
pub(crate) const TAIL: usize = 16;

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

/// Key of a word list: number of its kind and two values, well mixed.
#[inline]
pub(crate) fn key(kind: u64, a: u64, b: u64) -> u64 {
    const K1: u64 = 0x9e37_79b9_7f4a_7c15;
    const K2: u64 = 0xd6e8_feb8_6659_fd93;
    let h = (a.wrapping_mul(K1).rotate_left(29) ^ b).wrapping_add(kind << 56 | kind).wrapping_mul(K2);
    let h = (h ^ h >> 32).wrapping_mul(K1);
    h ^ h >> 29
}

/// A feature: number of its template and two values. Only its upper half is well mixed.
#[inline]
pub(crate) fn feature(template: u64, a: u64, b: u64) -> u64 {
    const K1: u64 = 0x9e37_79b9_7f4a_7c15;
    const K2: u64 = 0xd6e8_feb8_6659_fd93;
    const K3: u64 = 0xa076_1d64_78bd_642f;
    let own = a.wrapping_add(template.wrapping_mul(K3)).wrapping_mul(K1);
    (own.rotate_left(32) ^ b.wrapping_mul(K3)).wrapping_mul(K2)
}

/// One of `count` places that the upper half of a hash falls on.
#[inline]
pub(crate) fn fall(feature: u64, count: usize) -> usize {
    ((feature >> 32).wrapping_mul(count as u64) >> 32) as usize
}

/// First weight of the block of a feature, in a table of `len` weights.
pub(crate) fn block(feature: u64, len: usize) -> usize {
    fall(feature, len / BLOCK) * BLOCK
}

/// Place of a class in the block of a feature.
#[inline]
pub(crate) fn place(feature: u64, class: u8) -> usize {
    ((feature >> 24) as usize ^ usize::from(class)) & (BLOCK - 1)
}

/// All features of a decision in one row; the last part are those of clusters, which not every language has.
pub(crate) fn joined(parts: &[&[u64]], clusters: bool) -> Vec<u64> {
    let count = parts.len().saturating_sub(usize::from(!clusters));
    parts.get(..count).unwrap_or(parts).concat()
}

/// Adds the weights of `features` for each of `classes` to `sums`. Inlined, so that the compiler sees how many
/// classes there are where that is known.
#[inline(always)]
pub(crate) fn add<W: Weight>(table: &[W], features: &[u64], classes: &[u8], sums: &mut [W::Sum]) {
    let (blocks, _) = table.as_chunks::<BLOCK>();
    for &f in features {
        let Some(weights) = blocks.get(fall(f, blocks.len())) else { return };
        for (sum, &class) in sums.iter_mut().zip(classes) {
            *sum += weights[place(f, class)].widen();
        }
    }
}

/// The best class, the first one when several are equal, and by how much it leads.
#[inline]
pub(crate) fn leader(scored: impl Iterator<Item = (u8, i32)>) -> (u8, i32) {
    let (mut best, mut first, mut second) = (0, i32::MIN / 2, i32::MIN / 2);
    for (class, sum) in scored {
        if sum > first {
            (best, first, second) = (class, sum, first);
        } else if sum > second {
            second = sum;
        }
    }
    (best, first - second)
}

/// The best of `classes`.
pub(crate) fn best(table: &[u8], features: &[u64], classes: &[u8]) -> u8 {
    let mut sums = [0; BLOCK];
    add(table, features, classes, &mut sums);
    leader(classes.iter().copied().zip(sums)).0
}

/// The best of `classes` other than `right`, and by how much `right` is better.
#[cfg(feature = "train")]
pub(crate) fn rival(sums: &[f32], classes: &[u8], right: u8) -> (u8, f32) {
    let (mut own, mut best) = (f32::MIN, None);
    for (class, sum) in classes.iter().zip(sums) {
        if *class == right {
            own = *sum;
        } else if best.is_none_or(|(_, top)| *sum > top) {
            best = Some((*class, *sum));
        }
    }
    best.map_or((right, f32::MAX), |(class, sum)| (class, own - sum))
}

/// The row of a feature among `rows`.
#[inline]
pub(crate) fn row(feature: u64, rows: usize) -> usize {
    fall(feature, rows)
}

/// What tells a feature from others on the same row; never 0, which marks a row that nobody has.
#[inline]
pub(crate) fn check(feature: u64) -> u8 {
    ((feature >> 24) as u8).max(1)
}

/// The rows of a table, `ROW` bytes each: the check byte and the weights.
#[inline]
pub(crate) fn rows<const ROW: usize>(table: &[u8]) -> &[[u8; ROW]] {
    table.get(..table.len().saturating_sub(TAIL)).unwrap_or_default().as_chunks().0
}

/// Adds the weights of all classes to the first places of `sums`, for `COUNT` features. Never inlined: among other code
/// the compiler would tear the sums into single numbers and add them one by one.
#[inline(never)]
pub(crate) fn add_rows<const ROW: usize, const LANES: usize, const COUNT: usize>(
    table: &[u8],
    features: &[u64; COUNT],
    sums: &mut [i16; LANES],
) {
    let rows = rows::<ROW>(table);
    // Which features have a row is hard to foresee: the rows are gathered without a branch, then added up.
    let (mut hits, mut count) = ([0u32; COUNT], 0);
    for &f in features {
        let at = row(f, rows.len());
        let (Some(own), Some(hit)) = (rows.get(at), hits.get_mut(count)) else { return };
        *hit = (at * ROW) as u32 + 1;
        count += usize::from(own[0] == check(f));
    }
    for start in hits.iter().take(count) {
        let weights = table.get(*start as usize..).and_then(<[u8]>::first_chunk::<LANES>);
        let Some(weights) = weights else { return };
        for (sum, weight) in sums.iter_mut().zip(weights) {
            *sum += i16::from(*weight as i8);
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
        assert_eq!(best(&table, &[f], &[4, 11, 1, 2, 3, 5, 6, 7, 8, 9]), 9);
        // The first of equals.
        assert_eq!(best(&table, &[], &[11, 9]), 11);
    }

    #[test]
    fn a_row_counts_for_its_feature_alone() {
        let mut table = vec![0u8; 5 * 100 + TAIL];
        let f = feature(1, 2, 3);
        let start = row(f, rows::<5>(&table).len()) * 5;
        table[start..start + 5].copy_from_slice(&[check(f), 1, 2, 255, 4]);
        let sums = |table: &[u8]| {
            let mut sums = [0; 4];
            add_rows::<5, 4, 2>(table, &[f, f], &mut sums);
            sums
        };
        assert_eq!(sums(&table), [2, 4, -2, 8]);
        table[start] ^= 1;
        assert_eq!(sums(&table), [0; 4]);
    }

    #[test]
    fn features_spread() {
        let mut rows: Vec<usize> = (0..40)
            .flat_map(|t| (0..50).map(move |a| (t, a)))
            .flat_map(|(t, a)| (0..10).map(move |b| row(feature(t, a, b), 1 << 20)))
            .collect();
        rows.sort_unstable();
        rows.dedup();
        // 20,000 of a million rows: about 200 pairs meet by chance.
        assert!(rows.len() > 19_700, "{}", rows.len());
    }
}
