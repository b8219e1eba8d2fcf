//! What generated code holds for each flag, where the questions of threads in no scope look first.

use core::sync::atomic::{AtomicU8, AtomicU64};

use super::ASK;
use super::seqlock::{PublishedRollout, SeqLock};

impl<const N: usize> SeqLock<N> {
    /// Nothing was published yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            version: AtomicU64::new(0),
            words: [const { AtomicU64::new(0) }; N],
        }
    }
}

impl<const N: usize> Default for SeqLock<N> {
    fn default() -> Self {
        Self::new()
    }
}

/// A byte that always says [`ASK`], for an index that no flag has.
pub static NO_STATE: AtomicU8 = AtomicU8::new(ASK);

/// Nothing, for an index that no flag has.
pub static NO_ROLLOUT: PublishedRollout = PublishedRollout::new();

/// The statics of a set. Questions read them; whoever writes them holds the set's lock.
#[derive(Clone, Copy)]
pub(crate) struct Statics {
    /// A byte for each flag.
    pub(super) states: &'static [AtomicU8],
    /// A rollout for each flag, published where it alone decides.
    pub(super) rollouts: &'static [PublishedRollout],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_published_last_is_read() {
        let published = SeqLock::<2>::new();
        assert_eq!(published.read(), None);
        for words in [[1, 2], [3, 4]] {
            published.publish(Some(words));
            assert_eq!(published.read(), Some(words));
        }
        for _ in 0..2 {
            published.publish(None);
            assert_eq!(published.read(), None);
        }
        published.publish(Some([5, 6]));
        assert_eq!(published.read(), Some([5, 6]));
    }
}
