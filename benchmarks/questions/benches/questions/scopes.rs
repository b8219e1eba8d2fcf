//! Contexts and scopes: making them, entering and leaving them.

use std::future::{Future, poll_fn};
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context as Task, Poll, Waker};

use flagstone_benchmarks::{USER, flags};

use super::floors::EMPTY;
use super::row::{Bench, Way, nanoseconds};

pub(crate) fn add<'r>(bench: &mut Bench<'r>, given: &'r flags::Context<'r>) {
    bench.add("a context of five attributes", EMPTY, Way::Plain, || {
        let context = flags::Context::new(black_box(USER))
            .country(black_box("US"))
            .age(black_box(32))
            .plan(black_box("premium"))
            .app_version(black_box("2.10.1"));
        black_box(&context);
    });
    bench.add("making a scope and dropping it", EMPTY, Way::Plain, || {
        drop(black_box(flags::scope(black_box(given))));
    });
    bench.add_pass(
        "entering a scope and leaving it",
        EMPTY,
        Way::Plain,
        |calls| {
            // A poll enters and leaves; the scope is made once.
            let future = flags::scope(given).in_scope(poll_fn(|_| Poll::<()>::Pending));
            let mut future = pin!(future);
            let mut task = Task::from_waker(Waker::noop());
            nanoseconds(calls, &mut || future.as_mut().poll(&mut task).is_ready())
        },
    );
}
