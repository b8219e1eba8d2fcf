//! The table.

use std::fmt;
use std::io::{self, Write};

pub(crate) fn head(out: &mut impl Write) -> io::Result<()> {
    writeln!(
        out,
        "\n| flags | text | reading alone, ms | checked, ms | ratio | with compiling, ms | ratio |\n| --- | --- | --- | --- | --- | --- | --- |"
    )
}

/// Prints what reading alone, checking and compiling took, and their ratios to the first.
pub(crate) fn row(out: &mut impl Write, what: &str, passes: &[[f64; 3]]) -> io::Result<()> {
    let of = |figure: fn(&[f64; 3]) -> f64| Spread::of(passes.iter().map(figure).collect());
    writeln!(
        out,
        "| {what} | {} | {} | {} | {} | {} |",
        of(|[alone, ..]| *alone),
        of(|[_, checked, _]| *checked),
        of(|[alone, checked, _]| checked / alone),
        of(|[.., compiled]| *compiled),
        of(|[alone, _, compiled]| compiled / alone),
    )
}

/// The middle of some figures, and what a quarter of them is below and above.
struct Spread {
    lower: f64,
    median: f64,
    upper: f64,
}

impl Spread {
    fn of(mut figures: Vec<f64>) -> Self {
        figures.sort_unstable_by(f64::total_cmp);
        let at = |quarters: usize| {
            let place = figures.len().saturating_sub(1) * quarters / 4;
            figures.get(place).copied().unwrap_or(f64::NAN)
        };
        Self {
            lower: at(1),
            median: at(2),
            upper: at(3),
        }
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            lower,
            median,
            upper,
        } = self;
        write!(f, "{median:.2} ({lower:.2}–{upper:.2})")
    }
}
