//! How many instructions questions take, which no load on the machine changes: `benchmarks/instructions/run.sh`.
//!
//! Each count has a limit, 10 % above what it was when the limit was written down. Raising one is a commit of its own that says
//! the old limit, the new one, and why.

use std::collections::HashMap;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use flagstone::{ContextFor, Snapshot, Timestamp};
use flagstone_benchmarks::flags::{self, Context, Flags};
use flagstone_benchmarks::{LISTED, USER};
use gungraun::{
    Callgrind, EventKind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main,
};

fn limit(instructions: u64) -> LibraryBenchmarkConfig {
    let mut config = LibraryBenchmarkConfig::default();
    config.tool(Callgrind::default().hard_limits([(EventKind::Ir, instructions)]));
    config
}

/// A context, when everything that is read once has been read.
fn context() -> Context<'static> {
    let context = Context::new(USER)
        .country("US")
        .age(32)
        .plan("premium")
        .app_version("2.10.1");
    // A byte that nobody writes would be no load.
    BYTE.store(black_box(1), Ordering::Relaxed);
    ask_all(&context);
    flags::scope(&context).run(|| ask_all(&context));
    context
}

fn ask_all(context: &Context<'_>) {
    for flag in [
        Flags::CONSTANT,
        Flags::HALF,
        Flags::RULED,
        Flags::UNCAUGHT,
        Flags::NEEDS_TWO,
        Flags::FOR_LISTED,
    ] {
        black_box((flag.is_enabled(), flag.is_enabled_for(context)));
    }
    black_box((
        Flags::THREE_ARMS.variant_for(context),
        Flags::LIMITS.value_for(context).is_ok(),
    ));
}

type Scope = flagstone::Scope<flags::Schema>;

fn scope() -> Scope {
    flags::scope(&context())
}

#[library_benchmark(setup = context, config = limit(4))]
fn nothing(context: Context<'static>) -> bool {
    black_box(&context);
    true
}

static BYTE: AtomicU8 = AtomicU8::new(1);

// What a constant flag can't cost less than.
#[library_benchmark(setup = context, config = limit(11))]
fn load_and_branch(context: Context<'static>) -> bool {
    black_box(&context);
    match BYTE.load(Ordering::Relaxed) {
        0xFF => unknown(),
        byte => byte == 1,
    }
}

/// The rare way, which calls.
#[cold]
#[inline(never)]
fn unknown() -> bool {
    black_box(false)
}

#[library_benchmark(setup = context, config = limit(15))]
fn constant(context: Context<'static>) -> bool {
    black_box(&context);
    Flags::CONSTANT.is_enabled()
}

#[library_benchmark(setup = scope, config = limit(108))]
fn constant_in_scope(scope: Scope) -> (bool, Scope) {
    // Dropping the scope is not part of the question.
    let kept = scope.clone();
    (scope.run(|| Flags::CONSTANT.is_enabled()), kept)
}

#[library_benchmark(setup = context, config = limit(121))]
fn rollout(context: Context<'static>) -> bool {
    Flags::HALF.is_enabled_for(black_box(&context))
}

#[library_benchmark(setup = scope, config = limit(287))]
fn rollout_in_scope(scope: Scope) -> (bool, Scope) {
    let kept = scope.clone();
    (scope.run(|| Flags::HALF.is_enabled()), kept)
}

#[library_benchmark(setup = context, config = limit(642))]
fn rule(context: Context<'static>) -> bool {
    Flags::RULED.is_enabled_for(black_box(&context))
}

#[library_benchmark(setup = context, config = limit(281))]
fn no_rule(context: Context<'static>) -> bool {
    Flags::UNCAUGHT.is_enabled_for(black_box(&context))
}

#[library_benchmark(setup = context, config = limit(361))]
fn split(context: Context<'static>) -> flags::ThreeArms {
    Flags::THREE_ARMS.variant_for(black_box(&context))
}

#[library_benchmark(setup = context, config = limit(470))]
fn prerequisites(context: Context<'static>) -> bool {
    Flags::NEEDS_TWO.is_enabled_for(black_box(&context))
}

#[library_benchmark(setup = context, config = limit(313))]
fn long_list(context: Context<'static>) -> bool {
    black_box(&context);
    Flags::FOR_LISTED.is_enabled_for(black_box(&Context::new(LISTED)))
}

#[library_benchmark(setup = context, config = limit(453))]
fn typed_json(context: Context<'static>) -> bool {
    Flags::LIMITS.value_for(black_box(&context)).is_ok()
}

/// The snapshot in force, for questions by key.
fn snapshot() -> (Context<'static>, Arc<Snapshot>) {
    (context(), flags::snapshot())
}

fn map() -> HashMap<&'static str, u32> {
    HashMap::from([("constant", 0), ("half", 1), ("ruled", 2)])
}

// By key a question may cost two of these more than with the typed flag.
#[library_benchmark(setup = map, config = limit(277))]
fn look_up(map: HashMap<&'static str, u32>) -> (Option<u32>, HashMap<&'static str, u32>) {
    (map.get(black_box("half")).copied(), map)
}

#[library_benchmark(setup = snapshot, config = limit(622))]
fn with_the_reason(
    (context, snapshot): (Context<'static>, Arc<Snapshot>),
) -> (bool, Arc<Snapshot>) {
    let answer = Flags::HALF.evaluate_for(black_box(&context));
    (answer.variant, snapshot)
}

#[library_benchmark(setup = snapshot, config = limit(523))]
fn by_key((context, snapshot): (Context<'static>, Arc<Snapshot>)) -> (bool, Arc<Snapshot>) {
    let now = Timestamp::from_milliseconds(i64::MAX);
    let answer = snapshot.evaluate_slots(black_box("half"), black_box(context.slots()), now);
    (answer.variant == Some("on"), snapshot)
}

library_benchmark_group!(
    name = questions,
    benchmarks = [
        nothing,
        load_and_branch,
        constant,
        constant_in_scope,
        rollout,
        rollout_in_scope,
        rule,
        no_rule,
        split,
        prerequisites,
        long_list,
        typed_json,
        look_up,
        with_the_reason,
        by_key
    ]
);

main!(library_benchmark_groups = questions);
