//! Gates that ask for a context of their own.

use super::*;
use fixture_shop::flags::{Context, Plan};

struct Request<'a> {
    context: Context<'a>,
    path: String,
}

#[feature_gate("beta", fallback = page_old, context = &request.context)]
fn page(request: Request<'_>) -> String {
    request.path + "?new"
}
fn page_old(request: Request<'_>) -> String {
    request.path
}

#[feature_gate("beta", value = 1, context = context)]
fn owned(context: Context<'_>) -> u32 {
    let _ = context;
    2
}

#[feature_gate("beta", value = 1, context = context)]
fn borrowed(context: &Context<'_>) -> u32 {
    let _ = context;
    2
}

#[feature_gate("beta", value = 1, context = Context::new(user).plan(plan))]
fn built(user: &str, plan: Plan) -> u32 {
    let _ = (user, plan);
    2
}

#[feature_gate("theme", variants(light, dark = night, "high-contrast" = night), context = context)]
fn day(context: &Context<'_>) -> &'static str {
    let _ = context;
    "day"
}
fn night(_: &Context<'_>) -> &'static str {
    "night"
}

#[test]
fn the_context_that_is_named_is_asked_about() {
    for (plan, expected) in [
        (Plan::Free, ("/", 1, 1, 1, "day")),
        (Plan::Premium, ("/?new", 2, 2, 2, "night")),
    ] {
        let context = Context::new("u-1").plan(plan);
        let path = "/".to_owned();
        let page = page(Request { context, path });
        let found = (
            page.as_str(),
            owned(context),
            borrowed(&context),
            built("u-1", plan),
            day(&context),
        );
        assert_eq!(found, expected, "{plan}");
    }
}

#[test]
fn a_scope_is_asked_where_no_context_is_named() {
    #[feature_gate("beta", value = 1)]
    fn ambient() -> u32 {
        2
    }
    let premium = Context::new("u-1").plan(Plan::Premium);
    assert_eq!((ambient(), flags::scope(&premium).run(ambient)), (1, 2));
}
