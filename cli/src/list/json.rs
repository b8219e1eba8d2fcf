//! Flags for programs.

use std::io::Write;

use flagstone_model::State;
use serde_json::{Map, Value, json};

use super::entry::Entry;
use crate::failure::Failure;
use crate::output::Output;

/// Writes a list with a line for each flag.
pub(super) fn list(entries: &[Entry<'_>], output: &mut Output<impl Write>) -> Result<(), Failure> {
    output.push("[");
    for (index, entry) in entries.iter().enumerate() {
        output.push(if index == 0 { "" } else { "," });
        output.end_line()?;
        output.format(format_args!("  {}", object(entry, false)));
    }
    if !entries.is_empty() {
        output.end_line()?;
    }
    output.push("]");
    output.end_line()
}

/// Writes a flag with the parts of what it does.
pub(super) fn show(entry: &Entry<'_>, output: &mut Output<impl Write>) -> Result<(), Failure> {
    output.format(format_args!("{:#}", object(entry, true)));
    output.end_line()
}

fn object(entry: &Entry<'_>, has_parts: bool) -> Value {
    let (flag, about) = (entry.flag, entry.flag.about());
    let mut variants = Map::new();
    for variant in flag.variants.list.iter() {
        variants.insert(variant.name.to_string(), variant.value.to_json());
    }
    let states = entry
        .states
        .iter()
        .map(|(name, state)| environment(*name, state, has_parts));
    json!({
        "flag": flag.key.as_str(),
        "type": flag.variants.ty.name(),
        "variants": variants,
        "kind": about.kind.name(),
        "owner": about.owner,
        "tags": about.tags,
        "description": about.description,
        "remove_by": about.remove_by.map(|date| date.to_string()),
        "notes": entry.notes,
        "environments": states.collect::<Vec<_>>(),
    })
}

fn environment(name: Option<&str>, state: &State, has_parts: bool) -> Value {
    let mut object = json!({
        "environment": name,
        "standing": state.standing.name(),
        "summary": state.summary,
    });
    if has_parts && let Some(fields) = object.as_object_mut() {
        let parts = state.parts.iter().map(
            |part| json!({ "aspect": part.aspect.name(), "words": part.words, "age": part.age }),
        );
        fields.insert("parts".into(), parts.collect());
    }
    object
}
