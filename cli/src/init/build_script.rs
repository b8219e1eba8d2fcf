//! `build.rs`.

use super::plan::Todo;

const BUILD_SCRIPT: &str = "\
fn main() {
    flagstone_build::generate(\"flags.yaml\");
}
";

/// A build script where there is none; what to add to one that does something else.
pub(super) fn todo(text: Option<&str>) -> Todo {
    match text {
        None => Todo::Write(BUILD_SCRIPT.to_owned()),
        Some(text) if text.contains("flagstone_build::") => Todo::Nothing,
        Some(_) => {
            let line = "`flagstone_build::generate(\"flags.yaml\");`";
            Todo::ByHand(format!(
                "there is a build script already; add {line} to its `main`"
            ))
        }
    }
}
