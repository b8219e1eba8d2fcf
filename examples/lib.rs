//! Runnable programs that use flagstone: `cargo run --example quickstart`.
