//! `output/` holds what the program makes of `tests/articles`, byte for byte.
//!
//! `UPDATE=1 cargo test --test output` writes it anew; the diff shows every change of behaviour.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The formats a visitor looks at first.
const FORMATS: &str = "geojson,csv,html,svg";

fn extract(folder: &Path, threads: &str) {
    let done = Command::new(env!("CARGO_BIN_EXE_dateline"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["extract", "tests/articles", "--quiet", "--threads", threads, "--format", FORMATS, "-o"])
        .arg(folder)
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_none_or(|e| e != "md"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    found.sort();
    found
}

#[test]
fn output_is_what_the_program_writes() {
    let committed = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("output");
    if std::env::var("UPDATE").is_ok() {
        extract(&committed, "0");
    }
    for threads in ["1", "2"] {
        let fresh = tempfile::tempdir().unwrap();
        extract(fresh.path(), threads);
        let (fresh, held) = (files(fresh.path()), files(&committed));
        let names = |files: &[(String, Vec<u8>)]| files.iter().map(|f| f.0.clone()).collect::<Vec<_>>();
        assert_eq!(names(&fresh), names(&held));
        for ((name, fresh), (_, held)) in fresh.iter().zip(&held) {
            assert!(
                fresh == held,
                "output/{name} is not what {threads} threads write; UPDATE=1 writes it anew"
            );
        }
    }
}
