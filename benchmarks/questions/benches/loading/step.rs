//! What is measured.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use flagstone::{Snapshot, Timestamp, load};

/// A part of loading, or what it can't cost less than.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The events of the YAML parser, counted.
    Events,
    /// `serde_json::Value`.
    Value,
    /// Parsed and checked.
    Checked,
    /// Parsed, checked and compiled.
    Compiled,
}

impl Step {
    const ALL: [(&str, Self); 4] = [
        ("events", Self::Events),
        ("value", Self::Value),
        ("checked", Self::Checked),
        ("compiled", Self::Compiled),
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        let found = Self::ALL.into_iter().find(|(known, _)| *known == name);
        found.map(|(_, step)| step)
    }

    pub(crate) fn name(self) -> &'static str {
        let found = Self::ALL.into_iter().find(|(_, step)| *step == self);
        found.map_or("", |(name, _)| name)
    }

    /// How long it takes once, with giving back what it makes.
    pub(crate) fn nanoseconds(self, text: &str) -> Result<u128, Box<dyn Error>> {
        let start = Instant::now();
        match self {
            Self::Events => drop(black_box(events(text)?)),
            Self::Value => drop(black_box(serde_json::from_str::<serde_json::Value>(text)?)),
            Self::Checked => drop(black_box(checked(text)?)),
            Self::Compiled => drop(black_box(compiled(text)?)),
        }
        Ok(start.elapsed().as_nanos())
    }
}

/// How many events the parser has for a text.
fn events(text: &str) -> Result<usize, Box<dyn Error>> {
    let mut options = granit_parser::options! { emit_unresolved_aliases: true };
    options.set_emit_comments(false);
    let mut events = 0;
    for event in granit_parser::Parser::new_from_str_with_options(text, options) {
        black_box(event?);
        events += 1;
    }
    Ok(events)
}

/// How many flags a text without mistakes has, which is parsed and checked for that.
fn checked(text: &str) -> Result<usize, Box<dyn Error>> {
    let loaded = load("flags", text.as_bytes());
    let definition = loaded.definition().ok_or("the document has mistakes")?;
    Ok(definition.flags.len())
}

fn compiled(text: &str) -> Result<Snapshot, Box<dyn Error>> {
    let loaded = load("flags", text.as_bytes());
    let definition = loaded.definition().ok_or("the document has mistakes")?;
    let now = Timestamp::from_milliseconds(0);
    Ok(Snapshot::new(definition, Some("production"), now)?)
}
