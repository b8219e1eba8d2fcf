//! The plot: every figure as a mark, on a logarithmic scale.

use std::fs;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::Field;
use crate::contender::{Contender, Measure};
use crate::engine::Failure;
use crate::page;
use crate::question::Question;

/// The page is painted, since where a picture is shown may be dark without saying so.
const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);
const INK: RGBColor = RGBColor(0x1f, 0x23, 0x28);
/// What screen readers say, and the same paper and ink for readers who prefer dark pages.
const HEAD: &str = r##"<title>What a call costs with each engine, on a logarithmic scale</title>
<style>
@media (prefers-color-scheme: dark) {
[fill="#FFFFFF"] { fill: #0d1117 }
[fill="#1F2328"] { fill: #e6edf3 }
[stroke="#1F2328"] { stroke: #e6edf3 }
}
</style>
"##;
const NAMES: i32 = 300;
const WIDTH: i32 = 960;
const RIGHT: i32 = WIDTH - 40;
const TOP: i32 = 92;
/// Each row has a lane for each measure, so that no mark hides another.
const LANE: i32 = 8;
/// Above the first lane and below the last.
const MARGIN: i32 = 4;
const ROW: i32 = LANE * 4 + MARGIN * 2;
/// The decades shown, in nanoseconds: 0.1 to 100 000.
const DECADES: std::ops::RangeInclusive<i32> = -1..=5;

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
    let bottom = TOP + ROW * i32::try_from(rows.len())?;
    let size = (u32::try_from(WIDTH)?, u32::try_from(bottom + 62)?);
    let mut picture = String::new();
    let area = SVGBackend::with_string(&mut picture, size).into_drawing_area();
    area.fill(&PAPER)?;
    legend(&area)?;
    for (index, contender) in (0..).zip(&rows) {
        row(&area, TOP + ROW * index, contender)?;
    }
    scale(&area, bottom)?;
    for (index, contender) in (0..).zip(&rows) {
        marks(&area, TOP + ROW * index, contender)?;
    }
    area.present()?;
    drop(area);
    fs::write(
        page::place("rivals.svg"),
        picture.replacen(">\n", &format!(">\n{HEAD}"), 1),
    )?;
    Ok(())
}

type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

fn legend(area: &Area<'_>) -> Result<(), Failure> {
    let title = "What a call costs: farther left is faster, each line ten times the one before";
    area.draw(&Text::new(title, (16, 24), ink(20, true, HPos::Left)))?;
    // Titles differ in length.
    let places = [NAMES, NAMES + 115, NAMES + 250, NAMES + 430];
    for (measure, x) in Measure::ALL.into_iter().zip(places) {
        mark(area, measure, (x, 62))?;
        let text = Text::new(measure.title(), (x + 12, 62), ink(16, false, HPos::Left));
        area.draw(&text)?;
    }
    Ok(())
}

/// The name, on a ground of its own if it is ours.
fn row(area: &Area<'_>, top: i32, contender: &Contender) -> Result<(), Failure> {
    let ours = contender.is_ours();
    if ours {
        let ground = Rectangle::new([(0, top), (WIDTH, top + ROW)], INK.mix(0.07).filled());
        area.draw(&ground)?;
    }
    let line = PathElement::new([(0, top), (WIDTH, top)], INK.mix(0.15).stroke_width(1));
    area.draw(&line)?;
    let name = contender.name.replace('*', "");
    let style = ink(16, ours, HPos::Right);
    area.draw(&Text::new(name, (NAMES - 16, top + ROW / 2), style))?;
    Ok(())
}

fn scale(area: &Area<'_>, bottom: i32) -> Result<(), Failure> {
    for decade in DECADES {
        let x = x(f64::from(decade));
        let line = PathElement::new([(x, TOP), (x, bottom)], INK.mix(0.3).stroke_width(1));
        area.draw(&line)?;
        let label = match decade {
            -1 => "0.1 ns".to_owned(),
            0..=2 => format!("{} ns", 10_i32.pow(decade.unsigned_abs())),
            _ => format!("{} µs", 10_i32.pow(decade.unsigned_abs() - 3)),
        };
        area.draw(&Text::new(
            label,
            (x, bottom + 16),
            ink(16, false, HPos::Center),
        ))?;
    }
    let axis = "median time of a call";
    let middle = i32::midpoint(NAMES, RIGHT);
    area.draw(&Text::new(
        axis,
        (middle, bottom + 42),
        ink(16, false, HPos::Center),
    ))?;
    Ok(())
}

fn marks(area: &Area<'_>, top: i32, contender: &Contender) -> Result<(), Failure> {
    for (lane, measure) in (0..).zip(Measure::ALL) {
        let y = top + MARGIN + LANE * lane + LANE / 2;
        if let Some(cell) = contender.cell(measure) {
            mark(area, measure, (x(cell.spread().median.log10()), y))?;
        }
    }
    Ok(())
}

/// Colours that stand out from white and from black, and shapes for those who can't tell them apart.
fn mark(area: &Area<'_>, measure: Measure, (x, y): (i32, i32)) -> Result<(), Failure> {
    match measure {
        Measure::Answer(Question::Plain) => {
            let style = RGBColor(0x2f, 0x81, 0xf7).filled();
            area.draw(&Circle::new((x, y), 5, style))?;
        }
        Measure::Answer(Question::Rollout) => {
            let style = RGBColor(0xc7, 0x6b, 0x00).filled();
            area.draw(&Rectangle::new([(x - 4, y - 4), (x + 4, y + 4)], style))?;
        }
        Measure::Answer(Question::Rule) => {
            let style = RGBColor(0x2a, 0x91, 0x48).filled();
            let corners = [(x - 5, y + 4), (x, y - 5), (x + 5, y + 4)];
            area.draw(&Polygon::new(corners, style))?;
        }
        Measure::Build => {
            let style = RGBColor(0xbf, 0x5a, 0xd0).filled();
            let corners = [(x - 6, y), (x, y - 6), (x + 6, y), (x, y + 6)];
            area.draw(&Polygon::new(corners, style))?;
        }
    }
    Ok(())
}

fn ink(size: i32, is_bold: bool, horizontal: HPos) -> TextStyle<'static> {
    let weight = if is_bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    let style = TextStyle::from(("sans-serif", size, weight).into_font());
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
    let (left, right) = (f64::from(NAMES), f64::from(RIGHT));
    (left + share * (right - left)).round() as i32
}
