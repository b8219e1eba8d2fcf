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
serde = { version = "1", features = ["derive"] }

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
    scratch.write(
        "switches.yaml",
        block_behind(PAGE, "With this `switches.yaml`:"),
    );
    scratch.write("build.rs", &build_script());
    let mut root =
        "flagstone::include_flags!();\nflagstone::include_flags!(switches);\n".to_owned();
    let examples = examples();
    for (number, example) in examples.iter().enumerate() {
        scratch.write(
            &format!("src/example{number}.rs"),
            &format!("{IMPORTS}{example}"),
        );
        // The page's types are at the root of their crate.
        let module = format!(
            "mod example{number};\n#[allow(unused_imports)]\npub use example{number}::*;\n"
        );
        root.push_str(&module);
    }
    scratch.write("src/main.rs", &format!("{root}\nfn main() {{}}"));
    let (succeeds, stdout, stderr) = scratch.cargo(&["test"]);
    assert!(succeeds, "{stdout}{stderr}");
    // Each example has one test, and the values that have a `rust_type` have theirs.
    let passed = format!("ok. {} passed", examples.len() + 1);
    assert!(stdout.contains(&passed), "{stdout}{stderr}");
    what_goes_says_so(&scratch, &root);
    values_that_do_not_fit(&scratch);
}

/// The build script of a crate that has both of the page's sets.
fn build_script() -> String {
    let second = "flagstone_build::Builder::new(\"switches.yaml\").module(\"switches\").generate()";
    assert!(PAGE.contains(second));
    let script = block_behind(PAGE, "brings them in:");
    script.replace("\n}", &format!("\n    {second};\n}}"))
}

/// What the compiler says of a gate on a deprecated flag, and of one on a retired flag.
fn what_goes_says_so(scratch: &Scratch, root: &str) {
    let mut said = block_behind(PAGE, "for another flag.").lines();
    for (key, is_accepted) in [("old_cart", true), ("old_search", false)] {
        let gate = format!("#[flagstone::feature_gate(\"{key}\", default)]\nfn gated() {{}}");
        scratch.write("src/main.rs", &format!("{root}\n{gate}\nfn main() {{}}"));
        let (succeeds, _, stderr) = scratch.cargo(&["check"]);
        assert_eq!(succeeds, is_accepted, "{stderr}");
        assert!(stderr.contains(said.next().unwrap()), "{stderr}");
    }
    scratch.write("src/main.rs", &format!("{root}\nfn main() {{}}"));
}

/// The generated test names the file, the flag, the variant, and serde's reason.
fn values_that_do_not_fit(scratch: &Scratch) {
    let flags = block_behind(PAGE, "with this `flags.yaml`:");
    scratch.write("flags.yaml", &flags.replace("items: 10,", "items: ten,"));
    let (succeeds, stdout, _) = scratch.cargo(&["test", "the_values_fit"]);
    assert!(!succeeds, "{stdout}");
    for said in [
        "flags.yaml: `limits`: ",
        "`small`",
        "invalid type: string \"ten\", expected u32",
    ] {
        assert!(stdout.contains(said), "{said}: {stdout}");
    }
}
