//! What flags and segments refer to: circles, chains that are too long, and answers that would look at too much.
//!
//! References are looked at over a flag's base and all its overlays at once, so that whether a document is right doesn't depend on
//! the environment that somebody chooses.

use super::known::Declared;
use super::read::Reader;
use super::report::Holder;
use crate::definition::{Condition, Deciding, SegmentRef};
use crate::{Code, Span, limits};

/// A flag or a segment, and what it refers to.
struct Vertex {
    name: String,
    holder: Holder,
    span: Span,
    /// The vertices it refers to, each as often as it does, and where.
    edges: Vec<(usize, Span)>,
}

/// Reports circles and chains, and spoils what uses a broken segment.
pub(super) fn check(reader: &mut Reader<'_>, declared: &Declared) {
    let vertices = vertices(declared);
    let order = Order::new(&vertices);
    for circle in &order.circles {
        report_circle(reader, &vertices, circle);
    }
    let mut weights: Vec<Weight> = vec![Weight::default(); vertices.len()];
    for index in &order.finished {
        let Some(vertex) = vertices.get(*index) else {
            continue;
        };
        let weight = Weight::of(vertex, &weights, &order.on_circle);
        report_weight(reader, vertex, weight, &weights);
        let uses_broken = vertex
            .edges
            .iter()
            .filter_map(|(target, _)| vertices.get(*target))
            .any(|target| {
                matches!(target.holder, Holder::Segment(_))
                    && reader.report.is_broken(target.holder)
            });
        if uses_broken {
            reader.report.broken.insert(vertex.holder);
        }
        if let Some(place) = weights.get_mut(*index) {
            *place = weight;
        }
    }
}

/// Segments first, then flags, each at its place among its kind.
fn vertices(declared: &Declared) -> Vec<Vertex> {
    let segment_count = declared.segments.len();
    let flag_places: std::collections::HashMap<&str, usize> = declared
        .keys
        .iter()
        .enumerate()
        .map(|(index, (key, _))| (key.as_str(), segment_count + index))
        .collect();
    let mut vertices: Vec<Vertex> = Vec::with_capacity(segment_count + declared.keys.len());
    for (index, segment) in declared.segments.iter().enumerate() {
        let mut edges = Vec::new();
        if let Some(condition) = &segment.condition {
            collect(condition, &flag_places, &mut edges);
        }
        vertices.push(Vertex {
            name: format!("segment {}", segment.name),
            holder: Holder::Segment(index),
            span: segment.span,
            edges,
        });
    }
    for (index, ((key, span), flag)) in declared.keys.iter().zip(&declared.flags).enumerate() {
        let mut edges = Vec::new();
        if let Some(flag) = flag {
            for deciding in flag.decidings() {
                collect_deciding(deciding, &flag_places, &mut edges);
            }
        }
        vertices.push(Vertex {
            name: key.to_string(),
            holder: Holder::Flag(index),
            span: *span,
            edges,
        });
    }
    vertices
}

type Places<'d> = std::collections::HashMap<&'d str, usize>;

fn collect_deciding(deciding: &Deciding, flags: &Places<'_>, edges: &mut Vec<(usize, Span)>) {
    for prerequisite in deciding.prerequisites.iter().flatten() {
        edges.extend(
            flags
                .get(prerequisite.flag.as_str())
                .map(|place| (*place, prerequisite.span)),
        );
    }
    for rule in deciding.rules.iter().flatten() {
        collect(&rule.condition, flags, edges);
    }
}

fn collect(condition: &Condition, flags: &Places<'_>, edges: &mut Vec<(usize, Span)>) {
    condition.each(&mut |condition| match condition {
        Condition::Segment { of, span } => {
            edges.extend(of.iter().filter_map(|segment| match segment {
                SegmentRef::Segment(index) => Some((index.get(), *span)),
                SegmentRef::Everyone => None,
            }));
        }
        Condition::Flag(test) => edges.extend(
            flags
                .get(test.flag.as_str())
                .map(|place| (*place, test.span)),
        ),
        _ => {}
    });
}

/// The vertices in an order in which everything comes behind what it refers to, and the circles that have no such order.
struct Order {
    finished: Vec<usize>,
    circles: Vec<Vec<(usize, Span)>>,
    on_circle: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Colour {
    New,
    Open,
    Finished,
}

impl Order {
    /// A depth-first search with a stack of its own: a chain may be as long as the document.
    fn new(vertices: &[Vertex]) -> Self {
        let mut order = Self {
            finished: Vec::with_capacity(vertices.len()),
            circles: Vec::new(),
            on_circle: vec![false; vertices.len()],
        };
        let mut colours = vec![Colour::New; vertices.len()];
        for start in 0..vertices.len() {
            if colours.get(start) == Some(&Colour::New) {
                order.search(vertices, &mut colours, start);
            }
        }
        order
    }

    fn search(&mut self, vertices: &[Vertex], colours: &mut [Colour], start: usize) {
        // Each entry is a vertex on the path and how many of its edges have been followed.
        let mut path: Vec<(usize, usize)> = vec![(start, 0)];
        set(colours, start, Colour::Open);
        while let Some((index, followed)) = path.last_mut() {
            let edge = vertices
                .get(*index)
                .and_then(|vertex| vertex.edges.get(*followed));
            *followed += 1;
            match edge {
                None => {
                    set(colours, *index, Colour::Finished);
                    self.finished.push(*index);
                    path.pop();
                }
                Some((target, _)) => match colours.get(*target) {
                    Some(Colour::New) => {
                        set(colours, *target, Colour::Open);
                        path.push((*target, 0));
                    }
                    Some(Colour::Open) => self.close_circle(vertices, &path, *target),
                    Some(Colour::Finished) | None => {}
                },
            }
        }
    }

    fn close_circle(&mut self, vertices: &[Vertex], path: &[(usize, usize)], target: usize) {
        let from = path
            .iter()
            .position(|(index, _)| *index == target)
            .unwrap_or(0);
        let circle: Vec<(usize, Span)> = path
            .iter()
            .skip(from)
            .filter_map(|(index, followed)| {
                let edge = vertices.get(*index)?.edges.get(followed.checked_sub(1)?)?;
                Some((*index, edge.1))
            })
            .collect();
        for (index, _) in &circle {
            if let Some(place) = self.on_circle.get_mut(*index) {
                *place = true;
            }
        }
        // One report for each back edge names the circle; a tangle of them stays readable.
        if self.circles.len() < 100 {
            self.circles.push(circle);
        }
    }
}

fn set(colours: &mut [Colour], index: usize, colour: Colour) {
    if let Some(place) = colours.get_mut(index) {
        *place = colour;
    }
}

fn report_circle(reader: &mut Reader<'_>, vertices: &[Vertex], circle: &[(usize, Span)]) {
    let members: Vec<&Vertex> = circle
        .iter()
        .filter_map(|(index, _)| vertices.get(*index))
        .collect();
    let Some((first, (_, span))) = members.first().zip(circle.first()) else {
        return;
    };
    let shown: Vec<&str> = members
        .iter()
        .take(20)
        .map(|vertex| vertex.name.as_str())
        .collect();
    let more = if members.len() > 20 { " → …" } else { "" };
    let message = format!("a circle: {}{more} → {}", shown.join(" → "), first.name);
    let holders = members.iter().map(|vertex| vertex.holder).collect();
    reader.report.error_in(
        holders,
        Code::Circle,
        *span,
        message,
        "remove one of these references, so that one of them can be answered first",
    );
}

/// What answering a vertex costs at most.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    /// Vertices in the longest chain, this one included.
    chain: usize,
    /// Vertices looked at, each as often as it is referred to.
    references: usize,
}

impl Weight {
    fn of(vertex: &Vertex, weights: &[Self], on_circle: &[bool]) -> Self {
        let mut weight = Self {
            chain: 1,
            references: 1,
        };
        let targets = vertex
            .edges
            .iter()
            .filter(|(target, _)| on_circle.get(*target) == Some(&false));
        for target in targets.filter_map(|(target, _)| weights.get(*target)) {
            weight.chain = weight.chain.max(target.chain.saturating_add(1));
            weight.references = weight.references.saturating_add(target.references);
        }
        weight
    }
}

/// Reports a vertex that exceeds a limit; those that only refer to one that does are spoilt without a message each.
fn report_weight(reader: &mut Reader<'_>, vertex: &Vertex, weight: Weight, weights: &[Weight]) {
    let inherits = |over: fn(&Weight) -> bool| {
        vertex
            .edges
            .iter()
            .filter_map(|(target, _)| weights.get(*target))
            .any(over)
    };
    let (is_over, is_inherited, code, message, help) = if weight.chain > limits::CHAIN {
        (
            true,
            inherits(|weight| weight.chain > limits::CHAIN),
            Code::ChainTooLong,
            format!(
                "`{}` is at the end of a chain of {} references; the limit is {}",
                vertex.name,
                weight.chain,
                limits::CHAIN
            ),
            "let flags and segments refer to what they need directly",
        )
    } else {
        (
            weight.references > limits::REFERENCES,
            inherits(|weight| weight.references > limits::REFERENCES),
            Code::TooManyReferences,
            format!(
                "answering `{}` would look at more than {} flags and segments",
                vertex.name,
                limits::REFERENCES
            ),
            "refer to each flag and segment once, from one place",
        )
    };
    match (is_over, is_inherited) {
        (true, false) => {
            reader
                .report
                .error_in(vec![vertex.holder], code, vertex.span, message, help);
        }
        (true, true) => {
            reader.report.broken.insert(vertex.holder);
        }
        (false, _) => {}
    }
}
