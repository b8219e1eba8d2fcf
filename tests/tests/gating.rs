//! The examples of `docs/gating.md` are compiled and run, as they stand on the page.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says what it expects by unwrapping it"
)]

mod scratch;

use scratch::{Scratch, block_behind};

const PAGE: &str = include_str!("../../docs/gating.md");

const MANIFEST: &str = r#"[package]
name = "gating"
version = "0.0.0"
edition = "2024"

[dependencies]
flagstone = "0.1"

[build-dependencies]
flagstone-build = "0.1"
"#;

/// What every example has in scope.
const IMPORTS: &str = "#![allow(dead_code, unused_imports, unused_variables)]\n\nuse crate::flags::{self, Context, Flags, Plan};\nuse flagstone::feature_gate;\n\n";

/// The blocks of the page that are meant to be compiled.
fn examples() -> Vec<&'static str> {
    let blocks = PAGE.split("\n```rust\n").skip(1);
    let texts = blocks.map(|behind| behind.split_once("\n```").unwrap().0);
    texts.collect()
}

#[test]
fn the_examples_do_what_they_say() {
    let scratch = Scratch::new("gating", MANIFEST);
    scratch.write("flags.yaml", block_behind(PAGE, "with this `flags.yaml`:"));
    scratch.write("build.rs", block_behind(PAGE, "brings them in:"));
    let mut root = "flagstone::include_flags!();\n".to_owned();
    let examples = examples();
    for (number, example) in examples.iter().enumerate() {
        scratch.write(
            &format!("src/example{number}.rs"),
            &format!("{IMPORTS}{example}"),
        );
        root += &format!("mod example{number};\n");
    }
    scratch.write("src/main.rs", &format!("{root}\nfn main() {{}}"));
    let (succeeds, stdout, stderr) = scratch.cargo(&["test"]);
    assert!(succeeds, "{stdout}{stderr}");
    // Each example has one test.
    let passed = format!("ok. {} passed", examples.len());
    assert!(stdout.contains(&passed), "{stdout}{stderr}");
}
