//! Which flags ask each other in circles.

/// Groups of vertices that reach each other, each group after those that it leads to; most have one vertex.
/// `targets` gives where a vertex leads to. Tarjan's algorithm, with a stack of its own, so that long chains of
/// references are no danger to the thread's.
pub(super) fn components<'g>(count: usize, targets: impl Fn(u32) -> &'g [u32]) -> Groups {
    let mut search = Search {
        order: vec![None; count],
        low: vec![0; count],
        is_open: vec![false; count],
        open: Vec::new(),
        next: 0,
        found: Groups {
            members: Vec::with_capacity(count),
            ends: Vec::with_capacity(count),
        },
    };
    let mut path = Vec::new();
    for start in (0..).take(count) {
        search.visit(start, &targets, &mut path);
    }
    search.found
}

/// Groups of vertices, in an order.
pub(super) struct Groups {
    /// The vertices, group by group.
    members: Vec<u32>,
    /// Where each group ends among them.
    ends: Vec<usize>,
}

impl Groups {
    pub(super) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let group = self.members.get(start..*end).unwrap_or_default();
            start = *end;
            group
        })
    }

    /// The vertices, group by group.
    pub(super) fn members(&self) -> &[u32] {
        &self.members
    }

    pub(super) fn into_members(self) -> Vec<u32> {
        self.members
    }
}

struct Search {
    /// When each vertex was entered.
    order: Vec<Option<u32>>,
    /// The earliest open vertex that each reaches.
    low: Vec<u32>,
    is_open: Vec<bool>,
    /// Vertices whose group isn't closed, in the order in which they were entered.
    open: Vec<u32>,
    next: u32,
    found: Groups,
}

/// A vertex on the way, and those of its targets that haven't been followed.
type Step<'g> = (u32, core::slice::Iter<'g, u32>);

impl Search {
    /// Visits a vertex and all that it leads to. The path is empty, before and after.
    fn visit<'g>(
        &mut self,
        start: u32,
        targets: &impl Fn(u32) -> &'g [u32],
        path: &mut Vec<Step<'g>>,
    ) {
        if self.order_of(start).is_none() {
            self.enter(start);
            path.push((start, targets(start).iter()));
        }
        while let Some((vertex, rest)) = path.last_mut() {
            let vertex = *vertex;
            if let Some(target) = rest.next() {
                match self.order_of(*target) {
                    None => {
                        self.enter(*target);
                        path.push((*target, targets(*target).iter()));
                    }
                    Some(order) if self.is_open(*target) => self.lower(vertex, order),
                    Some(_) => {}
                }
                continue;
            }
            path.pop();
            let low = self.low.get(vertex as usize).copied().unwrap_or(0);
            if let Some((parent, _)) = path.last() {
                self.lower(*parent, low);
            }
            if self.order_of(vertex) == Some(low) {
                self.close(vertex);
            }
        }
    }

    fn order_of(&self, vertex: u32) -> Option<u32> {
        self.order.get(vertex as usize).copied().flatten()
    }

    fn is_open(&self, vertex: u32) -> bool {
        self.is_open.get(vertex as usize) == Some(&true)
    }

    fn enter(&mut self, vertex: u32) {
        let place = vertex as usize;
        if let (Some(order), Some(low), Some(is_open)) = (
            self.order.get_mut(place),
            self.low.get_mut(place),
            self.is_open.get_mut(place),
        ) {
            (*order, *low, *is_open) = (Some(self.next), self.next, true);
            self.open.push(vertex);
            self.next += 1;
        }
    }

    fn lower(&mut self, vertex: u32, order: u32) {
        if let Some(low) = self.low.get_mut(vertex as usize) {
            *low = (*low).min(order);
        }
    }

    /// The group of the vertex is complete: all that was entered since.
    fn close(&mut self, vertex: u32) {
        let first = self.open.iter().rposition(|open| *open == vertex);
        for member in self.open.drain(first.unwrap_or(0)..) {
            if let Some(is_open) = self.is_open.get_mut(member as usize) {
                *is_open = false;
            }
            self.found.members.push(member);
        }
        self.found.ends.push(self.found.members.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_come_after_what_they_lead_to() {
        type Graph<'r> = &'r [&'r [u32]];
        let rows: [(Graph<'_>, Graph<'_>); 6] = [
            (&[&[], &[]], &[&[0], &[1]]),
            (&[&[1], &[2], &[]], &[&[2], &[1], &[0]]),
            (&[&[1], &[0]], &[&[0, 1]]),
            (&[&[0]], &[&[0]]),
            (&[&[1], &[2, 3], &[1], &[]], &[&[3], &[1, 2], &[0]]),
            (&[&[1], &[0, 2], &[3], &[2]], &[&[2, 3], &[0, 1]]),
        ];
        for (targets, groups) in rows {
            let found = components(targets.len(), |vertex| targets[vertex as usize]);
            let mut found: Vec<Vec<u32>> = found.iter().map(<[u32]>::to_vec).collect();
            for group in &mut found {
                group.sort_unstable();
            }
            assert_eq!(found, groups, "{targets:?}");
        }
    }

    #[test]
    fn a_long_chain_needs_no_long_stack() {
        let targets: Vec<Vec<u32>> = (1..=100_000)
            .map(|next| if next < 100_000 { vec![next] } else { vec![] })
            .collect();
        let found = components(targets.len(), |vertex| &targets[vertex as usize]);
        assert_eq!(found.iter().next(), Some(&[99_999][..]));
        assert_eq!(found.iter().count(), 100_000);
    }
}
