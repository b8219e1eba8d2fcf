//! Reading what is JSON, and refusing what is not.

use super::*;

fn read<'l, T>(
    line: &'l str,
    value: impl FnOnce(&mut Reader<'l>) -> Result<T, Malformed>,
) -> Result<T, String> {
    let mut reader = Reader::new(line);
    reader.peek();
    value(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|mistake| mistake.describe(line))
}

#[test]
fn numbers_are_integers_or_the_nearest_float() {
    for (line, number) in [
        ("0", Number::Integer(0)),
        ("-0", Number::Integer(0)),
        ("-12", Number::Integer(-12)),
        ("9223372036854775807", Number::Integer(i64::MAX)),
        ("-9223372036854775808", Number::Integer(i64::MIN)),
        (
            "9223372036854775808",
            Number::Float(9_223_372_036_854_775_808.0),
        ),
        ("5.0", Number::Float(5.0)),
        ("1e3", Number::Float(1000.0)),
        ("1E+3", Number::Float(1000.0)),
        ("-2.5e-1", Number::Float(-0.25)),
        ("0.1", Number::Float(0.1)),
        ("1e400", Number::Float(f64::INFINITY)),
        (
            "123456789.12345678901",
            Number::Float(123_456_789.123_456_79),
        ),
    ] {
        assert_eq!(read(line, Reader::number), Ok(number), "{line}");
    }
    for line in [
        "-", "01", "-01", "1.", ".5", "1e", "1e+", "+1", "0x10", "1_000", "Infinity", "--1",
    ] {
        assert!(read(line, Reader::number).is_err(), "{line}");
    }
}

#[test]
fn texts_come_as_they_were_meant() {
    for (line, text) in [
        (r#""""#, ""),
        (r#""größe""#, "größe"),
        (r#""a\"b\\c\/d""#, "a\"b\\c/d"),
        (r#""\b\f\n\r\t""#, "\u{8}\u{c}\n\r\t"),
        (r#""\u00e9\uD83D\uDE00x""#, "é\u{1f600}x"),
        (r#""\u0000""#, "\0"),
    ] {
        assert_eq!(read(line, Reader::text).as_deref(), Ok(text), "{line}");
    }
    for line in [
        r#"""#,
        r#""\"#,
        r#""\""#,
        r#""\x""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\u+123""#,
        "\"a\tb\"",
        r#""\ud800""#,
        r#""\ud800\u0041""#,
        r#""\udc00""#,
        r#""\ud800\"#,
    ] {
        assert!(read(line, Reader::text).is_err(), "{line}");
    }
}

#[test]
fn just_what_is_json_is_read() {
    let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for line in [
        "{}",
        " { } ",
        "[]",
        "[1, 2.5, \"a\", true, false, null, {\"a\": [{}]}]",
        "{\"a\":1,\"a\":2}\r",
        &deep(128),
    ] {
        assert_eq!(read(line, Reader::skip), Ok(()), "{line}");
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok() || line.len() > 200);
    }
    for line in [
        "",
        " ",
        "{",
        "}",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{\"a\" 1}",
        "{'a': 1}",
        "nul",
        "True",
        "nullx",
        "1 2",
        "{} {}",
        "[1 2]",
        "{\"a\":1 \"b\":2}",
        "NaN",
        "// x",
        "[1] // x",
        "\u{feff}{}",
        "\u{a0}{}",
        &deep(129),
        &deep(100_000),
        &"[".repeat(100_000),
    ] {
        assert!(read(line, Reader::skip).is_err(), "{line}");
        assert!(serde_json::from_str::<serde_json::Value>(line).is_err());
    }
}

#[test]
fn a_mistake_has_its_column_in_characters() {
    for (line, mistake) in [
        ("{\"ö\": }", "column 7: a value belongs here"),
        ("{\"a\": 1", "column 8: `,` or `}` belongs here"),
        (
            "\"\\ud800\"",
            "column 2: half of a surrogate pair is no character",
        ),
    ] {
        assert_eq!(read(line, Reader::skip), Err(mistake.to_owned()), "{line}");
    }
}
