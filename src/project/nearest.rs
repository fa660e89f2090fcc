//! The word that somebody meant when they typed another.

/// The one of `words` that is fewest edits away from `typed`, when it is near enough to be meant.
pub fn nearest<'w>(typed: &str, words: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let typed: Vec<char> = typed.chars().flat_map(char::to_lowercase).collect();
    let found = words.into_iter().map(|word| (distance(&typed, word), word)).min_by_key(|(d, _)| *d)?;
    // A third of the letters may be wrong, and always two.
    (found.0 <= (typed.len() / 3).max(2) && found.0 < typed.len().max(2)).then_some(found.1)
}

/// Letters to insert, remove, replace or swap with their neighbour.
fn distance(typed: &[char], word: &str) -> usize {
    let word: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (i, letter) in typed.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, other) in word.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let replaced = at(&row, j) + usize::from(letter != other);
            let mut best = replaced.min(at(&row, j + 1) + 1).min(at(&next, j) + 1);
            let swapped =
                i > 0 && j > 0 && typed.get(i - 1) == Some(other) && word.get(j - 1) == Some(letter);
            if swapped {
                best = best.min(at(&before, j - 1) + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_of_the_finger() {
        let keys = ["sources", "output", "formats", "filter"];
        assert_eq!(nearest("ouput", keys), Some("output"));
        assert_eq!(nearest("source", keys), Some("sources"));
        assert_eq!(nearest("Fitler", keys), Some("filter"));
        assert_eq!(nearest("colour", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
