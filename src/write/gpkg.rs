//! GeoPackage 1.3 (OGC 12-128): one layer in one SQLite file, for GIS programs.
//!
//! The database is built in memory and written out at the end, so it has a largest size. Its only date is the
//! newest publication date, so that the same news give the same bytes.

use super::limit::full;
use super::qgis::style;
use super::schema::{COLUMNS, Column, Kind, Value, attribution};
use super::shape::{Geometry, Shape};
use super::{Row, Run, Write, wkb};
use rusqlite::types::ToSqlOutput;
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};
use std::io;

const LAYER: &str = "events";
/// "GPKG", and the version of the standard: 1.3.0.
const APPLICATION: i32 = 0x4750_4b47;
const VERSION: i32 = 10_300;

/// Pages of the largest database, and bytes of a page: one gigabyte.
pub(super) const PAGES: u32 = 1 << 18;
const PAGE: u32 = 4096;

pub(super) struct GeoPackage<W: io::Write> {
    out: W,
    pub(super) pages: u32,
    database: Option<Connection>,
    extent: Option<[f64; 4]>,
    count: i64,
}

impl<W: io::Write> GeoPackage<W> {
    pub(super) fn new(out: W) -> Self {
        GeoPackage { out, pages: PAGES, database: None, extent: None, count: 0 }
    }

    fn database(&self) -> io::Result<&Connection> {
        self.database.as_ref().ok_or_else(|| io::Error::other("rows before the header"))
    }
}

fn failed(error: rusqlite::Error) -> io::Error {
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        return full("a GeoPackage is made in memory and holds 1 GB; write GeoParquet or FlatGeobuf");
    }
    io::Error::other(error)
}

const TABLES: &str = "
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
  row_id_value INTEGER, timestamp DATETIME NOT NULL, md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN,
  description TEXT, owner TEXT, ui TEXT, update_time DATETIME);
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563,AUTHORITY[\"EPSG\",\"7030\"]],AUTHORITY[\"EPSG\",\"6326\"]],PRIMEM[\"Greenwich\",0,AUTHORITY[\"EPSG\",\"8901\"]],UNIT[\"degree\",0.0174532925199433,AUTHORITY[\"EPSG\",\"9122\"]],AXIS[\"Latitude\",NORTH],AXIS[\"Longitude\",EAST],AUTHORITY[\"EPSG\",\"4326\"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
INSERT INTO gpkg_extensions VALUES
  ('events', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only'),
  ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec120/#extension_metadata', 'read-write'),
  ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec120/#extension_metadata', 'read-write');
CREATE VIRTUAL TABLE rtree_events_geom USING rtree(id, minx, maxx, miny, maxy);
";

/// What keeps the spatial index right when a program edits the layer; the functions are the program's own.
const TRIGGERS: &str = "
CREATE TRIGGER rtree_events_geom_insert AFTER INSERT ON events
  WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
  BEGIN INSERT OR REPLACE INTO rtree_events_geom VALUES
    (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_events_geom_update1 AFTER UPDATE OF geom ON events
  WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
  BEGIN INSERT OR REPLACE INTO rtree_events_geom VALUES
    (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_events_geom_update2 AFTER UPDATE OF geom ON events
  WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
  BEGIN DELETE FROM rtree_events_geom WHERE id = OLD.fid; END;
CREATE TRIGGER rtree_events_geom_update3 AFTER UPDATE ON events
  WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
  BEGIN DELETE FROM rtree_events_geom WHERE id = OLD.fid; INSERT OR REPLACE INTO rtree_events_geom VALUES
    (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_events_geom_update4 AFTER UPDATE ON events
  WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
  BEGIN DELETE FROM rtree_events_geom WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER rtree_events_geom_delete AFTER DELETE ON events WHEN OLD.geom NOT NULL
  BEGIN DELETE FROM rtree_events_geom WHERE id = OLD.fid; END;
";

fn columns(geometry: Geometry) -> impl Iterator<Item = &'static Column> {
    COLUMNS.iter().filter(move |c| c.is_in_layer(geometry))
}

/// The type of a column, in the words of the standard.
fn kind(column: &Column) -> &'static str {
    match column.kind {
        Kind::Text | Kind::Code | Kind::Word(_) => "TEXT",
        Kind::Integer => "INTEGER",
        Kind::Number(_) => "DOUBLE",
        Kind::Instant => "DATETIME",
        Kind::Day => "DATE",
    }
}

/// A shape as the standard's binary: header "GP", version 0, little-endian, no envelope; then WKB.
fn binary(shape: &Shape) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(29);
    bytes.extend_from_slice(b"GP\x00\x01");
    bytes.extend_from_slice(&4326_i32.to_le_bytes());
    wkb::shape(shape, &mut bytes);
    bytes
}

/// A value as SQLite keeps it; the standard wants date-times in UTC notation, which GIS programs show as is.
struct Cell<'v>(&'v Value);

impl ToSql for Cell<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        match self.0 {
            Value::Missing => Ok(rusqlite::types::Null.to_sql()?),
            Value::Text(text) => text.to_sql(),
            Value::Word(word) => word.to_sql(),
            Value::Integer(n) => n.to_sql(),
            Value::Number(n) => n.to_sql(),
            Value::Instant(time) => Ok(time.format("%Y-%m-%dT%H:%M:%S.000Z").to_string().into()),
            Value::Day(day) => Ok(day.format("%Y-%m-%d").to_string().into()),
        }
    }
}

impl<W: io::Write> Write for GeoPackage<W> {
    fn begin(&mut self, run: &Run) -> io::Result<()> {
        let database = Connection::open_in_memory().map_err(failed)?;
        let fields: Vec<String> = columns(run.geometry).map(|c| format!("{} {}", c.name, kind(c))).collect();
        let kind = match run.geometry {
            Geometry::Point => "POINT",
            Geometry::Area => "GEOMETRY",
        };
        let sources = attribution(run.geometry);
        let changed = run.newest.unwrap_or_default().format("%Y-%m-%dT00:00:00.000Z");
        let layer = format!(
            "PRAGMA page_size = {PAGE}; PRAGMA max_page_count = {}; PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION}; {TABLES}
             CREATE TABLE {LAYER} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {kind}, {});
             INSERT INTO gpkg_contents VALUES ('{LAYER}', 'features', '{LAYER}', '{sources}', '{changed}',
               NULL, NULL, NULL, NULL, 4326);
             INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles of QGIS', '{changed}',
               NULL, NULL, NULL, NULL, 0);
             INSERT INTO gpkg_geometry_columns VALUES ('{LAYER}', 'geom', '{kind}', 4326, 0, 0);
             INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://www.geonames.org', 'text/plain', '{sources}');
             INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, '{changed}', 1, NULL);
             BEGIN",
            self.pages,
            fields.join(", ")
        );
        database.execute_batch(&layer).map_err(failed)?;
        database
            .execute(
                "INSERT INTO layer_styles VALUES (1, '', '', ?1, 'geom', ?1, ?2, NULL, 1, ?3, '', NULL, ?4)",
                (LAYER, style(), "Colours by event type", changed.to_string()),
            )
            .map_err(failed)?;
        self.database = Some(database);
        Ok(())
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.count += 1;
        let database = self.database()?;
        let cells: Vec<Cell<'_>> = row.layer().map(|(_, v)| Cell(v)).collect();
        let shape = row.shape();
        let geometry = shape.as_ref().map(binary);
        let fid = self.count;
        let marks = vec!["?"; cells.len() + 2].join(",");
        let mut insert =
            database.prepare_cached(&format!("INSERT INTO {LAYER} VALUES ({marks})")).map_err(failed)?;
        let head: [&dyn ToSql; 2] = [&fid, &geometry];
        let all = head.into_iter().chain(cells.iter().map(|c| c as &dyn ToSql));
        insert.execute(params_from_iter(all)).map_err(failed)?;
        if let Some(shape) = shape {
            let [w, s, e, n] = shape.bounds();
            let mut index = database
                .prepare_cached("INSERT INTO rtree_events_geom VALUES (?1, ?2, ?3, ?4, ?5)")
                .map_err(failed)?;
            index.execute((fid, w, e, s, n)).map_err(failed)?;
            drop(index);
            drop(insert);
            let [west, south, east, north] = self.extent.unwrap_or([w, s, e, n]);
            self.extent = Some([west.min(w), south.min(s), east.max(e), north.max(n)]);
        }
        Ok(())
    }

    fn end(&mut self) -> io::Result<()> {
        let extent = self.extent;
        let database = self.database.take().ok_or_else(|| io::Error::other("an end before the header"))?;
        if let Some(extent) = extent {
            let update = "UPDATE gpkg_contents SET min_x = ?1, min_y = ?2, max_x = ?3, max_y = ?4
                          WHERE data_type = 'features'";
            database.execute(update, extent).map_err(failed)?;
        }
        database.execute_batch("COMMIT").and_then(|()| database.execute_batch(TRIGGERS)).map_err(failed)?;
        let bytes = database.serialize("main").map_err(failed)?;
        self.out.write_all(&bytes)?;
        self.out.flush()
    }
}
