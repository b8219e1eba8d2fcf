//! A page of documentation as a sequence of what a test can run: documents, and tables of answers.

use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

/// Something that a test can run, with the line it begins on.
pub(crate) struct Step {
    pub(crate) line: usize,
    pub(crate) kind: Kind,
}

/// What a test can run.
pub(crate) enum Kind {
    /// A fenced block: the words behind the fence, and its text.
    Block { words: Vec<String>, text: String },
    /// A row of a table of answers: its cells by the table's head.
    Row(Map<String, Value>),
}

/// Reads a page of the folder `docs/`.
pub(crate) fn read(name: &str) -> Vec<Step> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../docs")
        .join(name);
    let text = fs::read_to_string(path).unwrap_or_default();
    let mut steps = Vec::new();
    let mut head: Vec<String> = Vec::new();
    let mut lines = text.lines().zip(1..);
    while let Some((line, number)) = lines.next() {
        if let Some(words) = line.strip_prefix("```") {
            let text = lines
                .by_ref()
                .map(|(line, _)| line)
                .take_while(|line| *line != "```");
            let text = text.map(|line| line.to_owned() + "\n").collect();
            let words = words.split_whitespace().map(str::to_owned).collect();
            steps.push(Step {
                line: number,
                kind: Kind::Block { words, text },
            });
        } else if !line.starts_with('|') {
            head.clear();
        } else if head.is_empty() {
            head = cells(line);
        } else if head.iter().any(|cell| cell == "answers") && !line.starts_with("| ---") {
            let cells = cells(line).into_iter().map(Value::String);
            let row = head
                .iter()
                .cloned()
                .zip(cells)
                .filter(|(_, cell)| *cell != "");
            steps.push(Step {
                line: number,
                kind: Kind::Row(row.collect()),
            });
        }
    }
    steps
}

/// The cells of a table's line, without the marks of code.
fn cells(line: &str) -> Vec<String> {
    let cells = line.trim_matches('|').split('|');
    cells
        .map(|cell| cell.trim().trim_matches('`').to_owned())
        .collect()
}
