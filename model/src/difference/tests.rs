use super::difference;
use crate::load;

const HEAD: &str = "version: 1
context:
  targeting_key: user_id
  attributes: { user_id: string, company: string, plan: { type: string, values: [free, premium] }, country: string }
segments: { staff: { members: [u-1, u-2] }, crew: { if: { segment: staff } } }
environments: { staging: {}, production: {} }
";

/// The changes between two documents, each as its line.
fn lines(old: &str, new: &str) -> Vec<String> {
    let (old, new) = (load("old", old.as_bytes()), load("new", new.as_bytes()));
    let right = |loaded: &crate::Loaded<'_>| {
        let definition = loaded.definition().cloned();
        definition.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics()))
    };
    let changes = difference(&right(&old), &right(&new));
    changes.iter().map(ToString::to_string).collect()
}

/// The changes of the flag `example` from these keys to those.
fn flag(old: &str, new: &str) -> Vec<String> {
    let document = |keys: &str| format!("{HEAD}flags:\n  other: {{}}\n  example: {keys}\n");
    lines(&document(old), &document(new))
}

/// Two forms of a flag, and what is said of the change from one to the other.
type Row = (&'static str, &'static str, &'static [&'static str]);

fn check(rows: &[Row]) {
    for (old, new, said) in rows {
        assert_eq!(flag(old, new), *said, "{old} → {new}");
    }
}

#[test]
fn what_changes_is_said_once_and_where() {
    check(&[
        (
            "{ rollout: 25% }",
            "{ rollout: 40% }",
            &["`example`: rollout 25 % → 40 %"],
        ),
        (
            "{ rollout: 25% }",
            "{ rollout: 25%, environments: { production: { rollout: 40% } } }",
            &["`example`: rollout 25 % → 40 % in production"],
        ),
        (
            "{ rollout: 25%, environments: { staging: { serve: on }, production: { rollout: 25% } } }",
            "{ rollout: 40%, environments: { staging: { serve: on }, production: { rollout: 25% } } }",
            &["`example`: rollout 25 % → 40 % where no environment is chosen"],
        ),
        (
            "{ rollout: 25% }",
            "{ rollout: 25%, environments: { production: { rollout: 25% } } }",
            &[],
        ),
        (
            "{ rules: [{ if: { country: [US, UK] }, serve: on }] }",
            "{ rules: [{ if: { country: [UK, US] }, serve: on }] }",
            &[],
        ),
        ("{ killed: true }", "{}", &["`example`: revived"]),
        (
            "{}",
            "{ environments: { staging: { killed: true } } }",
            &["`example`: killed in staging"],
        ),
        ("{}", "{ enabled: false }", &["`example`: switched off"]),
        (
            "{ serve: on }",
            "{ rollout: 5% }",
            &["`example`: serves on → rollout 5 %"],
        ),
        (
            "{}",
            "{ serve: on }",
            &["`example`: baseline off → serves on"],
        ),
        ("{}", "{ rollout: 5% }", &["`example`: rollout none → 5 %"]),
        (
            "{ overrides: { on: [u-1, u-2] } }",
            "{ overrides: { on: [u-2, u-3], off: [u-4] } }",
            &[
                "`example`: overridden: u-3 gets on, u-4 gets off",
                "`example`: no longer overridden: u-1",
            ],
        ),
        (
            "{ overrides: { on: [u-1] } }",
            "{ overrides: { off: [u-1] } }",
            &["`example`: override of u-1 on → off"],
        ),
        (
            "{ prerequisites: { other: on } }",
            "{ prerequisites: { other: off } }",
            &[
                "`example`: now only where other answers off",
                "`example`: no longer only where other answers on",
            ],
        ),
        (
            "{ starts_at: 2026-01-01T00:00:00Z }",
            "{ ends_at: 2026-01-01T00:00:00Z }",
            &[
                "`example`: start 2026-01-01T00:00:00Z → none",
                "`example`: end none → 2026-01-01T00:00:00Z",
            ],
        ),
    ]);
}

#[test]
fn what_moves_everyone_or_breaks_programs_says_so() {
    check(&[
        (
            "{ rollout: 5%, salt: a }",
            "{ rollout: 5%, salt: b }",
            &["`example`: salt \"a\" → \"b\"; everyone is dealt again"],
        ),
        ("{ serve: on, salt: a }", "{ serve: on, salt: b }", &[]),
        (
            "{ rollout: 5% }",
            "{ rollout: 5%, by: company }",
            &["`example`: by `user_id` → by `company`; everyone is dealt again"],
        ),
        (
            "{ variants: { a: 1, b: 2 }, baseline: a, split: { a: 1, b: 1 } }",
            "{ variants: { a: 1, b: 3 }, baseline: b, split: { a: 1, b: 2 } }",
            &[
                "`example`: variant `b`: value 2 → 3",
                "`example`: baseline a → b",
                "`example`: split a 1 : b 1 → a 1 : b 2",
            ],
        ),
        (
            "{ variants: { a: 1, b: 2 }, baseline: a }",
            "{ variants: { a: 1, c: 2 }, baseline: a }",
            &[
                "`example`: variant `b` removed; breaking: code that names it no longer compiles",
                "`example`: new variant `c` = 2; breaking: programs built from the old document don't know it, and keep the flag's last good form",
            ],
        ),
        (
            "{}",
            "{ variants: { a: 1 }, baseline: a }",
            &[
                "`example`: type boolean → integer; breaking: programs built from the old document keep the flag's last good form",
                "`example`: baseline off → a",
            ],
        ),
        ("{ owner: a }", "{ owner: b, description: c }", &[]),
    ]);
}

#[test]
fn rules_are_followed_by_their_names() {
    let rules = |rules: &str| format!("{{ rules: [{rules}] }}");
    let (beta, rich) = (
        "{ name: beta, if: { segment: staff }, serve: on }",
        "{ name: rich, if: { country: US }, rollout: 50% }",
    );
    for (old, new, said) in [
        (
            format!("{rich}, {beta}"),
            format!("{beta}, {rich}"),
            &["`example`: rule \"beta\" moved before \"rich\""][..],
        ),
        (
            format!("{beta}, {rich}"),
            rich.to_owned(),
            &["`example`: rule \"beta\" removed"],
        ),
        (
            rich.to_owned(),
            format!("{rich}, {{ if: {{ plan: free }}, serve: off }}"),
            &["`example`: new rule \"plan is free\": plan is free → off"],
        ),
        (
            rich.to_owned(),
            rich.replace("50%", "60%").replace("US", "[US, UK]"),
            &[
                "`example`: rule \"rich\" holds for: country is US → country is UK or US",
                "`example`: rule \"rich\" gives: 50 % → 60 %",
            ],
        ),
        (
            "{ if: { country: US }, serve: on }".to_owned(),
            "{ if: { country: UK }, serve: on }".to_owned(),
            &["`example`: rule \"country is US\" holds for: country is US → country is UK"],
        ),
    ] {
        assert_eq!(flag(&rules(&old), &rules(&new)), said, "{old} → {new}");
    }
}

#[test]
fn what_is_beside_flags_is_compared_too() {
    let document = format!(
        "{HEAD}flags:\n  example: {{ description: d, rollout: 5%, rules: [{{ if: {{ segment: crew }}, serve: on }}] }}\n"
    );
    for (from, to, said) in [
        (
            "members: [u-1, u-2]",
            "members: [u-2, u-3]",
            &["segment `staff`: new members: u-3; members removed: u-1 (asked about by example)"][..],
        ),
        (
            "production: {}",
            "production: { killed: true }",
            &["environment `production`: killed: every flag answers its baseline there"],
        ),
        (
            ", production: {}",
            "",
            &[
                "environment `production`: removed; breaking: programs that choose it refuse the document",
            ],
        ),
        (
            "production: {}",
            "production: {}, test: {}",
            &["environment `test`: new"],
        ),
        (
            "country: string",
            "country: { type: string, required: true }",
            &[
                "attribute `country`: now required; breaking: code that makes a context has to give it to compile",
            ],
        ),
        (
            "country: string",
            "country: integer",
            &[
                "attribute `country`: type string → integer; breaking: programs built from the old document refuse flags that read it",
            ],
        ),
        (
            "[free, premium]",
            "[free, gold]",
            &[
                "attribute `plan`: values: also `gold`, no longer `premium`; breaking: its enum in Rust has other members",
            ],
        ),
        (
            "targeting_key: user_id",
            "targeting_key: company",
            &[
                "attribute `company`: is now the targeting key, in the place of `user_id`; breaking: programs built from the old document identify units by `user_id`; everyone is dealt again",
                "`example`: by `user_id` → by `company`; everyone is dealt again",
            ],
        ),
        (
            "  example:",
            "  sample: ",
            &[
                "`sample`: renamed from `example`, without `salt: example`; breaking: programs built from the old document keep asking for `example`; everyone is dealt again",
            ],
        ),
        (
            "  example: {",
            "  sample: { salt: example,",
            &[
                "`sample`: renamed from `example`; nobody moves, since its salt is kept; breaking: programs built from the old document keep asking for `example`",
            ],
        ),
        (
            "  example: { description: d,",
            "  sample: { description: e,",
            &[
                "`sample`: new: 5 % of users; crew always",
                "`example`: removed, without an entry under `retired`; breaking: programs built from the old document answer its baseline, off",
            ],
        ),
    ] {
        let new = document.replacen(from, to, 1);
        assert_ne!(document, new, "{from}");
        assert_eq!(lines(&document, &new), said, "{from} → {to}");
    }
}

#[test]
fn an_attribute_that_old_programs_lack_holds_a_flag_back() {
    let old = format!("{HEAD}flags: {{ example: {{}} }}\n");
    let new = old
        .replace("country: string", "country: string, age: integer")
        .replace(
            "example: {}",
            "example: { rules: [{ if: { age: 5 }, serve: on }] }",
        );
    assert_eq!(
        lines(&old, &new),
        [
            "attribute `age`: new",
            "`example`: reads the new attribute `age`; breaking: programs built from the old document don't have it, and keep the flag's last good form",
            "`example`: new rule \"age is 5\": age is 5 → on",
        ]
    );
}
