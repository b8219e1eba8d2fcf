//! The two documents, from files or from git.

use std::path::Path;

use super::git;
use crate::document::Document;
use crate::failure::Failure;

/// Where a document is.
enum Place<'a> {
    File(&'a str),
    Revision {
        revision: &'a str,
        /// Nothing where it is the path of the other document.
        path: Option<&'a str>,
    },
}

impl<'a> Place<'a> {
    fn of(argument: &'a str) -> Self {
        if argument == "-" || Path::new(argument).exists() {
            return Self::File(argument);
        }
        match argument.split_once(':') {
            // A letter before a colon is a drive, where drives have letters.
            Some((revision, path)) if !(cfg!(windows) && revision.len() == 1) => Self::Revision {
                revision,
                path: Some(path).filter(|path| !path.is_empty()),
            },
            _ => Self::File(argument),
        }
    }
}

/// Reads both documents.
pub(super) fn read(old: &str, new: &str) -> Result<(Document, Document), Failure> {
    if old == "-" && new == "-" {
        return Err(Failure::StandardInputTwice {
            one: "OLD",
            other: "NEW",
        });
    }
    let places = (Place::of(old), Place::of(new));
    let old = one(&places.0, &places.1)?;
    let new = one(&places.1, &places.0)?;
    Ok((old, new))
}

fn one(place: &Place<'_>, other: &Place<'_>) -> Result<Document, Failure> {
    match (place, other) {
        (Place::File(path), _) => Document::read(Path::new(path)),
        (
            Place::Revision {
                revision,
                path: Some(path),
            },
            _,
        ) => git::show(revision, path),
        (Place::Revision { revision, .. }, Place::Revision { path, .. }) => {
            git::show(revision, path.unwrap_or("./flags.yaml"))
        }
        (Place::Revision { revision, .. }, Place::File(path)) if *path != "-" => {
            git::show_file(revision, Path::new(path))
        }
        (Place::Revision { revision, .. }, Place::File(_)) => git::show(revision, "./flags.yaml"),
    }
}
