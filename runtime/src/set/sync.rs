//! What the set's protocols between threads are made of. The files with such a protocol name it here, so that
//! `benchmarks/models` can check the very same files with stand-ins that try every order in which things can happen.

pub(super) use core::sync::atomic::{AtomicU8, AtomicU64, Ordering, fence};
pub(super) use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub(super) use arc_swap::ArcSwap;
