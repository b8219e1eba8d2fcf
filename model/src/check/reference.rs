//! Names that refer to something declared elsewhere.

use super::known::Known;
use super::read::{Entry, Reader};
use super::report::Holder;
use crate::definition::{AttributeIndex, SegmentRef, VariantIndex, Variants};
use crate::tree::{Content, Node, ScalarKind};
use crate::{Code, EnvironmentIndex, Name, RESERVED, Span, ValueType};

/// The attribute of a name. Where the attribute itself is wrong, what reads it is held back without another message.
pub(super) fn attribute(
    reader: &mut Reader<'_>,
    known: &Known<'_, '_>,
    name: &str,
    span: Span,
) -> Option<AttributeIndex> {
    let Some(index) = known.attribute_by_name.get(name).copied() else {
        let names = known
            .attributes
            .iter()
            .map(|attribute| attribute.name.as_str());
        let words = RESERVED.into_iter().take(8);
        let help = reader.report.suggest(
            name,
            names.chain(words.filter(|word| is_condition_word(word))),
            "attributes and other entries",
        );
        reader.report.error(
            Code::UnknownAttribute,
            span,
            format!("unknown attribute `{name}`"),
            help,
        );
        return None;
    };
    if reader.report.is_broken(Holder::Attribute(index.get())) {
        reader.report.spoilt_by_attribute(index.get());
        return None;
    }
    Some(index)
}

fn is_condition_word(word: &str) -> bool {
    matches!(
        word,
        "all" | "any" | "not" | "segment" | "sample" | "flag" | "now"
    )
}

/// The attribute to bucket by, whose type must be one that can.
pub(super) fn bucket_attribute(
    reader: &mut Reader<'_>,
    known: &Known<'_, '_>,
    node: &Node<'_>,
) -> Option<AttributeIndex> {
    let name = reader.text(node, "`by`")?;
    let index = attribute(reader, known, name, node.span)?;
    let attribute = known.attribute(index)?;
    if attribute.ty.can_bucket() {
        return Some(index);
    }
    let message = format!(
        "`{name}` is of type `{}`, and only `string` and `integer` can be bucketed by",
        attribute.ty.name()
    );
    reader.report.error(
        Code::BucketType,
        node.span,
        message,
        "name another attribute, or leave `by` out to bucket by the targeting key",
    );
    None
}

/// A segment, or the built-in one.
pub(super) fn segment(
    reader: &mut Reader<'_>,
    known: &Known<'_, '_>,
    node: &Node<'_>,
) -> Option<SegmentRef> {
    let name = reader.text(node, "a segment's name")?;
    if name == "everyone" {
        return Some(SegmentRef::Everyone);
    }
    let found = known.segment_by_name.get(name).copied();
    if found.is_none() {
        let names = known.segment_by_name.keys().map(Name::as_str);
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        let help = reader.report.suggest(name, names.into_iter(), "segments");
        reader.report.error(
            Code::UnknownSegment,
            node.span,
            format!("unknown segment `{name}`"),
            help,
        );
    }
    found.map(SegmentRef::Segment)
}

/// An environment that overlays speak of.
pub(super) fn environment(
    reader: &mut Reader<'_>,
    known: &Known<'_, '_>,
    entry: Entry<'_, '_>,
) -> Option<EnvironmentIndex> {
    let found = known.environment_by_name.get(entry.key).copied();
    if found.is_none() {
        let names = known
            .environments
            .iter()
            .map(|environment| environment.name.as_str());
        let help = if known.environments.is_empty() {
            format!(
                "declare it at the top level: `environments: {{ {}: {{}} }}`",
                entry.key
            )
        } else {
            reader.report.suggest(entry.key, names, "environments")
        };
        reader.report.error(
            Code::UnknownEnvironment,
            entry.span,
            format!("unknown environment `{}`", entry.key),
            help,
        );
    }
    found
}

/// Another flag, and the variants of which it must answer one.
pub(super) fn flag_answer(
    reader: &mut Reader<'_>,
    known: &Known<'_, '_>,
    entry: Entry<'_, '_>,
) -> Option<(Name, Vec<Name>)> {
    let Some(head) = known.head(entry.key) else {
        unknown_flag(reader, known, entry);
        return None;
    };
    let nodes = reader.one_or_more(entry.value, "the list of variants")?;
    let names: Vec<_> = nodes
        .iter()
        .map(|node| variant_name(reader, head.variants.as_ref(), node))
        .collect();
    Some((head.key.clone(), names.into_iter().collect::<Option<_>>()?))
}

fn unknown_flag(reader: &mut Reader<'_>, known: &Known<'_, '_>, entry: Entry<'_, '_>) {
    if let Some(retired) = known.retired.get(entry.key) {
        let note = retired
            .note
            .as_deref()
            .map_or_else(String::new, |note| format!(": {note}"));
        let message = format!(
            "the flag `{}` was retired on {}{note}",
            entry.key, retired.date
        );
        reader.report.error(
            Code::RetiredKey,
            entry.span,
            message,
            "remove what refers to it",
        );
        return;
    }
    let help = reader.report.suggest(
        entry.key,
        known.heads.iter().map(|head| head.key.as_str()),
        "flags",
    );
    reader.report.error(
        Code::UnknownFlag,
        entry.span,
        format!("unknown flag `{}`", entry.key),
        help,
    );
}

/// A variant by its name; unchecked where the flag's variants are wrong themselves, which has been reported there.
fn variant_name(
    reader: &mut Reader<'_>,
    variants: Option<&Variants>,
    node: &Node<'_>,
) -> Option<Name> {
    let Some(variants) = variants else {
        let Content::Scalar(scalar) = &node.content else {
            return None;
        };
        return Name::new(&scalar.text).ok();
    };
    let index = variant(reader, Some(variants), node)?;
    variants.get(index).map(|variant| variant.name.clone())
}

/// A variant of a flag. Nothing, and no message, where the flag's variants are wrong themselves.
pub(super) fn variant(
    reader: &mut Reader<'_>,
    variants: Option<&Variants>,
    node: &Node<'_>,
) -> Option<VariantIndex> {
    let variants = variants?;
    let is_truth_value = matches!(&node.content, Content::Scalar(scalar) if matches!(scalar.kind, ScalarKind::Boolean(_)));
    let text = match &node.content {
        Content::Scalar(scalar) if is_truth_value && variants.ty == ValueType::Boolean => {
            &*scalar.text
        }
        _ => reader.text(node, "a variant's name")?,
    };
    named_variant(reader, variants, text, node.span)
}

/// A variant by a name that has been read. Of a boolean `true` and `false` stand for `on` and `off`.
pub(super) fn named_variant(
    reader: &mut Reader<'_>,
    variants: &Variants,
    text: &str,
    span: Span,
) -> Option<VariantIndex> {
    let name = match text {
        "true" | "True" | "TRUE" if variants.ty == ValueType::Boolean => "on",
        "false" | "False" | "FALSE" if variants.ty == ValueType::Boolean => "off",
        _ => text,
    };
    let found = variants.find(name);
    if found.is_none() {
        let names = variants.list.iter().map(|variant| variant.name.as_str());
        let help = reader.report.suggest(name, names, "variants");
        reader.report.error(
            Code::UnknownVariant,
            span,
            format!("unknown variant `{text}`"),
            help,
        );
    }
    found
}
