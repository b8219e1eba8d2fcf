//! Gates on the handlers of a web framework: extractors in, anything that is a response out.

#![deny(warnings, clippy::all, clippy::pedantic)]
#![expect(
    clippy::unused_async,
    reason = "a router takes async functions, whether they wait or not"
)]
#![expect(clippy::unwrap_used, reason = "a test unwraps what it asks for")]

use core::pin::pin;
use core::task::{Context, Poll, Waker};

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::http::{Request, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use fixture_shop::flags::{self, Flags, Plan};
use flagstone::feature_gate;
use tower::ServiceExt;

/// What the handlers share.
#[derive(Clone)]
struct Shop {
    name: &'static str,
}

#[feature_gate("new_dashboard", fallback = hello_old)]
async fn hello() -> &'static str {
    "new hello"
}
async fn hello_old() -> &'static str {
    "old hello"
}

#[feature_gate("new_dashboard", fallback = product_old)]
async fn product(State(shop): State<Shop>, Path(id): Path<u32>) -> String {
    format!("new product {id} of {}", shop.name)
}
async fn product_old(State(shop): State<Shop>, Path(id): Path<u32>) -> String {
    format!("old product {id} of {}", shop.name)
}

#[feature_gate("new_dashboard", value = Json(vec![items.len().to_string()]))]
async fn order(items: Json<Vec<String>>) -> Json<Vec<String>> {
    items
}

#[feature_gate("new_dashboard", default)]
async fn list(Query(pairs): Query<Vec<(String, u32)>>) -> String {
    format!("{pairs:?}")
}

#[feature_gate("new_dashboard", err = StatusCode::NOT_FOUND)]
async fn beta(State(shop): State<Shop>) -> Result<&'static str, StatusCode> {
    Ok(shop.name)
}

/// Behind `impl IntoResponse` both ways have one type.
#[feature_gate("new_dashboard", value = (StatusCode::GONE, ""))]
async fn page(State(shop): State<Shop>) -> impl IntoResponse {
    (StatusCode::CREATED, shop.name)
}

/// Ways of several types are made responses.
#[feature_gate("new_dashboard", value = StatusCode::GONE.into_response())]
async fn document(State(shop): State<Shop>) -> Response {
    Html(shop.name).into_response()
}

#[feature_gate("theme", variants(light, dark = dark, "high-contrast" = dark))]
async fn light(request: axum::extract::Request) -> String {
    format!("light {}", request.uri().path())
}
async fn dark(request: axum::extract::Request) -> String {
    format!("dark {}", request.uri().path())
}

/// Gated by who asks: the context is made of what an extractor gave.
#[feature_gate("beta", value = "for all".to_owned(), context = context_of(&user))]
async fn for_user(user: Path<String>) -> String {
    format!("for {}", user.0)
}

fn context_of(user: &str) -> flags::Context<'_> {
    let plan = if user.starts_with("premium") {
        Plan::Premium
    } else {
        Plan::Free
    };
    flags::Context::new(user).plan(plan)
}

fn shop() -> Router {
    Router::new()
        .route("/", get(hello))
        .route("/products/{id}", get(product))
        .route("/orders", post(order))
        .route("/list", get(list))
        .route("/beta", get(beta))
        .route("/page", get(page))
        .route("/document", get(document))
        .route("/theme", get(light))
        .route("/users/{name}", get(for_user))
        .with_state(Shop { name: "corner" })
}

/// The status and the text with which the shop answers.
async fn answer(method: &str, uri: &str, body: &'static str) -> (u16, String) {
    let request = Request::builder()
        .method(method)
        .uri(uri)
        .header("content-type", "application/json")
        .body(Body::from(body))
        .unwrap();
    let response = shop().oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = axum::body::to_bytes(response.into_body(), 1000).await;
    (status, String::from_utf8(bytes.unwrap().into()).unwrap())
}

/// Nothing here waits for anything but another poll, so that it stays on the thread on which flags are forced.
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

#[test]
fn handlers_are_gated() {
    for (method, uri, body, off, on) in [
        ("GET", "/", "", (200, "old hello"), (200, "new hello")),
        (
            "GET",
            "/products/7",
            "",
            (200, "old product 7 of corner"),
            (200, "new product 7 of corner"),
        ),
        (
            "POST",
            "/orders",
            r#"["tea","milk"]"#,
            (200, r#"["2"]"#),
            (200, r#"["tea","milk"]"#),
        ),
        (
            "GET",
            "/list?a=1&b=2",
            "",
            (200, ""),
            (200, r#"[("a", 1), ("b", 2)]"#),
        ),
        ("GET", "/beta", "", (404, ""), (200, "corner")),
        ("GET", "/page", "", (410, ""), (201, "corner")),
        ("GET", "/document", "", (410, ""), (200, "corner")),
        (
            "GET",
            "/theme",
            "",
            (200, "light /theme"),
            (200, "light /theme"),
        ),
    ] {
        let asked = |expected: (u16, &str), state: &str| {
            let (status, text) = wait_for(answer(method, uri, body));
            assert_eq!((status, text.as_str()), expected, "{uri}, {state}");
        };
        asked(off, "off");
        let _on = Flags::NEW_DASHBOARD.override_here(true);
        asked(on, "on");
    }
    let _dark = Flags::THEME.override_here(flags::Theme::Dark);
    for (uri, expected) in [
        ("/users/premium-1", "for premium-1"),
        ("/users/u-17", "for all"),
    ] {
        assert_eq!(wait_for(answer("GET", uri, "")).1, expected);
    }
    let themed = wait_for(answer("GET", "/theme", ""));
    assert_eq!(themed, (200, "dark /theme".to_owned()));
}
