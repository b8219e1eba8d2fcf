//! Every kind of question, in every way of asking it.

use std::hint::black_box;

use flagstone::{Version, feature_gate};
use flagstone_benchmarks::{USER, flags, many};

use super::floors::{CLOCK, HASH_AND_POINTER, LOAD, POINTER};
use super::row::{Bench, Way, nanoseconds};

#[feature_gate("constant", value = price, flags = flagstone_benchmarks::flags)]
fn gated(price: u32) -> u32 {
    price.wrapping_mul(3)
}

/// Adds questions in three ways each, of flags that are constants, as they are in programs: about a context built before, built for the call, and in a scope.
macro_rules! ask {
    ($bench:ident, $set:ident, $given:ident, $version:ident; $($name:expr, $floor:expr, $flag:ident: $ask:ident $ask_for:ident;)*) => {
        $(
            let scope = $set::scope($given);
            $bench.add($name, $floor, Way::Given, move || {
                $set::Flags::$flag.$ask_for(black_box($given))
            });
            $bench.add($name, $floor, Way::Built, move || {
                let context = $set::Context::new(black_box(USER))
                    .country(black_box("US"))
                    .age(black_box(32))
                    .plan(black_box("premium"))
                    .app_version(black_box($version));
                $set::Flags::$flag.$ask_for(&context)
            });
            $bench.add_pass($name, $floor, Way::InScope, move |calls| {
                scope.clone().run(|| {
                    nanoseconds(calls, &mut || $set::Flags::$flag.$ask())
                })
            });
        )*
    };
}

pub(crate) fn add<'r>(
    bench: &mut Bench<'r>,
    given: &'r flags::Context<'r>,
    listed: &'r flags::Context<'r>,
    version: &'r Version,
) {
    bench.add("a constant flag", LOAD, Way::Plain, || {
        flags::Flags::CONSTANT.is_enabled()
    });
    bench.add(
        "a constant flag, by #[feature_gate]",
        LOAD,
        Way::Plain,
        || gated(black_box(7)),
    );
    ask! { bench, flags, given, version;
        "a constant flag", LOAD, CONSTANT: is_enabled is_enabled_for;
        "a rollout of 50 %", HASH_AND_POINTER, HALF: is_enabled is_enabled_for;
        "a rule of three conditions", POINTER, RULED: is_enabled is_enabled_for;
        "what no rule catches", POINTER, UNCAUGHT: is_enabled is_enabled_for;
        "a split over three", HASH_AND_POINTER, THREE_ARMS: variant variant_for;
        "two prerequisites", HASH_AND_POINTER, NEEDS_TWO: is_enabled is_enabled_for;
        "a scheduled rollout", CLOCK, SCHEDULED: is_enabled is_enabled_for;
        "a list of 100 000, not in it", HASH_AND_POINTER, FOR_LISTED: is_enabled is_enabled_for;
        "typed JSON", HASH_AND_POINTER, LIMITS: value value_for;
    }
    ask! { bench, flags, listed, version;
        "a list of 100 000, in it", HASH_AND_POINTER, FOR_LISTED: is_enabled is_enabled_for;
    }
}

/// The same among ten thousand flags.
pub(crate) fn add_many<'r>(
    bench: &mut Bench<'r>,
    given: &'r many::Context<'r>,
    version: &'r Version,
) {
    ask! { bench, many, given, version;
        "a constant flag of 10 000", LOAD, CONSTANT: is_enabled is_enabled_for;
        "a rollout of 50 %, of 10 000", HASH_AND_POINTER, HALF: is_enabled is_enabled_for;
        "a rule of three conditions, of 10 000", POINTER, RULED: is_enabled is_enabled_for;
    }
    in_turn(bench, given);
}

/// Another of ten thousand flags at each call, so that each finds its memory cold.
fn in_turn<'r>(bench: &mut Bench<'r>, given: &'r many::Context<'r>) {
    let mut turn = 0_u32;
    bench.add(
        "all of 10 000 in turn",
        HASH_AND_POINTER,
        Way::Given,
        move || {
            // A step without common divisor meets every flag before any twice.
            turn = (turn + 4_999) % 10_000;
            flagstone::Flag::<bool, many::Schema>::new(turn).is_enabled_for(black_box(given))
        },
    );
}
