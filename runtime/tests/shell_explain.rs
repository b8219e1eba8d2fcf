//! Explanations in a running program: what is in force there is explained, wherever it comes from.

use flagstone::explain::{Explained, Told};
use flagstone::{Attributes, Reason, Timestamp};

include!("flags/mod.rs");

fn explained(key: &str) -> Explained {
    let at = Timestamp::from_milliseconds(1_780_315_200_000);
    let context = Attributes::new()
        .set("user_id", "u-1")
        .set("plan", "premium");
    flags::snapshot().explain(key, &context, at).flag
}

/// The document of the place where a flag stands.
fn document(flag: &Explained) -> Option<&str> {
    flag.place.as_ref().map(|place| &*place.document)
}

#[test]
fn what_is_in_force_is_explained() {
    use flags::Flags;
    let embedded = explained("new_checkout");
    assert_eq!(embedded.reason, Reason::Rule);
    assert_eq!(embedded.told, Told::NoDocument);

    let publish = |name: &str, document: &str| flags::control().publish(name, document);
    publish("first", flags::DOCUMENT).expect("it is right");
    let first = explained("new_checkout");
    assert_eq!(first.told, Told::InFull);
    assert_eq!(document(&first), Some("first"));
    assert_eq!(first.rule_name.as_deref(), Some("paying"));

    // The flag is wrong in the second document, so that the form of the first stays.
    let changed = flags::DOCUMENT.replace("name: paying", "name: payers");
    let wrong = flags::DOCUMENT.replace("name: paying", "nam: paying");
    publish("second", &changed).expect("it is right");
    publish("third", &wrong).expect("the rest is right");
    let kept = explained("new_checkout");
    assert_eq!(kept.rule_name.as_deref(), Some("payers"));
    assert_eq!((kept.told, document(&kept)), (Told::InFull, Some("second")));

    flags::control().kill(Flags::NEW_CHECKOUT);
    let killed = explained("new_checkout");
    assert_eq!(killed.reason, Reason::Killed);
    assert_eq!(
        killed.steps.first().map(|step| step.says.as_str()),
        Some("it is killed by hand, or by a later document")
    );
    flags::control().revive(Flags::NEW_CHECKOUT);
    assert_eq!(explained("new_checkout").reason, Reason::Rule);
}
