//! Rows, measured in turns.

use std::hint::black_box;
use std::time::Instant;

/// How a row's question is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// It needs no context, or is no question.
    Plain,
    /// About a context that was built before.
    Given,
    /// About a context that is built for it.
    Built,
    /// In a scope.
    InScope,
}

pub(crate) struct Row<'r> {
    pub(crate) name: &'static str,
    pub(crate) way: Way,
    /// The row that it can't be faster than.
    pub(crate) floor: &'static str,
    pass: Box<dyn FnMut(u32) -> f64 + 'r>,
    /// Nanoseconds a call, in the best pass.
    pub(crate) best: f64,
}

pub(crate) struct Bench<'r> {
    calls: u32,
    passes: usize,
    /// What the names of rows must contain.
    wanted: String,
    rows: Vec<Row<'r>>,
}

impl<'r> Bench<'r> {
    pub(crate) fn new(calls: u32, passes: usize, wanted: String) -> Self {
        Self {
            calls,
            passes,
            wanted,
            rows: Vec::new(),
        }
    }

    /// Adds a row that asks by itself.
    pub(crate) fn add<R>(
        &mut self,
        name: &'static str,
        floor: &'static str,
        way: Way,
        mut question: impl FnMut() -> R + 'r,
    ) {
        self.add_pass(name, floor, way, move |calls| {
            nanoseconds(calls, &mut question)
        });
    }

    /// Adds a row whose pass brings its own surroundings.
    pub(crate) fn add_pass(
        &mut self,
        name: &'static str,
        floor: &'static str,
        way: Way,
        pass: impl FnMut(u32) -> f64 + 'r,
    ) {
        // Floors stay, since ratios are to them.
        if name != floor && !name.contains(&self.wanted) {
            return;
        }
        self.rows.push(Row {
            name,
            way,
            floor,
            pass: Box::new(pass),
            best: f64::INFINITY,
        });
    }

    pub(crate) fn run(mut self) -> Vec<Row<'r>> {
        for _ in 0..self.passes {
            for row in &mut self.rows {
                row.best = row.best.min((row.pass)(self.calls));
            }
        }
        self.rows
    }
}

/// Nanoseconds a call.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "a call around the loop may keep the question itself from being inlined"
)]
pub(crate) fn nanoseconds<R>(calls: u32, question: &mut impl FnMut() -> R) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(question());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}
