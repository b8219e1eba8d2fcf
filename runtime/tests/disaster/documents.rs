//! Documents that took other systems down.

use flagstone::{Error, Reason};

mod own {
    own!(size, blank, kill);
}

#[test]
fn poison_size() {
    use own::size::flags::{self, Flags};
    let control = flags::control();
    let on = crate::directory::document(true);
    control.publish("good", &on).expect("it is right");
    let before = flags::status();
    let padding = |bytes: usize| format!("{on}#{}\n", "x".repeat(bytes));
    let many = |count: usize| {
        let flags = (0..count).fold(String::new(), |flags, flag| {
            flags + ",\"f" + &flag.to_string() + "\":{}"
        });
        format!("{{\"version\":1,\"flags\":{{\"new_dashboard\":{{}}{flags}}}}}")
    };
    let rules = "{ if: { plan: premium }, serve: on }, ".repeat(1001);
    let rules = on.replace("rollout: 50%", &format!("rules: [{rules}]"));
    let deep = format!(
        "version: 1\nflags: {}{}",
        "[".repeat(5000),
        "]".repeat(5000)
    );
    let long = "u, ".repeat(100_001);
    let list = on.replace("rollout: 50%", &format!("overrides: {{ on: [{long}] }}"));
    for (document, limit, is_whole) in [
        (padding(16 << 20), "16 MiB", true),
        (many(100_001), "limit is 100000", true),
        (deep, "32", true),
        (rules, "limit is 1000 a flag", false),
        (list, "limit is 100000", false),
    ] {
        let refused = control.publish("poison", &document);
        let report = flags::status().last_error.expect("it is reported").report;
        let first: String = report.lines().take(8).collect::<Vec<_>>().join("\n");
        assert_eq!(refused.is_err(), is_whole, "{limit}: {first}");
        assert!(
            first.replace(['_', ','], "").contains(limit),
            "{limit}: {first}"
        );
        assert!(Flags::NEW_DASHBOARD.is_enabled(), "{limit}");
        if is_whole {
            assert_eq!(flags::status().digest, before.digest, "{limit}");
        } else {
            let problems = flags::status().problems;
            let keys: Vec<&str> = problems.iter().map(|problem| &*problem.key).collect();
            assert_eq!(keys, ["half"], "{limit}");
        }
    }
}

#[test]
fn blank_fields() {
    use own::blank::flags::{self, Flags};
    let control = flags::control();
    let good = crate::directory::document(true);
    control.publish("good", &good).expect("it is right");
    let moved = good.replace(
        "serve: on\n    environments",
        "serve: off\n    environments",
    );
    for (from, to) in [
        ("rollout: 50%", "rollout:"),
        ("rollout: 50%", "rollout: ''"),
        ("rollout: 50%", "rollout: {}"),
        ("rollout: 50%", "rules:"),
        ("rollout: 50%", "rules: [{}]"),
        ("rollout: 50%", "rules: [{ if: {}, serve: on }]"),
        ("rollout: 50%", "overrides: { on: [''] }"),
        ("rollout: 50%", "prerequisites: { '': on }"),
        ("half:\n    rollout: 50%", "half:\n"),
        ("half:\n    rollout: 50%", "half: ''\n"),
    ] {
        control.publish("good", &good).expect("it is right");
        let half = || {
            flags::snapshot()
                .evaluate(
                    "half",
                    &flagstone::Attributes::new().set("user_id", "u-1"),
                    NOW,
                )
                .variant
                .map(str::to_owned)
        };
        let before = half();
        let blank = moved.replace(from, to);
        assert_ne!(blank, moved, "{to}");
        let taken = control.publish("blank", &blank);
        assert!(taken.is_ok(), "{to}: {taken:?}");
        // The flag that is blank stays, and the others move.
        assert_eq!(half(), before, "{to}");
        assert!(!Flags::NEW_DASHBOARD.is_enabled(), "{to}");
        let problems = flags::status().problems;
        let keys: Vec<&str> = problems.iter().map(|problem| &*problem.key).collect();
        assert_eq!(keys, ["half"], "{to}");
    }
    // What is blank at the top is refused whole.
    for blank in [
        "",
        " ",
        "{}",
        "version: 1\nflags:\n",
        "version:\nflags: {}\n",
        "\0\0\0\0",
    ] {
        let refused = control.publish("blank", blank);
        assert!(
            matches!(refused, Err(Error::Refused { .. })),
            "{blank:?}: {refused:?}"
        );
        assert!(!Flags::NEW_DASHBOARD.is_enabled(), "{blank:?}");
    }
}

/// Some moment; none of the flags depends on it.
const NOW: flagstone::Timestamp = flagstone::Timestamp::from_milliseconds(1_800_000_000_000);

#[test]
fn kill_in_bad_document() {
    use own::kill::flags::{self, Flags};
    let control = flags::control();
    let good = crate::directory::document(true);
    let kill = |document: &str| {
        document.replace(
            "serve: on\n    environments",
            "serve: on\n    killed: true\n    environments",
        )
    };
    for (name, document, is_whole) in [
        (
            "another flag is wrong",
            kill(&good).replace("rollout: 50%", "rolout: 50%"),
            false,
        ),
        (
            "the flag itself is wrong",
            kill(&good).replace("killed: true", "killed: true\n    sreve: on"),
            false,
        ),
        (
            "the flag is of another type",
            kill(&good).replace("killed: true", "killed: true\n    type: string"),
            false,
        ),
        (
            "the schema is wrong",
            kill(&good).replace("targeting_key: user_id", "targeting_key: 5"),
            true,
        ),
        (
            "everything else is wrong",
            "version: 1\ncontext: [1]\nflags: { new_dashboard: { killed: true, x: [] } }"
                .to_owned(),
            true,
        ),
    ] {
        control.publish("good", &good).expect("it is right");
        assert!(Flags::NEW_DASHBOARD.is_enabled(), "{name}");
        let color = Flags::BUTTON_COLOR.value();
        let result = control.publish(name, &document);
        assert_eq!(result.is_err(), is_whole, "{name}: {result:?}");
        assert_eq!(
            Flags::NEW_DASHBOARD.evaluate().reason,
            Reason::Killed,
            "{name}"
        );
        assert!(!Flags::NEW_DASHBOARD.is_enabled(), "{name}");
        assert_eq!(Flags::BUTTON_COLOR.value(), color, "{name}");
        assert!(flags::status().last_error.is_some(), "{name}");
    }
    // It takes a document that is taken to bring the flag back.
    control.publish("good", &good).expect("it is right");
    assert!(Flags::NEW_DASHBOARD.is_enabled());
}
