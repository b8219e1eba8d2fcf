//! Circles and long chains that forms kept from earlier documents can close: found before anything is evaluated, so
//! that evaluation needs a bounded stack and no check of its own.

use std::collections::HashMap;
use std::sync::Arc;

use flagstone_model::limits;

use super::graph::{Groups, components};
use super::{Entry, Link, State};
use crate::compile::{Condition, Form, Segment};

/// Takes out of force whatever closes a circle, or makes a chain longer than the limits: the forms that were
/// kept, since a document by itself is checked for both. Returns the entries in an order in which each comes after those
/// that it asks.
pub(super) fn break_circles(entries: &mut [Entry], links: &[Option<Link>]) -> Vec<u32> {
    if links.is_empty() {
        return (0..).take(entries.len()).collect();
    }
    loop {
        let targets: Vec<Vec<u32>> = entries.iter().map(|entry| targets(entry, links)).collect();
        let groups = components(entries.len(), |vertex| {
            targets.get(vertex as usize).map_or(&[], Vec::as_slice)
        });
        let mut broken: Vec<u32> = groups
            .iter()
            .filter(|group| is_circle(group, &targets))
            .flat_map(|circle| members_to_break(circle, entries))
            .collect();
        if broken.is_empty() {
            broken = too_long(entries, links, &groups);
        }
        if broken.is_empty() {
            return groups.into_members();
        }
        for index in broken {
            if let Some(entry) = entries.get_mut(index as usize) {
                entry.state = State::Circle;
            }
        }
    }
}

fn targets(entry: &Entry, links: &[Option<Link>]) -> Vec<u32> {
    if entry.state != State::InForce {
        return Vec::new();
    }
    (0..entry.form.references().len())
        .filter_map(|reference| Some(link_of(entry, links, reference)?.flag))
        .collect()
}

fn link_of<'l>(entry: &Entry, links: &'l [Option<Link>], reference: usize) -> Option<&'l Link> {
    let place = (entry.first_link as usize).checked_add(reference)?;
    links.get(place)?.as_ref()
}

fn is_circle(group: &[u32], targets: &[Vec<u32>]) -> bool {
    match group {
        [only] => targets
            .get(*only as usize)
            .is_some_and(|targets| targets.contains(only)),
        _ => true,
    }
}

/// The kept members of a circle. A document that nobody checked can have a circle without any; then it is all of them.
fn members_to_break(circle: &[u32], entries: &[Entry]) -> Vec<u32> {
    let kept: Vec<u32> = circle
        .iter()
        .copied()
        .filter(|index| is_kept(entries, *index))
        .collect();
    if kept.is_empty() {
        circle.to_vec()
    } else {
        kept
    }
}

fn is_kept(entries: &[Entry], index: u32) -> bool {
    entries
        .get(index as usize)
        .is_some_and(|entry| entry.is_kept)
}

/// What answering something looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Weight {
    /// Flags and segments in the longest chain, itself included.
    chain: usize,
    /// Flags and segments, each as often as it is referred to.
    references: usize,
}

impl Weight {
    const NONE: Self = Self {
        chain: 0,
        references: 0,
    };

    fn and(self, other: Self) -> Self {
        Self {
            chain: self.chain.max(other.chain),
            references: self.references.saturating_add(other.references),
        }
    }

    fn one_more(self) -> Self {
        Self {
            chain: self.chain.saturating_add(1),
            references: self.references.saturating_add(1),
        }
    }

    fn is_over(self) -> bool {
        self.chain > limits::CHAIN || self.references > limits::REFERENCES
    }
}

/// The kept forms in chains that are longer than the limits allow, those next to the chain's beginning; none where
/// nothing is kept.
fn too_long(entries: &[Entry], links: &[Option<Link>], groups: &Groups) -> Vec<u32> {
    if !entries.iter().any(|entry| entry.is_kept) {
        return Vec::new();
    }
    let mut weights = vec![Weight::NONE; entries.len()];
    let mut broken = Vec::new();
    for index in groups.members().iter().copied() {
        let Some(entry) = entries.get(index as usize) else {
            continue;
        };
        let mut weight = weigh(entry, links, &weights);
        if weight.is_over() {
            if let Some(kept) = heaviest_kept(index, entries, links, &weights) {
                broken.push(kept);
            }
            // Whatever asks this flag isn't to blame for it.
            weight = Weight::NONE.one_more();
        }
        if let Some(place) = weights.get_mut(index as usize) {
            *place = weight;
        }
    }
    broken
}

fn weigh(entry: &Entry, links: &[Option<Link>], weights: &[Weight]) -> Weight {
    if entry.state != State::InForce {
        return Weight::NONE.one_more();
    }
    let asked = |reference: u32| {
        let link = link_of(entry, links, reference as usize);
        let weight = link.and_then(|link| weights.get(link.flag as usize));
        weight.copied().unwrap_or(Weight::NONE)
    };
    let mut scales = Scales {
        asked,
        segments: HashMap::new(),
    };
    scales.form(&entry.form).one_more()
}

/// The first kept form on the way from a flag down its heaviest references.
fn heaviest_kept(
    start: u32,
    entries: &[Entry],
    links: &[Option<Link>],
    weights: &[Weight],
) -> Option<u32> {
    let mut index = start;
    loop {
        if is_kept(entries, index) {
            return Some(index);
        }
        let entry = entries.get(index as usize)?;
        index = targets(entry, links).into_iter().max_by_key(|target| {
            let weight = weights.get(*target as usize);
            weight.map(|weight| (weight.chain, weight.references))
        })?;
    }
}

/// Weighs a form, given the weights of what it asks.
struct Scales<F> {
    asked: F,
    /// Segments are shared within a form; each is weighed once, by its address.
    segments: HashMap<*const Segment, Weight>,
}

impl<F: Fn(u32) -> Weight> Scales<F> {
    fn form(&mut self, form: &Form) -> Weight {
        let mut weight = Weight::NONE;
        for prerequisite in form.prerequisites() {
            weight = weight.and((self.asked)(*prerequisite));
        }
        for rule in &form.rules {
            weight = weight.and(self.condition(&rule.condition));
        }
        weight
    }

    fn condition(&mut self, condition: &Condition) -> Weight {
        match condition {
            Condition::All(list) | Condition::Any(list) => {
                let mut weight = Weight::NONE;
                for condition in list {
                    weight = weight.and(self.condition(condition));
                }
                weight
            }
            Condition::Not(inner) => self.condition(inner),
            Condition::Segments(of) => {
                let mut weight = Weight::NONE;
                for segment in of {
                    weight = weight.and(self.segment(segment));
                }
                weight
            }
            Condition::Flag(reference) => (self.asked)(*reference),
            Condition::Attribute { .. }
            | Condition::Everyone
            | Condition::Sample(_)
            | Condition::Now { .. } => Weight::NONE,
        }
    }

    fn segment(&mut self, segment: &Arc<Segment>) -> Weight {
        let address = Arc::as_ptr(segment);
        if let Some(known) = self.segments.get(&address) {
            return *known;
        }
        let inside = match &segment.condition {
            Some(condition) => self.condition(condition),
            None => Weight::NONE,
        };
        let weight = inside.one_more();
        self.segments.insert(address, weight);
        weight
    }
}
