//! No question allocates, however it is asked.

use allocation_counter::measure;
use flags::{Context, Flags};
use flagstone_benchmarks::{LISTED, USER, flags, many};

/// Asks every flag for a context and in the scope that the thread is in.
fn ask_all(context: &Context<'_>) {
    macro_rules! ask {
        ($($flag:ident: $ask:ident $ask_for:ident),*) => {
            $(
                let _ = std::hint::black_box(Flags::$flag.$ask());
                let _ = std::hint::black_box(Flags::$flag.$ask_for(context));
                std::hint::black_box(Flags::$flag.evaluate().reason);
                std::hint::black_box(Flags::$flag.evaluate_for(context).reason);
            )*
        };
    }
    ask!(
        CONSTANT: is_enabled is_enabled_for, HALF: is_enabled is_enabled_for,
        RULED: is_enabled is_enabled_for, UNCAUGHT: is_enabled is_enabled_for,
        THREE_ARMS: variant variant_for, THREE_ARMS: value value_for,
        NEEDS_TWO: is_enabled is_enabled_for, SCHEDULED: is_enabled is_enabled_for,
        FOR_LISTED: is_enabled is_enabled_for, LIMITS: variant variant_for, LIMITS: value value_for
    );
}

#[test]
fn no_question_allocates() {
    // What is read once a thread or once a program is read before.
    ask_all(&Context::new(USER));
    let scope = flags::scope(&Context::new(USER));
    let allocations = measure(|| {
        for user in [USER, LISTED] {
            let version = "2.10.1";
            let context = Context::new(user)
                .country("US")
                .age(32)
                .app_version(version);
            ask_all(&context);
        }
    });
    assert_eq!(allocations.count_total, 0, "outside a scope");
    scope.run(|| {
        ask_all(&Context::new(USER));
        let allocations = measure(|| ask_all(&Context::new(LISTED)));
        assert_eq!(allocations.count_total, 0, "in a scope");
    });
}

#[test]
fn the_first_question_behind_a_kill_doesnt_allocate_in_an_open_scope() {
    let flag = many::Flags::CONSTANT;
    many::scope(&many::Context::new(USER)).run(|| {
        assert!(flag.is_enabled(), "before");
        many::control().kill(flag);
        let mut is_enabled = true;
        let allocations = measure(|| is_enabled = flag.is_enabled());
        assert!(!is_enabled, "the kill arrived");
        assert_eq!(allocations.count_total, 0);
    });
}

#[test]
fn what_allocates_is_counted() {
    let counted = measure(|| drop(std::hint::black_box(flags::scope(&Context::new(USER)))));
    assert!(counted.count_total > 0, "a scope copies its context");
}
