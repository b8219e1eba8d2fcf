//! Follows `flags.yaml` and prints what changes for the visitors of the tour.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use crate::flags::{self, Context, Flags};
use crate::shop::{self, VISITORS};

pub(crate) fn watch(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../flags.yaml")
        .canonicalize()?;
    let _live = flags::live().file(&file).start()?;
    writeln!(out, "Following {}. Edit it; Ctrl-C ends.\n", file.display())?;
    let mut shown = answers();
    for line in &shown {
        writeln!(out, "  {line}")?;
    }
    let mut refusals = 0;
    loop {
        std::thread::sleep(Duration::from_millis(100));
        let status = flags::status();
        if status.refusals > refusals {
            refusals = status.refusals;
            if let Some(failure) = &status.last_error {
                writeln!(out, "\n{}", failure.report)?;
            }
        }
        let now = answers();
        if now != shown {
            writeln!(out, "\n{} is in force:", status.digest)?;
            for (line, _) in now.iter().zip(&shown).filter(|(now, before)| now != before) {
                writeln!(out, "  {line}")?;
            }
            shown = now;
        }
    }
}

/// What each visitor gets, a line for each.
fn answers() -> Vec<String> {
    let line = |visitor: &shop::Visitor| {
        let context = Context::from(visitor);
        let (dashboard, checkout, button) =
            flags::scope(&context).run(|| (shop::dashboard(), shop::checkout(), shop::button()));
        let page = Flags::PAGE_SIZE.value_for(&context);
        format!(
            "{:<7} {dashboard:<18} {checkout:<23} button {button:<6} {page} a page",
            visitor.id
        )
    };
    VISITORS.iter().map(line).collect()
}
