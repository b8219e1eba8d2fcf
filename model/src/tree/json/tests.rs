use super::*;
use crate::tree::{Content, Node};

fn shown(node: Node<'_>) -> String {
    match node.content() {
        Content::Scalar(scalar) => format!("{:?}:{}", scalar.kind, scalar.text),
        Content::List(items) => format!(
            "[{}]",
            items.iter().map(shown).collect::<Vec<_>>().join(" ")
        ),
        Content::Map(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| format!("{}={}", shown(key), shown(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(" "))
        }
        Content::Alias => "alias".to_owned(),
    }
}

#[test]
fn json_becomes_a_tree() {
    for (text, tree) in [
        (
            r#" {"a": [1, -2.5e3, true, null, "x"], "a": {}} "#,
            "{Text:a=[Integer:1 Float:-2.5e3 Boolean(true):true Null:null Text:x] Text:a={}}",
        ),
        (r#""A\n\"\/\u00e9\ud83d\ude00z""#, "Text:A\n\"/é😀z"),
        ("[]", "[]"),
        ("0", "Integer:0"),
    ] {
        assert_eq!(shown(read(text).unwrap().root()), tree, "{text}");
    }
}

#[test]
fn what_is_no_json_is_refused_where_it_stops_to_be() {
    for (text, at) in [
        ("{", 1),
        ("[1,]", 3),
        (r#"{"a" 1}"#, 5),
        (r#"{"a":1,}"#, 7),
        ("01", 0),
        ("1.", 0),
        ("-", 0),
        ("nul", 0),
        (r#""abc"#, 0),
        (r#""\x""#, 1),
        (r#""\ud800""#, 7),
        (r#""\udc00""#, 7),
        ("[1] 2", 4),
        ("'a'", 0),
        ("\"\t\"", 1),
        ("{a: 1}", 1),
    ] {
        assert_eq!(
            read(text)
                .map(|tree| shown(tree.root()))
                .map_err(|mistake| mistake.span.start),
            Err(at),
            "{text}"
        );
    }
}

#[test]
fn nesting_ends_at_the_limit() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(read(&nested(limits::DEPTH)).is_ok());
    assert_eq!(
        read(&nested(limits::DEPTH + 1))
            .map(|_| ())
            .map_err(|mistake| mistake.code),
        Err(Code::TooDeep)
    );
    assert_eq!(
        read(&"[".repeat(1_000_000))
            .map(|_| ())
            .map_err(|mistake| mistake.code),
        Err(Code::TooDeep)
    );
}
