//! The shop: what its pages show, gated by flags.

use flagstone::feature_gate;

use crate::flags::{ButtonColor, Context, Flags, Plan};

/// Somebody who opens the shop.
pub(crate) struct Visitor {
    pub(crate) id: &'static str,
    pub(crate) plan: Plan,
    pub(crate) country: &'static str,
    pub(crate) email: Option<&'static str>,
    pub(crate) account_age_days: i64,
    pub(crate) app_version: &'static str,
}

/// The visitors of the tour.
pub(crate) const VISITORS: [Visitor; 6] = [
    Visitor {
        id: "u-17",
        plan: Plan::Free,
        country: "DE",
        email: None,
        account_age_days: 400,
        app_version: "4.2.1",
    },
    Visitor {
        id: "u-66",
        plan: Plan::Premium,
        country: "US",
        email: None,
        account_age_days: 90,
        app_version: "4.10.0",
    },
    Visitor {
        id: "u-104",
        plan: Plan::Premium,
        country: "US",
        email: None,
        account_age_days: 90,
        app_version: "4.1.9",
    },
    Visitor {
        id: "u-133",
        plan: Plan::Premium,
        country: "UK",
        email: None,
        account_age_days: 120,
        app_version: "5.0.0-rc.1",
    },
    Visitor {
        id: "u-166",
        plan: Plan::Free,
        country: "FR",
        email: Some("staff@example.com"),
        account_age_days: 30,
        app_version: "3.9",
    },
    Visitor {
        id: "u-190",
        plan: Plan::Enterprise,
        country: "FR",
        email: None,
        account_age_days: 1,
        app_version: "4.2",
    },
];

impl<'a> From<&'a Visitor> for Context<'a> {
    fn from(visitor: &'a Visitor) -> Self {
        let context = Context::new(visitor.id)
            .plan(visitor.plan)
            .country(visitor.country)
            .account_age_days(visitor.account_age_days)
            .app_version(visitor.app_version);
        match visitor.email {
            Some(email) => context.email(email),
            None => context,
        }
    }
}

/// The rebuilt dashboard. Whether it runs is asked of the scope that the caller opened.
#[feature_gate("new_dashboard", fallback = old_dashboard)]
pub(crate) fn dashboard() -> &'static str {
    "new_dashboard()"
}

fn old_dashboard() -> &'static str {
    "old_dashboard()"
}

/// Checkout in one page.
#[feature_gate("new_checkout", fallback = four_page_checkout)]
pub(crate) fn checkout() -> &'static str {
    "checkout()"
}

fn four_page_checkout() -> &'static str {
    "four_page_checkout()"
}

/// The colour of the button that everything is about. A fourth variant in `flags.yaml` would be a compile error here.
pub(crate) fn button() -> &'static str {
    match Flags::BUTTON_COLOR.variant() {
        ButtonColor::Control => "blue",
        ButtonColor::VariantA => "green",
        ButtonColor::VariantB => "red",
    }
}
