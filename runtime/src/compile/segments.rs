//! A document's segments, compiled once for all flags where they don't ask about flags.

use std::collections::HashMap;
use std::sync::Arc;

use flagstone_model::{self as model, Definition, SegmentIndex, SegmentRef};

use super::document::Document;
use super::resolve::Resolver;
use super::{Misfit, Segment};

/// The segments of a document. One that asks about a flag, itself or through others, is compiled again into each flag
/// that uses it, since flags speak of each other by indexes of their own.
pub(super) struct Segments {
    /// What each segment needs, in the document's order.
    nodes: Vec<Node>,
    /// The compiled segments that ask about no flag.
    shared: HashMap<SegmentIndex, Result<Arc<Segment>, Misfit>>,
}

struct Node {
    needs: Vec<SegmentIndex>,
    asks: bool,
    /// Above that of every segment that it needs.
    rank: usize,
}

impl Segments {
    pub(super) fn new(document: &Document<'_>) -> Self {
        let (nodes, order) = rank(document.definition);
        let mut segments = Self {
            nodes,
            shared: HashMap::new(),
        };
        for index in order {
            let Some(segment) = document.definition.segment(index) else {
                continue;
            };
            if !segments.asks(index) {
                let mut resolver = Resolver::new(document, &segments, "");
                let compiled = resolver.compile_segment(segment).map(Arc::new);
                segments.shared.insert(index, compiled);
            }
        }
        segments
    }

    /// The compiled segment, if it asks about no flag.
    pub(super) fn shared(&self, index: SegmentIndex) -> Option<&Result<Arc<Segment>, Misfit>> {
        self.shared.get(&index)
    }

    /// A segment that asks about flags and all such segments that it needs, these first.
    pub(super) fn asking(&self, index: SegmentIndex) -> Vec<SegmentIndex> {
        let mut found = vec![index];
        let mut next = 0;
        while let Some(index) = found.get(next) {
            let needs = self.nodes.get(index.get()).map(|node| node.needs.clone());
            for needed in needs.unwrap_or_default() {
                if self.asks(needed) && !found.contains(&needed) {
                    found.push(needed);
                }
            }
            next += 1;
        }
        found.sort_by_key(|index| self.nodes.get(index.get()).map(|node| node.rank));
        found
    }

    fn asks(&self, index: SegmentIndex) -> bool {
        self.nodes.get(index.get()).is_some_and(|node| node.asks)
    }
}

/// Finds what each segment needs, and an order in which each comes after what it needs. It takes no more stack for
/// long chains of segments than for short ones.
fn rank(definition: &Definition) -> (Vec<Node>, Vec<SegmentIndex>) {
    let mut nodes: Vec<Node> = definition
        .segments
        .iter()
        .map(|segment| {
            let mut node = Node {
                needs: Vec::new(),
                asks: false,
                rank: usize::MAX,
            };
            if let Some(condition) = &segment.condition {
                collect(condition, &mut node);
            }
            node
        })
        .collect();
    let mut order = Vec::with_capacity(nodes.len());
    let mut is_entered = vec![false; nodes.len()];
    for start in 0..nodes.len() {
        let mut stack = vec![(SegmentIndex::new(start), 0)];
        while let Some((index, at)) = stack.pop() {
            let Some(entered) = is_entered.get_mut(index.get()) else {
                continue;
            };
            if at == 0 && *entered {
                continue;
            }
            *entered = true;
            let needs = nodes.get(index.get()).map(|node| node.needs.as_slice());
            if let Some(needed) = needs.and_then(|needs| needs.get(at)) {
                stack.extend([(index, at + 1), (*needed, 0)]);
                continue;
            }
            let asks_through = needs.unwrap_or_default().iter().any(|needed| {
                let needed = nodes.get(needed.get());
                needed.is_some_and(|needed| needed.asks)
            });
            if let Some(node) = nodes.get_mut(index.get()) {
                node.asks |= asks_through;
                node.rank = order.len();
            }
            order.push(index);
        }
    }
    (nodes, order)
}

fn collect(condition: &model::Condition, node: &mut Node) {
    match condition {
        model::Condition::All(list) | model::Condition::Any(list) => {
            for condition in list {
                collect(condition, node);
            }
        }
        model::Condition::Not(condition) => collect(condition, node),
        model::Condition::Segment { of, .. } => {
            node.needs.extend(of.iter().filter_map(|of| match of {
                SegmentRef::Everyone => None,
                SegmentRef::Segment(index) => Some(*index),
            }));
        }
        model::Condition::Flag(_) => node.asks = true,
        model::Condition::Attribute(_) | model::Condition::Sample(_) | model::Condition::Now(_) => {
        }
    }
}
