//! KML 2.2 for virtual globes: one placemark per happening, with its time span and all columns.
//!
//! Written as a stream. Happenings without a place have no geometry and show in the list only.

use super::csv::write_cell;
use super::schema::{COLUMNS, Value, attribution};
use super::shape::{Polygon, Shape};
use super::xml::escape;
use super::{Row, Run, Write};
use std::io;

pub(super) struct Kml<W: io::Write> {
    out: W,
    text: String,
    cell: String,
}

impl<W: io::Write> Kml<W> {
    pub(super) fn new(out: W) -> Self {
        Kml { out, text: String::new(), cell: String::new() }
    }

    fn element(&mut self, name: &str, words: &str) {
        self.text.push_str(&format!("<{name}>"));
        escape(words, &mut self.text);
        self.text.push_str(&format!("</{name}>\n"));
    }

    fn area(&mut self, polygons: &[Polygon]) {
        self.text.push_str("<MultiGeometry>");
        for rings in polygons {
            self.text.push_str("<Polygon>");
            let sides = std::iter::once("outerBoundaryIs").chain(std::iter::repeat("innerBoundaryIs"));
            for (side, ring) in sides.zip(rings) {
                let corners: Vec<String> = ring.iter().map(|(lon, lat)| format!("{lon},{lat}")).collect();
                self.text.push_str(&format!(
                    "<{side}><LinearRing><coordinates>{}</coordinates></LinearRing></{side}>",
                    corners.join(" ")
                ));
            }
            self.text.push_str("</Polygon>");
        }
        self.text.push_str("</MultiGeometry>\n");
    }
}

impl<W: io::Write> Write for Kml<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        self.text.clear();
        self.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.text
            .push_str("<kml xmlns=\"http://www.opengis.net/kml/2.2\">\n<Document>\n<name>events</name>\n");
        self.element("description", attribution(run.geometry));
        self.out.write_all(self.text.as_bytes())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.text.clear();
        self.text.push_str("<Placemark id=\"h");
        escape(row.id(), &mut self.text);
        self.text.push_str("\">\n");
        self.element("name", row.text("title"));
        self.element("description", row.text("description"));
        if let Some(civil) = row.civil() {
            let form = "%Y-%m-%dT%H:%M:%S";
            let (begin, end) = (civil.start.format(form), civil.end.format(form));
            self.text.push_str(&format!("<TimeSpan><begin>{begin}</begin><end>{end}</end></TimeSpan>\n"));
        }
        self.text.push_str("<ExtendedData>\n");
        for (column, value) in COLUMNS.iter().zip(row.values()).filter(|(_, v)| **v != Value::Missing) {
            self.cell.clear();
            write_cell(value, &mut self.cell);
            self.text.push_str(&format!("<Data name=\"{}\"><value>", column.name));
            escape(&self.cell, &mut self.text);
            self.text.push_str("</value></Data>\n");
        }
        self.text.push_str("</ExtendedData>\n");
        match row.shape() {
            Some(Shape::Point((lon, lat))) => {
                self.text.push_str(&format!("<Point><coordinates>{lon},{lat}</coordinates></Point>\n"));
            }
            Some(Shape::Area(polygons)) => self.area(&polygons),
            None => {}
        }
        self.text.push_str("</Placemark>\n");
        self.out.write_all(self.text.as_bytes())
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(b"</Document>\n</kml>\n")?;
        self.out.flush()
    }
}
