//! What a snapshot keeps of the heap: `cargo bench -p flagstone-benchmarks --bench heap`.
//!
//! It is counted apart from the time that loading takes, since counting allocations costs some.

use std::io::{self, Write};

use flagstone::{Snapshot, Timestamp, load};
use flagstone_benchmarks::document;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "\n| flags | heap a flag | allocations to load a flag |\n| --- | --- | --- |"
    )?;
    for flags in [1_000, 10_000_u32] {
        let text = document::believable(usize::try_from(flags)?);
        let mut kept = None;
        let heap = allocation_counter::measure(|| kept = compile(&text));
        if kept.is_none() {
            return Err("the document is wrong".into());
        }
        writeln!(
            out,
            "| {flags} | {} bytes | {} |",
            heap.bytes_current / i64::from(flags),
            heap.count_total / u64::from(flags)
        )?;
    }
    Ok(())
}

fn compile(text: &str) -> Option<Snapshot> {
    let loaded = load("flags", text.as_bytes());
    let now = Timestamp::from_milliseconds(0);
    Snapshot::new(loaded.definition()?, Some("production"), now).ok()
}
