//! Files change whole or not at all: a full disk and a killed run leave the old ones as they were.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the program on `article` after these words of the shell, writing every format.
fn extract(folder: &Path, before: &str, article: &str) -> Output {
    let words = format!(
        "{before} exec {} extract {article} --quiet --format all --undated -o \"$0\"",
        env!("CARGO_BIN_EXE_dateline")
    );
    let mut shell = Command::new("sh");
    shell.current_dir(env!("CARGO_MANIFEST_DIR")).arg("-c").arg(words).arg(folder).output().unwrap()
}

/// Every file of the folder with its bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect()
}

const OLD: &str = "tests/articles/fr/alep.md";
const NEW: &str = "tests/articles";

#[test]
fn a_full_disk_is_told_and_leaves_the_old_files_whole() {
    let folder = tempfile::tempdir().unwrap();
    assert!(extract(folder.path(), "", OLD).status.success());
    let before = files(folder.path());
    // No file may grow beyond some kilobytes: what a full disk says, it says too.
    let done = extract(folder.path(), "trap '' XFSZ; ulimit -f 16;", NEW);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(done.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot be written"), "{told}");
    assert!(files(folder.path()) == before, "an old file was changed, or a draft was left");
}

#[test]
fn a_killed_run_leaves_the_old_files_whole_and_the_next_one_repairs() {
    let folder = tempfile::tempdir().unwrap();
    assert!(extract(folder.path(), "", OLD).status.success());
    let before = files(folder.path());
    let done = extract(folder.path(), "ulimit -c 0; ulimit -f 16;", NEW);
    assert_eq!(done.status.code(), None, "the run was to be killed");
    let mut after = files(folder.path());
    // Drafts may be left behind; they are hidden.
    after.retain(|name, _| !name.starts_with('.'));
    assert!(after == before, "an old file was changed");
    assert!(extract(folder.path(), "", NEW).status.success());
    let whole = tempfile::tempdir().unwrap();
    assert!(extract(whole.path(), "", NEW).status.success());
    let mut repaired = files(folder.path());
    repaired.retain(|name, _| !name.starts_with('.'));
    assert!(repaired == files(whole.path()));
}

#[test]
fn every_format_is_the_same_twice_and_not_touched_again() {
    let folder = tempfile::tempdir().unwrap();
    assert!(extract(folder.path(), "", NEW).status.success());
    let before = files(folder.path());
    let done = extract(folder.path(), "", NEW);
    assert!(files(folder.path()) == before);
    let told = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(told.matches("unchanged").count(), before.len(), "{told}");
}
