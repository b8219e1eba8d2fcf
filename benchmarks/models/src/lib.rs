//! What threads do to each other inside a flag set, in every order that the memory model allows.
//!
//! `cargo test` in this folder runs it. The files under test are those of the runtime, `runtime/src/set/{publish,verdicts,tally}.rs`,
//! compiled here against stand-ins that [loom](https://docs.rs/loom) drives: all that these files take from the standard library
//! and from `arc-swap` they name through their `super::sync`.
//!
//! They are compiled twice: [`real`] as they are, and [`weakened`] with every ordering relaxed. Each property is a function that
//! both run, and where an ordering carries it, loom must reject it with the weak ones. Properties that something else
//! carries, such as the lock, have a control without that.

#![cfg(test)]

mod real;
mod weakened;

/// What the runtime's snapshots look like to `verdicts.rs`.
mod snapshot {
    /// The ordinal that each flag answers to everyone.
    #[derive(Clone, Copy)]
    pub(crate) struct Snapshot(pub(crate) &'static [u8]);

    impl Snapshot {
        pub(crate) fn verdict(self, index: u32) -> u8 {
            self.0.get(index as usize).copied().unwrap_or(0xFF)
        }
    }
}

/// What stands in for `arc-swap` and for `Arc`.
mod stand_in;
