// Flags for the examples of this crate, which stands below the runtime: a module of the shape that the build script writes.

/// The flags.
pub mod flags {
    #[doc(hidden)]
    pub mod __rt {
        pub use flagstone_macros::{__error, __respan, __unknown, __variants};

        pub trait SameAs<Other> {
            fn same(given: Other) -> Self;
        }

        impl<T> SameAs<T> for T {
            fn same(given: T) -> Self {
                given
            }
        }

        pub fn gate(flag: super::Flag<bool>) -> bool {
            super::STATES.with(|states| states.get()[flag.0] == 1)
        }
    }

    std::thread_local! {
        static STATES: std::cell::Cell<[u8; 1]> = const { std::cell::Cell::new([0]) };
    }

    /// A flag.
    pub struct Flag<T>(usize, std::marker::PhantomData<T>);

    /// Every flag.
    pub struct Flags;

    impl Flags {
        /// Which dashboard there is.
        pub const NEW_DASHBOARD: Flag<bool> = Flag(0, std::marker::PhantomData);
    }

    /// Sets a flag for this thread.
    pub fn set(key: &str, state: u8) {
        assert_eq!(key, "new_dashboard");
        STATES.set([state]);
    }

    macro_rules! __lookup {
        ("new_dashboard" gate $l:tt) => { $crate::flags::Flags::NEW_DASHBOARD };
        ($k:tt $how:ident $l:tt $($rest:tt)*) => { $crate::flags::__rt::__unknown! { $how $l ["new_dashboard"] } };
    }
    pub(crate) use __lookup as __flag;
}
