//! Publication dates: the notations of metadata, and dates in file names.

use crate::article::{Published, PublishedSource};
use crate::error::{Error, ErrorKind};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime};

/// Reads a publication date in ISO 8601 (`2016-12-22`, `2016-12-22T18:30:00+01:00`, `20161222`), with slashes
/// year first, or as in e-mail (`Thu, 22 Dec 2016 18:30:00 +0100`). The date is the civil one, as written.
///
/// Days and months are never guessed apart: `05/06/2016` is no date here.
pub fn parse_published(value: &str, source: PublishedSource) -> Option<Published> {
    let value = value.trim();
    let with = |moment: DateTime<FixedOffset>| Published {
        date: moment.date_naive(),
        time: Some(moment.time()),
        offset: Some(*moment.offset()),
        source,
    };
    let local = |moment: NaiveDateTime| Published {
        date: moment.date(),
        time: Some(moment.time()),
        offset: None,
        source,
    };
    if let Ok(moment) = DateTime::parse_from_rfc3339(value).or_else(|_| DateTime::parse_from_rfc2822(value)) {
        return Some(with(moment));
    }
    const OFFSET: [&str; 4] =
        ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%dT%H:%M%z", "%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%d %H:%M %z"];
    const LOCAL: [&str; 6] = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
        "%Y%m%dT%H%M%S",
        "%Y/%m/%d %H:%M:%S",
    ];
    let zulu = value.strip_suffix(['Z', 'z']).map(|v| format!("{v}+0000"));
    let spelled = zulu.as_deref().unwrap_or(value);
    if let Some(moment) = OFFSET.iter().find_map(|f| DateTime::parse_from_str(spelled, f).ok()) {
        return Some(with(moment));
    }
    if let Some(moment) = LOCAL.iter().find_map(|f| NaiveDateTime::parse_from_str(value, f).ok()) {
        return Some(local(moment));
    }
    let date = ["%Y-%m-%d", "%Y/%m/%d"].iter().find_map(|f| NaiveDate::parse_from_str(value, f).ok());
    let date = date.or_else(|| {
        let digits = value.len() == 8 && value.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| NaiveDate::parse_from_str(value, "%Y%m%d").ok()).flatten()
    })?;
    plausible(date).then_some(Published { date, time: None, offset: None, source })
}

/// Reads a metadata value into `article`, or says that it cannot be read.
pub(super) fn note(value: &str, into: &mut Option<Published>, warnings: &mut Vec<Error>) {
    if value.trim().is_empty() || into.is_some() {
        return;
    }
    *into = parse_published(value, PublishedSource::Metadata);
    if into.is_none() {
        let shown: String = value.chars().take(40).collect();
        let unread = Error::new(ErrorKind::Record, format!("publication date {shown:?} cannot be read"))
            .help("write it as 2016-12-22 or 2016-12-22T18:30:00+01:00");
        warnings.push(unread);
    }
}

/// Newspapers have dates from the 17th century on; a year typed wrong is no date.
fn plausible(date: NaiveDate) -> bool {
    use chrono::Datelike;
    (1600..=9999).contains(&date.year())
}

/// The date in a file name such as `2016-12-22-aleppo.txt`, `aleppo_20161222.html` or `2016_12_22.txt`;
/// the first one when there are several.
pub fn published_in_name(name: &str) -> Option<NaiveDate> {
    let bytes = name.as_bytes();
    (0..bytes.len()).find_map(|start| {
        if start > 0 && bytes.get(start - 1).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        ["dddd-dd-dd", "dddd_dd_dd", "dddd.dd.dd", "dddddddd"].iter().find_map(|shape| {
            let part = bytes.get(start..start + shape.len())?;
            let fits =
                shape.bytes().zip(part).all(|(s, b)| if s == b'd' { b.is_ascii_digit() } else { s == *b });
            if !fits || bytes.get(start + shape.len()).is_some_and(u8::is_ascii_digit) {
                return None;
            }
            let digits: String = part.iter().filter(|b| b.is_ascii_digit()).map(|b| char::from(*b)).collect();
            let date = NaiveDate::parse_from_str(&digits, "%Y%m%d").ok()?;
            plausible(date).then_some(date)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notations() {
        let day = NaiveDate::from_ymd_opt(2016, 12, 22);
        for value in [
            "2016-12-22",
            " 20161222 ",
            "2016/12/22",
            "2016-12-22T18:30:00+01:00",
            "2016-12-22T18:30:00.000Z",
            "2016-12-22T18:30+0100",
            "2016-12-22T18:30Z",
            "2016-12-22 18:30",
            "2016-12-22 18:30:00 +0100",
            "Thu, 22 Dec 2016 18:30:00 +0100",
        ] {
            let read = parse_published(value, PublishedSource::Metadata);
            assert_eq!(read.map(|p| p.date), day, "{value}");
        }
        for value in ["22/12/2016", "", "soon", "0016-12-22", "2016-13-01", "1482427800"] {
            assert_eq!(parse_published(value, PublishedSource::Metadata), None, "{value}");
        }
    }

    #[test]
    fn names() {
        let day = NaiveDate::from_ymd_opt(2016, 12, 22);
        for name in ["2016-12-22-end.txt", "end_20161222.html", "a-2016_12_22.md", "x.2016.12.22.txt"] {
            assert_eq!(published_in_name(name), day, "{name}");
        }
        for name in ["end.txt", "120161222.txt", "2016-99-12.txt", "201612225.txt"] {
            assert_eq!(published_in_name(name), None, "{name}");
        }
    }
}
