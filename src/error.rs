//! The one public error: what failed, where, and what to do about it.
//!
//! Text is never an error. Errors arise where the program meets the world: an input that cannot be read,
//! a gazetteer file that is damaged, an output folder that cannot be written.

use std::fmt;
use std::path::{Path, PathBuf};

/// What kind of thing went wrong; decides nothing but tests and exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// An input could not be opened or is not text.
    Input,
    /// A record of an input (a line, a field) could not be read; the rest of it can.
    Record,
    /// A gazetteer or weights file is missing, damaged or of another version.
    Data,
    /// An output could not be written.
    Output,
    /// An option or project file is wrong.
    Usage,
}

/// An error with its place and its mend.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    file: Option<PathBuf>,
    line: Option<u64>,
    message: String,
    help: Option<Box<str>>,
    shown: Option<Box<str>>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// Result with [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An error that says `message`: lower case, no full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error { kind, file: None, line: None, message: message.into(), help: None, shown: None, source: None }
    }

    /// Names the file.
    #[must_use]
    pub fn in_file(mut self, file: impl AsRef<Path>) -> Self {
        self.file = Some(file.as_ref().to_path_buf());
        self
    }

    /// Names the line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Says what the user can do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into().into());
        self
    }

    /// Shows the line concerned, as it stands in the file.
    #[must_use]
    pub fn showing(mut self, line: impl Into<String>) -> Self {
        self.shown = Some(line.into().into());
        self
    }

    /// Keeps what the system or a library said.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What is wrong, without file, line and help.
    pub fn message(&self) -> String {
        match &self.source {
            Some(source) => format!("{}: {source}", self.message),
            None => self.message.clone(),
        }
    }

    /// What the user can do.
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// What kind of error this is.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file concerned, if one is.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The line concerned, counted from 1.
    pub fn line(&self) -> Option<u64> {
        self.line
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", file.display())?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message)?;
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        if let Some(help) = &self.help {
            write!(f, " ({help})")?;
        }
        if let Some(shown) = &self.shown {
            let number = self.line.map_or(String::new(), |n| n.to_string());
            write!(f, "\n  {number} | {}", shown.trim_end())?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|e| e as _)
    }
}
