//! `docs/performance/rivals.md`: the tables and what has to be known to read them.

use std::fmt::Write;
use std::path::PathBuf;
use std::{fs, io};

use crate::table::{self, Lost};
use crate::{Field, LOADS, PASSES};

/// Where the page and the plot belong.
pub fn place(file: &str) -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/performance"
    ))
    .join(file)
}

/// Writes the page.
///
/// # Errors
///
/// What the file system says.
pub fn write(page: &str) -> io::Result<()> {
    fs::create_dir_all(place(""))?;
    fs::write(place("rivals.md"), page)
}

/// The page.
pub fn render(field: &Field) -> String {
    let mut page = format!(
        include_str!("page/introduction.md"),
        passes = PASSES,
        loads = LOADS
    );
    let answers = table::answers(field);
    let loads = table::loads(field);
    let _ = write!(
        page,
        "\n{answers}\n![The same figures as a plot, on a logarithmic scale](rivals.svg)\n\n{loads}\n"
    );
    page.push_str("## Cells that flagstone loses\n\n");
    lost(
        &mut page,
        table::lost_answers(field)
            .into_iter()
            .chain(table::lost_loads(field)),
    );
    page.push_str("\n## How each is set up\n\n");
    for contender in &field.contenders {
        let _ = writeln!(page, "- {}: {}.", contender.name, contender.setup);
    }
    page.push_str("\n## Not measured\n\n");
    missing(&mut page, field);
    page
}

fn lost(page: &mut String, lost: impl Iterator<Item = Lost>) {
    let before = page.len();
    for Lost {
        rival,
        column,
        ratio,
    } in lost
    {
        let _ = writeln!(
            page,
            "- {column}, {rival}: {ratio:.2} of ours. {}",
            reason(rival, column)
        );
    }
    if page.len() == before {
        page.push_str("None.\n");
    }
}

fn reason(rival: &str, column: &str) -> &'static str {
    match (rival, column) {
        ("flagsmith-flag-engine", "heap") => {
            "It keeps the document as it is, with nothing prepared for questions."
        }
        (_, "load") => {
            "It deserialises straight into its own types; flagstone keeps the place of every value until all is checked, so that each mistake is reported at its line, and compiles what was checked into what answers: three forms, one after the other."
        }
        _ => "Why isn't known yet.",
    }
}

fn missing(page: &mut String, field: &Field) {
    for (name, failure) in &field.missing {
        let _ = writeln!(page, "- {name}: {failure}.");
    }
    let off = [
        (
            "open-feature-flagd",
            cfg!(feature = "flagd"),
            "its build script needs `protoc`, the compiler of protocol buffers, on the machine; where it is installed, `--features flagd`",
        ),
        (
            "unleash-yggdrasil",
            cfg!(feature = "unleash"),
            "switched off",
        ),
        ("eppo_core", cfg!(feature = "eppo"), "switched off"),
        (
            "launchdarkly-server-sdk",
            cfg!(feature = "launchdarkly"),
            "switched off",
        ),
        ("statsig-rust", cfg!(feature = "statsig"), "switched off"),
        ("configcat", cfg!(feature = "configcat"), "switched off"),
        (
            "flagsmith-flag-engine",
            cfg!(feature = "flagsmith"),
            "switched off",
        ),
        (
            "growthbook-rust",
            cfg!(feature = "growthbook"),
            "switched off",
        ),
        (
            "open-feature",
            cfg!(feature = "open-feature"),
            "switched off",
        ),
        ("featureflag", cfg!(feature = "featureflag"), "switched off"),
    ];
    for (name, _, reason) in off.iter().filter(|(_, is_on, _)| !is_on) {
        let _ = writeln!(page, "- {name}: {reason}.");
    }
    page.push_str(include_str!("page/not_measured.md"));
}
