//! From the documents of a project to the bytes of its outputs.

use super::config::Project;
use crate::document::Document;
use crate::write::{self, Dialect, Format, Row, Rows, Run, Selection};
use std::io;

/// Happenings without a time.
const UNDATED: &str = "undated.csv";

/// One output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Name of the file in the output folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The outputs, and what is in them.
#[derive(Debug, Default)]
pub struct Produced {
    /// One per format, and one for the happenings without a time if they are wanted.
    pub outputs: Vec<Output>,
    /// The rows.
    pub rows: Rows,
}

/// Names of the files that a project writes.
pub fn names(project: &Project) -> Vec<String> {
    let named = project.formats.iter().map(|f| f.file_name_in(project.dialect).to_owned());
    named.chain(project.undated.then(|| UNDATED.to_owned())).collect()
}

/// Writes all outputs into memory.
///
/// # Errors
/// When a format cannot be written.
pub fn produce(documents: &mut [Document], project: &Project) -> io::Result<Produced> {
    let selection = Selection {
        statuses: project.statuses.clone(),
        actors: project.actors,
        geometry: project.geometry,
        decimals: project.decimals,
    };
    documents.iter_mut().for_each(|document| write::coarsen(document, project.decimals));
    let documents: &[Document] = documents;
    let mut rows = Rows::default();
    let mut run = Run { geometry: project.geometry, ..Run::default() };
    for document in documents {
        run.newest = run.newest.max(document.published.map(|p| p.date));
        rows.add(write::rows(document, &selection));
    }
    if let Some(newest) = run.newest {
        rows.dated.iter_mut().for_each(|row| row.close(newest));
    }
    write::sort(&mut rows.dated);
    write::sort(&mut rows.undated);
    let mut outputs = Vec::new();
    for format in &project.formats {
        let name = format.file_name_in(project.dialect).to_owned();
        outputs.push(Output { name, bytes: bytes(*format, project.dialect, documents, &rows.dated, &run)? });
    }
    if project.undated {
        let bytes = bytes(Format::Csv, Dialect::Rfc4180, &[], &rows.undated, &run)?;
        outputs.push(Output { name: UNDATED.to_owned(), bytes });
    }
    Ok(Produced { outputs, rows })
}

fn bytes(
    format: Format,
    dialect: Dialect,
    documents: &[Document],
    rows: &[Row],
    run: &Run,
) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut writer = format.writer_in(dialect, &mut bytes);
    documents.iter().try_for_each(|document| writer.document(document))?;
    writer.begin(run)?;
    rows.iter().try_for_each(|row| writer.row(row))?;
    writer.end()?;
    drop(writer);
    Ok(bytes)
}
