//! The README tells the columns as the program has them, and names no format that is not there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::fs;
use std::path::PathBuf;
use std::process::Command;

const BEGIN: &str = "<!-- columns: written by the program -->\n";
const END: &str = "<!-- /columns -->";

#[test]
fn the_columns_are_those_of_the_schema() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let done = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .args(["schema", "--format", "markdown"])
        .output()
        .unwrap();
    let all = String::from_utf8(done.stdout).unwrap();
    // The table of columns comes first; lists of words follow it.
    let columns: String = all.lines().take_while(|l| l.starts_with('|')).map(|l| format!("{l}\n")).collect();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (held, after) = rest.split_once(END).unwrap();
    if std::env::var("UPDATE").is_ok() {
        fs::write(&path, format!("{before}{BEGIN}{columns}{END}{after}")).unwrap();
    } else {
        assert!(
            held == columns,
            "README.md has other columns; UPDATE=1 cargo test --test readme writes them anew"
        );
    }
}
