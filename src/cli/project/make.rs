//! A project made in memory: what `run` writes and `check` compares.

use super::Opened;
use super::datasets::Side;
use super::gather::{self, Gathered};
use super::inputs::{self, Input};
use super::store::Store;
use crate::message::warn;
use crate::run::Stop;
use dateline::document::Resources;
use dateline::error::{Error, ErrorKind};
use dateline::project::amend::amend;
use dateline::project::choose::choose;
use dateline::project::correction::{self, Correction};
use dateline::project::produce::{Output, produce};
use dateline::project::record::Dataset;
use dateline::project::summary::Summary;
use dateline::project::versions::versions;
use dateline::project::{Digest, Lock, PROJECT_FILE};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Everything the outputs depend on, before anything is read from a text.
pub(crate) struct Plan {
    files: Vec<Input>,
    digests: Vec<Result<Digest, Error>>,
    resources: Resources,
    versions: BTreeMap<String, String>,
    settings: BTreeMap<String, Digest>,
    corrections: Vec<Correction>,
    /// Digest of all this and of the program.
    pub(crate) fingerprint: Digest,
}

/// A project, made.
pub(crate) struct Made {
    /// The outputs.
    pub(crate) outputs: Vec<Output>,
    /// The lock.
    pub(crate) lock: Lock,
    /// What came of it.
    pub(crate) summary: Summary,
    /// What was read.
    pub(crate) gathered: Gathered,
    /// What there is to say about corrections.
    pub(crate) remarks: Vec<Error>,
}

/// The files of corrections, by their paths from the project file, with their texts.
pub(crate) fn corrected(opened: &Opened) -> Result<Vec<(String, String)>, Stop> {
    let mut all = Vec::new();
    for named in &opened.project.corrections {
        let path = opened.path(&named.value);
        if path.is_file() {
            all.push((named.value.clone(), super::read_text(&path)?));
        } else if opened.project.corrections_named {
            let what = format!("corrections {:?} do not exist", named.value);
            return Err(opened.fault(named.line, what).help("make the file, or remove its name").into());
        }
    }
    Ok(all)
}

/// The digest of a text, whatever its line ends became on the way.
fn digest_of_lines(text: &str) -> Digest {
    Digest::of(text.replace("\r\n", "\n").as_bytes())
}

/// What the outputs hold, where a correction may have lost its happening.
fn before(opened: &Opened, corrections: &[Correction]) -> Result<Dataset, Stop> {
    if corrections.is_empty() {
        return Ok(Dataset::default());
    }
    // Outputs that cannot be read cost a hint, no more.
    let side = Side::folder(&opened.path(&opened.project.output));
    Ok(super::datasets::read(&side, &side).map(|(old, _)| old).unwrap_or_default())
}

/// Finds the inputs and takes their digests.
///
/// # Errors
/// When a source stands for nothing: then nothing may be written, or what came from it would be lost.
pub(crate) fn plan(opened: &Opened, store: &Store) -> Result<Plan, Stop> {
    let project = &opened.project;
    let found = inputs::inputs(opened);
    if !found.errors.is_empty() {
        return Err(super::all_but_last(found.errors));
    }
    found.warnings.iter().for_each(warn);
    let mut resources = Resources::default();
    let mut files: Vec<PathBuf> = Vec::new();
    for named in &project.gazetteers {
        let path = opened.path(&named.value);
        if !path.is_file() {
            return Err(opened
                .fault(named.line, format!("gazetteer {:?} does not exist", named.value))
                .help("make it with `dateline gazetteer build`")
                .into());
        }
        files.push(path);
    }
    resources.gazetteer = crate::gazetteer::open(&files)?;
    let versions = versions(&resources.gazetteer);
    let mut settings = BTreeMap::new();
    settings.insert(PROJECT_FILE.to_owned(), digest_of_lines(&opened.text));
    let mut corrections = Vec::new();
    for (path, text) in corrected(opened)? {
        settings.insert(path.clone(), digest_of_lines(&text));
        corrections.extend(correction::parse(&text, &opened.path(&path)).map_err(super::all_but_last)?);
    }
    let digests = gather::digests(&found.files);
    let mut parts: Vec<Vec<u8>> = vec![store.tool.bytes().to_vec()];
    parts.extend(versions.iter().map(|(k, v)| format!("{k}={v}").into_bytes()));
    parts.extend(settings.iter().map(|(k, v)| format!("{k}={v}").into_bytes()));
    for (file, digest) in found.files.iter().zip(&digests) {
        let digest = digest.as_ref().map_or_else(ToString::to_string, ToString::to_string);
        parts.push(format!("{}={digest}", file.name).into_bytes());
    }
    let fingerprint = Digest::of_parts(parts.iter().map(Vec::as_slice));
    Ok(Plan { files: found.files, digests, resources, versions, settings, corrections, fingerprint })
}

/// Reads, unites, chooses and writes into memory.
pub(crate) fn make(opened: &Opened, plan: Plan, store: &mut Store) -> Result<Made, Stop> {
    let project = &opened.project;
    let named: Vec<String> = plan.versions.iter().map(|(k, v)| format!("{k}={v}")).collect();
    let read_by = Digest::of_parts(named.iter().map(|v| v.as_bytes()));
    let mut gathered = gather::gather(&plan.files, plan.digests, &plan.resources, &read_by, store)?;
    let documents = &mut gathered.documents;
    for document in documents.iter_mut() {
        let publisher = document.article.publisher.as_ref();
        document.article.group = publisher.and_then(|p| project.groups.get(p)).cloned();
    }
    let mut summary =
        Summary { anew: gathered.anew, unreadable: gathered.unreadable.clone(), ..Summary::default() };
    let read = documents.len();
    let before = before(opened, &plan.corrections)?;
    let remarks = amend(documents, &plan.corrections, project.merge, &plan.resources.gazetteer, &before);
    remarks.iter().for_each(warn);
    // What was added by hand was not read.
    summary.read(documents.get(..read).unwrap_or_default());
    let left_out = choose(documents, project);
    let produced = produce(documents, project)
        .map_err(|e| Error::new(ErrorKind::Output, "the outputs cannot be made").caused_by(e))?;
    summary.wrote(&produced, left_out);
    let aliases = documents
        .iter()
        .flat_map(|d| &d.events)
        .flat_map(|event| event.aliases.iter().map(|alias| (alias.clone(), event.id.clone())))
        .collect();
    let outputs: BTreeMap<String, Digest> = produced
        .outputs
        .iter()
        .map(|o| (format!("{}/{}", project.output, o.name), Digest::of(&o.bytes)))
        .collect();
    let lock = Lock {
        versions: plan.versions,
        counts: summary.counts(),
        settings: plan.settings,
        inputs: std::mem::take(&mut gathered.inputs),
        outputs,
        aliases,
    };
    Ok(Made { outputs: produced.outputs, lock, summary, gathered, remarks })
}
