//! What loading a document costs, beside what reading its text alone costs: `cargo bench -p flagstone-benchmarks --bench loading`.
//!
//! The documents are of believable shape: a third of the flags are rollouts, the others have rules, variants, segments,
//! overrides and overlays. Each row is the best of several passes, taken in turns.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{self, Write};
use std::time::Instant;

use flagstone::{Snapshot, Timestamp, load};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Cargo passes `--bench` where it is asked to measure, and not where it only runs every target once.
    let measures = std::env::args().any(|argument| argument == "--bench");
    let (sizes, passes): (&[usize], usize) = if measures {
        (&[1_000, 10_000], 9)
    } else {
        (&[10], 1)
    };
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\n| flags | text | reading alone | checked | ratio | with compiling | ratio | heap a flag |\n| --- | --- | --- | --- | --- | --- | --- | --- |"
    )?;
    for size in sizes {
        let yaml = document(*size);
        let json = json_of(&yaml)?;
        row(&mut out, *size, "YAML", &yaml, passes, &|| events(&yaml))?;
        row(&mut out, *size, "JSON", &json, passes, &|| {
            let value: Result<serde_json::Value, _> = serde_json::from_str(&json);
            usize::from(value.is_ok())
        })?;
    }
    Ok(())
}

fn row(
    out: &mut impl Write,
    size: usize,
    kind: &str,
    text: &str,
    passes: usize,
    floor: &dyn Fn() -> usize,
) -> Result<(), Box<dyn std::error::Error>> {
    let checked = || load("flags", text.as_bytes()).total();
    let compiled = || compile(text).map_or(0, |snapshot| snapshot.keys().count());
    assert_eq!(checked(), 0, "the document is right");
    assert_eq!(compiled(), size + 1, "every flag is there");
    let steps: [&dyn Fn() -> usize; 3] = [floor, &checked, &compiled];
    let mut best = [f64::INFINITY; 3];
    for _ in 0..passes {
        for (best, step) in best.iter_mut().zip(steps) {
            let start = Instant::now();
            black_box(step());
            *best = best.min(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    let mut kept = None;
    let heap = allocation_counter::measure(|| kept = compile(text)).bytes_current;
    drop(kept);
    let [alone, checked, compiled] = best;
    writeln!(
        out,
        "| {size} | {kind}, {} KiB | {alone:.2} ms | {checked:.2} ms | {:.2} | {compiled:.2} ms | {:.2} | {} bytes |",
        text.len() / 1024,
        checked / alone,
        compiled / alone,
        heap / i64::try_from(size)?
    )?;
    Ok(())
}

fn compile(text: &str) -> Option<Snapshot> {
    let loaded = load("flags", text.as_bytes());
    Snapshot::new(
        loaded.definition()?,
        Some("production"),
        Timestamp::from_milliseconds(0),
    )
    .ok()
}

/// How many events the parser has for a text.
fn events(text: &str) -> usize {
    let mut options = granit_parser::options! { emit_unresolved_aliases: true };
    options.set_emit_comments(false);
    granit_parser::Parser::new_from_str_with_options(text, options).count()
}

/// The same document as JSON.
fn json_of(yaml: &str) -> Result<String, Box<dyn std::error::Error>> {
    let value: serde_json::Value = serde_yaml::from_str(yaml)?;
    Ok(serde_json::to_string_pretty(&value)?)
}

/// A document as a team might have it after some years.
fn document(flags: usize) -> String {
    let mut text = String::from(
        "version: 1
context:
  targeting_key: user_id
  attributes:
    user_id: { type: string, description: The account that asks }
    country: { type: string, description: Two letters }
    plan: { type: string, values: [free, premium, enterprise] }
    age: { type: integer, description: Whole years }
    app_version: { type: semver, description: Of the app }
    email: { type: string, private: true }
segments:
  staff: { description: Colleagues, if: { email: { ends_with: \"@example.com\" } } }
  beta: { description: Who asked to see things early, members: [u-1, u-2, u-3] }
environments:
  staging: { description: Where releases are tried }
  production: { description: What customers see }
flags:
  first: { description: The first of all, rollout: 10% }
",
    );
    for flag in 0..flags {
        let _ = write!(
            text,
            "  team{}_feature_{flag}:\n    description: What feature number {flag} is about\n    owner: team-{}\n    tags: [web, q{}]\n    remove_by: 2027-0{}-01\n",
            flag % 17,
            flag % 17,
            flag % 4 + 1,
            flag % 9 + 1
        );
        text.push_str(match flag % 6 {
            0 | 1 => "    rollout: 25%\n    environments:\n      staging: { serve: on }\n",
            2 => "    rules:\n      - name: staff\n        if: { segment: staff }\n        serve: on\n      - name: rich-countries\n        if: { plan: premium, country: [US, GB, DE, FR], age: { gte: 18 } }\n        rollout: 50%\n",
            3 => "    variants: { control: blue, small: green, large: red }\n    baseline: control\n    split: { control: 50, small: 25, large: 25 }\n",
            4 => "    overrides:\n      on: [u-17, u-18]\n      off: [u-66]\n    prerequisites: { first: on }\n    rules:\n      - if: { app_version: { gte: 2.10.0 } }\n        serve: on\n",
            _ => "    killed: false\n    serve: on\n    environments:\n      production: { rollout: 5% }\n",
        });
    }
    text
}
