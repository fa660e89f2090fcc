//! Messages to people, on the standard error. A closed standard error is no reason to stop.

use std::fmt::Display;
use std::io::Write;

/// Something that went wrong.
pub(crate) fn error(what: impl Display) {
    say("error: ", what);
}

/// Something to know.
pub(crate) fn warn(what: impl Display) {
    say("warning: ", what);
}

/// A plain line.
pub(crate) fn note(what: impl Display) {
    say("", what);
}

fn say(kind: &str, what: impl Display) {
    // Control characters of file names and texts must not reach the terminal.
    let line: String =
        what.to_string().chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    let _ = writeln!(std::io::stderr(), "{kind}{line}");
}
