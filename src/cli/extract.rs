//! `dateline extract`: articles in, a map layer and a timeline out, and the timeline on the terminal.

use crate::flags::Extract;
use crate::message::note;
use crate::outputs::{self, Target, Writer, Written};
use crate::run::{self, Stop, Tally};
use crate::sorter::Sorter;
use crate::terminal;
use dateline::document::{self, Document};
use dateline::error::{Error, ErrorKind};
use dateline::write::{self, Format, Rows, Run, Selection};
use rayon::prelude::*;
use std::path::Path;

/// Articles among which the same happening is looked for; they are kept in memory together.
const WINDOW: usize = 10_000;
/// Happenings among which it is, so that dense articles do not fill the memory.
const WINDOW_EVENTS: usize = 50_000;

/// Most lines of the timeline that are printed.
const SHOWN: usize = 10_000;

/// What was found, on its way to the files.
struct Found {
    dated: Sorter,
    undated: Sorter,
    out_of_years: usize,
    left_out: usize,
}

impl Found {
    fn add(&mut self, rows: Rows) -> Result<(), Stop> {
        self.out_of_years += rows.out_of_years;
        self.left_out += rows.left_out;
        self.dated.add(rows.dated)?;
        self.undated.add(rows.undated)
    }
}

/// How much was found.
struct Summed {
    dated: usize,
    unlocated: usize,
    undated: usize,
    out_of_years: usize,
    left_out: usize,
}

impl Summed {
    fn of(all: &Found) -> Self {
        Summed {
            dated: all.dated.count,
            unlocated: all.dated.unlocated,
            undated: all.undated.count,
            out_of_years: all.out_of_years,
            left_out: all.left_out,
        }
    }
}

pub(crate) fn extract(options: &Extract) -> Result<Tally, Stop> {
    let asked = &options.outputs;
    let mut formats: Vec<Format> = asked.format.concat();
    let needed: Vec<Format> = formats.iter().filter_map(|f| f.needs()).collect();
    formats.extend(needed.into_iter().filter(|_| asked.output != Path::new("-")));
    formats.sort();
    formats.dedup();
    let dialect = asked.csv_dialect.dialect();
    let to_stdout = asked.output == Path::new("-");
    if to_stdout && (formats.len() != 1 || asked.undated) {
        // Without a choice of formats the layer is what goes down a pipe.
        if formats == Format::DEFAULT && !asked.undated {
            formats = vec![Format::GeoJson];
        } else {
            let message = "the standard output takes one format";
            return Err(Error::new(ErrorKind::Usage, message)
                .help("choose it with --format, or give a folder")
                .into());
        }
    }
    // Outputs are begun before the reading, so that a folder that cannot be written is told at once.
    let mut targets = if to_stdout {
        outputs::stdout(&formats, dialect)
    } else {
        outputs::files(&asked.output, &formats, dialect, asked.undated)?
    };
    let mut writers: Vec<Writer<'_>> = targets.iter_mut().map(Target::writer).collect();

    let mut statuses = asked.status.concat();
    statuses.sort();
    statuses.dedup();
    let selection = Selection {
        statuses,
        actors: !asked.without_actors,
        geometry: asked.geometry.geometry(),
        decimals: asked.coordinates,
    };
    let folder = (!to_stdout).then_some(asked.output.as_path());
    let mut all =
        Found { dated: Sorter::new(folder), undated: Sorter::new(folder), out_of_years: 0, left_out: 0 };
    let mut run = Run { geometry: selection.geometry, ..Run::default() };
    let mut window: Vec<Document> = Vec::new();
    let mut settle = |window: &mut Vec<Document>, all: &mut Found| -> Result<(), Stop> {
        if !asked.separate {
            document::merge(window);
        }
        window.par_iter_mut().for_each(|d| write::coarsen(d, asked.coordinates));
        let found: Vec<Rows> = window.par_iter().map(|d| write::rows(d, &selection)).collect();
        found.into_iter().try_for_each(|rows| all.add(rows))?;
        for document in window.drain(..) {
            writers.iter_mut().try_for_each(|writer| writer.document(&document))?;
        }
        Ok(())
    };
    let mut events = 0;
    let tally = run::each(
        &options.inputs,
        |document| document,
        |document| {
            run.newest = run.newest.max(document.published.map(|p| p.date));
            events += document.events.len();
            window.push(document);
            if window.len() < WINDOW && events < WINDOW_EVENTS {
                return Ok(());
            }
            events = 0;
            settle(&mut window, &mut all)
        },
    )?;
    settle(&mut window, &mut all)?;
    // What an earlier run wrote is better than nothing.
    if tally.read == 0 && !tally.is_whole() {
        note("no article was read, so nothing was written");
        return Ok(tally);
    }
    let summed = Summed::of(&all);
    writers.iter_mut().try_for_each(|writer| writer.begin(&run))?;
    let mut shown = Vec::new();
    let show = !to_stdout && !asked.quiet;
    let mut dated = all.dated.sorted(run.newest)?;
    while let Some(row) = dated.next()? {
        writers.iter_mut().try_for_each(|writer| writer.row(&row))?;
        if show && shown.len() < SHOWN {
            shown.push(row);
        }
    }
    let mut undated = all.undated.sorted(run.newest)?;
    while let Some(row) = undated.next()? {
        writers.iter_mut().try_for_each(|writer| writer.undated(&row))?;
    }
    writers.into_iter().try_for_each(Writer::end)?;
    let mut files = Vec::new();
    for target in targets {
        files.extend(target.finish()?);
    }
    if show {
        terminal::timeline(&shown)?;
        if summed.dated > shown.len() {
            note(format_args!("{} more happenings are in the files", summed.dated - shown.len()));
        }
    }
    summary(&summed, &tally, &files);
    Ok(tally)
}

/// Tells on the standard error what was read, what was found, and what is in none of the files.
fn summary(all: &Summed, tally: &Tally, files: &[Written]) {
    let articles = |n: usize| if n == 1 { "1 article".to_owned() } else { format!("{n} articles") };
    let mut line = format!("read {}", articles(tally.read));
    if tally.unreadable > 0 {
        line += &format!("; could not read {}", tally.unreadable);
    }
    if tally.foreign > 0 {
        line += &format!("; skipped {} in a language that is not read", tally.foreign);
    }
    if tally.undated > 0 {
        line += &format!("; {} without a publication date", tally.undated);
    }
    note(line);
    let mut line = format!("happenings: {} with a time", all.dated);
    if all.unlocated > 0 {
        line += &format!(" ({} of them without a point on the map)", all.unlocated);
    }
    if all.undated > 0 {
        line += &format!("; {} without a time, in no layer or timeline", all.undated);
    }
    if all.left_out > 0 {
        line += &format!("; {} of another status left out (see --status)", all.left_out);
    }
    if all.out_of_years > 0 {
        line += &format!("; {} before year 1 or after 9999 left out", all.out_of_years);
    }
    note(line);
    for file in files {
        note(format_args!("{} {}", if file.changed { "wrote" } else { "unchanged" }, file.path.display()));
    }
}
