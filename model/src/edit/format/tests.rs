use super::format;

#[test]
fn each_form_has_its_canonical_one() {
    for (document, formatted) in [
        ("version: 1\nflags: {}\n", "version: 1\nflags: {}\n"),
        (
            "{version: 1,flags: {a: {serve: on,owner: x}}}",
            "{ version: 1, flags: { a: { owner: x, serve: on } } }\n",
        ),
        (
            "{\"version\":1,\"flags\":{\n\"a\":{}}}",
            "{\n  \"version\": 1,\n  \"flags\": {\n    \"a\": {}\n  }\n}\n",
        ),
        (
            "# header\n\n# about flags\nflags:\n      a:\n            serve:   on # tail\n            # above\n            owner: x\n      # foot of flags\n# end\nversion: 1 # one\n",
            "# header\n\n# end\nversion: 1 # one\n\n# about flags\nflags:\n  a:\n    # above\n    owner: x\n    serve: on # tail\n  # foot of flags\n",
        ),
        (
            "version: 1\nflags:\n  a:\n    rules:\n    - serve: on\n      if: { plan: a }\n    # second\n    -\n      # the name\n      name: x\n      if:\n        # deep\n        plan: [a,\n          b] # why\n      serve: off\n    enabled: true\n  b: {}\n  c: {}\n",
            "version: 1\n\nflags:\n  a:\n    enabled: true\n    rules:\n      - if: { plan: a }\n        serve: on\n      # second\n      # the name\n      - name: x\n        if:\n          # deep\n          plan: [\n            a,\n            b\n          ] # why\n        serve: off\n\n  b: {}\n  c: {}\n",
        ),
        (
            "version: 1\nflags:\n  a:\n    description: |\n       one\n         two\n\n       three\n    owner: >-\n      folded\n      text\n    link: \"a\n      b\"\n",
            "version: 1\n\nflags:\n  a:\n    description: |\n      one\n        two\n\n      three\n    owner: >-\n      folded\n      text\n    link: \"a\n      b\"\n",
        ),
        (
            "version: 1\nflags:\n  a: { # head\n    rollout: 5%, # slowly\n    # above\n    owner: x,\n    # foot\n  }\n",
            "version: 1\n\nflags:\n  a: {\n    # above\n    owner: x,\n    # head\n    rollout: 5% # slowly\n    # foot\n  }\n",
        ),
        (
            "version: 1\r\nflags:   {a: {}}\r\n",
            "version: 1\r\nflags: { a: {} }\r\n",
        ),
        (
            "---\n# x\nversion: 1\nflags: {}\n...\n",
            "# x\nversion: 1\nflags: {}\n",
        ),
        (
            "# yaml-language-server: $schema=x\nflags: {}\nversion: 1\n",
            "# yaml-language-server: $schema=x\n\nversion: 1\nflags: {}\n",
        ),
        (
            "version: 1\nflags:\n  a:\n    variants: { 'x': \"1\", y: '2' }\n    baseline:\n      x\n    type: string\n",
            "version: 1\n\nflags:\n  a:\n    type: string\n    variants: { 'x': \"1\", y: '2' }\n    baseline: x\n",
        ),
    ] {
        let once = format(document).unwrap_or_else(|error| panic!("{document}: {error}"));
        assert_eq!(once, formatted, "{document}");
        assert_eq!(format(&once).as_deref(), Ok(formatted), "again: {document}");
    }
}

#[test]
fn what_has_no_canonical_form_is_refused() {
    for (document, reason) in [
        ("flags: [", "`[` is never closed"),
        ("- a\n", "a document is a mapping"),
        ("a: &x 1\n", "the language has no anchors (`&name`)"),
    ] {
        assert_eq!(
            format(document).unwrap_err().to_string(),
            reason,
            "{document}"
        );
    }
}
