//! Gates on async functions, on what attributes make of them, and on functions that return futures.

#![deny(warnings, clippy::all, clippy::pedantic)]

use core::pin::{Pin, pin};
use core::task::{Context, Poll, Waker};

use fixture_shop::flags::{self, Flags};
use flagstone::feature_gate;

/// What a question gives with the flag off, and on. Everything runs on this thread, which is where the flag is forced.
fn both<T, F: Future<Output = T>>(ask: impl Fn() -> F) -> (T, T) {
    let off = wait_for(ask());
    let _on = Flags::NEW_DASHBOARD.override_here(true);
    (off, wait_for(ask()))
}

/// Polls until the future is ready; nothing here waits for anything but another poll.
fn wait_for<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        let polled = future
            .as_mut()
            .poll(&mut Context::from_waker(Waker::noop()));
        if let Poll::Ready(output) = polled {
            return output;
        }
    }
}

async fn pause() {
    tokio::task::yield_now().await;
}

#[feature_gate("new_dashboard", fallback = plain_old)]
async fn plain(a: u32) -> u32 {
    pause().await;
    a
}
async fn plain_old(a: u32) -> u32 {
    pause().await;
    a * 10
}

#[feature_gate("new_dashboard", value = plain_old(a).await + 1)]
async fn awaited_value(a: u32) -> u32 {
    pause().await;
    a
}

#[feature_gate("new_dashboard", default)]
async fn patterns((a, b): (u32, u32), mut c: Vec<u32>) -> Vec<u32> {
    pause().await;
    c.extend([a, b]);
    c
}

#[feature_gate("new_dashboard", err = "off")]
async fn failing(a: u32) -> Result<u32, String> {
    pause().await;
    if a == 0 {
        Err("none".to_owned())
    } else {
        Ok(a)
    }
}

#[feature_gate("new_dashboard", fallback = boxed_old)]
fn boxed(a: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(async move {
        pause().await;
        a
    })
}
fn boxed_old(a: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(plain_old(a))
}

#[feature_gate("new_dashboard", fallback = plain_old)]
fn boxed_over_async(a: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(async move { a })
}

#[feature_gate("new_dashboard", value = a * 10)]
fn boxed_value(a: u32) -> Pin<Box<dyn Future<Output = u32> + Send>> {
    Box::pin(async move { a })
}

#[feature_gate("new_dashboard", fallback = plain_old, either)]
fn returned(a: u32) -> impl Future<Output = u32> {
    async move {
        pause().await;
        a
    }
}

#[feature_gate("new_dashboard", fallback = displayed_old, either)]
async fn displayed(a: u32) -> impl core::fmt::Display {
    pause().await;
    a
}
async fn displayed_old(a: u32) -> impl core::fmt::Display {
    pause().await;
    format!("old {a}")
}

#[feature_gate("theme", variants(light, dark = plain_old, "high-contrast" = plain_old))]
async fn themed(a: u32) -> u32 {
    pause().await;
    a
}

#[feature_gate("new_dashboard", fallback = plain_old)]
#[tracing::instrument]
async fn over_instrument(a: u32) -> u32 {
    pause().await;
    a
}

#[tracing::instrument(skip(a))]
#[feature_gate("new_dashboard", fallback = plain_old)]
async fn under_instrument(a: u32) -> u32 {
    pause().await;
    a
}

#[test]
fn async_functions_are_gated() {
    for (kind, found, expected) in [
        ("plain", both(|| plain(2)), (20, 2)),
        ("awaited value", both(|| awaited_value(2)), (21, 2)),
        ("boxed", both(|| boxed(2)), (20, 2)),
        (
            "boxed, async fallback",
            both(|| boxed_over_async(2)),
            (20, 2),
        ),
        ("boxed, value", both(|| boxed_value(2)), (20, 2)),
        ("impl Future", both(|| returned(2)), (20, 2)),
        ("over instrument", both(|| over_instrument(2)), (20, 2)),
        ("under instrument", both(|| under_instrument(2)), (20, 2)),
        ("variants", both(|| themed(2)), (2, 2)),
    ] {
        assert_eq!(found, expected, "{kind}");
    }
    assert_eq!(both(|| patterns((1, 2), vec![0])), (vec![], vec![0, 1, 2]));
    assert_eq!(both(|| failing(2)), (Err("off".to_owned()), Ok(2)));
    let (off, on) = both(|| async { displayed(2).await.to_string() });
    assert_eq!((off.as_str(), on.as_str()), ("old 2", "2"));
    let _dark = Flags::THEME.override_here(flags::Theme::Dark);
    assert_eq!(both(|| themed(2)), (20, 20));
}

/// An `async fn` in a trait of the language's own.
trait Fetch {
    fn fetch(&self, a: u32) -> impl Future<Output = u32> + Send;
}

struct Client {
    offset: u32,
}

impl Client {
    async fn fetch_old(&self, a: u32) -> u32 {
        pause().await;
        self.offset + a * 10
    }
}

impl Fetch for Client {
    #[feature_gate("new_dashboard", fallback = Self::fetch_old)]
    async fn fetch(&self, a: u32) -> u32 {
        pause().await;
        self.offset + a
    }
}

/// Async methods as objects need them.
#[async_trait::async_trait]
trait Store: Send + Sync {
    async fn load(&self, key: &str) -> u32;

    async fn save(&mut self, (key, value): (&str, u32)) -> Result<u32, String>;

    #[feature_gate("new_dashboard", value = 1)]
    async fn provided(&self, mut a: u32) -> u32 {
        pause().await;
        a += 2;
        a
    }
}

#[async_trait::async_trait]
impl Store for Client {
    #[feature_gate("new_dashboard", fallback = self.load_old)]
    async fn load(&self, key: &str) -> u32 {
        pause().await;
        self.offset + u32::try_from(key.len()).unwrap_or(0)
    }

    #[feature_gate("new_dashboard", err = "off")]
    async fn save(&mut self, (key, value): (&str, u32)) -> Result<u32, String> {
        pause().await;
        self.offset = value;
        Ok(u32::try_from(key.len()).unwrap_or(0))
    }
}

impl Client {
    async fn load_old(&self, key: &str) -> u32 {
        pause().await;
        self.offset + u32::try_from(key.len()).unwrap_or(0) * 10
    }
}

#[test]
fn async_methods_of_traits_are_gated() {
    let client = || Client { offset: 100 };
    let object = || -> Box<dyn Store> { Box::new(client()) };
    for (kind, found, expected) in [
        (
            "of the language",
            both(|| async { client().fetch(2).await }),
            (120, 102),
        ),
        (
            "boxed",
            both(|| async { object().load("ab").await }),
            (120, 102),
        ),
        (
            "provided",
            both(|| async { object().provided(3).await }),
            (1, 5),
        ),
    ] {
        assert_eq!(found, expected, "{kind}");
    }
    let saved = both(|| async { object().save(("ab", 7)).await });
    assert_eq!(saved, (Err("off".to_owned()), Ok(2)));
}

mod tests_as_gated {
    use super::*;

    #[feature_gate("new_dashboard", default)]
    #[tokio::test]
    async fn above() {
        panic!("the flag is off");
    }

    #[tokio::test]
    #[feature_gate("new_dashboard", default)]
    async fn below() {
        panic!("the flag is off");
    }
}

/// A gate above the attribute that starts a runtime sees an async function, and below it a plain one.
mod mains {
    use super::*;

    #[feature_gate("new_dashboard", fallback = old_async)]
    #[tokio::main(flavor = "current_thread")]
    async fn above() -> u32 {
        plain(2).await
    }
    async fn old_async() -> u32 {
        plain_old(1).await
    }

    #[tokio::main(flavor = "current_thread")]
    #[feature_gate("new_dashboard", fallback = old)]
    async fn below() -> u32 {
        plain(2).await
    }
    fn old() -> u32 {
        10
    }

    #[test]
    fn both_are_gated() {
        assert_eq!((above(), below()), (10, 10));
        let _on = Flags::NEW_DASHBOARD.override_here(true);
        assert_eq!((above(), below()), (2, 2));
    }
}
