//! A row as bytes and back, for runs with more rows than memory should hold.
//!
//! The bytes are for the same program in the same run; they are no format of their own.

use super::Row;
use crate::event::Status;
use crate::write::Civil;
use crate::write::outline;
use crate::write::schema::{COLUMNS, STATUSES, Value};
use crate::write::shape::{Area, Geometry, Polygon, Position, Ring};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta};

impl Row {
    /// Appends the row.
    pub fn store(&self, out: &mut Vec<u8>) {
        out.push(STATUSES.iter().position(|s| *s == self.status).unwrap_or_default() as u8);
        out.push(u8::from(self.geometry == Geometry::Area));
        match self.civil {
            Some(civil) => {
                out.push(1 + u8::from(civil.open));
                second(civil.start, out);
                second(civil.end, out);
            }
            None => out.push(0),
        }
        for end in [self.core.0, self.core.1] {
            match end {
                Some(time) => {
                    out.push(1);
                    second(time, out);
                }
                None => out.push(0),
            }
        }
        match self.utc_offset {
            Some(minutes) => {
                out.push(1);
                out.extend_from_slice(&minutes.to_le_bytes());
            }
            None => out.push(0),
        }
        for held in &self.values {
            value(held, out);
        }
        match self.point {
            Some(at) => {
                out.push(1);
                position(at, out);
            }
            None => out.push(0),
        }
        match &self.area {
            None => out.push(0),
            Some(Area::Drawn(polygons)) => {
                out.push(1);
                count(polygons.len(), out);
                for polygon in polygons {
                    count(polygon.len(), out);
                    for ring in polygon {
                        count(ring.len(), out);
                        ring.iter().for_each(|at| position(*at, out));
                    }
                }
            }
            Some(Area::Country(outline)) => {
                let (code, decimals) = outline.key();
                out.push(2);
                words(code, out);
                out.push(decimals);
            }
        }
    }

    /// The row that [`Row::store`] made these bytes of; nothing when they are others.
    pub fn restore(bytes: &[u8]) -> Option<Row> {
        let mut from = Reader(bytes);
        let status: Status = *STATUSES.get(usize::from(from.byte()?))?;
        let geometry = if from.byte()? == 1 { Geometry::Area } else { Geometry::Point };
        let civil = match from.byte()? {
            0 => None,
            open => Some(Civil { start: from.second()?, end: from.second()?, open: open == 2 }),
        };
        let core = (from.perhaps()?, from.perhaps()?);
        let utc_offset = match from.byte()? {
            0 => None,
            _ => Some(i16::from_le_bytes(from.array()?)),
        };
        let values: Vec<Value> = COLUMNS.iter().map(|_| from.value()).collect::<Option<_>>()?;
        let point = match from.byte()? {
            0 => None,
            _ => Some(from.position()?),
        };
        let area = match from.byte()? {
            0 => None,
            1 => Some(Area::Drawn((0..from.count()?).map(|_| from.polygon()).collect::<Option<_>>()?)),
            _ => {
                let Value::Text(code) = from.value()? else { return None };
                Some(Area::Country(outline::of(&code, from.byte()?)?))
            }
        };
        Some(Row { values, point, area, geometry, civil, core, status, utc_offset })
    }
}

fn value(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Missing => out.push(0),
        Value::Text(text) => words(text, out),
        Value::Word(word) => words(word, out),
        Value::Integer(n) => {
            out.push(2);
            out.extend_from_slice(&n.to_le_bytes());
        }
        Value::Number(n) => {
            out.push(3);
            out.extend_from_slice(&n.to_le_bytes());
        }
        Value::Instant(time) => {
            out.push(4);
            second(*time, out);
        }
        Value::Day(day) => {
            out.push(5);
            out.extend_from_slice(&(*day - NaiveDate::default()).num_days().to_le_bytes());
        }
    }
}

fn words(text: &str, out: &mut Vec<u8>) {
    out.push(1);
    count(text.len(), out);
    out.extend_from_slice(text.as_bytes());
}

fn second(time: NaiveDateTime, out: &mut Vec<u8>) {
    out.extend_from_slice(&time.and_utc().timestamp().to_le_bytes());
}

fn position((lon, lat): Position, out: &mut Vec<u8>) {
    out.extend_from_slice(&lon.to_le_bytes());
    out.extend_from_slice(&lat.to_le_bytes());
}

fn count(n: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(&u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes());
}

/// What is left to read.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn byte(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(u32::from_le_bytes(self.array()?)).ok()
    }

    fn number(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    fn position(&mut self) -> Option<Position> {
        Some((self.number()?, self.number()?))
    }

    fn ring(&mut self) -> Option<Ring> {
        (0..self.count()?).map(|_| self.position()).collect()
    }

    fn polygon(&mut self) -> Option<Polygon> {
        (0..self.count()?).map(|_| self.ring()).collect()
    }

    fn integer(&mut self) -> Option<i64> {
        self.array().map(i64::from_le_bytes)
    }

    fn second(&mut self) -> Option<NaiveDateTime> {
        Some(DateTime::from_timestamp(self.integer()?, 0)?.naive_utc())
    }

    fn perhaps(&mut self) -> Option<Option<NaiveDateTime>> {
        match self.byte()? {
            0 => Some(None),
            _ => self.second().map(Some),
        }
    }

    /// Words of closed lists come back as text, which writes the same.
    fn value(&mut self) -> Option<Value> {
        Some(match self.byte()? {
            0 => Value::Missing,
            1 => {
                let length = self.count()?;
                let (text, rest) = self.0.split_at_checked(length)?;
                self.0 = rest;
                Value::Text(std::str::from_utf8(text).ok()?.to_owned())
            }
            2 => Value::Integer(self.integer()?),
            3 => Value::Number(self.number()?),
            4 => Value::Instant(self.second()?),
            5 => Value::Day(NaiveDate::default().checked_add_signed(TimeDelta::days(self.integer()?))?),
            _ => return None,
        })
    }
}
