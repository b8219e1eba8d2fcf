//! Things that refer to each other: the order in which they can be answered, and the circles that have none.

/// The vertices of a graph in an order in which each comes behind what it refers to.
pub(super) struct Order<E> {
    pub(super) finished: Vec<usize>,
    /// The circles, each as its vertices with the edge that leads on from each.
    pub(super) circles: Vec<Vec<(usize, E)>>,
    /// Circles that aren't kept, because those that are have very many vertices already.
    pub(super) more_circles: usize,
    /// Whether each vertex is on some circle.
    pub(super) on_circle: Vec<bool>,
}

/// The vertices that a vertex refers to, and where.
type Edges<E> = [(usize, E)];

/// Vertices on kept circles. A tangle of circles may have far more than there are vertices.
const KEPT: usize = 200_000;

/// How far the search is with a vertex.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the path, at this place.
    Open(usize),
    /// Left, but it leads back to the path.
    Entangled,
    /// Left, and whatever it is entangled with as well.
    Finished,
}

impl<E: Copy> Order<E> {
    /// Tarjan's search for what leads back to itself, with a stack of its own: a chain may be as long as the document.
    pub(super) fn new<'e>(vertices: usize, edges: impl Fn(usize) -> &'e Edges<E>) -> Self
    where
        E: 'e,
    {
        let order = Self {
            finished: Vec::with_capacity(vertices),
            circles: Vec::new(),
            more_circles: 0,
            on_circle: vec![false; vertices],
        };
        let mut search = Search {
            order,
            edges,
            states: vec![State::New; vertices],
            numbers: vec![0; vertices],
            lowest: vec![0; vertices],
            found: 0,
            path: Vec::new(),
            entangled: Vec::new(),
            kept: 0,
        };
        for start in 0..vertices {
            search.from(start);
        }
        search.order
    }
}

struct Search<E, F> {
    order: Order<E>,
    edges: F,
    states: Vec<State>,
    /// The order in which vertices were found.
    numbers: Vec<usize>,
    /// The lowest number that each vertex is known to lead back to.
    lowest: Vec<usize>,
    found: usize,
    /// The vertices on the way here, each with the number of its edges that have been followed.
    path: Vec<(usize, usize)>,
    /// The open and the entangled vertices, in the order in which they were found.
    entangled: Vec<usize>,
    kept: usize,
}

impl<'e, E: Copy + 'e, F: Fn(usize) -> &'e Edges<E>> Search<E, F> {
    fn from(&mut self, start: usize) {
        if self.states.get(start) != Some(&State::New) {
            return;
        }
        self.open(start);
        while let Some((vertex, followed)) = self.path.last_mut() {
            let vertex = *vertex;
            let edge = (self.edges)(vertex).get(*followed);
            *followed += 1;
            match edge {
                None => self.leave(vertex),
                Some((target, _)) => self.follow(vertex, *target),
            }
        }
    }

    fn open(&mut self, vertex: usize) {
        set(&mut self.states, vertex, State::Open(self.path.len()));
        set(&mut self.numbers, vertex, self.found);
        set(&mut self.lowest, vertex, self.found);
        self.found += 1;
        self.path.push((vertex, 0));
        self.entangled.push(vertex);
    }

    fn follow(&mut self, vertex: usize, target: usize) {
        match self.states.get(target).copied() {
            Some(State::New) => self.open(target),
            Some(State::Open(place)) => {
                self.lead_back(vertex, get(&self.numbers, target));
                set(&mut self.order.on_circle, vertex, true);
                self.keep_circle(place);
            }
            Some(State::Entangled) => self.lead_back(vertex, get(&self.numbers, target)),
            Some(State::Finished) | None => {}
        }
    }

    fn lead_back(&mut self, vertex: usize, number: usize) {
        let lowest = get(&self.lowest, vertex);
        set(&mut self.lowest, vertex, lowest.min(number));
    }

    fn leave(&mut self, vertex: usize) {
        self.path.pop();
        self.order.finished.push(vertex);
        let lowest = get(&self.lowest, vertex);
        if lowest < get(&self.numbers, vertex) {
            set(&mut self.states, vertex, State::Entangled);
            if let Some((before, _)) = self.path.last().copied() {
                self.lead_back(before, lowest);
            }
            return;
        }
        // All that was found behind it and isn't finished leads back to it. Alone, it is on a circle only if it
        // refers to itself, which has been seen.
        while let Some(last) = self.entangled.pop() {
            set(&mut self.states, last, State::Finished);
            if last == vertex {
                break;
            }
            set(&mut self.order.on_circle, last, true);
            set(&mut self.order.on_circle, vertex, true);
        }
    }

    /// An edge leads back to a place of the path: what is on the path from there on is a circle.
    fn keep_circle(&mut self, place: usize) {
        let circle = self.path.get(place..).unwrap_or_default();
        if self.kept >= KEPT {
            self.order.more_circles += 1;
            return;
        }
        self.kept += circle.len();
        let steps = circle.iter().filter_map(|(vertex, followed)| {
            let edge = (self.edges)(*vertex).get(followed.checked_sub(1)?)?;
            Some((*vertex, edge.1))
        });
        self.order.circles.push(steps.collect());
    }
}

fn get(places: &[usize], index: usize) -> usize {
    places.get(index).copied().unwrap_or_default()
}

fn set<T>(places: &mut [T], index: usize, value: T) {
    if let Some(place) = places.get_mut(index) {
        *place = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_on_a_circle_is_found() {
        for (edges, on_circle, circles) in [
            (&[&[1][..], &[2], &[]][..], &[][..], 0),
            (&[&[0]], &[0], 1),
            (&[&[1], &[0], &[0]], &[0, 1], 1),
            (&[&[1], &[2, 3], &[0], &[]], &[0, 1, 2], 1),
            // 4 is on a circle through vertices that the search has left.
            (
                &[&[1, 3, 4], &[0, 2], &[1], &[2], &[3]],
                &[0, 1, 2, 3, 4],
                2,
            ),
            (&[&[1], &[2], &[1], &[3, 0]], &[1, 2, 3], 2),
        ] {
            let edges: Vec<Vec<(usize, ())>> = edges
                .iter()
                .map(|targets| targets.iter().map(|target| (*target, ())).collect())
                .collect();
            let order = Order::new(edges.len(), |vertex| &edges[vertex]);
            let found = (0..edges.len()).filter(|vertex| order.on_circle[*vertex]);
            assert_eq!(found.collect::<Vec<_>>(), on_circle, "{edges:?}");
            assert_eq!(order.circles.len(), circles, "{edges:?}");
            assert_eq!(order.finished.len(), edges.len(), "{edges:?}");
        }
    }

    #[test]
    fn everything_comes_behind_what_it_refers_to() {
        let edges = [vec![(2, ()), (1, ())], vec![(2, ())], vec![], vec![(0, ())]];
        let order = Order::new(edges.len(), |vertex| &edges[vertex]);
        assert_eq!(order.finished, [2, 1, 0, 3]);
    }
}
