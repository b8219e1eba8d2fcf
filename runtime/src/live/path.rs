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

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn every_directory_counts_in_which_the_way_can_change() {
        let name = format!("flagstone-path-{}", std::process::id());
        let root = std::env::temp_dir().join(name);
        let make = || {
            fs::create_dir_all(root.join("data/v1"))?;
            fs::write(root.join("data/v1/flags.yaml"), "")?;
            symlink("v1", root.join("data/current"))?;
            symlink("data", root.join("mount"))?;
            symlink("mount/current/flags.yaml", root.join("link.yaml"))?;
            symlink("round", root.join("round"))?;
            std::io::Result::Ok(())
        };
        make().unwrap();
        let found = |path: &str| -> Vec<String> {
            let below = |directory: PathBuf| {
                let below = directory.strip_prefix(&root).ok()?.to_owned();
                Some(below.display().to_string())
            };
            directories(&root.join(path))
                .into_iter()
                .filter_map(below)
                .collect()
        };
        for (path, expected) in [
            ("data/v1/flags.yaml", &["data/v1"][..]),
            (
                "data/current/flags.yaml",
                &["data", "data/current", "data/v1"],
            ),
            ("link.yaml", &["", "data", "data/v1"]),
            ("data/v1/../absent.yaml", &["data", "data/v1/.."]),
            ("round", &[""]),
        ] {
            assert_eq!(found(path), expected, "{path}");
        }
        fs::remove_dir_all(&root).unwrap();
    }
}
