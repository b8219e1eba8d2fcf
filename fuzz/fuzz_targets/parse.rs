//! Any bytes: reading a document never panics, and every place that it reports is a place of the text.

#![no_main]

use flagstone_model::{Style, load, render};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let loaded = load("flags.yaml", bytes);
    let text = loaded.source.text();
    for diagnostic in loaded.diagnostics() {
        let range = diagnostic.span.range();
        assert!(
            text.get(range.clone()).is_some(),
            "{range:?} is no part of the text: {diagnostic:?}"
        );
        assert!(!diagnostic.message.is_empty());
    }
    assert_eq!(loaded.total() == 0, loaded.definition().is_some());
    let report = render(
        &loaded.source,
        loaded.diagnostics(),
        loaded.total(),
        Style::Plain,
    );
    assert!(!report.is_empty());
});
