//! `docs/warnings.md`: a section for each warning, with a document that has just this one, its report, and the remedy.

#![expect(
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

mod page;

use core::fmt::Write as _;

use flagstone_model::{Code, Diagnostic, Severity, Style, Timestamp, lint, load, render_one};
use page::{Page, Section};

/// The time at which the page's documents are looked at.
const AT: &str = "2026-12-01T00:00:00Z";

/// A document that has one warning, and the same without it.
struct Example {
    worth_a_look: String,
    right: String,
}

fn example(code: Code, section: &Section) -> Option<Example> {
    if code == Code::ManyOverrides {
        return Some(Example {
            worth_a_look: overridden(101),
            right: overridden(100),
        });
    }
    let worth_a_look = section.block("yaml")?.text.clone();
    let right = corrected(&worth_a_look, &section.block("diff")?.text)?;
    Some(Example {
        worth_a_look,
        right,
    })
}

fn overridden(count: usize) -> String {
    let mut text = "version: 1\nflags:\n  new_dashboard:\n".to_owned();
    text +=
        "    description: The rebuilt dashboard\n    owner: growth\n    overrides:\n      on:\n";
    for unit in 1..=count {
        writeln!(text, "        - u-{unit}").unwrap();
    }
    text
}

/// The document with the lines of a `diff` block replaced.
fn corrected(document: &str, diff: &str) -> Option<String> {
    let side = |other: char| -> String {
        let lines = diff.lines().filter(|line| !line.starts_with(other));
        lines
            .map(|line| line.get(1..).unwrap_or_default().to_owned() + "\n")
            .collect()
    };
    let (before, after) = (side('+'), side('-'));
    (document.matches(&before).count() == 1).then(|| document.replace(&before, &after))
}

/// The warnings about a document at a time, and their report.
fn warnings(text: &str, at: Option<Timestamp>) -> (Vec<Diagnostic>, String) {
    let loaded = load("flags.yaml", text.as_bytes());
    assert_eq!(loaded.diagnostics(), [], "{text}");
    let warnings = lint(&loaded.source, loaded.definition().unwrap(), at);
    let mut report = String::new();
    for warning in &warnings {
        for line in render_one(&loaded.source, warning, Style::Plain).lines() {
            writeln!(report, "{}", line.trim_end()).unwrap();
        }
    }
    (warnings, report)
}

#[test]
fn every_warning_has_its_section() {
    let sections = Page::read("../docs/warnings.md").sections();
    let titles: Vec<String> = sections.into_iter().map(|section| section.title).collect();
    let expected: Vec<String> = Code::WARNINGS
        .iter()
        .map(|code| format!("{}: {}", code.id(), code.title()))
        .collect();
    assert_eq!(titles, expected);
}

#[test]
fn every_example_has_just_its_warning_and_the_remedy_removes_it() {
    let at: Timestamp = AT.parse().unwrap();
    let page = Page::read("../docs/warnings.md");
    let sections = page.sections();
    let mut expected = Vec::new();
    for (code, section) in Code::WARNINGS.iter().zip(&sections) {
        let example = example(*code, section);
        assert!(
            example.is_some(),
            "{code} needs a document and a remedy that fits it"
        );
        let Some(example) = example else {
            continue;
        };
        let (found, report) = warnings(&example.worth_a_look, Some(at));
        let codes: Vec<Code> = found.iter().map(|warning| warning.code).collect();
        assert_eq!(codes, [*code], "{report}");
        assert_eq!(found[0].severity, Severity::Warning);
        let block = section.block("text");
        assert!(
            block.is_some(),
            "{code} needs a block `text` for its report"
        );
        expected.extend(block.map(|block| (block, report)));

        let (found, report) = warnings(&example.right, Some(at));
        assert_eq!(found, [], "{}, corrected: {report}", section.title);
    }
    page.expect(expected);
}

/// What depends on the time is said with a time only, and a flag is spared what it allows.
#[test]
fn dates_need_a_time_and_flags_can_allow() {
    let page = Page::read("../docs/warnings.md");
    let dated = [
        Code::PastRemoveBy,
        Code::EndedOverride,
        Code::FinishedSchedule,
    ];
    let at: Timestamp = AT.parse().unwrap();
    let mut allowed = 0;
    for (code, section) in Code::WARNINGS.iter().zip(&page.sections()) {
        let text = example(*code, section).unwrap().worth_a_look;
        let (found, _) = warnings(&text, None);
        assert_eq!(found.is_empty(), dated.contains(code), "{code}");
        let is_of_document = code.id().starts_with("unused-") || *code == Code::UnknownWarning;
        let flag = "    owner: growth\n";
        if !is_of_document && text.contains(flag) {
            let allowing = format!("{flag}    allow: [{code}]\n");
            let (found, _) = warnings(&text.replace(flag, &allowing), Some(at));
            assert_eq!(found, [], "{code}");
            allowed += 1;
        }
    }
    assert_eq!(allowed, 11);
}
