//! The words of a rollout, as questions outside scopes read them.

use std::sync::Arc;

use loom::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use loom::thread;

use super::seqlock::SeqLock;

fn new() -> Arc<SeqLock<2>> {
    Arc::new(SeqLock {
        version: AtomicU64::new(0),
        words: [(); 2].map(|()| AtomicU64::new(0)),
    })
}

/// One thread writes twice, with nothing in between, while another reads.
pub(super) fn words_belong_together() {
    loom::model(|| {
        let words = new();
        let writing = {
            let words = Arc::clone(&words);
            thread::spawn(move || {
                words.publish(Some([1, 1]));
                words.publish(None);
                words.publish(Some([2, 2]));
            })
        };
        let reading = thread::spawn(move || {
            let read = words.read();
            let is_whole = matches!(read, None | Some([1, 1] | [2, 2]));
            assert!(is_whole, "words of two writings");
        });
        reading.join().expect("it read");
        writing.join().expect("it wrote");
    });
}

/// Whoever asks after publishing returned reads what was published. `telling` is how the one thread tells the other that it
/// returned.
pub(super) fn are_seen_later(telling: Ordering) {
    loom::model(move || {
        let (words, returned) = (new(), Arc::new(AtomicBool::new(false)));
        words.publish(Some([1, 1]));
        let writing = {
            let (words, returned) = (Arc::clone(&words), Arc::clone(&returned));
            thread::spawn(move || {
                words.publish(Some([2, 2]));
                returned.store(true, telling);
            })
        };
        let reading = thread::spawn(move || {
            let read_before = words.read();
            assert_ne!(read_before, Some([0, 0]), "words that were published");
            if returned.load(Ordering::Acquire) {
                assert_eq!(words.read(), Some([2, 2]), "the words are new");
            }
        });
        reading.join().expect("it read");
        writing.join().expect("it wrote");
    });
}
