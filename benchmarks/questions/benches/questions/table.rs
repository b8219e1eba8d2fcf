//! The table.

use std::io::{self, Write};

use super::row::{Row, Way};

/// Prints nanoseconds a call, and how many times the floor that is.
pub(crate) fn print(out: &mut impl Write, rows: &[Row<'_>]) -> io::Result<()> {
    let find = |name: &str| {
        rows.iter()
            .find(|row| row.name == name)
            .map_or(f64::NAN, |row| row.best)
    };
    writeln!(
        out,
        "\n| question | asked | ns | ratio | floor |\n| --- | --- | --- | --- | --- |"
    )?;
    for row in rows {
        let way = match row.way {
            Way::Plain => "",
            Way::Given => "for a context",
            Way::Built => "for a context built for it",
            Way::InScope => "in a scope",
        };
        let ratio = row.best / find(row.floor);
        writeln!(
            out,
            "| {} | {way} | {:.2} | {ratio:.2} | {} |",
            row.name, row.best, row.floor
        )?;
    }
    Ok(())
}
