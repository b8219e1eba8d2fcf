//! Flags for people: a table of many, a page of one.

use std::io::{IsTerminal, Write};

use comfy_table::{ContentArrangement, Table, presets};
use flagstone_model::{Aspect, State};

use super::entry::Entry;
use crate::failure::Failure;
use crate::output::{Output, visible};

/// Writes a table, no wider than the terminal where there is one.
pub(super) fn list(entries: &[Entry<'_>], output: &mut Output<impl Write>) -> Result<(), Failure> {
    if entries.is_empty() {
        output.push("no flag fits");
        return output.end_line();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    // Whoever reads it from a file or a pipe has no width to fit.
    let width = std::io::stdout()
        .is_terminal()
        .then(terminal_size::terminal_size)
        .flatten();
    match width {
        Some((terminal_size::Width(width), _)) => table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    table.set_header(["FLAG", "KIND", "OWNER", "STATE", "NOTES"]);
    for entry in entries {
        let about = entry.flag.about();
        table.add_row([
            entry.flag.key.to_string(),
            about.kind.name().to_owned(),
            visible(about.owner.as_deref().unwrap_or("")),
            states(entry),
            visible(&entry.notes.join("; ")),
        ]);
    }
    for line in table.lines() {
        output.push(line.trim_end());
        output.end_line()?;
    }
    Ok(())
}

/// What a flag does, a line for each set of environments in which it does the same.
fn states(entry: &Entry<'_>) -> String {
    let distinct = entry.distinct();
    if let [(_, state)] = &*distinct {
        return visible(&state.summary);
    }
    let lines = distinct
        .iter()
        .map(|(names, state)| format!("{}: {}", names.join(", "), visible(&state.summary)));
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes a flag's page.
pub(super) fn show(entry: &Entry<'_>, output: &mut Output<impl Write>) -> Result<(), Failure> {
    let flag = entry.flag;
    output.push(flag.key.as_str());
    output.end_line()?;
    for (name, words) in facts(entry) {
        output.format(format_args!("  {name}: {}", visible(&words)));
        output.end_line()?;
    }
    for note in &entry.notes {
        output.format(format_args!("  note: {}", visible(note)));
        output.end_line()?;
    }
    for (environments, state) in entry.distinct() {
        output.end_line()?;
        let whereabouts = if environments.is_empty() {
            "everywhere".to_owned()
        } else {
            environments.join(", ")
        };
        output.format(format_args!("{whereabouts}: {}", visible(&state.summary)));
        output.end_line()?;
        parts(state, output)?;
    }
    Ok(())
}

/// What is said of a flag, but for what it does.
fn facts(entry: &Entry<'_>) -> Vec<(&'static str, String)> {
    let flag = entry.flag;
    let about = flag.about();
    let variants = flag.variants.list.iter().map(|variant| {
        let value = variant.value.to_json();
        format!("{} = {value}", variant.name)
    });
    let tags = about.tags.iter().map(|tag| &**tag);
    let all = [
        (
            "description",
            about.description.as_deref().map(str::to_owned),
        ),
        ("kind", Some(about.kind.name().to_owned())),
        ("owner", about.owner.as_deref().map(str::to_owned)),
        ("tags", Some(tags.collect::<Vec<_>>().join(", "))),
        ("link", about.link.as_deref().map(str::to_owned)),
        ("remove by", about.remove_by.map(|date| date.to_string())),
        ("type", Some(flag.variants.ty.name().to_owned())),
        ("variants", Some(variants.collect::<Vec<_>>().join(", "))),
        ("salt", flag.salt.as_deref().map(str::to_owned)),
    ];
    let written = all.into_iter().filter_map(|(name, words)| {
        let words = words.filter(|words| !words.is_empty())?;
        Some((name, words))
    });
    written.collect()
}

/// Writes the parts of a state, one a line.
fn parts(state: &State, output: &mut Output<impl Write>) -> Result<(), Failure> {
    for part in &state.parts {
        let (indent, label) = match part.aspect {
            Aspect::Step => ("      ", "step"),
            Aspect::Distribution => ("  ", "the rest"),
            other => ("  ", other.name()),
        };
        let words = visible(&part.words);
        output.format(format_args!("{indent}{label}: {words}"));
        if let Some(age) = &part.age {
            output.format(format_args!(" ({age})"));
        }
        output.end_line()?;
    }
    Ok(())
}
