//! Which names of a source are worth keeping.
//!
//! GeoNames lists airport codes, transcriptions letter by letter, postal numbers and typing errors as
//! alternate names. A name that is also a common word is kept for the place itself, with a cue demanded,
//! but not as another name of a place that has a better one.

use super::facts::{Row, rows, table};
use super::record::PlaceRecord;
use crate::error::Result;
use crate::gazetteer::fold::{Folded, fold, fold_char};
use std::collections::BTreeSet;
use std::path::Path;

const COMMON: &str = include_str!("../../../gazetteer/common.tsv");
const DROPPED: &str = include_str!("../../../gazetteer/drop.tsv");

/// Lists that judge names.
#[derive(Debug, Default)]
pub struct Quality {
    /// Folded names that are also common words, first names, months.
    common: BTreeSet<String>,
    /// Folded names that are never a place, or `country name` for one country.
    dropped: BTreeSet<String>,
}

impl Quality {
    /// Reads `common.tsv` and `drop.tsv` of the facts folder.
    ///
    /// # Errors
    /// When one cannot be read.
    pub fn read(folder: &Path) -> Result<Quality> {
        Ok(Quality::of(rows(&folder.join("common.tsv"))?, rows(&folder.join("drop.tsv"))?))
    }

    /// The lists as they were when the program was built, for indexes of users.
    pub fn embedded() -> Quality {
        let table = |name: &str, text| table(Path::new(name), text);
        Quality::of(table("common.tsv", COMMON), table("drop.tsv", DROPPED))
    }

    fn of(common: Vec<Row>, dropped: Vec<Row>) -> Quality {
        let mut quality = Quality::default();
        for row in common {
            quality.common.extend(row.column(0).split('|').filter_map(fold));
        }
        for row in dropped {
            for name in row.column(0).split('|').filter_map(fold) {
                quality.dropped.insert(match row.column(1) {
                    "" => name,
                    country => format!("{country} {name}"),
                });
            }
        }
        quality
    }

    /// True when the folded name is also a common word.
    pub fn is_common(&self, folded: &str) -> bool {
        self.common.contains(folded)
    }

    /// True when the folded name is never a place of this country.
    pub fn is_dropped(&self, folded: &str, country: &str) -> bool {
        self.dropped.contains(folded) || self.dropped.contains(&format!("{country} {folded}"))
    }

    /// Marks the names of a place that are also common words, unless a person chose to list it.
    pub fn mark(&self, record: &mut PlaceRecord) {
        if record.chosen {
            return;
        }
        let is_common = |name: &str| fold(name).is_some_and(|f| self.is_common(&f));
        record.cue = is_common(&record.name);
        for name in &mut record.names {
            if is_common(&name.text) {
                name.form = name.form.with_cue();
            }
        }
    }

    /// The folded form of another name of a place called `main`, if the name is worth keeping.
    pub fn other_name(&self, name: &str, main: &str, country: &str) -> Option<String> {
        let first = name.chars().next()?;
        // Small first letters are transcriptions (`hlb`), but `'s-Hertogenbosch` and `al-Bab` are names.
        if first.is_lowercase() && !is_article(name) {
            return None;
        }
        if name.chars().any(|c| c.is_ascii_digit() || matches!(fold_char(c), Folded::Foreign)) {
            return None;
        }
        let folded = fold(name)?;
        let letters = folded.bytes().filter(u8::is_ascii_alphabetic).count();
        // Airport and state codes.
        let capitals = letters <= 4 && name.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
        // Other names of three letters are codes or transcriptions; the tables list the few good ones.
        if capitals || letters < 4 || folded.len() > 60 {
            return None;
        }
        let same = fold(main).is_some_and(|m| m == folded);
        (!same && !self.is_common(&folded) && !self.is_dropped(&folded, country)).then_some(folded)
    }
}

/// True for names that begin with a short small word and a hyphen, as `al-Bab` and `el-Arish` do.
fn is_article(name: &str) -> bool {
    name.split_once(['-', ' ']).is_some_and(|(article, rest)| {
        article.chars().count() <= 3 && rest.chars().next().is_some_and(char::is_uppercase)
    })
}
