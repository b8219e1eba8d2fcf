//! What people read about wrong documents: each section of the pages in `reports/` is a document and its report.

mod page;

use std::collections::BTreeSet;

use flagstone_model::{Code, Loaded, Style, load, render};
use page::Page;

fn rendered(loaded: &Loaded<'_>) -> String {
    let report = render(
        &loaded.source,
        loaded.diagnostics(),
        loaded.total(),
        Style::Plain,
    );
    // Whoever reads a page can't see space at the end of a line, and editors remove it.
    let lines = report.lines().map(|line| line.trim_end().to_owned() + "\n");
    lines.collect()
}

fn check(page: &str) {
    let page = Page::read(page);
    let sections = page.sections();
    let mut expected = Vec::new();
    for section in &sections {
        let document = section.block("yaml").or_else(|| section.block("json"));
        let (Some(document), Some(block)) = (document, section.block("text")) else {
            assert!(
                section.blocks.is_empty(),
                "`{}` lacks a block",
                section.title
            );
            continue;
        };
        let loaded = load("flags.yaml", document.text.as_bytes());
        assert!(
            loaded.total() > 0,
            "`{}`: nothing is reported",
            section.title
        );
        let has_help = |mistake: &flagstone_model::Diagnostic| mistake.help.is_some();
        assert!(
            loaded.diagnostics().iter().all(has_help),
            "`{}`: no remedy",
            section.title
        );
        expected.push((block, rendered(&loaded)));
    }
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

#[test]
fn thirty_different_mistakes_are_thirty_reports_each_at_its_place() {
    let page = Page::read("tests/reports/many.md");
    let sections = page.sections();
    let document = &sections[0].blocks[0].text;
    let loaded = load("flags.yaml", document.as_bytes());
    let mistakes = loaded.diagnostics();
    let places: Vec<(u32, u32, &str)> = mistakes
        .iter()
        .map(|mistake| {
            let place = loaded.source.position(mistake.span.start);
            (place.line, place.column, mistake.code.id())
        })
        .collect();
    let expected = [
        (5, 14, "E0108"),
        (10, 12, "E0101"),
        (11, 3, "E0505"),
        (12, 16, "E0506"),
        (15, 25, "E0106"),
        (17, 3, "E0201"),
        (18, 3, "E0205"),
        (20, 14, "E0401"),
        (21, 5, "E0109"),
        (22, 16, "E0403"),
        (23, 18, "E0105"),
        (24, 11, "E0104"),
        (25, 16, "E0204"),
        (26, 16, "E0402"),
        (27, 28, "E0504"),
        (28, 22, "E0305"),
        (29, 9, "E0309"),
        (31, 7, "E0303"),
        (33, 32, "E0308"),
        (34, 17, "E0206"),
        (35, 17, "E0301"),
        (36, 37, "E0404"),
        (37, 34, "E0405"),
        (38, 24, "E0307"),
        (39, 24, "E0306"),
        (40, 26, "E0302"),
        (41, 45, "E0304"),
        (43, 12, "E0503"),
        (46, 5, "E0501"),
        (48, 26, "E0510"),
    ];
    assert_eq!(places, expected);
    let codes: BTreeSet<Code> = mistakes.iter().map(|mistake| mistake.code).collect();
    assert_eq!(codes.len(), 30);
}

#[test]
fn of_a_thousand_mistakes_twenty_are_shown_and_all_are_counted() {
    let flags = (0..1000).map(|number| format!("  flag_{number}: {{ rolout: 25% }}\n"));
    let document = "version: 1\nflags:\n".to_owned() + &flags.collect::<String>();
    let report = rendered(&load("flags.yaml", document.as_bytes()));
    assert_eq!(report.matches("error[E0101]").count(), 20);
    assert!(report.ends_with("\nflags.yaml: 1000 errors; the first 20 are shown\n"));
}

/// Documents of bytes that no page can show.
#[test]
fn bytes_that_are_no_text_are_named() {
    let utf_16 = |text: &str, encode: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(encode).collect()
    };
    for (document, first_line, place) in [
        (
            b"version: 1\nflags:\n  a: { owner: gr\xfc\xdfe }\n".to_vec(),
            "error[E0006]: the byte 0xfc here is no UTF-8",
            "flags.yaml:3:17",
        ),
        (
            utf_16("\u{feff}version: 1\nflags: {}\n", u16::to_le_bytes),
            "error[E0006]: the file is in UTF-16",
            "flags.yaml:1:1",
        ),
        (
            utf_16("\u{feff}version: 1\nflags: {}\n", u16::to_be_bytes),
            "error[E0006]: the file is in UTF-16",
            "flags.yaml:1:1",
        ),
        (
            "\u{feff}version: 1\nflags: {}\n".into(),
            "error[E0007]: the file begins with a byte-order mark (an invisible character that some editors add)",
            "flags.yaml:1:1",
        ),
        (
            "".into(),
            "error[E0009]: the document is empty",
            "flags.yaml:1:1",
        ),
        (
            "version: 1\r\nflags:\r\n  a: { rolout: 5% }\r\n".into(),
            "error[E0101]: unknown key `rolout` in the flag `a`",
            "flags.yaml:3:8",
        ),
    ] {
        let report = rendered(&load("flags.yaml", &document));
        let mut lines = report.lines();
        assert_eq!(lines.next(), Some(first_line));
        assert_eq!(
            lines
                .next()
                .map(|line| line.trim_start_matches([' ', '-', '>'])),
            Some(place),
            "{first_line}"
        );
    }
}
