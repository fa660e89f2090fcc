//! `dateline annotate`: everything found in each article, one JSON object per line, in input order.

use crate::flags::{Annotate, AnnotateFormat};
use crate::object::Object;
use crate::run::{self, Stop, Tally};
use crate::timeml;
use dateline::document::Document;
use dateline::error::{Error, ErrorKind};
use std::io::Write;

pub(crate) fn annotate(options: &Annotate) -> Result<Tally, Stop> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let make = |document: Document| match options.format {
        AnnotateFormat::Jsonl => serde_json::to_string(&Object::of(&document)),
        AnnotateFormat::Timeml => Ok(timeml::document(&document)),
    };
    let tally = run::each(&options.inputs, make, |line| {
        let line = line.map_err(|e| Error::new(ErrorKind::Output, "cannot write an article").caused_by(e))?;
        writeln!(out, "{line}").map_err(Stop::writing)
    })?;
    out.flush().map_err(Stop::writing)?;
    Ok(tally)
}
