//! A few words that every thread may read while one of them writes others in their place.

use super::sync::{AtomicU64, Ordering, fence};

/// What is published of a flag on which nothing but a percentage decides.
pub type PublishedRollout = SeqLock<3>;

/// `N` words that belong together, or none.
///
/// Whoever reads them never waits and writes nothing: where the words were being written meanwhile, it gets none and has to find
/// out otherwise. This is a sequence lock. The version is odd while the words are there, and no version ever comes back:
///
/// - Whoever writes stores a new even version before the words, with a release fence in between, and the next odd one behind them.
/// - Whoever reads loads the version, the words, and the version again, with an acquire fence in between. If a word came from a
///   later writing, that writing's even version came before it, and so the second look finds another version than the first.
#[derive(Debug)]
pub struct SeqLock<const N: usize> {
    pub(super) version: AtomicU64,
    pub(super) words: [AtomicU64; N],
}

impl<const N: usize> SeqLock<N> {
    /// Puts words, or none, in the place of those that are there. No two threads may do so at a time.
    pub(super) fn publish(&self, words: Option<[u64; N]>) {
        let version = (self.version.load(Ordering::Relaxed) | 1).wrapping_add(1);
        self.version.store(version, Ordering::Relaxed);
        let Some(words) = words else {
            return;
        };
        fence(Ordering::Release);
        for (place, word) in self.words.iter().zip(words) {
            place.store(word, Ordering::Relaxed);
        }
        self.version
            .store(version.wrapping_add(1), Ordering::Release);
    }

    /// The words, where there are some that nobody is writing.
    #[inline]
    pub(crate) fn read(&self) -> Option<[u64; N]> {
        let version = self.version.load(Ordering::Acquire);
        if version & 1 == 0 {
            return None;
        }
        let words = self
            .words
            .each_ref()
            .map(|word| word.load(Ordering::Relaxed));
        fence(Ordering::Acquire);
        (self.version.load(Ordering::Relaxed) == version).then_some(words)
    }
}
