//! What flags and segments refer to: circles, chains that are too long, and answers that would look at too much.
//!
//! References are looked at over a flag's base and all its overlays at once, so that whether a document is right doesn't depend on
//! the environment that somebody chooses.

use super::graph::Order;
use super::known::Declared;
use super::read::Reader;
use super::report::Holder;
use crate::definition::{Condition, Deciding, SegmentRef};
use crate::{Code, Name, Span, limits};

/// A flag or a segment, and what it refers to.
struct Vertex<'d> {
    name: &'d Name,
    holder: Holder,
    span: Span,
    /// The vertices it refers to, each as often as it does, and where.
    edges: Vec<(usize, Span)>,
}

impl Vertex<'_> {
    /// What it is, for a message: "the flag `x`".
    fn described(&self) -> String {
        match self.holder {
            Holder::Segment(_) => format!("the segment `{}`", self.name),
            _ => format!("the flag `{}`", self.name),
        }
    }

    /// What it is in a circle.
    fn in_circle(&self) -> String {
        match self.holder {
            Holder::Segment(_) => format!("segment {}", self.name),
            _ => self.name.to_string(),
        }
    }
}

/// Reports circles and chains, and spoils what uses a broken segment.
pub(super) fn check(reader: &mut Reader<'_>, declared: &Declared) {
    if !declared.may_refer() {
        return;
    }
    let vertices = vertices(declared);
    let order = Order::new(vertices.len(), |vertex| {
        vertices.get(vertex).map_or(&[], |vertex| &*vertex.edges)
    });
    for circle in &order.circles {
        report_circle(reader, &vertices, circle);
    }
    reader.report.total += order.more_circles;
    for (vertex, on_circle) in vertices.iter().zip(&order.on_circle) {
        if *on_circle {
            reader.report.broken.insert(vertex.holder);
        }
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
fn vertices(declared: &Declared) -> Vec<Vertex<'_>> {
    let segment_count = declared.segments.len();
    let flag_places = Places {
        declared,
        segment_count,
    };
    let mut vertices: Vec<Vertex<'_>> = Vec::with_capacity(segment_count + declared.keys.len());
    for (index, segment) in declared.segments.iter().enumerate() {
        let mut edges = Vec::new();
        if let Some(condition) = &segment.condition {
            collect(condition, &flag_places, &mut edges);
        }
        vertices.push(Vertex {
            name: &segment.name,
            holder: Holder::Segment(index),
            span: segment.span,
            edges,
        });
    }
    let mut flags = declared.flags().peekable();
    for (index, (key, span)) in declared.keys.iter().enumerate() {
        let mut edges = Vec::new();
        if let Some((_, flag)) = flags.next_if(|(place, _)| *place == index) {
            for deciding in flag.decidings() {
                collect_deciding(deciding, &flag_places, &mut edges);
            }
        }
        vertices.push(Vertex {
            name: key,
            holder: Holder::Flag(index),
            span: *span,
            edges,
        });
    }
    vertices
}

/// Where flags stand among the vertices.
struct Places<'d> {
    declared: &'d Declared,
    segment_count: usize,
}

impl Places<'_> {
    fn get(&self, key: &str) -> Option<usize> {
        Some(self.segment_count + self.declared.place(key)?)
    }
}

fn collect_deciding(deciding: &Deciding, flags: &Places<'_>, edges: &mut Vec<(usize, Span)>) {
    for prerequisite in deciding.rare().prerequisites.iter().flatten() {
        edges.extend(
            flags
                .get(prerequisite.flag.as_str())
                .map(|place| (place, prerequisite.span)),
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
                .map(|place| (place, test.span)),
        ),
        _ => {}
    });
}

fn report_circle(reader: &mut Reader<'_>, vertices: &[Vertex<'_>], circle: &[(usize, Span)]) {
    let members: Vec<&Vertex<'_>> = circle
        .iter()
        .filter_map(|(index, _)| vertices.get(*index))
        .collect();
    let Some((first, (_, span))) = members.first().zip(circle.first()) else {
        return;
    };
    let shown: Vec<String> = members
        .iter()
        .take(20)
        .map(|vertex| vertex.in_circle())
        .collect();
    let more = if members.len() > 20 { " → …" } else { "" };
    let first = first.in_circle();
    let message = format!("a circle: {}{more} → {first}", shown.join(" → "));
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
    fn of(vertex: &Vertex<'_>, weights: &[Self], on_circle: &[bool]) -> Self {
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
fn report_weight(reader: &mut Reader<'_>, vertex: &Vertex<'_>, weight: Weight, weights: &[Weight]) {
    if weight.chain <= limits::CHAIN && weight.references <= limits::REFERENCES {
        return;
    }
    let inherits = |over: fn(&Weight) -> bool| {
        vertex
            .edges
            .iter()
            .filter_map(|(target, _)| weights.get(*target))
            .any(over)
    };
    let (is_inherited, code, message, help) = if weight.chain > limits::CHAIN {
        (
            inherits(|weight| weight.chain > limits::CHAIN),
            Code::ChainTooLong,
            format!(
                "{} is at the end of a chain of {} flags and segments; the limit is {}",
                vertex.described(),
                weight.chain,
                limits::CHAIN
            ),
            "let flags and segments refer to what they need directly",
        )
    } else {
        (
            inherits(|weight| weight.references > limits::REFERENCES),
            Code::TooManyReferences,
            format!(
                "answering {} would look at more than {} flags and segments",
                vertex.described(),
                limits::REFERENCES
            ),
            "refer to each flag and segment once, from one place",
        )
    };
    if is_inherited {
        reader.report.broken.insert(vertex.holder);
        return;
    }
    reader
        .report
        .error_in(vec![vertex.holder], code, vertex.span, message, help);
}
