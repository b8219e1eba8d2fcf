//! Names that refer to something declared elsewhere.

use super::known::{Choices, Known};
use super::read::{Entry, Reader};
use super::report::Holder;
use crate::definition::{AttributeIndex, SegmentRef, VariantIndex};
use crate::quoted::{Excerpt, Quoted};
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{Code, EnvironmentIndex, Name, Span, ValueType};

/// The entries of a condition that aren't attributes.
const CONDITION_WORDS: [&str; 7] = ["all", "any", "not", "segment", "sample", "flag", "now"];

/// The attribute that a condition's entry names.
pub(super) fn attribute_or_word(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    name: &str,
    span: Span,
) -> Option<AttributeIndex> {
    if name == "environment" {
        let message = "a condition can't ask for the environment";
        let help = "what differs between environments stands in the flag's `environments`: `environments: { production: { … } }`";
        reader
            .report
            .error(Code::UnknownAttribute, span, message, help);
        return None;
    }
    attribute_among(reader, known, name, span, &CONDITION_WORDS)
}

/// The attribute of a name. Where the attribute itself is wrong, what reads it is held back without another message.
fn attribute_among(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    name: &str,
    span: Span,
    words: &[&'static str],
) -> Option<AttributeIndex> {
    let Some(index) = known.attribute_named(name) else {
        let message = format!("unknown attribute {}", Quoted(name));
        let help = unknown_attribute_help(reader, known, name, words);
        reader
            .report
            .error(Code::UnknownAttribute, span, message, help);
        return None;
    };
    if reader.report.is_broken(Holder::Attribute(index.get())) {
        reader.report.spoilt_by_attribute(index.get());
        return None;
    }
    Some(index)
}

fn unknown_attribute_help(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    name: &str,
    words: &[&'static str],
) -> String {
    let targeting_key = known.targeting_key.and_then(|index| known.attribute(index));
    if let Some(attribute) = targeting_key.filter(|_| name == "targeting_key") {
        return format!("the targeting key of this document is `{}`", attribute.name);
    }
    let attributes = known.attributes.iter();
    let names = attributes.map(|attribute| attribute.name.as_str());
    let has_declared = known
        .attributes
        .iter()
        .any(|attribute| attribute.span != Span::default());
    let words = words.iter().copied();
    if has_declared {
        return reader
            .report
            .suggest(name, names.chain(words), "attributes and other entries");
    }
    match reader.report.nearest(name, names.chain(words)) {
        Some(nearest) => format!("did you mean {}?", Quoted(nearest)),
        None => format!(
            "declare it: `context: {{ attributes: {{ {}: string }} }}`",
            Excerpt(name)
        ),
    }
}

/// The attribute to bucket by, whose type must be one that can.
pub(super) fn bucket_attribute(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    node: Node<'_>,
) -> Option<AttributeIndex> {
    let name = reader.text(node, &"`by`")?;
    let index = attribute_among(reader, known, name, node.span, &[])?;
    let attribute = known.attribute(index)?;
    if attribute.ty.can_bucket() {
        return Some(index);
    }
    let message = format!(
        "`{name}` is of type `{}`, and only `string` and `integer` can be bucketed by",
        attribute.ty.name()
    );
    let help = "name another attribute, or leave `by` out to bucket by the targeting key";
    reader
        .report
        .error(Code::BucketType, node.span, message, help);
    None
}

/// A segment, or the built-in one.
pub(super) fn segment(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    node: Node<'_>,
) -> Option<SegmentRef> {
    let name = reader.text(node, &"a segment's name")?;
    if name == "everyone" {
        return Some(SegmentRef::Everyone);
    }
    let found = known.segment_by_name.get(name).copied();
    if found.is_none() {
        let names = known.segment_names.iter().map(Name::as_str);
        let help = reader.report.suggest(name, names, "segments");
        let message = format!("unknown segment {}", Quoted(name));
        reader
            .report
            .error(Code::UnknownSegment, node.span, message, help);
    }
    found.map(SegmentRef::Segment)
}

/// An environment that overlays speak of.
pub(super) fn environment(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    entry: Entry<'_>,
) -> Option<EnvironmentIndex> {
    let found = known.environment_by_name.get(entry.key).copied();
    if found.is_none() {
        let environments = known.environments.iter();
        let names = environments.map(|environment| environment.name.as_str());
        let help = if known.environments.is_empty() {
            let key = Excerpt(entry.key);
            format!("declare it at the top level: `environments: {{ {key}: {{}} }}`")
        } else {
            reader.report.suggest(entry.key, names, "environments")
        };
        let message = format!("unknown environment {}", Quoted(entry.key));
        reader
            .report
            .error(Code::UnknownEnvironment, entry.span, message, help);
    }
    found
}

/// Another flag, and the variants of which it must answer one.
pub(super) fn flag_answer(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    entry: Entry<'_>,
) -> Option<(Name, Vec<Name>)> {
    let Some(head) = known.head(entry.key) else {
        unknown_flag(reader, known, entry);
        return None;
    };
    if !reader.has_value(entry, "on") {
        return None;
    }
    let help = "name the variants that it must answer: `[small, large]`";
    let what = &format_args!("`{}`", head.key);
    let nodes = reader.one_or_more(entry.value, what, help)?;
    let names: Vec<_> = nodes
        .iter()
        .map(|node| variant_name(reader, head.variants.as_deref(), node))
        .collect();
    Some((head.key.clone(), names.into_iter().collect::<Option<_>>()?))
}

fn unknown_flag(reader: &mut Reader<'_>, known: &Known<'_>, entry: Entry<'_>) {
    let Some(retired) = known.retired.get(entry.key) else {
        let heads = known.heads.iter();
        let keys = heads.map(|head| head.key.as_str());
        let help = reader.report.suggest(entry.key, keys, "flags");
        let message = format!("unknown flag {}", Quoted(entry.key));
        reader
            .report
            .error(Code::UnknownFlag, entry.span, message, help);
        return;
    };
    let message = Known::retirement(retired);
    let help = "remove what refers to it";
    reader
        .report
        .error(Code::RetiredKey, entry.span, message, help);
}

/// A variant by its name; unchecked where the flag's variants are wrong themselves, which has been reported there.
fn variant_name(
    reader: &mut Reader<'_>,
    choices: Option<&Choices>,
    node: Node<'_>,
) -> Option<Name> {
    let Some(choices) = choices else {
        let Content::Scalar(scalar) = node.content() else {
            return None;
        };
        return Name::new(scalar.text).ok();
    };
    let index = variant(reader, Some(choices), node)?;
    let variant = choices.variants.get(index);
    variant.map(|variant| variant.name.clone())
}

/// A variant of a flag. Nothing, and no message, where the flag's variants are wrong themselves.
pub(super) fn variant(
    reader: &mut Reader<'_>,
    choices: Option<&Choices>,
    node: Node<'_>,
) -> Option<VariantIndex> {
    let choices = choices?;
    let is_boolean = choices.variants.ty == ValueType::Boolean;
    let text = match node.content() {
        Content::Scalar(Scalar {
            text,
            kind: ScalarKind::Boolean(_),
        }) if is_boolean => text,
        // No quotes would make such a number the name of a variant.
        Content::Scalar(Scalar {
            text,
            kind: ScalarKind::Integer | ScalarKind::Float,
        }) if choices.find(text).is_none() => text,
        _ => reader.text_or(node, &"a variant's name", "write the name of one variant")?,
    };
    named_variant(reader, choices, text, node.span)
}

/// A variant by a name that has been read. Of a boolean `true` and `false` stand for `on` and `off`.
pub(super) fn named_variant(
    reader: &mut Reader<'_>,
    choices: &Choices,
    text: &str,
    span: Span,
) -> Option<VariantIndex> {
    let is_boolean = choices.variants.ty == ValueType::Boolean;
    let name = match text {
        "true" | "True" | "TRUE" if is_boolean => "on",
        "false" | "False" | "FALSE" if is_boolean => "off",
        _ => text,
    };
    let found = choices.find(name);
    if found.is_none() {
        let variants = choices.variants.list.iter();
        let names = variants.map(|variant| variant.name.as_str());
        let help = reader.report.suggest(name, names, "variants");
        let message = format!("unknown variant {}", Quoted(text));
        reader
            .report
            .error(Code::UnknownVariant, span, message, help);
    }
    found
}
