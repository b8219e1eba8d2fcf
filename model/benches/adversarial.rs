//! How long documents that were made to be slow take, beside the parser's own events.
//!
//! `cargo bench -p flagstone-model --bench adversarial` prints a line for each: milliseconds for each MiB, of the parser
//! alone and of everything from bytes to mistakes. A name, or part of one, behind `--` picks documents.

use std::io::{self, Write as _};
use std::time::Instant;

use flagstone_model::load;
use granit_parser::Parser;

/// What a document is filled with: its beginning, and what is repeated until it is full.
struct Made {
    name: &'static str,
    before: &'static str,
    repeated: fn(usize) -> String,
    behind: &'static str,
}

const HEAD: &str = "version: 1\nflags:\n  a: { description: x }\n";

const ALL: [Made; 16] = [
    made("lists nested 20 deep", "x-a:\n", |_| {
        format!("- {}{}\n", "[".repeat(20), "]".repeat(20))
    }),
    made("lists nested 20 deep, of a flag", "flags:\n  a:\n", |_| {
        format!("  - {}{}\n", "[".repeat(20), "]".repeat(20))
    }),
    made("the same key at the top", "", |_| "a:\n".to_owned()),
    made("another key at the top each", "", |i| format!("k{i}:\n")),
    made("the same flag", "flags:\n", |_| "  a:\n".to_owned()),
    made("another flag each", "flags:\n", |i| format!("  k{i}:\n")),
    made("unknown keys of a flag", "flags:\n  a:\n", |i| {
        format!("    k{i}: 1\n")
    }),
    made("one list of letters", "x-a: [", |_| "a,".to_owned()).closed("a]\n"),
    made("dashes", "x-a:\n", |_| "-\n".to_owned()),
    made("dashes in a flag", "flags:\n  a:\n    tags:\n", |_| {
        "    - a\n".to_owned()
    }),
    made("empty mappings", "x-a: [", |_| "{},".to_owned()).closed("a]\n"),
    made("small mappings", "x-a: [", |_| "{a: b},".to_owned()).closed("a]\n"),
    made("question marks", "x-a:\n", |_| "  ? a\n".to_owned()),
    made("anchors", "x-a: [", |_| "&a b,".to_owned()).closed("a]\n"),
    made("aliases", "x-a: [&a b,", |_| "*a,".to_owned()).closed("a]\n"),
    made("empty quotes", "x-a: [", |_| "\"\",".to_owned()).closed("a]\n"),
];

const fn made(name: &'static str, before: &'static str, repeated: fn(usize) -> String) -> Made {
    Made {
        name,
        before,
        repeated,
        behind: "",
    }
}

impl Made {
    const fn closed(mut self, behind: &'static str) -> Self {
        self.behind = behind;
        self
    }

    fn text(&self, bytes: usize) -> String {
        let mut text = format!("{HEAD}{}", self.before);
        if self.before.starts_with("flags:") {
            text = format!("version: 1\n{}", self.before);
        }
        let mut index = 0;
        while text.len() < bytes {
            text.push_str(&(self.repeated)(index));
            index += 1;
        }
        text.push_str(self.behind);
        text
    }
}

fn main() -> io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    // Cargo passes `--bench` where it is asked to measure, and not where it only runs every target once.
    let measures = arguments.iter().any(|argument| argument == "--bench");
    let (bytes, runs) = if measures {
        (15 << 20, 2)
    } else {
        (1 << 12, 1)
    };
    let wanted: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    let mut output = io::stdout().lock();
    writeln!(output, "{:34} {:>8} {:>8}  ms/MiB", "", "parser", "all")?;
    for made in &ALL {
        if !wanted.is_empty() && !wanted.iter().any(|name| made.name.contains(name.as_str())) {
            continue;
        }
        let text = made.text(bytes);
        let events = best(runs, &text, events_of);
        let all = best(runs, &text, |text| {
            load("flags.yaml", text.as_bytes()).total()
        });
        writeln!(output, "{:34} {events:8.1} {all:8.1}", made.name)?;
    }
    Ok(())
}

/// How many events the parser has for a text, asked as the model asks it.
fn events_of(text: &str) -> usize {
    let mut options = granit_parser::options! { emit_unresolved_aliases: true };
    options.set_emit_comments(false);
    Parser::new_from_str_with_options(text, options).count()
}

/// Milliseconds for each MiB, of the fastest run.
fn best(runs: usize, text: &str, run: impl Fn(&str) -> usize) -> f64 {
    let times = (0..runs).map(|_| {
        let start = Instant::now();
        std::hint::black_box(run(text));
        start.elapsed().as_secs_f64() * 1e3
    });
    let mebibytes = u32::try_from(text.len()).map_or(f64::NAN, f64::from) / f64::from(1 << 20);
    times.fold(f64::INFINITY, f64::min) / mebibytes
}
