//! The machine code of a gated function, outside scopes: a check of the thread's word, a load of the flag's byte, a branch, and
//! no call.
//!
//! The test disassembles itself, as the linker left it, so it is run as it is benchmarked: `run.sh` says how. What it looks at
//! are the ways through a function, not the names of registers: those that a flag takes whose answer is constant are
//! the ways on which nothing is called.

#![cfg(all(target_arch = "x86_64", target_os = "linux"))]

mod listing;

use std::hint::black_box;

use flagstone::Reason;
use flagstone_benchmarks::flags::{Context, Flags};
use flagstone_benchmarks::{USER, gated, ungated};
use listing::{Function, Listing, Step};

/// How many instructions more a gated function may take than one that isn't. Four of them keep its argument for the rare
/// way that calls, which a larger function does anyway, and two find the thread's memory and the byte in code that can lie anywhere.
const MORE: usize = 13;

/// Asks why, which takes the whole way whatever the flag.
#[inline(never)]
fn asked_for_the_reason(context: &Context<'_>) -> bool {
    Flags::HALF.evaluate_for(context).reason == Reason::Static
}

/// The functions as they are in this program.
fn functions<const N: usize>(names: [&str; N]) -> [Function; N] {
    let program = std::env::current_exe().expect("the test is a file");
    // Without a call they would not be in the program.
    black_box((ungated(black_box(7)), gated(black_box(7))));
    black_box(asked_for_the_reason(black_box(&Context::new(USER))));
    let listing = Listing::of_program(&program);
    names.map(|name| listing.function(name))
}

#[test]
fn a_gated_function_checks_the_thread_loads_a_byte_and_branches() {
    let [ungated, gated] = functions([
        "flagstone_benchmarks::ungated",
        "flagstone_benchmarks::gated",
    ]);
    let [plain] = &ungated.ways_without_call()[..] else {
        panic!("one way through {ungated:#?}");
    };
    let ways = gated.ways_without_call();
    assert!(!ways.is_empty(), "a way without a call: {gated:#?}");
    for way in &ways {
        let words = way.count(Step::reads_thread);
        assert_eq!(words, 1, "the thread's own memory: {way:#?}");
        // The flag's byte, and where the linker left it so, its address and the thread's word behind that memory's address.
        let loads = way.count(|step| step.loads() && !step.reads_thread());
        assert!((1..=3).contains(&loads), "the flag's byte: {way:#?}");
        assert_eq!(way.count(Step::stores), 0, "{way:#?}");
        assert!(way.count(Step::branches) <= 3, "{way:#?}");
        let more = way.steps.len() - plain.steps.len();
        assert!(more <= MORE, "{more} instructions more: {way:#?}");
    }
}

#[test]
fn a_function_that_always_calls_is_noticed() {
    let [asking] = functions(["assembly::asked_for_the_reason"]);
    let ways = asking.ways_without_call();
    assert!(ways.is_empty(), "{ways:#?}");
    assert!(!asking.ways().is_empty(), "it returns: {asking:#?}");
}
