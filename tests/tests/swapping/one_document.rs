//! All that is asked in one scope is answered from one document.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use fixture_shop::flags::{self, Context, Flags, Theme};
use flagstone::feature_gate;

use super::{ASKING, context, publish, turn};

/// What the flags said at one look.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Look {
    constant: bool,
    ruled: bool,
    gated: bool,
    theme: Theme,
}

#[feature_gate("new_dashboard", value = false, flags = fixture_shop::flags)]
fn gated() -> bool {
    true
}

/// Asks one flag after another, so that there is time for a swap in between.
fn look(context: &Context<'_>) -> Look {
    let constant = Flags::NEW_DASHBOARD.is_enabled();
    thread::yield_now();
    let ruled = Flags::BETA.is_enabled_for(context);
    let gated = gated();
    let theme = Flags::THEME.variant_for(context);
    Look {
        constant,
        ruled,
        gated,
        theme,
    }
}

fn are_of_one_document(looks: [Look; 2]) -> bool {
    let [first, second] = looks;
    first == second && first.constant == first.ruled && first.constant == first.gated
}

/// Looks on some threads while documents are swapped, and gives the first looks that no one document explains.
fn first_tear(swaps: u32, looks: impl Fn(&Context<'_>) -> [Look; 2] + Sync) -> Option<[Look; 2]> {
    let (is_over, tear) = (AtomicBool::new(false), OnceLock::new());
    let asking = || {
        let context = context();
        while !is_over.load(Ordering::Relaxed) {
            let looks = looks(&context);
            if !are_of_one_document(looks) {
                let _is_first = tear.set(looks);
            }
        }
    };
    let published = thread::scope(|threads| {
        for _ in 0..ASKING {
            threads.spawn(asking);
        }
        let numbers = (0..swaps).take_while(|_| tear.get().is_none());
        let published = numbers.map(publish).collect::<Result<Vec<()>, _>>();
        is_over.store(true, Ordering::Relaxed);
        published
    });
    published.unwrap();
    tear.into_inner()
}

#[test]
fn a_scope_sees_one_document() {
    let _turn = turn();
    let in_scope =
        |context: &Context<'_>| flags::scope(context).run(|| [look(context), look(context)]);
    assert_eq!(first_tear(400, in_scope), None);
}

/// The flags' bytes are published one by one, after the snapshot: whoever reads them without a scope may see that.
#[test]
fn what_is_asked_without_a_scope_is_seen_to_tear() {
    let _turn = turn();
    let outside = |context: &Context<'_>| [look(context), look(context)];
    assert!(first_tear(1_000_000, outside).is_some());
}
