//! What changes of a text, line by line.

use std::io::Write;
use std::time::Duration;

use clap::builder::styling::{AnsiColor, Style};
use flagstone_model::Style as Colours;
use similar::{ChangeTag, TextDiff};

use crate::failure::Failure;
use crate::output::{Output, visible};

/// How long the shortest diff is looked for; then a longer one will do.
const PATIENCE: Duration = Duration::from_secs(2);

/// Writes a unified diff with three lines around each change.
pub(crate) fn write(
    name: &str,
    (before, after): (&str, &str),
    colours: Colours,
    output: &mut Output<impl Write>,
) -> Result<(), Failure> {
    let name = visible(name);
    for (sign, style) in [("---", AnsiColor::Red), ("+++", AnsiColor::Green)] {
        line(output, colours, Some(style), &format!("{sign} {name}"))?;
    }
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(before, after);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        let header = hunk.header().to_string();
        line(output, colours, Some(AnsiColor::Cyan), header.trim_end())?;
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', Some(AnsiColor::Red)),
                ChangeTag::Insert => ('+', Some(AnsiColor::Green)),
                ChangeTag::Equal => (' ', None),
            };
            let text = change.value().trim_end_matches(['\n', '\r']);
            line(output, colours, style, &format!("{sign}{}", visible(text)))?;
        }
    }
    Ok(())
}

fn line(
    output: &mut Output<impl Write>,
    colours: Colours,
    colour: Option<AnsiColor>,
    text: &str,
) -> Result<(), Failure> {
    let style = match (colours, colour) {
        (Colours::Coloured, Some(colour)) => colour.on_default(),
        _ => Style::new(),
    };
    output.format(format_args!("{style}{text}{style:#}"));
    output.end_line()
}
