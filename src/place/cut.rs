//! Cuts rings along a line through the origin, on a plane: what lies in the north of a country, and no more of it.
//!
//! Rings are closed and do not cross themselves; they may run either way round.

/// What a closed ring encloses, in the square of its unit.
fn area(ring: &[(f64, f64)]) -> f64 {
    let twice: f64 = ring
        .windows(2)
        .filter_map(|p| Some((p.first()?, p.last()?)))
        .map(|(a, b)| a.0 * b.1 - b.0 * a.1)
        .sum();
    (twice / 2.0).abs()
}

/// The ring that encloses most; of equal ones the last.
pub(super) fn largest(rings: impl IntoIterator<Item = Vec<(f64, f64)>>) -> Option<Vec<(f64, f64)>> {
    let sized = rings.into_iter().map(|ring| (area(&ring), ring));
    sized.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, ring)| ring)
}

/// The pieces of a closed ring that lie ahead of a line through the origin, each closed.
///
/// Runs of points ahead begin and end on the line; taken in their order along it, the ends of runs are joined two by two
/// by what the ring encloses of the line.
pub(super) fn beyond(ring: &[(f64, f64)], ahead: (f64, f64)) -> Vec<Vec<(f64, f64)>> {
    let depth = |p: (f64, f64)| p.0 * ahead.0 + p.1 * ahead.1;
    let aside = |p: (f64, f64)| p.0 * ahead.1 - p.1 * ahead.0;
    let points = ring.get(..ring.len().saturating_sub(1)).unwrap_or_default();
    let Some(first) = points.iter().position(|p| depth(*p) < 0.0) else {
        return if points.is_empty() { Vec::new() } else { vec![ring.to_vec()] };
    };
    // From a point behind the line all the way round to it.
    let round = || points.iter().cycle().skip(first).take(points.len() + 1).copied();
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    for (a, b) in round().zip(round().skip(1)) {
        let (from, to) = (depth(a), depth(b));
        let share = from / (from - to);
        let crossing = (a.0 + (b.0 - a.0) * share, a.1 + (b.1 - a.1) * share);
        match (from >= 0.0, to >= 0.0) {
            (false, true) => runs.push(vec![crossing, b]),
            (true, true) => runs.last_mut().into_iter().for_each(|run| run.push(b)),
            (true, false) => runs.last_mut().into_iter().for_each(|run| run.push(crossing)),
            (false, false) => {}
        }
    }
    // Ends of runs along the line: even numbers begin a run, odd ones end it.
    let end = |n: usize| {
        let run = runs.get(n / 2);
        run.and_then(|run| if n.is_multiple_of(2) { run.first() } else { run.last() })
            .copied()
            .unwrap_or_default()
    };
    let mut ends: Vec<usize> = (0..runs.len() * 2).collect();
    ends.sort_by(|a, b| aside(end(*a)).total_cmp(&aside(end(*b))).then(a.cmp(b)));
    let mut joined = vec![0; ends.len()];
    for pair in ends.chunks_exact(2) {
        if let [a, b] = *pair
            && let Ok([first, second]) = joined.get_disjoint_mut([a, b])
        {
            (*first, *second) = (b, a);
        }
    }
    let mut used = vec![false; runs.len()];
    let mut pieces = Vec::new();
    for start in 0..runs.len() {
        let mut piece: Vec<(f64, f64)> = Vec::new();
        let mut at = start;
        while let Some(seen) = used.get_mut(at).filter(|seen| !**seen) {
            *seen = true;
            piece.extend(runs.get(at).into_iter().flatten());
            at = joined.get(at * 2 + 1).map_or(start, |next| next / 2);
        }
        if let Some(first) = piece.first().copied() {
            piece.push(first);
            pieces.push(piece);
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_is_cut_in_halves() {
        let square = [(-2.0, -2.0), (2.0, -2.0), (2.0, 2.0), (-2.0, 2.0), (-2.0, -2.0)];
        for ahead in [(0.0, 1.0), (1.0, 0.0), (-1.0, 0.0), (0.6, 0.8)] {
            let pieces = beyond(&square, ahead);
            assert_eq!(pieces.len(), 1);
            assert!((area(&pieces[0]) - 8.0).abs() < 1e-9, "{pieces:?}");
        }
    }

    #[test]
    fn arms_of_a_ring_are_pieces_of_their_own() {
        // A fork with three arms to the north, the one in the middle the widest.
        let fork = [
            (-5.0, -2.0),
            (5.0, -2.0),
            (5.0, 3.0),
            (4.0, 3.0),
            (4.0, -1.0),
            (2.0, -1.0),
            (2.0, 3.0),
            (-1.0, 3.0),
            (-1.0, -1.0),
            (-4.0, -1.0),
            (-4.0, 3.0),
            (-5.0, 3.0),
            (-5.0, -2.0),
        ];
        let backwards: Vec<_> = fork.iter().rev().copied().collect();
        for ring in [&fork[..], &backwards] {
            let mut areas: Vec<f64> = beyond(ring, (0.0, 1.0)).iter().map(|p| area(p)).collect();
            areas.sort_by(f64::total_cmp);
            assert_eq!(areas, [3.0, 3.0, 9.0]);
            let south: f64 = beyond(ring, (0.0, -1.0)).iter().map(|p| area(p)).sum();
            assert!((south - (20.0 - 5.0)).abs() < 1e-9, "{south}");
        }
    }

    #[test]
    fn what_lies_on_one_side_is_kept_or_not() {
        let square = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)];
        assert_eq!(beyond(&square, (0.0, 1.0)), vec![square.to_vec()]);
        assert!(beyond(&square, (0.0, -1.0)).is_empty());
        assert!(beyond(&[], (0.0, 1.0)).is_empty());
    }
}
