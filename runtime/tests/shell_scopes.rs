//! Scopes: one context, one snapshot and one time for whatever runs in them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::task::{Context as TaskContext, Poll};

use flagstone::{Clock, FutureExt, Timestamp, in_current_scope};

include!("flags/mod.rs");

use flags::{Context, Flags, Plan};

/// The flags of a library that the program uses.
mod library {
    include!("flags/mod.rs");
}

/// Flags of its own for a test that changes what is in force.
mod changing {
    include!("flags/mod.rs");
}

/// Flags of its own for a test that brings a clock.
mod timed {
    include!("flags/mod.rs");
}

/// The plan of a task or thread, and what its checkout must be.
fn plan(number: usize) -> (Plan, bool) {
    if number.is_multiple_of(2) {
        (Plan::Premium, true)
    } else {
        (Plan::Free, false)
    }
}

#[test]
fn threads_see_their_own_scope() {
    let barrier = Arc::new(Barrier::new(8));
    let threads: Vec<_> = (0..8)
        .map(|number| {
            let barrier = Arc::clone(&barrier);
            std::thread::spawn(move || {
                let (plan, expected) = plan(number);
                barrier.wait();
                for _ in 0..2_000 {
                    let context = Context::new("u-1").plan(plan);
                    let seen = flags::scope(&context).run(|| Flags::NEW_CHECKOUT.is_enabled());
                    assert_eq!(seen, expected);
                    assert!(!Flags::NEW_CHECKOUT.is_enabled(), "the scope is left");
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("no thread sees another's scope");
    }
}

/// Hands the worker to another task once.
#[derive(Default)]
struct Yield(bool);

impl Future for Yield {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut TaskContext<'_>) -> Poll<()> {
        if core::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

#[test]
fn tasks_never_see_a_neighbours_scope() {
    let workers = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(4)
        .build();
    let workers = workers.expect("a runtime");
    workers.block_on(async {
        let tasks: Vec<_> = (0..200)
            .map(|number| {
                let (plan, expected) = plan(number);
                let context = Context::new("u-1").plan(plan);
                let task = async move {
                    for _ in 0..50 {
                        assert_eq!(Flags::NEW_CHECKOUT.is_enabled(), expected);
                        Yield::default().await;
                    }
                    let child = async move {
                        Yield::default().await;
                        Flags::NEW_CHECKOUT.is_enabled()
                    };
                    let carried = tokio::spawn(child.in_current_scope()).await;
                    assert_eq!(carried.expect("it answers"), expected);
                    let blocking = tokio::task::spawn_blocking(in_current_scope(|| {
                        Flags::NEW_CHECKOUT.is_enabled()
                    }));
                    assert_eq!(blocking.await.expect("it answers"), expected);
                    let alone = tokio::spawn(async { Flags::NEW_CHECKOUT.is_enabled() });
                    assert!(!alone.await.expect("it answers"));
                };
                if number % 10 == 9 {
                    // Some have no scope at all.
                    return tokio::spawn(async {
                        for _ in 0..50 {
                            assert!(!Flags::NEW_CHECKOUT.is_enabled());
                            Yield::default().await;
                        }
                    });
                }
                tokio::spawn(flags::scope(&context).in_scope(task))
            })
            .collect();
        for task in tasks {
            task.await.expect("no task sees another's scope");
        }
    });
}

#[test]
fn a_future_is_dropped_in_its_scope() {
    static SEEN: AtomicUsize = AtomicUsize::new(0);
    struct Asks;
    impl Drop for Asks {
        fn drop(&mut self) {
            SEEN.fetch_add(
                usize::from(Flags::NEW_CHECKOUT.is_enabled()),
                Ordering::Relaxed,
            );
        }
    }
    let premium = Context::new("u-1").plan(Plan::Premium);
    let asks = Asks;
    let future = flags::scope(&premium).in_scope(async move {
        let _asks = asks;
        Yield::default().await;
    });
    drop(future);
    assert_eq!(SEEN.load(Ordering::Relaxed), 1);
}

#[test]
fn scopes_nest_and_are_left_in_any_case() {
    let (premium, free) = (
        Context::new("u-1").plan(Plan::Premium),
        Context::new("u-1").plan(Plan::Free),
    );
    let checkout = || Flags::NEW_CHECKOUT.is_enabled();
    flags::scope(&premium).run(|| {
        assert!(checkout());
        flags::scope(&free).run(|| assert!(!checkout()));
        assert!(checkout());
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            flags::scope(&free).run(|| panic!("in the scope"));
        }));
        assert!(panicked.is_err());
        assert!(checkout());
    });
    assert!(!checkout());
}

#[test]
fn a_scope_has_a_context_for_each_set() {
    let premium = Context::new("u-1").plan(Plan::Premium);
    let theirs = library::flags::Context::new("u-1").plan(library::flags::Plan::Premium);
    let checkouts = || {
        (
            Flags::NEW_CHECKOUT.is_enabled(),
            library::flags::Flags::NEW_CHECKOUT.is_enabled(),
        )
    };
    flags::scope(&premium).run(|| {
        assert_eq!(checkouts(), (true, false));
        library::flags::scope(&theirs).run(|| {
            assert_eq!(checkouts(), (true, true));
            flags::scope(&Context::new("u-2")).run(|| assert_eq!(checkouts(), (false, true)));
        });
        assert_eq!(checkouts(), (true, false));
    });
}

#[test]
fn a_scope_sees_one_snapshot_and_its_neighbours_the_newest() {
    use changing::flags::{self, Context, Flags};
    let on = flags::DOCUMENT.replace("new_dashboard:", "new_dashboard:\n    serve: on");
    let dashboard = || Flags::NEW_DASHBOARD.is_enabled();
    let context = Context::new("u-1");
    let older = flags::scope(&context);
    // A set that the scope has no context for is pinned when it is first asked.
    super_scope(&|| {
        assert!(!dashboard());
        flags::control().publish("on", &on).expect("it is right");
        assert!(!dashboard());
        assert!(std::thread::spawn(dashboard).join().expect("it answers"));
        flags::scope(&context).run(|| assert!(dashboard()));
    });
    older.clone().run(|| assert!(!dashboard()));
    assert!(dashboard());
    let newer = flags::scope(&context);
    flags::control()
        .publish("off", flags::DOCUMENT)
        .expect("it is right");
    assert!(!dashboard());
    newer.run(|| assert!(dashboard()));
    older.run(|| assert!(!dashboard()));
}

/// Runs something in a scope of other flags.
fn super_scope(body: &dyn Fn()) {
    flags::scope(&Context::new("u-1")).run(body);
}

#[derive(Debug)]
struct Ticking(Arc<AtomicI64>);

impl Clock for Ticking {
    fn now(&self) -> Timestamp {
        let next = self.0.fetch_add(1, Ordering::Relaxed);
        Timestamp::from_milliseconds(next)
    }
}

#[test]
fn a_scope_reads_the_clock_once_and_only_if_it_must() {
    use timed::flags::{self, Context, Flags};
    let time: Timestamp = "2100-01-01T00:00:00Z".parse().expect("a time");
    let clock = Arc::new(AtomicI64::new(time.milliseconds() - 100));
    let _live = flags::live()
        .clock(Ticking(Arc::clone(&clock)))
        .start()
        .expect("it starts");
    clock.store(time.milliseconds() - 2, Ordering::Relaxed);
    let context = Context::new("u-1");
    flags::scope(&context).run(|| {
        assert!(!Flags::NEW_DASHBOARD.is_enabled());
        assert_eq!(clock.load(Ordering::Relaxed), time.milliseconds() - 2);
        for _ in 0..3 {
            assert!(!Flags::LAUNCH.is_enabled());
            assert_eq!(clock.load(Ordering::Relaxed), time.milliseconds() - 1);
        }
    });
    assert!(!Flags::LAUNCH.is_enabled(), "the last millisecond before");
    assert!(
        Flags::LAUNCH.is_enabled(),
        "outside of scopes the time goes on"
    );
    flags::scope(&context)
        .at(Timestamp::from_milliseconds(0))
        .run(|| assert!(!Flags::LAUNCH.is_enabled()));
}
