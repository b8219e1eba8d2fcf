//! A kill arrives whatever else is wrong with a document.

use super::*;

#[test]
fn a_kill_always_arrives() {
    let rows: [(&str, &[&str]); 7] = [
        (
            "  a: { killed: true, serve: of }\n",
            &["a: off killed", "a: unknown variant `of`"],
        ),
        (
            "  b: { environments: { production: { killed: true } }, nonsense: 1 }\n",
            &["b: off killed", "b: unknown key `nonsense` in the flag `b`"],
        ),
        (
            "  b: { environments: { production: { killed: false } }, nonsense: 1 }\n",
            &["b: on rule", "b: unknown key `nonsense` in the flag `b`"],
        ),
        (
            "version: 1\nflags: { a: { killed: true }, b: 5 }\ncontext: 7\n",
            &["a: off killed", COLOR, "refused: the document is wrong"],
        ),
        (
            "version: 1\nflags: { a: { killed: true } }\n",
            &[
                "a: off killed",
                COLOR,
                "refused: the document declares no environment `production`; it declares none",
            ],
        ),
        (
            "version: 1\nenvironments: { production: { killed: true } }\nflags: { a: { serve: of } }\n",
            &[
                "a: off killed",
                "color: null error flag_not_found",
                "a: unknown variant `of`",
            ],
        ),
        (
            "version: 1\nenvironments: { production: { killed: true } }\ncontext: 7\nflags: {}\n",
            &[
                "a: off killed",
                "color: red killed",
                "limits: small killed",
                "refused: the document is wrong",
            ],
        ),
    ];
    for row in rows {
        check(Some("production"), &[row]);
    }
}

#[test]
fn a_kill_of_a_refused_flag_stays_until_the_flag_is_right_again() {
    let mut snapshot = embedded(None);
    for (document, a) in [
        ("  a: { killed: true, serve: of }\n", "a: off killed"),
        ("  a: { killed: false, serve: of }\n", "a: off killed"),
        ("  a: { serve: on }\n", "a: on static"),
    ] {
        let loading = next(&snapshot, document);
        assert_eq!(answers(&loading.snapshot)[0], a, "{document}");
        snapshot = loading.snapshot;
    }
    // An environment's kill isn't the flag's: it goes with the document that lifts it.
    let mut snapshot = embedded(Some("production"));
    for (killed, a) in [(true, "a: off killed"), (false, "a: on static")] {
        let document = format!(
            "version: 1\nenvironments: {{ production: {{ killed: {killed} }} }}\nflags: {{ a: {{ serve: of }} }}\n"
        );
        let loading = next(&snapshot, &document);
        assert_eq!(answers(&loading.snapshot)[0], a, "{document}");
        snapshot = loading.snapshot;
    }
}
