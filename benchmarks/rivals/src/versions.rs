//! Which versions are measured, as the lock file has them.

/// The version of a package in this workspace's lock file.
pub fn of(package: &str) -> &'static str {
    let name = format!("name = \"{package}\"");
    let mut lines = include_str!("../Cargo.lock").lines();
    let _name = lines.find(|line| *line == name);
    let version = lines
        .next()
        .and_then(|line| line.strip_prefix("version = "));
    version.map_or("not in Cargo.lock", |quoted| quoted.trim_matches('"'))
}
