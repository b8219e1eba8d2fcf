//! Documents of other revisions, by the command `git`.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use crate::document::Document;
use crate::failure::Failure;

/// Reads a path of a revision, from the root of the repository; `./path` is from this folder.
pub(super) fn show(revision: &str, path: &str) -> Result<Document, Failure> {
    let object = format!("{revision}:{path}");
    let bytes = run(
        Path::new("."),
        &object,
        &["show", "--end-of-options", &object],
    )?;
    Ok(Document::new(object, bytes))
}

/// Reads what a file was in a revision, wherever the file's repository is.
pub(super) fn show_file(revision: &str, file: &Path) -> Result<Document, Failure> {
    let folder = file.parent().filter(|folder| *folder != Path::new(""));
    let folder = folder.unwrap_or(Path::new("."));
    let name = file.file_name().map(OsStr::to_string_lossy);
    let name = name.unwrap_or_default();
    let bytes = run(
        folder,
        &format!("{revision}:{}", file.display()),
        &["show", "--end-of-options", &format!("{revision}:./{name}")],
    )?;
    Ok(Document::new(
        format!("{revision}:{}", file.display()),
        bytes,
    ))
}

fn run(folder: &Path, what: &str, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let failure = |reason: String| Failure::Git {
        what: what.to_owned(),
        reason,
    };
    let mut command = Command::new("git");
    let output = command.current_dir(folder).args(arguments).output();
    let output = output.map_err(|error| {
        failure(if error.kind() == ErrorKind::NotFound && folder.is_dir() {
            "the command `git` isn't installed".to_owned()
        } else {
            error.to_string()
        })
    })?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.trim().trim_start_matches("fatal: ");
    let said = said.lines().next().unwrap_or("git failed");
    Err(failure(format!("git says: {said}")))
}
