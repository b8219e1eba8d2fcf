//! Well-formed documents of the language's own words: checking one never panics, and what it lets through is right by itself.

#![no_main]

use flagstone_fuzz::document;
use flagstone_model::{Effective, Style, load, render};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = document(bytes);
    let loaded = load("flags.json", text.as_bytes());
    let checked = loaded
        .outcome
        .as_ref()
        .expect("a generated document is well formed");
    for diagnostic in checked.diagnostics() {
        assert!(
            text.get(diagnostic.span.range()).is_some(),
            "{diagnostic:?}"
        );
    }
    let report = render(
        &loaded.source,
        loaded.diagnostics(),
        loaded.total(),
        Style::Coloured,
    );
    assert!(!report.is_empty());
    // What is left of a wrong document is right: every flag of it has something to give in every environment.
    let Some(definition) = checked.right_part() else {
        return;
    };
    for flag in &definition.flags {
        assert!(!checked.refuses(flag.key.as_str()) || checked.holds_back_document());
        for environment in core::iter::once(None).chain(
            flag.overlays
                .iter()
                .map(|(environment, _)| Some(*environment)),
        ) {
            let effective = Effective::new(flag, environment);
            assert!(effective.distribution().is_ok());
            assert!(
                effective
                    .rules
                    .iter()
                    .all(|rule| effective.distribution_of(rule).is_ok())
            );
            assert!(flag.variants.get(effective.baseline).is_some());
        }
    }
});
