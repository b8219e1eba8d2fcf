//! The tables, in Markdown.

use std::fmt::Write;

use crate::Field;
use crate::contender::{Contender, LOADED, Measure};
use crate::sampling::Spread;
use crate::versions;

const MEBIBYTE: f64 = 1024.0 * 1024.0;

/// Nanoseconds a question, and how many times ours each is.
pub fn answers(field: &Field) -> String {
    let mut table = String::from("| ns a call | version |");
    for measure in Measure::ALL {
        let _ = write!(table, " {} |", measure.title());
    }
    table.push_str("\n| --- | --- |");
    table.push_str(&" ---: |".repeat(Measure::ALL.len()));
    table.push('\n');
    let ours = field.contenders.first();
    for contender in field
        .contenders
        .iter()
        .filter(|contender| !contender.cells.is_empty())
    {
        let _ = write!(
            table,
            "| {} | {} |",
            contender.name,
            versions::of(contender.package)
        );
        for measure in Measure::ALL {
            let floor = ours
                .and_then(|ours| ours.cell(measure))
                .map(|cell| cell.spread().median);
            let spread = contender
                .cell(measure)
                .map(crate::sampling::Sampled::spread);
            let _ = write!(table, " {} |", cell(spread, 1.0, floor));
        }
        table.push('\n');
    }
    table
}

/// Milliseconds and mebibytes for the 10 000 flags, and how many times ours each is.
pub fn loads(field: &Field) -> String {
    let mut table = String::from(
        "| 10 000 flags | version | document, MiB | to the first answer, ms of the processor | heap that stays, MiB | bytes a flag |\n| --- | --- | ---: | ---: | ---: | ---: |\n",
    );
    let ours = ours_loading(field);
    let floors = ours.map(|(time, heap)| (time.median, heap.median));
    for contender in &field.contenders {
        let Some(loading) = &contender.loading else {
            continue;
        };
        let (time, heap) = (loading.time(), loading.heap());
        #[allow(clippy::cast_precision_loss, reason = "documents are some mebibytes")]
        let (document, flags) = (loading.document as f64 / MEBIBYTE, LOADED as f64);
        let _ = writeln!(
            table,
            "| {} | {} | {document:.2} | {} | {} | {:.0} |",
            contender.name,
            versions::of(contender.package),
            cell(Some(time), 1e6, floors.map(|(time, _)| time)),
            cell(Some(heap), MEBIBYTE, floors.map(|(_, heap)| heap)),
            heap.median / flags,
        );
    }
    table
}

fn ours_loading(field: &Field) -> Option<(Spread, Spread)> {
    let mut loadings = field
        .contenders
        .iter()
        .filter_map(|contender| contender.loading.as_ref());
    loadings
        .next()
        .map(|loading| (loading.time(), loading.heap()))
}

/// `35 ± 1 · 44×`, in units of `unit`; the ratio is to `floor`.
fn cell(spread: Option<Spread>, unit: f64, floor: Option<f64>) -> String {
    let Some(spread) = spread else {
        return String::from("–");
    };
    let (median, around) = (spread.median / unit, spread.half_quartiles / unit);
    let digits = if median < 10.0 {
        2
    } else {
        usize::from(median < 100.0)
    };
    let mut text = format!("{median:.digits$} ± {around:.digits$}");
    if let Some(ratio) = floor.map(|floor| spread.median / floor) {
        let digits = usize::from(ratio < 100.0);
        let _ = write!(text, " · {ratio:.digits$}×");
    }
    text
}

/// A cell in which a rival is ahead.
pub struct Lost {
    /// Who is ahead.
    pub rival: &'static str,
    /// In what.
    pub column: &'static str,
    /// Its figure as a part of ours.
    pub ratio: f64,
}

/// The questions and contexts that cost less with a rival.
pub fn lost_answers(field: &Field) -> Vec<Lost> {
    let Some(ours) = field.contenders.first() else {
        return Vec::new();
    };
    let rivals = || {
        field
            .contenders
            .iter()
            .filter(|contender| !contender.is_ours())
    };
    let median =
        |contender: &Contender, measure| contender.cell(measure).map(|cell| cell.spread().median);
    let pairs = Measure::ALL
        .into_iter()
        .flat_map(|measure| rivals().map(move |rival| (measure, rival)));
    let lost = pairs.filter_map(|(measure, rival)| {
        let ratio = median(rival, measure)? / median(ours, measure)?;
        (ratio < 1.0).then_some(Lost {
            rival: rival.name,
            column: measure.title(),
            ratio,
        })
    });
    lost.collect()
}

/// The loads that take less time, or less heap, with a rival.
pub fn lost_loads(field: &Field) -> Vec<Lost> {
    let Some((our_time, our_heap)) = ours_loading(field) else {
        return Vec::new();
    };
    let mut lost = Vec::new();
    for rival in field
        .contenders
        .iter()
        .filter(|contender| !contender.is_ours())
    {
        let Some(loading) = &rival.loading else {
            continue;
        };
        let columns = [
            ("load", loading.time().median / our_time.median),
            ("heap", loading.heap().median / our_heap.median),
        ];
        let ahead = columns.into_iter().filter(|(_, ratio)| *ratio < 1.0);
        lost.extend(ahead.map(|(column, ratio)| Lost {
            rival: rival.name,
            column,
            ratio,
        }));
    }
    lost
}
