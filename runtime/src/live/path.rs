//! The directories in which something has to change for a path to lead to other content.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

/// How many symbolic links are followed; operating systems give up at about as many.
const LINKS: usize = 40;

/// The directories that hold the file, or a symbolic link on the way to it.
///
/// A mounted directory is replaced by swapping such a link, and nothing happens then in the directory that it led to.
pub(super) fn directories(path: &Path) -> BTreeSet<PathBuf> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut found = BTreeSet::new();
    if let Some(parent) = path.parent() {
        found.insert(parent.to_owned());
    }
    let mut links = LINKS;
    walk(&path, &mut links, &mut found);
    found
}

/// Follows a path from its root, and notes where links stand and where it ends.
fn walk(path: &Path, links: &mut usize, found: &mut BTreeSet<PathBuf>) {
    let mut reached = PathBuf::new();
    let mut components = path.components();
    while let Some(component) = components.next() {
        match component {
            Component::ParentDir => {
                reached.pop();
            }
            Component::CurDir => {}
            other => reached.push(other),
        }
        let Ok(target) = std::fs::read_link(&reached) else {
            continue;
        };
        let Some(left) = links.checked_sub(1) else {
            return;
        };
        *links = left;
        reached.pop();
        found.insert(reached.clone());
        let onwards = reached.join(target).join(components.as_path());
        return walk(&onwards, links, found);
    }
    if let Some(parent) = reached.parent() {
        found.insert(parent.to_owned());
    }
}
