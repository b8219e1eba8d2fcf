//! `docs/errors.md`: a section for each code, with a document that has just this mistake, its report, and the remedy.

mod made;
mod page;

use flagstone_model::{Code, Style, load, render};
use page::{Page, Section};

/// A document that has one mistake, and the same without it.
struct Example {
    wrong: Vec<u8>,
    right: Vec<u8>,
}

fn example(code: Code, section: &Section) -> Option<Example> {
    if let Some((wrong, right)) = made::document(code) {
        return Some(Example { wrong, right });
    }
    let wrong = section.block("yaml").or_else(|| section.block("json"))?;
    let right = corrected(&wrong.text, &section.block("diff")?.text)?;
    Some(Example {
        wrong: wrong.text.clone().into_bytes(),
        right: right.into_bytes(),
    })
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

#[test]
fn every_code_has_its_section() {
    let sections = Page::read("../docs/errors.md").sections();
    let titles: Vec<String> = sections.into_iter().map(|section| section.title).collect();
    let expected: Vec<String> = Code::ALL
        .iter()
        .map(|code| format!("{}: {}", code.id(), code.title()))
        .collect();
    assert_eq!(titles, expected);
}

#[test]
fn every_example_has_just_its_mistake_and_the_remedy_removes_it() {
    let page = Page::read("../docs/errors.md");
    let sections = page.sections();
    let mut expected = Vec::new();
    for (code, section) in Code::ALL.iter().zip(&sections) {
        let example = example(*code, section);
        assert!(
            example.is_some(),
            "{code} needs a document and a remedy that fits it"
        );
        let Some(Example { wrong, right }) = example else {
            continue;
        };

        let loaded = load("flags.yaml", &wrong);
        let codes: Vec<Code> = loaded
            .diagnostics()
            .iter()
            .map(|mistake| mistake.code)
            .collect();
        assert_eq!(codes, [*code], "{}", section.title);
        let report = render(
            &loaded.source,
            loaded.diagnostics(),
            loaded.total(),
            Style::Plain,
        );
        let report = report
            .lines()
            .map(|line| line.trim_end().to_owned() + "\n")
            .collect();
        let block = section.block("text");
        assert!(
            block.is_some(),
            "{code} needs a block `text` for its report"
        );
        expected.extend(block.map(|block| (block, report)));

        let loaded = load("flags.yaml", &right);
        assert_eq!(loaded.diagnostics(), [], "{}, corrected", section.title);
    }
    page.expect(expected);
}
