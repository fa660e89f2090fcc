//! `dateline init`: a commented project file and, on request, what regenerates the dataset every night.
//!
//! What is there already is never touched: then nothing is written at all.

use super::flags::Init;
use crate::message::note;
use crate::replace::{make_folder, unwritable};
use crate::run::Stop;
use dateline::error::{Error, ErrorKind};
use dateline::project::{PROJECT_FILE, key};
use std::fs;
use std::path::Path;

const GITHUB: &str = include_str!("templates/github.yml");
const GITLAB: &str = include_str!("templates/gitlab.yml");
const PRE_COMMIT: &str = include_str!("templates/pre-commit.yaml");
const SERVICE: &str = include_str!("templates/dateline.service");
const TIMER: &str = include_str!("templates/dateline.timer");

/// Keeps outputs byte for byte in git, whatever the system.
const ATTRIBUTES: &str = "* -text\n";

/// Runs the command.
pub(crate) fn init(options: &Init) -> Result<(), Stop> {
    let folder = &options.folder;
    make_folder(folder)?;
    let mut files = vec![
        (PROJECT_FILE, key::commented(&options.sources)),
        ("output/.gitattributes", ATTRIBUTES.to_owned()),
    ];
    let versioned = |template: &str| template.replace("{version}", env!("CARGO_PKG_VERSION"));
    if options.github {
        files.push((".github/workflows/dateline.yml", versioned(GITHUB)));
    }
    if options.gitlab {
        files.push((".gitlab-ci.yml", versioned(GITLAB)));
    }
    if options.pre_commit {
        files.push((".pre-commit-config.yaml", PRE_COMMIT.to_owned()));
    }
    if options.systemd {
        files.push(("systemd/dateline.service", service(folder)?));
        files.push(("systemd/dateline.timer", TIMER.to_owned()));
    }
    if let Some((name, _)) = files.iter().find(|(name, _)| folder.join(name).exists()) {
        return Err(Error::new(ErrorKind::Output, "exists already; nothing was written")
            .in_file(folder.join(name))
            .help("move it away, or begin in another folder")
            .into());
    }
    for (name, text) in &files {
        let path = if folder.as_os_str() == "." { Path::new(name).to_path_buf() } else { folder.join(name) };
        if let Some(parent) = path.parent() {
            make_folder(parent)?;
        }
        fs::write(&path, text).map_err(|e| unwritable(&path, e))?;
        note(format_args!("wrote {}", path.display()));
    }
    if options.systemd {
        let units = folder.canonicalize().unwrap_or_else(|_| folder.clone()).join("systemd");
        note(format_args!("begin with: systemctl --user link {}", units.join("dateline.service").display()));
        note(format_args!("and: systemctl --user enable --now {}", units.join("dateline.timer").display()));
    }
    let sources: Vec<&str> = if options.sources.is_empty() {
        vec!["news"]
    } else {
        options.sources.iter().map(String::as_str).collect()
    };
    note(format_args!("next: put articles into {}, then `dateline run`", sources.join(", ")));
    Ok(())
}

/// A unit file with the folder and the program of this machine in it.
fn service(folder: &Path) -> Result<String, Stop> {
    let absolute = folder.canonicalize().map_err(|e| unwritable(folder, e))?;
    let program = std::env::current_exe().map_err(|e| unwritable(folder, e))?;
    // A per cent sign begins a specifier, and in a command spaces and quotes part words.
    let plain = |path: &Path| path.to_string_lossy().replace('%', "%%");
    let quoted = format!("\"{}\"", plain(&program).replace('\\', "\\\\").replace('"', "\\\""));
    Ok(SERVICE.replace("{folder}", &plain(&absolute)).replace("{program}", &quoted))
}
