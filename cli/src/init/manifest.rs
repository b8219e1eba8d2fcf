//! `Cargo.toml`: the dependencies, and where the crate's files are.

use toml_edit::{DocumentMut, Item, Table, value};

use super::plan::Todo;

/// The requirement of the version that this command belongs to.
const REQUIREMENT: &str = concat!(
    env!("CARGO_PKG_VERSION_MAJOR"),
    ".",
    env!("CARGO_PKG_VERSION_MINOR")
);

/// Reads the manifest of a package.
///
/// # Errors
///
/// Why it is none.
pub(super) fn read(text: &str) -> Result<DocumentMut, String> {
    let manifest: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
        let message = error.message();
        format!("it is no TOML: {message}")
    })?;
    if manifest.get("package").is_none() {
        return Err(
            "it has no `[package]`; name the folder of one of the workspace's crates".to_owned(),
        );
    }
    Ok(manifest)
}

/// The dependencies that aren't there yet, added.
pub(super) fn add_dependencies(manifest: &DocumentMut) -> Todo {
    let mut manifest = manifest.clone();
    let mut is_changed = false;
    for (section, name) in [
        ("dependencies", "flagstone"),
        ("build-dependencies", "flagstone-build"),
    ] {
        let table = manifest
            .entry(section)
            .or_insert_with(|| Item::Table(Table::new()));
        let Some(table) = table.as_table_like_mut() else {
            return Todo::ByHand(format!(
                "`{section}` is no table; add `{name} = \"{REQUIREMENT}\"` to it"
            ));
        };
        if !table.contains_key(name) {
            table.insert(name, value(REQUIREMENT));
            is_changed = true;
        }
    }
    if is_changed {
        Todo::Write(manifest.to_string())
    } else {
        Todo::Nothing
    }
}

/// The path of the build script.
pub(super) fn build_script(manifest: &DocumentMut) -> &str {
    let named = manifest.get("package").and_then(|it| it.get("build"));
    named.and_then(Item::as_str).unwrap_or("build.rs")
}

/// The path of the crate's root, where the manifest names it.
pub(super) fn root(manifest: &DocumentMut) -> Option<&str> {
    let binary = manifest.get("bin").and_then(Item::as_array_of_tables);
    let binary = binary.and_then(|tables| tables.iter().next());
    let binary = binary.and_then(|table| table.get("path"));
    let library = manifest.get("lib").and_then(|table| table.get("path"));
    binary.or(library).and_then(Item::as_str)
}
