//! The line that brings the flags into the crate.

use super::plan::Todo;

const LINE: &str = "flagstone::include_flags!();";

/// The line, behind the crate's own documentation and attributes.
pub(super) fn todo(text: &str) -> Todo {
    if text.contains("include_flags!") {
        return Todo::Nothing;
    }
    let at = behind_head(text);
    let (head, tail) = text.split_at_checked(at).unwrap_or(("", text));
    let break_ = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let gap_above = if head.is_empty() || head.ends_with("\n\n") || head.ends_with("\n\r\n") {
        ""
    } else {
        break_
    };
    let gap_below = if tail.is_empty() { "" } else { break_ };
    Todo::Write(format!(
        "{head}{gap_above}{LINE}{break_}{gap_below}{}",
        tail.trim_start_matches(['\n', '\r'])
    ))
}

/// Where items may stand: behind `#!…`, `//!`, `/*! … */` and `#![…]`, with the comments between them.
fn behind_head(text: &str) -> usize {
    let mut end = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let trimmed = rest.trim_start();
        let start = at + rest.len() - trimmed.len();
        let is_shebang = start == 0 && trimmed.starts_with("#!") && !trimmed.starts_with("#![");
        let length = if trimmed.starts_with("#![") {
            attribute(trimmed)
        } else if trimmed.starts_with("/*") {
            trimmed.find("*/").map_or(trimmed.len(), |end| end + 2)
        } else if trimmed.starts_with("//") || is_shebang {
            trimmed.find('\n').unwrap_or(trimmed.len())
        } else {
            break;
        };
        at = start + length;
        let is_head =
            trimmed.starts_with("#!") || trimmed.starts_with("//!") || trimmed.starts_with("/*!");
        if is_head {
            let line = text.get(at..).and_then(|rest| rest.find('\n'));
            end = line.map_or(text.len(), |length| at + length + 1);
        }
    }
    end
}

/// The length of an inner attribute, to its closing bracket.
fn attribute(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '[' if !is_quoted => depth += 1,
            ']' if !is_quoted && depth == 1 => return at + 1,
            ']' if !is_quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_stands_where_items_may_stand() {
        for (text, expected) in [
            ("", "flagstone::include_flags!();\n"),
            (
                "fn main() {}\n",
                "flagstone::include_flags!();\n\nfn main() {}\n",
            ),
            (
                "//! Docs.\n\n#![allow(\n    dead_code, reason = \"]\"\n)] // why\n// a\nmod x;\n",
                "//! Docs.\n\n#![allow(\n    dead_code, reason = \"]\"\n)] // why\n\nflagstone::include_flags!();\n\n// a\nmod x;\n",
            ),
            (
                "// Copyright\n//! Docs.\nuse a;\n",
                "// Copyright\n//! Docs.\n\nflagstone::include_flags!();\n\nuse a;\n",
            ),
            (
                "#!/usr/bin/env x\r\nmod x;\r\n",
                "#!/usr/bin/env x\r\n\r\nflagstone::include_flags!();\r\n\r\nmod x;\r\n",
            ),
        ] {
            let Todo::Write(written) = todo(text) else {
                panic!("{text}");
            };
            assert_eq!(written, expected, "{text}");
            assert!(matches!(todo(&written), Todo::Nothing), "{text}");
        }
    }
}
