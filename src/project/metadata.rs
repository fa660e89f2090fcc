//! What a project knows about some of its articles: publisher, language, time zone, where the date stands.
//!
//! What an article says of itself goes before it.

use super::config::{fields, fits, patterns};
use super::key::{keys, words};
use super::sheet::Sheet;
use crate::article::{Article, Published, PublishedSource};
use crate::lang::Lang;
use crate::read;
use chrono::{DateTime, NaiveDate, Utc};
use std::ops::Range;
use toml::de::DeTable;

/// One block of the project file.
#[derive(Clone, Debug, Default)]
pub struct Metadata {
    matches: Vec<glob::Pattern>,
    publisher: Option<String>,
    lang: Option<String>,
    zone: Option<chrono_tz::Tz>,
    published: Option<Vec<Piece>>,
    format: Option<read::Format>,
    encoding: Option<&'static encoding_rs::Encoding>,
    fields: Option<read::Fields>,
}

/// A piece of a pattern that finds a date in a path.
#[derive(Clone, Debug, PartialEq)]
enum Piece {
    Year,
    Month,
    Day,
    /// Anything but a slash.
    Any,
    Plain(String),
}

impl Metadata {
    pub(super) fn read(sheet: &mut Sheet<'_>, table: &DeTable<'_>, at: Range<usize>) -> Option<Metadata> {
        let mut block = Metadata::default();
        for (key, item) in table {
            let span = item.span();
            match key.get_ref().as_ref() {
                "match" => block.matches = patterns(sheet, item),
                "fields" => block.fields = Some(fields(sheet, item)),
                other if keys("metadata").all(|k| k.name != other) => {
                    sheet.unknown(other, key.span(), keys("metadata").map(|k| k.name));
                }
                name => {
                    let Some(value) = item.get_ref().as_str() else {
                        sheet.fault(span, "wants a string in quotes", "");
                        continue;
                    };
                    block.take(sheet, name, value, span);
                }
            }
        }
        if block.matches.is_empty() {
            sheet.fault(
                at,
                "this block matches nothing",
                "say which files it is about: match = [\"news/**\"]",
            );
            return None;
        }
        Some(block)
    }

    fn take(&mut self, sheet: &mut Sheet<'_>, name: &str, value: &str, at: Range<usize>) {
        match name {
            "publisher" => self.publisher = Some(value.to_owned()),
            "lang" => {
                self.lang = Lang::from_code(value).map(|l| l.code().to_owned());
                if self.lang.is_none() {
                    sheet.no_such_word(
                        "language that is read",
                        value,
                        at,
                        Lang::all().map(Lang::code).collect::<Vec<_>>(),
                    );
                }
            }
            "time_zone" => {
                self.zone = value.parse().ok();
                if self.zone.is_none() {
                    let known = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
                    let help = match super::nearest::nearest(value, known) {
                        Some(meant) => format!("did you mean {meant}?"),
                        None => "write it as Europe/Paris".to_owned(),
                    };
                    sheet.fault(at, format!("{value:?} is no time zone"), help);
                }
            }
            "published" => {
                self.published = pieces(value);
                if self.published.is_none() {
                    sheet.fault(
                        at,
                        "wants {year}, {month} and {day}, each once",
                        "such as \"{year}/{month}/{day}/*\"",
                    );
                }
            }
            "format" => {
                self.format = read::Format::from_word(value);
                if self.format.is_none() {
                    sheet.no_such_word("format", value, at, words("metadata", "format"));
                }
            }
            "encoding" => {
                self.encoding = read::encoding_named(value);
                if self.encoding.is_none() {
                    sheet.fault(at, format!("{value:?} is no encoding"), "such as windows-1252");
                }
            }
            _ => {}
        }
    }
}

/// What a project knows about one file.
#[derive(Clone, Debug, Default)]
pub struct Known {
    publisher: Option<String>,
    lang: Option<String>,
    zone: Option<chrono_tz::Tz>,
    published: Option<NaiveDate>,
    format: Option<read::Format>,
    encoding: Option<&'static encoding_rs::Encoding>,
    fields: Option<read::Fields>,
}

/// What `blocks` know about the file at `path`, from the project file, with slashes.
pub fn known(blocks: &[Metadata], path: &str) -> Known {
    let mut known = Known::default();
    for block in blocks.iter().filter(|b| b.matches.iter().any(|pattern| fits(pattern, path))) {
        let date = block.published.as_ref().and_then(|pieces| date_in(pieces, path));
        known = Known {
            publisher: block.publisher.clone().or(known.publisher),
            lang: block.lang.clone().or(known.lang),
            zone: block.zone.or(known.zone),
            published: date.or(known.published),
            format: block.format.or(known.format),
            encoding: block.encoding.or(known.encoding),
            fields: block.fields.clone().or(known.fields),
        };
    }
    known
}

impl Known {
    /// What is known, in words: changes whenever something known does.
    pub fn stamp(&self) -> String {
        format!("{self:?}")
    }

    /// How the file is read.
    pub fn options(&self) -> read::Options {
        read::Options {
            encoding: self.encoding,
            format: self.format,
            fields: self.fields.clone().unwrap_or_default(),
            ..read::Options::default()
        }
    }

    /// Fills in what `article` does not say itself, and counts its publication day where the publisher is.
    pub fn complete(&self, article: &mut Article) {
        if article.lang.is_none() {
            article.lang.clone_from(&self.lang);
        }
        if article.publisher.is_none() {
            article.publisher.clone_from(&self.publisher);
        }
        let guessed = article.published.is_none_or(|p| p.source == PublishedSource::FileName);
        if let (true, Some(date)) = (guessed, self.published) {
            article.published =
                Some(Published { date, time: None, offset: None, source: PublishedSource::FileName });
        }
        if let (Some(published), Some(zone)) = (&mut article.published, self.zone)
            && let (Some(time), Some(offset)) = (published.time, published.offset)
            && let Some(utc) = published.date.and_time(time).checked_sub_offset(offset)
        {
            let there =
                DateTime::<Utc>::from_naive_utc_and_offset(utc, Utc).with_timezone(&zone).fixed_offset();
            published.date = there.date_naive();
            published.time = Some(there.time());
            published.offset = Some(*there.offset());
        }
    }
}

/// Cuts a pattern into pieces; nothing when it does not tell a whole date.
fn pieces(pattern: &str) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let named =
            [("{year}", Piece::Year), ("{month}", Piece::Month), ("{day}", Piece::Day), ("*", Piece::Any)]
                .into_iter()
                .find_map(|(word, piece)| Some((rest.strip_prefix(word)?, piece)));
        match named {
            Some((after, piece)) => {
                if !plain.is_empty() {
                    pieces.push(Piece::Plain(std::mem::take(&mut plain)));
                }
                pieces.push(piece);
                rest = after;
            }
            None => {
                plain.push(c);
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    let once = |wanted: Piece| pieces.iter().filter(|p| **p == wanted).count() == 1;
    (once(Piece::Year) && once(Piece::Month) && once(Piece::Day)).then_some(pieces)
}

/// The date that a path tells: the pattern begins at any folder and covers the rest of the path.
fn date_in(pieces: &[Piece], path: &str) -> Option<NaiveDate> {
    let starts = std::iter::once(0).chain(path.match_indices('/').map(|(at, _)| at + 1));
    starts.filter_map(|at| path.get(at..)).find_map(|rest| {
        let [year, month, day] = matched(pieces, rest, [0; 3])?;
        NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
    })
}

fn matched(pieces: &[Piece], path: &str, found: [u32; 3]) -> Option<[u32; 3]> {
    let Some((piece, after)) = pieces.split_first() else { return path.is_empty().then_some(found) };
    let digits = |count: usize| {
        let digits = path.get(..count).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
        Some((digits.parse::<u32>().ok()?, path.get(count..)?))
    };
    let [year, month, day] = found;
    match piece {
        Piece::Plain(plain) => matched(after, path.strip_prefix(plain.as_str())?, found),
        Piece::Year => digits(4).and_then(|(year, rest)| matched(after, rest, [year, month, day])),
        Piece::Month => [2, 1].into_iter().find_map(|count| {
            digits(count).and_then(|(month, rest)| matched(after, rest, [year, month, day]))
        }),
        Piece::Day => [2, 1]
            .into_iter()
            .find_map(|count| digits(count).and_then(|(day, rest)| matched(after, rest, [year, month, day]))),
        Piece::Any => {
            let end = path.find('/').unwrap_or(path.len());
            // The shortest stretch that lets the rest match.
            (0..=end)
                .filter(|at| path.is_char_boundary(*at))
                .find_map(|at| matched(after, path.get(at..)?, found))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_paths() {
        let day = NaiveDate::from_ymd_opt(2016, 12, 2);
        for (pattern, path) in [
            ("{year}/{month}/{day}/*", "news/2016/12/02/alep.md"),
            ("*_{day}-{month}-{year}.txt", "news/alep_02-12-2016.txt"),
            ("{day}.{month}.{year} *", "2.12.2016 alep.txt"),
        ] {
            let pieces = pieces(pattern).unwrap();
            assert_eq!(date_in(&pieces, path), day, "{pattern} {path}");
        }
        assert_eq!(pieces("{year}-{month}"), None);
        assert_eq!(date_in(&pieces("{year}{month}{day}*").unwrap(), "news/alep.md"), None);
    }
}
