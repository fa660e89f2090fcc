//! The axis of time: instants to pixels, with long stretches in which nothing happened left out.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};

/// A stretch without happenings is left out when it is longer than this, in seconds, and than one part in
/// [`SHARE`] of all time.
const PAUSE: f64 = 45.0 * 86_400.0;
const SHARE: f64 = 400.0;
/// More pieces than this are no axis.
const PIECES: usize = 12;
/// Pixels between two pieces.
const GAP: f64 = 14.0;

/// A piece of the axis: seconds and pixels of both ends.
pub(super) struct Piece {
    from: f64,
    to: f64,
    /// First pixel.
    pub(super) left: f64,
    /// Last pixel.
    pub(super) right: f64,
}

/// The axis, from its pieces.
pub(super) struct Axis {
    pub(super) pieces: Vec<Piece>,
}

pub(super) fn seconds(t: NaiveDateTime) -> f64 {
    t.and_utc().timestamp() as f64
}

impl Axis {
    /// An axis between two pixels for intervals sorted by their starts; `None` without intervals.
    pub(super) fn over(intervals: &[(f64, f64)], left: f64, right: f64) -> Option<Axis> {
        let first = intervals.first()?.0;
        let last = intervals.iter().map(|i| i.1).fold(first, f64::max);
        let mut pause = PAUSE.max((last - first) / SHARE);
        let mut spans = split(intervals, pause);
        while spans.len() > PIECES {
            pause *= 1.5;
            spans = split(intervals, pause);
        }
        // Longer pieces are wider, but not in proportion: a day beside a year keeps room for its bar.
        let weight = |span: &(f64, f64)| ((span.1 - span.0) / 86_400.0).max(1.0).powf(0.35);
        let all: f64 = spans.iter().map(weight).sum();
        let room = right - left - GAP * (spans.len() - 1) as f64;
        let mut at = left;
        let mut pieces = Vec::new();
        for span in &spans {
            let wide = room * weight(span) / all;
            pieces.push(Piece { from: span.0, to: span.1, left: at, right: at + wide });
            at += wide + GAP;
        }
        Some(Axis { pieces })
    }

    /// The pixel of an instant; one that lies between two pieces goes to the end of the earlier one.
    pub(super) fn at(&self, seconds: f64) -> f64 {
        let piece = self.pieces.iter().rev().find(|p| p.from <= seconds).or(self.pieces.first());
        piece.map_or(0.0, |p| {
            let share = ((seconds - p.from) / (p.to - p.from)).clamp(0.0, 1.0);
            p.left + (p.right - p.left) * share
        })
    }
}

/// Stretches of time with happenings, each at least a day long.
fn split(intervals: &[(f64, f64)], pause: f64) -> Vec<(f64, f64)> {
    let mut spans: Vec<(f64, f64)> = Vec::new();
    for &(from, to) in intervals {
        let to = to.max(from + 86_400.0);
        match spans.last_mut() {
            Some(last) if from - last.1 <= pause => last.1 = last.1.max(to),
            _ => spans.push((from, to)),
        }
    }
    spans
}

impl Piece {
    /// Days to mark, with what is written there: days, months, years or decades, as many as there is room for.
    pub(super) fn ticks(&self) -> Vec<(NaiveDate, String)> {
        let day =
            |seconds: f64| chrono::DateTime::from_timestamp(seconds as i64, 0).map(|t| t.naive_utc().date());
        let (Some(first), Some(last)) = (day(self.from), day(self.to)) else { return Vec::new() };
        let days = (self.to - self.from) / 86_400.0;
        let room = (self.right - self.left) / 74.0;
        let steps: [(f64, u32, u32, &str); 9] = [
            (1.0, 1, 0, "%Y-%m-%d"),
            (2.0, 2, 0, "%Y-%m-%d"),
            (7.0, 7, 0, "%Y-%m-%d"),
            (30.0, 0, 1, "%Y-%m"),
            (91.0, 0, 3, "%Y-%m"),
            (365.0, 0, 12, "%Y"),
            (1826.0, 0, 60, "%Y"),
            (3652.0, 0, 120, "%Y"),
            (36525.0, 0, 1200, "%Y"),
        ];
        let step = steps.iter().find(|s| days / s.0 <= room.max(1.0)).or(steps.last());
        let Some(&(_, days, months, format)) = step else { return Vec::new() };
        let mut at = if months == 0 {
            first
        } else {
            let month = first.year() * 12 + first.month0() as i32;
            let start = month - month.rem_euclid(months as i32);
            NaiveDate::from_ymd_opt(start.div_euclid(12), start.rem_euclid(12) as u32 + 1, 1).unwrap_or(first)
        };
        let mut found = Vec::new();
        while at < last && found.len() < 200 {
            if at >= first {
                found.push((at, at.format(format).to_string()));
            }
            let next = if months == 0 {
                at.checked_add_days(Days::new(u64::from(days)))
            } else {
                at.checked_add_months(Months::new(months))
            };
            let Some(next) = next else { break };
            at = next;
        }
        // A piece with no mark of its own is named by its beginning.
        if found.is_empty() {
            found.push((first, first.format(format).to_string()));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: f64 = 86_400.0;

    #[test]
    fn long_pauses_are_left_out() {
        let axis = Axis::over(&[(0.0, DAY), (4000.0 * DAY, 4001.0 * DAY)], 0.0, 100.0).unwrap();
        assert_eq!(axis.pieces.len(), 2);
        assert!(axis.at(DAY) < axis.at(4000.0 * DAY));
        assert!((axis.at(2000.0 * DAY) - axis.at(DAY)).abs() < 1e-9);
    }

    #[test]
    fn weeks_stay_together() {
        let axis = Axis::over(&[(0.0, DAY), (20.0 * DAY, 21.0 * DAY)], 0.0, 210.0).unwrap();
        assert_eq!(axis.pieces.len(), 1);
        assert!((axis.at(10.5 * DAY) - 105.0).abs() < 1e-9);
    }

    #[test]
    fn a_piece_always_has_a_name() {
        let axis = Axis::over(&[(3.0 * DAY, 4.0 * DAY)], 0.0, 10.0).unwrap();
        assert_eq!(axis.pieces[0].ticks().len(), 1);
    }
}
