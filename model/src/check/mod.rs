//! From a document's tree to what it says: every mistake found, each at its place.

mod about;
mod attribute_test;
mod condition;
mod context;
mod deciding;
mod declarations;
mod effective;
mod flag;
mod graph;
mod known;
mod operand;
mod operator;
mod outcome;
mod patterns;
mod percentage;
mod read;
mod reference;
mod references;
mod report;
mod rollout;
mod rule;
mod rust_names;
mod sampled;
mod split;
mod unit;
mod users;
mod variants;

pub use outcome::{Checked, Loaded, load};

use crate::kills::{self, Kills};
use crate::tree::{Content, Node, ScalarKind, Tree};
use crate::{Code, Source, Span};
use known::{Declared, Known};
use read::{Fields, Reader};
use report::Holder;

/// How many mistakes of one document are kept; the rest are counted.
pub(crate) const STORED: usize = 10_000;

const TOP_KEYS: [&str; 7] = [
    "version",
    "context",
    "segments",
    "environments",
    "flags",
    "retired",
    "$schema",
];

/// What every document has.
const REQUIRED: [&str; 2] = ["version", "flags"];

/// Checks a document.
///
/// ```
/// use flagstone_model::{Source, check, parse};
///
/// let source = Source::new("flags.yaml", "version: 1\nflags:\n  new_dashboard: { rollout: 25 }\n");
/// let checked = check(&source, parse(&source).map_err(|mistake| mistake.message)?);
/// let [mistake] = checked.diagnostics() else { panic!("one mistake") };
/// assert_eq!(mistake.code.id(), "E0401");
/// assert_eq!(source.slice(mistake.span), "25");
/// assert_eq!(mistake.help.as_deref(), Some("write `25%`"));
/// # Ok::<(), String>(())
/// ```
pub fn check<'s>(source: &Source<'s>, tree: Tree<'s>) -> Checked {
    let kills = Kills::find(tree.root());
    let mut reader = Reader::new(source);
    let declared = declared(&mut reader, tree.root());
    Checked::new(declared, &reader.report, tree.diagnostics, kills)
}

/// What the document says; nothing where it is of another version, or no mapping.
fn declared(reader: &mut Reader<'_>, root: Node<'_>) -> Option<Declared> {
    let fields = top_level(reader, root)?;
    let mut known = Known::default();
    context::check(reader, &fields, &mut known);
    declarations::environments(reader, &fields, &mut known);
    declarations::retired(reader, &fields, &mut known);
    flag::heads(reader, &fields, root, &mut known);
    let segments = declarations::segments(reader, &fields, &mut known);
    let flags = flag::bodies(reader, &known);
    let declared = known.into_definition(segments, flags);
    rust_names::check(reader, &declared);
    references::check(reader, &declared);
    Some(declared)
}

/// The sections; nothing where the document is of another version, of which nothing can be understood.
fn top_level<'t>(reader: &mut Reader<'_>, root: Node<'t>) -> Option<Fields<'t>> {
    let mut unknown = Vec::new();
    let help = "a document begins with `version: 1` and has the section `flags`";
    let mut fields = reader.fields_unless(root, "the document", help, &TOP_KEYS, |_, entry| {
        // Keys that begin with `x-` are anybody's.
        if !entry.key.starts_with("x-") {
            unknown.push((entry, None));
        }
    })?;
    for (entry, required) in &mut unknown {
        let meant = reader.report.nearest(entry.key, TOP_KEYS.into_iter());
        let is_missing = |key: &&str| meant == Some(*key) && !fields.is_written(key);
        *required = REQUIRED.into_iter().find(is_missing);
        if let Some(key) = *required {
            fields.count_as_written(key);
        }
    }
    version(reader, &fields, root)?;
    for (entry, required) in unknown {
        // A required section with a typo is missing, which needs no message of its own. Any other unknown key spoils
        // nothing, so that a program still takes the flags of a document with a section that only later versions know.
        if required.is_none() {
            reader.report.enter(Holder::Nothing);
        }
        reader.unknown_key(entry, "the document", &TOP_KEYS);
        reader.report.enter(Holder::Document);
    }
    Some(fields)
}

/// Reports what is wrong with the version; nothing where it is another, of which nothing can be understood.
fn version(reader: &mut Reader<'_>, fields: &Fields<'_>, root: Node<'_>) -> Option<()> {
    let Some(entry) = fields.get("version") else {
        if !fields.is_written("version") {
            let message = "the document doesn't say which version of the language it is in";
            let help = "write `version: 1` as its first line";
            reader
                .report
                .error(Code::MissingKey, beginning(root), message, help);
        }
        return Some(());
    };
    if kills::is_version_1(root) {
        return Some(());
    }
    let is_integer = matches!(entry.value.content(), Content::Scalar(scalar) if scalar.kind == ScalarKind::Integer);
    let help = if is_integer {
        "write `version: 1`; what is written for a newer one, a newer flagstone reads"
    } else if reader.is_quoted(entry.value) {
        "write `version: 1`, without quotes"
    } else {
        "write `version: 1`"
    };
    let message = "this is no version of the language that is known here; there is only 1";
    reader
        .report
        .error(Code::UnsupportedVersion, entry.value.span, message, help);
    (!is_integer).then_some(())
}

/// The place before a node's first character, for what is missing in it.
fn beginning(node: Node<'_>) -> Span {
    Span {
        start: node.span.start,
        end: node.span.start,
    }
}
