//! The section `flags`: heads first, so that flags can refer to each other, then bodies.

use std::rc::Rc;

use super::known::{Bodies, Choices, Head, Known};
use super::read::{Entry, Fields, Reader};
use super::report::Holder;
use super::{about, beginning, deciding, effective, reference, rust_names, variants};
use crate::definition::Flag;
use crate::tree::Node;
use crate::{Code, Name, Span, limits};

/// The keys of a flag that are neither deciding nor said about it.
const OWN_KEYS: [&str; 4] = ["environments", "type", "variants", "salt"];

/// Reads keys, types and variants of all flags.
pub(super) fn heads<'t>(
    reader: &mut Reader<'_>,
    top: &Fields<'t>,
    root: Node<'_>,
    known: &mut Known<'t>,
) {
    reader.report.enter(Holder::Document);
    let Some(entry) = top.get("flags") else {
        if !top.is_written("flags") {
            let message = "the document has no `flags`";
            let help = "write `flags: {}` where there are none yet";
            reader
                .report
                .error(Code::MissingKey, beginning(root), message, help);
        }
        return;
    };
    let Some(entries) = reader.entries(
        entry.value,
        "`flags`",
        "name the flags: `{ new_dashboard: { rollout: 25% } }`",
    ) else {
        return;
    };
    if entries.len() > limits::FLAGS {
        let message = format!(
            "there are {} flags; the limit is {}",
            entries.len(),
            limits::FLAGS
        );
        reader.report.error(
            Code::TooManyFlags,
            entry.span,
            message,
            "retire flags, or split the document",
        );
        return;
    }
    let boolean = variants::boolean().map(|variants| Rc::new(Choices::new(variants)));
    let keys = [&deciding::KEYS[..], &OWN_KEYS, &about::KEYS].concat();
    known.heads.reserve(entries.len());
    for entry in entries.iter() {
        reader.report.enter(Holder::Document);
        let Some(key) = flag_key(reader, entry) else {
            continue;
        };
        let index = known.heads.len();
        reader.report.enter(Holder::Flag(index));
        let fields = fields(reader, &key, entry, &keys);
        let variants = fields
            .as_ref()
            .and_then(|fields| variants::check(reader, &key, entry.span, fields, boolean.as_ref()));
        retired_again(reader, known, &key, entry.span);
        known.heads.push(Head {
            key,
            span: entry.span,
            fields,
            variants,
        });
    }
    reader.report.enter(Holder::Document);
}

fn fields<'t>(
    reader: &mut Reader<'_>,
    key: &Name,
    entry: Entry<'t>,
    keys: &[&'static str],
) -> Option<Fields<'t>> {
    if !reader.has_value(entry, "{}") {
        return None;
    }
    // Nothing is formatted for the very many flags with which nothing is wrong.
    let what = format_args!("the flag `{key}`");
    let help =
        format_args!("write `{key}: {{ rollout: 25% }}`, or other keys; off for all is `{{}}`");
    reader.fields(entry.value, what, help, keys)
}

/// A flag's key. An ill-formed one holds nothing back: no program can know a flag of that name.
fn flag_key(reader: &mut Reader<'_>, entry: Entry<'_>) -> Option<Name> {
    reader.report.enter(Holder::Nothing);
    reader.name(entry.key, entry.span, "a flag")
}

fn retired_again(reader: &mut Reader<'_>, known: &Known<'_>, key: &Name, span: Span) {
    let Some(retired) = known.retired.get(key) else {
        return;
    };
    let message = Known::retirement(retired);
    let help = "take another key: programs that still know the old flag would run code that nobody expects to run";
    reader.report.error(Code::RetiredKey, span, message, help);
}

/// Reads the rest of each flag.
pub(super) fn bodies(reader: &mut Reader<'_>, known: &Known<'_>) -> Bodies {
    let mut bodies = Bodies::with_room_for(known.heads.len());
    for (index, head) in known.heads.iter().enumerate() {
        reader.report.enter(Holder::Flag(index));
        body(reader, known, head, &mut bodies.flags);
        // While it is at hand: later all flags before it would have to be fetched again.
        if let Some(flag) = bodies.flags.get(bodies.places.len()) {
            effective::check(reader, known, flag);
            bodies.places.push(index);
            bodies.sketches.push(rust_names::sketch(flag));
        }
    }
    reader.report.enter(Holder::Document);
    bodies
}

/// Reads a flag's body and adds the flag to those that could be read.
fn body(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    head: &Head<'_>,
    flags: &mut Vec<Flag>,
) -> Option<()> {
    let fields = head.fields.as_ref()?;
    let choices = head.variants.as_deref();
    let about = about::check(reader, fields, choices);
    let salt = fields.get("salt").and_then(|entry| reader.words(entry));
    let base = deciding::check(reader, known, fields, choices);
    let overlays = overlays(reader, known, fields, choices);
    let variants = &choices?.variants;
    if base.rare().baseline.is_none()
        && variants.ty != crate::ValueType::Boolean
        && fields.lacks(&["baseline"])
    {
        let message = format!("the flag `{}` has no `baseline`", head.key);
        reader.report.error(
            Code::MissingKey,
            head.span,
            message,
            "write the variant that holds when nothing else decides",
        );
    }
    flags.push(Flag {
        key: head.key.clone(),
        span: head.span,
        about,
        variants: variants.clone(),
        salt,
        base,
        overlays,
    });
    Some(())
}

fn overlays(
    reader: &mut Reader<'_>,
    known: &Known<'_>,
    fields: &Fields<'_>,
    choices: Option<&Choices>,
) -> Vec<(crate::EnvironmentIndex, crate::Deciding)> {
    let Some(entry) = fields.get("environments") else {
        return Vec::new();
    };
    let help = "name them with what differs there: `{ production: { serve: on } }`";
    let entries = reader
        .entries(entry.value, "`environments`", help)
        .unwrap_or_default();
    let mut overlays = Vec::with_capacity(entries.len());
    for entry in entries.iter() {
        let environment = reference::environment(reader, known, entry);
        if !reader.has_value(entry, "{ serve: on }") {
            continue;
        }
        let unknown = |reader: &mut Reader<'_>, entry: Entry<'_>| {
            if OWN_KEYS.contains(&entry.key) || about::KEYS.contains(&entry.key) {
                let message = format!(
                    "`{}` is the same in every environment, and can't stand in an overlay",
                    entry.key
                );
                reader.report.error(
                    Code::UnknownKey,
                    entry.span,
                    message,
                    "write it at the flag itself",
                );
            } else {
                reader.unknown_key(entry, "an overlay", &deciding::KEYS);
            }
        };
        let Some(fields) = reader.fields_unless(
            entry.value,
            "an overlay",
            "write what differs there: `{ serve: on }`",
            &deciding::KEYS,
            unknown,
        ) else {
            continue;
        };
        let deciding = deciding::check(reader, known, &fields, choices);
        if let Some(environment) = environment {
            overlays.push((environment, deciding));
        }
    }
    overlays
}
