//! What `reload` found is seen by every question that is asked after it returned.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread;
use std::time::Duration;

use fixture_shop::flags::{self, Flags, Theme};
use flagstone::{Changed, Error, Files, Watch};

use super::{ASKING, context, document, turn};

/// So long that nothing happens by itself, and that no machine is too slow.
const HOUR: Duration = Duration::from_hours(1);

/// A file in memory, which doesn't say when it changes.
#[derive(Debug, Clone)]
struct InMemory(Arc<Mutex<String>>);

impl Files for InMemory {
    fn read(&self, _: &Path, _: usize) -> io::Result<Vec<u8>> {
        Ok(self.0.lock().unwrap().clone().into_bytes())
    }

    fn watch(&self, _: &Path, _: Changed) -> Option<Box<dyn Watch>> {
        None
    }
}

/// An answer that is older than it may be.
#[derive(Debug, PartialEq)]
struct Late {
    returned: u32,
    theme: Theme,
}

/// Asks on some threads while the file changes and is reloaded, and gives the first answer that is late. `around` is called
/// around all that a thread asks.
fn first_late(reloads: u32, around: impl Fn(&dyn Fn()) + Sync) -> Option<Late> {
    let file = Arc::new(Mutex::new(document(0)));
    let files = InMemory(Arc::clone(&file));
    let live = flags::live().file("swapped.yaml").files(files);
    let _live = live.poll_every(HOUR).start().unwrap();
    let (is_over, returned, late) = (AtomicBool::new(false), AtomicU32::new(0), OnceLock::new());
    let ask = || {
        let before = returned.load(Ordering::SeqCst);
        let theme = Flags::THEME.variant();
        let after = returned.load(Ordering::SeqCst);
        // Nothing but the next reload can have begun, where none returned meanwhile.
        let may_be = |number: u32| number % 3 == theme as u32;
        if before == after && !may_be(before) && !may_be(before + 1) {
            let _is_first = late.set(Late {
                returned: before,
                theme,
            });
        }
    };
    let asking = || {
        while !is_over.load(Ordering::Relaxed) {
            ask();
        }
    };
    let reloaded = thread::scope(|threads| {
        for _ in 0..ASKING {
            threads.spawn(|| around(&asking));
        }
        let numbers = (1..=reloads).take_while(|_| late.get().is_none());
        let reloaded = numbers.map(|number| {
            file.lock().unwrap().clone_from(&document(number));
            flags::control().reload(HOUR)?;
            returned.store(number, Ordering::SeqCst);
            Ok(())
        });
        let reloaded = reloaded.collect::<Result<Vec<()>, Error>>();
        is_over.store(true, Ordering::Relaxed);
        reloaded
    });
    reloaded.unwrap();
    late.into_inner()
}

#[test]
fn no_question_is_late() {
    let _turn = turn();
    assert_eq!(first_late(300, |asking| asking()), None);
}

/// A scope stays with what it pinned, so that questions in it are as late as can be.
#[test]
fn questions_in_an_old_scope_are_seen_to_be_late() {
    let _turn = turn();
    let late = first_late(1_000_000, |asking| flags::scope(&context()).run(asking));
    assert!(late.is_some());
}
