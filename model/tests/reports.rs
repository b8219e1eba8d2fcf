//! What people read about wrong documents: each section of the pages in `reports/` is a document and its report.

mod page;

use flagstone_model::{Style, load, render};
use page::Page;

/// The report of a document.
fn report(document: &[u8]) -> String {
    let loaded = load("flags.yaml", document);
    let report = render(
        &loaded.source,
        loaded.diagnostics(),
        loaded.total(),
        Style::Plain,
    );
    // Whoever reads the page can't see space at the end of a line, and editors remove it.
    report.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

fn check(page: &str) {
    let page = Page::read(page);
    let sections = page.sections();
    let mut expected = Vec::new();
    for section in &sections {
        let document = section.block("yaml").or_else(|| section.block("json"));
        let (Some(document), Some(block)) = (document, section.block("text")) else {
            assert!(section.blocks.is_empty(), "`{}` lacks a block", section.title);
            continue;
        };
        expected.push((block, report(document.text.as_bytes())));
    }
    assert!(!expected.is_empty());
    page.expect(expected);
}

macro_rules! pages {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(concat!("tests/reports/", stringify!($name), ".md"));
            }
        )*
    };
}

pages! {
    syntax
    json
    keys
    names
    references
    conditions
    operands
    flags
    distributions
    sections
    many
}
