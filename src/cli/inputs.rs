//! From what the user typed to the list of sources: files as they are, folders searched, patterns expanded.
//!
//! The order of the arguments is kept; what one argument stands for is sorted by path.

use dateline::error::{Error, ErrorKind};
use dateline::read::{Source, files_under};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The sources that `inputs` stand for, and what stands for none.
pub(crate) fn sources(inputs: &[PathBuf]) -> (Vec<Source>, Vec<Error>) {
    let mut sources = Vec::new();
    let mut errors = Vec::new();
    for input in inputs {
        match expand(input) {
            Ok(found) => sources.extend(found),
            Err(error) => errors.push(error),
        }
    }
    (distinct(sources), errors)
}

fn expand(input: &Path) -> Result<Vec<Source>, Error> {
    if input == Path::new("-") {
        return Ok(vec![Source::stdin()]);
    }
    if input.is_dir() {
        let found = files_under(input)?;
        if found.is_empty() {
            return Err(Error::new(ErrorKind::Input, "holds no .txt, .md, .html or .jsonl file")
                .in_file(input)
                .help("name the files themselves if they end otherwise"));
        }
        return Ok(found);
    }
    match input.to_str().filter(|text| !input.exists() && text.contains(['*', '?', '['])) {
        Some(pattern) => matching(pattern),
        None => Ok(vec![Source::file(input)]),
    }
}

fn matching(pattern: &str) -> Result<Vec<Source>, Error> {
    let usage = |message: &str| Error::new(ErrorKind::Input, message.to_owned()).in_file(pattern);
    let paths = glob::glob(pattern).map_err(|e| usage("is no pattern").caused_by(e))?;
    // glob gives its matches sorted; folders among them hold no text themselves.
    let found: Vec<Source> = paths.flatten().filter(|p| p.is_file()).map(Source::file).collect();
    if found.is_empty() {
        return Err(
            usage("matches no file").help("check the pattern; quote it so that the shell leaves it alone")
        );
    }
    Ok(found)
}

/// Gives files of the same name as much of their path as tells them apart.
fn distinct(mut sources: Vec<Source>) -> Vec<Source> {
    for parts in 2..16 {
        let mut count: BTreeMap<&str, u32> = BTreeMap::new();
        for source in &sources {
            *count.entry(source.id()).or_default() += 1;
        }
        let twice: Vec<bool> = sources.iter().map(|s| count.get(s.id()).is_some_and(|n| *n > 1)).collect();
        if !twice.contains(&true) {
            break;
        }
        sources = sources
            .into_iter()
            .zip(twice)
            .map(|(source, twice)| if twice { source.with_longer_id(parts) } else { source })
            .collect();
    }
    sources
}
