use super::{set, unset};

/// Sets one key after the other.
fn with(document: &str, keys: &[(&str, &str)]) -> String {
    keys.iter()
        .fold(document.to_owned(), |document, (path, value)| {
            let path: Vec<&str> = path.split('/').collect();
            set(&document, &path, value).unwrap_or_else(|error| panic!("{document}: {error}"))
        })
}

#[test]
fn a_value_takes_the_place_of_another() {
    for (document, path, value, edited) in [
        ("a: 1 # x\nb: 2\n", "a", "3", "a: 3 # x\nb: 2\n"),
        ("a: \"on\"\n", "a", "off", "a: \"off\"\n"),
        ("a: 'x'   # y\n", "a", "it", "a: 'it'   # y\n"),
        (
            "a:\n  - 1\n  - 2\n# z\nb: 3\n",
            "a",
            "[4]",
            "a: [4]\n# z\nb: 3\n",
        ),
        (
            "a: { b: { c: 1, d: 2 } }\n",
            "a/b/c",
            "x",
            "a: { b: { c: x, d: 2 } }\n",
        ),
        ("a: |\n  text\n  more\nb: 1\n", "a", "x", "a: x\nb: 1\n"),
        (
            "{\"a\": {\"b\": \"25%\"}}",
            "a/b",
            "40%",
            "{\"a\": {\"b\": \"40%\"}}",
        ),
        (
            "{\"a\": 1}",
            "a",
            "{ x: [on, true, 1.5] }",
            "{\"a\": { \"x\": [\"on\", true, 1.5] }}",
        ),
        ("a: 1\r\nb: 2\r\n", "a", "3", "a: 3\r\nb: 2\r\n"),
        ("a: 1", "a", "3", "a: 3"),
    ] {
        assert_eq!(with(document, &[(path, value)]), edited, "{document}");
    }
}

#[test]
fn a_key_is_inserted_where_it_belongs() {
    for (document, keys, edited) in [
        (
            "flags:\n    a:\n        # about serving\n        serve: on # x\n    b: {}\n",
            &[("flags/a/killed", "true"), ("flags/a/by", "company")][..],
            "flags:\n    a:\n        # about serving\n        killed: true\n        serve: on # x\n        by: company\n    b: {}\n",
        ),
        (
            "flags:\n  a: {}\n  b: { serve: on }\n  c: { owner: x, }\n",
            &[
                ("flags/a/killed", "true"),
                ("flags/b/killed", "true"),
                ("flags/c/killed", "true"),
            ],
            "flags:\n  a: { killed: true }\n  b: { killed: true, serve: on }\n  c: { owner: x, killed: true, }\n",
        ),
        (
            "flags:\n  a:\n    rollout: 25%\n",
            &[
                ("flags/a/environments/production/rollout", "40%"),
                ("flags/a/environments/staging/serve", "on"),
            ],
            "flags:\n  a:\n    rollout: 25%\n    environments:\n      production: { rollout: 40% }\n      staging: { serve: on }\n",
        ),
        (
            "flags: { a: { rollout: 25% } }",
            &[("flags/a/environments/production/rollout", "40%")],
            "flags: { a: { rollout: 25%, environments: { production: { rollout: 40% } } } }",
        ),
        (
            "{\"flags\": {\"a\": {}}}",
            &[("flags/a/killed", "true"), ("flags/a/owner", "x y")],
            "{\"flags\": {\"a\": { \"owner\": \"x y\", \"killed\": true }}}",
        ),
        (
            "flags:\n  a:\n    rules:\n      - if: { p: 1 }\n        serve: on\n\n  b: {}\n",
            &[("flags/a/rollout", "5%")],
            "flags:\n  a:\n    rules:\n      - if: { p: 1 }\n        serve: on\n    rollout: 5%\n\n  b: {}\n",
        ),
        (
            "flags:\n  a:\n    description: |\n      text\n\n  b: {}\n",
            &[("flags/a/owner", "x")],
            "flags:\n  a:\n    description: |\n      text\n    owner: x\n\n  b: {}\n",
        ),
        (
            "flags:\r\n  a:\r\n    serve: on\r\n",
            &[("flags/a/by", "x")],
            "flags:\r\n  a:\r\n    serve: on\r\n    by: x\r\n",
        ),
    ] {
        assert_eq!(with(document, keys), edited, "{document}");
    }
}

#[test]
fn text_gets_the_quotes_that_it_needs() {
    for (value, written) in [
        ("Rebuilt", "Rebuilt"),
        ("Rebuilt: at last", "\"Rebuilt: at last\""),
        ("a # b", "\"a # b\""),
        ("17", "\"17\""),
        ("true", "\"true\""),
        ("https://example.com/a", "https://example.com/a"),
        ("it's", "\"it's\""),
        ("\"quoted\"", "quoted"),
        ("line\nbreak", "\"line\\nbreak\""),
        ("", "\"\""),
        ("- a", "\"- a\""),
        ("@x", "\"@x\""),
        ("a, b", "\"a, b\""),
    ] {
        let edited = with("flags: { a: {} }\n", &[("flags/a/description", value)]);
        assert_eq!(
            edited,
            format!("flags: {{ a: {{ description: {written} }} }}\n")
        );
        let tree = crate::parse(&crate::Source::new("", &edited)).map(drop);
        assert_eq!(tree, Ok(()), "{value}");
    }
}

#[test]
fn a_value_that_is_none_is_refused() {
    for (value, reason) in [
        ("", "there is nothing in it"),
        ("a, b", "it isn't one value"),
        ("a ] # [", "behind"),
        ("5% # slowly", "it has a comment or a comma behind it"),
        ("5%,", "it has a comment or a comma behind it"),
        ("[a", "`[` is never closed"),
        ("{ a: b", "closed"),
        ("&x 1", "anchors"),
        ("a\nb", "it has more than one line"),
    ] {
        let error = set("flags: { a: {} }\n", &["flags", "a", "rollout"], value).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains("is no value for `rollout`: "),
            "{value}: {error}"
        );
        assert!(
            error.contains(reason) || reason == "behind",
            "{value}: {error}"
        );
    }
    let error = set("flags: { a: 5 }\n", &["flags", "a", "rollout"], "5%").unwrap_err();
    assert_eq!(
        error.to_string(),
        "`flags.a` is a number, not a mapping, so it can't have keys"
    );
}

#[test]
fn a_key_goes_with_its_line() {
    for (document, path, edited) in [
        ("a: 1\nb: 2 # x\nc: 3\n", "b", "a: 1\nc: 3\n"),
        ("a: 1\r\nb: 2 # x\r\nc: 3\r\n", "b", "a: 1\r\nc: 3\r\n"),
        ("a: { b: 1, c: 2, d: 3 }\n", "a/c", "a: { b: 1, d: 3 }\n"),
        ("a: { b: 1, c: 2 }\n", "a/c", "a: { b: 1 }\n"),
        ("a: { b: 1 }\n", "a/b", "a: {}\n"),
        ("a:\n  b: 1 # x\nc: 2\n", "a/b", "a: {} # x\nc: 2\n"),
        ("a:\n  b:\n    - 1\n  c: 2\n", "a/b", "a:\n  c: 2\n"),
        ("a: 1\n", "z", "a: 1\n"),
        ("a: 1\n", "y/z", "a: 1\n"),
        ("a: 1\nb: 2", "b", "a: 1\n"),
    ] {
        let path: Vec<&str> = path.split('/').collect();
        assert_eq!(unset(document, &path).as_deref(), Ok(edited), "{document}");
    }
}
