//! A program with flags of its own and a library with others, each asked about its own context.

use fixture_library::switches::{Context as Tenant, Flags as Switches, Required, Tier};
use fixture_library::{Pool, encode, switches};
use fixture_shop::flags::{self, Context, Flags, Plan};

fn tenant(tier: Tier) -> Tenant<'static> {
    Tenant::new(Required {
        tenant: "secret-name",
        tier,
        version: "1.2".into(),
    })
}

#[test]
fn scopes_of_several_sets_nest() {
    let premium = Context::new("u-1").plan(Plan::Premium);
    for (tier, encoded) in [(Tier::Basic, "a b"), (Tier::Gold, "ab")] {
        let (beta, bytes) = flags::scope(&premium).run(|| {
            switches::scope(&tenant(tier)).run(|| (Flags::BETA.is_enabled(), encode("a b")))
        });
        assert!(beta, "the inner scope is another set's");
        assert_eq!(bytes, encoded.as_bytes(), "{tier}");
    }
    assert!(!Flags::BETA.is_enabled());
    assert_eq!(encode("a b"), b"a b");
}

#[test]
fn a_typed_value_is_decoded() {
    for (tier, connections) in [(Tier::Basic, 2), (Tier::Gold, 20)] {
        let pool = Switches::POOL.value_for(&tenant(tier)).unwrap();
        assert_eq!(*pool, Pool { connections });
    }
}

#[test]
fn nothing_shows_a_context_s_values() {
    let required = Required {
        tenant: "secret-name",
        tier: Tier::Gold,
        version: "1.2".into(),
    };
    for shown in [
        format!("{required:?}"),
        format!("{:?}", Tenant::new(required)),
        format!("{:?}", switches::scope(&Tenant::new(required))),
    ] {
        assert!(!shown.contains("secret"), "{shown}");
    }
}

#[test]
fn a_context_without_a_unit_still_has_what_is_required() {
    let anonymous = Tenant::anonymous(switches::Anonymous {
        tier: Tier::Gold,
        version: "1.2".into(),
    });
    assert!(Switches::COMPRESSION.is_enabled_for(&anonymous));
}
