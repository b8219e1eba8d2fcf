//! The keys of a flag for people and tools, which evaluation never reads.

use super::known::Choices;
use super::operand;
use super::read::{Entry, Fields, Reader, marks};
use super::variants;
use crate::definition::{About, Expose, Kind};
use crate::quoted::Quoted;
use crate::tree::{Content, Scalar, ScalarKind};
use crate::{Code, ValueType};

/// The keys.
pub(super) const KEYS: [&str; 12] = [
    "description",
    "owner",
    "tags",
    "link",
    "metadata",
    "kind",
    "remove_by",
    "deprecated",
    "expose",
    "allow",
    "rust_name",
    "rust_type",
];

/// Reads them; nothing where none is written.
pub(super) fn check(
    reader: &mut Reader<'_>,
    fields: &Fields<'_>,
    choices: Option<&Choices>,
) -> Option<Box<About>> {
    if !fields.may_have(const { marks(&KEYS) }) {
        return None;
    }
    let words =
        |reader: &mut Reader<'_>, key: &str| fields.get(key).and_then(|entry| reader.words(entry));
    Some(Box::new(About {
        description: words(reader, "description"),
        owner: words(reader, "owner"),
        tags: fields
            .get("tags")
            .map(|entry| texts(reader, entry))
            .unwrap_or_default(),
        link: words(reader, "link"),
        metadata: fields
            .get("metadata")
            .map(|entry| metadata(reader, entry))
            .unwrap_or_default(),
        kind: fields
            .get("kind")
            .and_then(|entry| {
                reader.word(
                    entry.value,
                    &"`kind`",
                    &Kind::ALL.map(|kind| (kind.name(), kind)),
                )
            })
            .unwrap_or_default(),
        remove_by: fields
            .get("remove_by")
            .and_then(|entry| operand::date(reader, entry.value, &"`remove_by`")),
        deprecated: words(reader, "deprecated"),
        expose: fields
            .get("expose")
            .and_then(|entry| {
                reader.word(
                    entry.value,
                    &"`expose`",
                    &Expose::ALL.map(|expose| (expose.name(), expose)),
                )
            })
            .unwrap_or_default(),
        allow: fields
            .get("allow")
            .map(|entry| texts(reader, entry))
            .unwrap_or_default(),
        rust_name: fields
            .get("rust_name")
            .and_then(|entry| rust_name(reader, entry)),
        rust_type: fields
            .get("rust_type")
            .and_then(|entry| rust_type(reader, entry, choices)),
    }))
}

fn texts(reader: &mut Reader<'_>, entry: Entry<'_>) -> Vec<Box<str>> {
    let nodes = reader
        .list(
            entry.value,
            &format_args!("`{}`", entry.key),
            "write `[a, b]`, or a line `- a` for each",
        )
        .unwrap_or_default();
    let mut texts = Vec::with_capacity(nodes.len());
    texts.extend(
        nodes
            .iter()
            .filter_map(|node| reader.text(node, &"an element"))
            .map(Box::from),
    );
    texts
}

fn metadata(reader: &mut Reader<'_>, entry: Entry<'_>) -> Vec<(Box<str>, serde_json::Value)> {
    let entries = reader
        .entries(
            entry.value,
            "`metadata`",
            "for example `{ ticket: ABC-17 }`",
        )
        .unwrap_or_default();
    entries
        .iter()
        .filter_map(|entry| Some((entry.key.into(), scalar(reader, entry)?)))
        .collect()
}

fn scalar(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<serde_json::Value> {
    match entry.value.content() {
        Content::Scalar(Scalar {
            kind: ScalarKind::Null,
            ..
        }) => {
            reader.null(entry, "…");
            None
        }
        Content::Scalar(_) => variants::json(reader, entry.value),
        _ => {
            reader.wrong_type(
                entry.value,
                "a value of `metadata` is text, a number, `true` or `false`",
                "write several keys instead",
            );
            None
        }
    }
}

fn rust_name(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Box<str>> {
    let text = reader.text(entry.value, &"`rust_name`")?;
    let is_constant = text.starts_with(|c: char| c.is_ascii_uppercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
    if is_constant {
        return Some(text.into());
    }
    let message = format!("{} can't be the name of a constant in Rust", Quoted(text));
    reader.report.error(
        Code::InvalidRustName,
        entry.value.span,
        message,
        "write capital letters, digits and `_`, as in `NEW_CHECKOUT`",
    );
    None
}

fn rust_type(
    reader: &mut Reader<'_>,
    entry: Entry<'_>,
    choices: Option<&Choices>,
) -> Option<Box<str>> {
    let text = reader.text(entry.value, &"`rust_type`")?;
    if choices.is_some_and(|choices| choices.variants.ty != ValueType::Json) {
        let message = "only a flag of type `json` has a `rust_type`";
        reader.report.error(
            Code::NotForThisType,
            entry.span,
            message,
            "remove it, or write `type: json`",
        );
        return None;
    }
    if !is_type_path(text) {
        let message = format!("{} is no path of a type in Rust", Quoted(text));
        reader.report.error(
            Code::InvalidRustName,
            entry.value.span,
            message,
            "for example `crate::Limits` or `Vec<crate::Limits>`",
        );
        return None;
    }
    let Some(bare) = bare_name(text) else {
        return Some(text.into());
    };
    let message = format!(
        "{} is not known where the flags are generated",
        Quoted(bare)
    );
    let help = format!("write its path: `crate::{bare}` for a type at the root of the crate");
    reader
        .report
        .error(Code::InvalidRustName, entry.value.span, message, help);
    None
}

/// The types that have no path anywhere in Rust.
const KNOWN_EVERYWHERE: [&str; 20] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize", "Box", "Option", "String", "Vec",
];

/// The first name in a type that has no path and is not known everywhere.
fn bare_name(text: &str) -> Option<&str> {
    let paths = text.split(['<', '>', ',', ' ']);
    let mut names = paths.filter(|path| !path.is_empty() && !path.contains("::"));
    names.find(|name| !KNOWN_EVERYWHERE.contains(name))
}

/// Identifiers joined by `::`, with arguments in angle brackets; rustc judges the rest.
fn is_type_path(text: &str) -> bool {
    let mut open = 0_usize;
    for c in text.chars() {
        match c {
            '<' => open += 1,
            '>' if open == 0 => return false,
            '>' => open -= 1,
            _ if c.is_alphanumeric() || matches!(c, '_' | ':' | ',' | ' ') => {}
            _ => return false,
        }
    }
    let is_segment = |segment: &str| segment.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let head = text.split('<').next().unwrap_or("");
    open == 0 && head.trim_start_matches("::").split("::").all(is_segment) && !head.contains(' ')
}
