//! Pictures that need no browser: the timeline and the map as SVG.
//!
//! Both keep the rows and draw at the end, because the scale depends on all of them; of very many they draw the
//! first and count the rest. They hold text as text, so that it can be searched and read aloud.

mod axis;
mod map;
mod timeline;
mod world;

use super::colour::{GROUPS, group};
use super::xml::escaped;
use super::{Row, Run, Write};
use crate::event::Status;
use std::fmt::Write as _;
use std::io;

/// Height of the legend, in pixels.
const LEGEND: f64 = 30.0;
/// Width of a letter, on average, at the size of the labels.
const LETTER: f64 = 6.3;

/// Happenings of a picture: more would fill the memory, and hide each other.
const MOST: usize = 20_000;

/// What is drawn.
enum Picture {
    Timeline,
    Map,
}

pub(super) struct Svg<W: io::Write> {
    out: W,
    picture: Picture,
    rows: Vec<Row>,
    /// Rows that are not drawn.
    rest: usize,
    /// Rows that are kept.
    pub(super) most: usize,
}

impl<W: io::Write> Svg<W> {
    pub(super) fn timeline(out: W) -> Self {
        Svg::new(out, Picture::Timeline)
    }

    pub(super) fn map(out: W) -> Self {
        Svg::new(out, Picture::Map)
    }

    fn new(out: W, picture: Picture) -> Self {
        Svg { out, picture, rows: Vec::new(), rest: 0, most: MOST }
    }
}

impl<W: io::Write> Write for Svg<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if self.rows.len() < self.most {
            self.rows.push(row.clone());
        } else {
            self.rest += 1;
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let svg = match self.picture {
            Picture::Timeline => timeline::draw(&self.rows, self.rest),
            Picture::Map => map::draw(&self.rows, self.rest),
        };
        self.out.write_all(svg.as_bytes())?;
        self.out.flush()
    }
}

/// The opening of a picture; colours for dark pages too.
fn open(width: f64, height: f64, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         font-family=\"system-ui, sans-serif\" font-size=\"12\">\n<title>{}</title>\n<style>\n\
         .ground{{fill:#fff}}.land{{fill:#f3efe4;stroke:#9a968c;stroke-width:.6}}.sea{{fill:#e3edf3}}\
         .ink{{fill:#1b1b1b}}.halo{{paint-order:stroke;stroke:#f3efe4;stroke-width:3;stroke-linejoin:round}}\
         .doubt{{fill:#1b1b1b;fill-opacity:.06;stroke:#1b1b1b;stroke-opacity:.6;stroke-dasharray:3 4}}.quiet{{fill:#55534e}}.rule{{stroke:#c9c6be;stroke-width:.6}}.band{{fill:#f6f5f1}}\n\
         @media (prefers-color-scheme:dark){{.ground{{fill:#16181b}}.land{{fill:#2a2d2f;stroke:#7d7a72}}\
         .sea{{fill:#17222b}}.ink{{fill:#ececec}}.halo{{stroke:#2a2d2f}}.doubt{{fill:#ececec;stroke:#ececec}}.quiet{{fill:#b5b3ad}}.rule{{stroke:#45474a}}.band{{fill:#1f2226}}}}\n</style>\n",
        escaped(title)
    )
}

/// At most `count` characters, with a mark where something is missing.
fn cut(text: &str, count: usize) -> String {
    match text.char_indices().nth(count) {
        Some((end, _)) => format!("{}\u{2026}", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// How a row's status is drawn: opacity of the fill, and dashes of the border.
fn style(row: &Row) -> (f64, &'static str) {
    looks(row.status())
}

fn looks(status: Status) -> (f64, &'static str) {
    match status {
        Status::Asserted | Status::Reported => (0.8, "none"),
        Status::Planned => (0.1, "5 3"),
        Status::Possible => (0.1, "1.5 2.5"),
        Status::Denied => (0.1, "none"),
    }
}

/// The cross over what was denied.
fn cross(svg: &mut String, x: f64, y: f64, r: f64, colour: &str) {
    let r = r * 0.7;
    let _ = writeln!(
        svg,
        "<path d=\"M{:.1} {:.1}L{:.1} {:.1}M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"{colour}\" stroke-width=\"2\"/>",
        x - r,
        y - r,
        x + r,
        y + r,
        x + r,
        y - r,
        x - r,
        y + r
    );
}

/// The kinds and statuses that are drawn, in one line that begins at `y`.
fn legend(svg: &mut String, rows: &[Row], y: f64) {
    let (mut x, y) = (14.0, y + LEGEND / 2.0);
    let mut entry = |svg: &mut String, colour: &str, status: Status, words: &str| {
        let (opacity, dashes) = looks(status);
        let _ = writeln!(
            svg,
            "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\" fill-opacity=\"{opacity}\" \
             stroke=\"{colour}\" stroke-width=\"1.5\" stroke-dasharray=\"{dashes}\"/>"
        );
        if status == Status::Denied {
            cross(svg, x, y, 5.0, colour);
        }
        let _ =
            writeln!(svg, "<text class=\"quiet\" x=\"{:.1}\" y=\"{:.1}\">{words}</text>", x + 10.0, y + 4.0);
        x += 36.0 + words.len() as f64 * (LETTER + 1.0);
    };
    let used = |word: &str| rows.iter().any(|r| group(r.text("event_type")).word == word);
    for kind in GROUPS.iter().filter(|g| used(g.word)) {
        entry(svg, kind.colour, Status::Asserted, kind.word);
    }
    for status in [Status::Planned, Status::Possible, Status::Denied] {
        if rows.iter().any(|r| r.status() == status) {
            entry(svg, "#808080", status, status.as_str());
        }
    }
}
