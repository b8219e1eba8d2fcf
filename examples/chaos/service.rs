//! The service: it follows a file with a disk cache behind it, and answers a line with a line.

use std::error::Error;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use flagstone::Origin;

use crate::flags::{self, Context, Flags};

pub(crate) fn serve(folder: &Path, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let live = flags::live()
        .file(folder.join("config/flags.yaml"))
        .cache(folder.join("cache"))
        .poll_every(Duration::from_millis(200));
    let _live = live.start()?;
    for line in io::stdin().lines() {
        line?;
        writeln!(out, "{}", answer())?;
        out.flush()?;
    }
    Ok(())
}

/// What flags answer, where from, and how the service fares.
fn answer() -> String {
    let context = Context::new("u-1");
    let page = Flags::PAGE_SIZE.value_for(&context);
    let recommends = Flags::RECOMMENDATIONS.is_enabled_for(&context);
    let status = flags::status();
    let origin = match &status.origin {
        Origin::Embedded => "program",
        Origin::Cache(_) => "cache",
        _ => "file",
    };
    format!(
        "{page} {} from the {origin}{}{}",
        if recommends { "on" } else { "off" },
        if status.stale_since.is_some() {
            ", stale"
        } else {
            ""
        },
        if status.cache_error.is_some() {
            ", no cache"
        } else {
            ""
        },
    )
}
