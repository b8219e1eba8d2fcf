//! The plot: every figure as a dot, on a logarithmic scale.

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::Field;
use crate::contender::{Contender, Measure};
use crate::engine::Failure;
use crate::page;
use crate::question::Question;

/// Legible on white and on black.
const INK: RGBColor = RGBColor(0x80, 0x86, 0x90);
const NAMES: u32 = 270;
const WIDTH: u32 = 900;
const TOP: u32 = 60;
const ROW: u32 = 26;
/// The decades shown, in nanoseconds: 0.1 to 100 000.
const DECADES: std::ops::RangeInclusive<i32> = -1..=5;

const fn colour(measure: Measure) -> RGBColor {
    match measure {
        Measure::Answer(Question::Plain) => RGBColor(0x2f, 0x81, 0xf7),
        Measure::Answer(Question::Rollout) => RGBColor(0xe0, 0x8a, 0x1e),
        Measure::Answer(Question::Rule) => RGBColor(0x2e, 0xa0, 0x43),
        Measure::Build => RGBColor(0xbf, 0x5a, 0xd0),
    }
}

/// Writes the plot beside the page.
///
/// # Errors
///
/// What the file system says.
pub fn write(field: &Field) -> Result<(), Failure> {
    let rows: Vec<&Contender> = field
        .contenders
        .iter()
        .filter(|row| !row.cells.is_empty())
        .collect();
    let bottom = TOP + ROW * u32::try_from(rows.len())?;
    let path = page::place("rivals.svg");
    let area = SVGBackend::new(&path, (WIDTH, bottom + 40)).into_drawing_area();
    scale(&area, bottom)?;
    legend(&area)?;
    for (row, contender) in (0..).zip(rows) {
        let y = i32::try_from(TOP + ROW * row + ROW / 2)?;
        let name = contender.name.replace('*', "");
        area.draw(&Text::new(
            name,
            (i32::try_from(NAMES)? - 12, y),
            ink(13, HPos::Right),
        ))?;
        for measure in Measure::ALL {
            let Some(cell) = contender.cell(measure) else {
                continue;
            };
            let dot = (x(cell.spread().median.log10()), y);
            area.draw(&Circle::new(dot, 5, colour(measure).filled()))?;
        }
    }
    area.present()?;
    Ok(())
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn scale(area: &Area<'_>, bottom: u32) -> Result<(), Failure> {
    let (top, bottom) = (i32::try_from(TOP)?, i32::try_from(bottom)?);
    for decade in DECADES {
        let x = x(f64::from(decade));
        area.draw(&PathElement::new(
            [(x, top), (x, bottom)],
            INK.mix(0.4).stroke_width(1),
        ))?;
        let label = match decade {
            -1 => "0.1 ns".to_owned(),
            0..=2 => format!("{} ns", 10_i32.pow(decade.unsigned_abs())),
            _ => format!("{} µs", 10_i32.pow(decade.unsigned_abs() - 3)),
        };
        area.draw(&Text::new(label, (x, bottom + 14), ink(13, HPos::Center)))?;
    }
    Ok(())
}

fn legend(area: &Area<'_>) -> Result<(), Failure> {
    for (index, measure) in (0..).zip(Measure::ALL) {
        let at = (i32::try_from(NAMES)? + index * 155, 28);
        area.draw(&Circle::new(at, 5, colour(measure).filled()))?;
        area.draw(&Text::new(
            measure.title(),
            (at.0 + 12, at.1),
            ink(13, HPos::Left),
        ))?;
    }
    Ok(())
}

fn ink(size: i32, horizontal: HPos) -> TextStyle<'static> {
    let style = TextStyle::from(("sans-serif", size).into_font());
    style.color(&INK).pos(Pos::new(horizontal, VPos::Center))
}

/// Where a power of ten of nanoseconds is.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the plot is some hundred pixels wide"
)]
fn x(exponent: f64) -> i32 {
    let (first, last) = (f64::from(*DECADES.start()), f64::from(*DECADES.end()));
    let share = (exponent.clamp(first, last) - first) / (last - first);
    let (left, right) = (f64::from(NAMES), f64::from(WIDTH - 40));
    (left + share * (right - left)).round() as i32
}
