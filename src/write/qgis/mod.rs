//! What QGIS shows at once: a style that is found beside the layer, and a project with the time controller on.
//!
//! The style loads by itself but leaves time switched off until somebody opens the time controller; the
//! project has it on. Both name the layer's file alone, so the folder can be moved, and need no network: the
//! ground is the world map that QGIS brings along.

mod project;
mod style;

use super::interval::Civil;
use super::shape::Geometry;
use super::{Row, Run, Write};
use std::io;
pub(super) use style::style;

/// The layer that both files are for.
const LAYER: &str = "events.geojson";

/// `events.qml`: the style, which is the same for all news.
pub(super) struct Style<W: io::Write> {
    out: W,
}

impl<W: io::Write> Style<W> {
    pub(super) fn new(out: W) -> Self {
        Style { out }
    }
}

impl<W: io::Write> Write for Style<W> {
    fn begin(&mut self, _: &Run) -> io::Result<()> {
        self.out.write_all(style().as_bytes())
    }

    fn row(&mut self, _: &Row) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// `events.qgs`: the project.
pub(super) struct Project<W: io::Write> {
    out: W,
    geometry: Geometry,
    span: Option<Civil>,
    extent: Option<[f64; 4]>,
}

impl<W: io::Write> Project<W> {
    pub(super) fn new(out: W) -> Self {
        Project { out, geometry: Geometry::Point, span: None, extent: None }
    }
}

impl<W: io::Write> Write for Project<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.geometry = run.geometry;
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        if let (Some(civil), Some(shape)) = (row.civil(), row.shape()) {
            let span = self.span.get_or_insert(civil);
            span.start = span.start.min(civil.start);
            span.end = span.end.max(civil.end);
            let [w, s, e, n] = shape.bounds();
            let [west, south, east, north] = self.extent.unwrap_or([w, s, e, n]);
            self.extent = Some([west.min(w), south.min(s), east.max(e), north.max(n)]);
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(project::project(self.geometry, self.span, self.extent).as_bytes())?;
        self.out.flush()
    }
}
