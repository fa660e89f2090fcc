//! The commands around a project file: init, run, check, diff, correct.

mod datasets;
pub(crate) mod flags;
mod gather;
mod inputs;
mod make;
mod store;
mod tool;
pub(crate) mod run;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod correct;
pub(crate) mod init;

use crate::message;
use crate::run::{Stop, Tally};
use dateline::document::Document;
use dateline::error::{Error, ErrorKind};
use dateline::project::{PROJECT_FILE, Project};
use std::path::{Path, PathBuf};

/// Folders above the present one in which a project file is looked for.
const ABOVE: usize = 24;

/// A project with where it is.
pub(crate) struct Opened {
    /// Folder of the project file; all paths of the project are counted from it.
    pub(crate) root: PathBuf,
    /// The project file, as messages call it.
    pub(crate) file: PathBuf,
    /// Its text.
    pub(crate) text: String,
    /// What it says.
    pub(crate) project: Project,
}

/// Opens the project file that was named, or the nearest one upward.
pub(crate) fn open(named: Option<&Path>) -> Result<Opened, Stop> {
    let file = match named {
        Some(path) if path.is_dir() => path.join(PROJECT_FILE),
        Some(path) => path.to_path_buf(),
        None => upward().ok_or_else(|| {
            Error::new(ErrorKind::Usage, format!("no {PROJECT_FILE} here or in a folder above"))
                .help("make one with `dateline init`, or name it with --project")
        })?,
    };
    let text = read_text(&file)?;
    let project = Project::parse(&text, &file).map_err(all_but_last)?;
    let root = file.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(Opened { root, file, text, project })
}

impl Opened {
    /// A path of the project.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Something wrong at a line of the project file.
    pub(crate) fn fault(&self, line: u64, what: impl Into<String>) -> Error {
        let shown = self.text.lines().nth(line.saturating_sub(1) as usize).unwrap_or_default();
        Error::new(ErrorKind::Usage, what).in_file(&self.file).at_line(line).showing(shown)
    }
}

fn upward() -> Option<PathBuf> {
    let mut folder = PathBuf::new();
    for _ in 0..ABOVE {
        let file = folder.join(PROJECT_FILE);
        if file.is_file() {
            return Some(file);
        }
        folder.push("..");
    }
    None
}

/// The documents of a project that were read from these files or folders, corrections applied.
pub(crate) fn documents(project: &Path, inputs: &[PathBuf]) -> Result<(Vec<Document>, Tally), Stop> {
    let opened = open(Some(project))?;
    let mut store = store::Store::open(&opened.path(&opened.project.cache), false)?;
    let plan = make::plan(&opened, &store)?;
    store.load()?;
    let gathered = make::make(&opened, plan, &mut store)?.gathered;
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let wanted: Vec<PathBuf> = inputs.iter().map(|input| real(input)).collect();
    let asked = gathered.documents.into_iter().zip(&gathered.origins);
    let asked = asked.filter(|(_, (path, _))| wanted.iter().any(|wanted| real(path).starts_with(wanted)));
    let documents: Vec<Document> = asked.map(|(document, _)| document).collect();
    if documents.is_empty() {
        let error =
            Error::new(ErrorKind::Usage, "the project reads none of these inputs").in_file(&opened.file);
        return Err(error.help("name files or folders that its sources stand for").into());
    }
    Ok((documents, gathered.tally))
}

/// A file that must be text.
pub(crate) fn read_text(file: &Path) -> Result<String, Error> {
    let cannot = |e: std::io::Error| {
        Error::new(ErrorKind::Usage, "cannot be read")
            .in_file(file)
            .caused_by(e)
            .help("check its name and permissions")
    };
    let bytes = std::fs::read(file).map_err(cannot)?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::new(ErrorKind::Usage, "is not UTF-8").in_file(file).help("save it as UTF-8"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Sets the number of threads.
pub(crate) fn threads(place: &flags::Where) -> Result<(), Stop> {
    rayon::ThreadPoolBuilder::new().num_threads(place.threads).build_global().map_err(|e| {
        let error = Error::new(ErrorKind::Usage, "cannot start the threads").caused_by(e);
        error.help("ask for fewer with --threads").into()
    })
}

/// Tells all mistakes but the last, which ends the run.
pub(crate) fn all_but_last(mut faults: Vec<Error>) -> Stop {
    let last = faults.pop().unwrap_or_else(|| Error::new(ErrorKind::Usage, "something is wrong"));
    faults.iter().for_each(message::error);
    Stop::Failed(last)
}
