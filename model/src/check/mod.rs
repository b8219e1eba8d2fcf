//! From a document's tree to what it says: every mistake found, each at its place.

mod about;
mod condition;
mod context;
mod deciding;
mod declarations;
mod distribution;
mod effective;
mod flag;
mod known;
mod operand;
mod outcome;
mod read;
mod reference;
mod references;
mod report;
mod rule;
mod rust_names;

mod variants;

pub use outcome::{Checked, Loaded, load};

use crate::kills::{self, Kills};
use crate::tree::{Content, Node, ScalarKind, Tree};
use crate::{Code, Source, Span};
use known::{Declared, Known};
use read::{Fields, Reader};
use report::{Holder, Report};

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
    let Tree { root, diagnostics } = tree;
    let kills = Kills::find(&root);
    let mut reader = Reader {
        source,
        report: Report::new(),
    };
    let declared = declared(&mut reader, &root);
    Checked::new(declared, &reader.report, diagnostics, kills)
}

/// What the document says; nothing where it is of another version, or no mapping.
fn declared(reader: &mut Reader<'_>, root: &Node<'_>) -> Option<Declared> {
    let fields = top_level(reader, root)?;
    version(reader, &fields, root)?;
    let mut known = Known::default();
    context::check(reader, &fields, &mut known);
    declarations::environments(reader, &fields, &mut known);
    declarations::retired(reader, &fields, &mut known);
    flag::heads(reader, &fields, root, &mut known);
    let segments = declarations::segments(reader, &fields, &mut known);
    let flags = flag::bodies(reader, &known);
    let declared = known.into_definition(segments, flags);
    rust_names::check(reader, &declared);
    effective::check(reader, &declared);
    references::check(reader, &declared);
    Some(declared)
}

fn top_level<'t, 's>(reader: &mut Reader<'_>, root: &'t Node<'s>) -> Option<Fields<'t, 's>> {
    reader.fields_unless(root, "the document", &TOP_KEYS, |reader, entry| {
        // Keys that begin with `x-` are anybody's. Any other unknown key spoils nothing, so that a program
        // still takes the flags of a document with a section that only later versions know.
        if !entry.key.starts_with("x-") {
            reader.report.enter(Holder::Nothing);
            reader.unknown_key(entry, "the document", &TOP_KEYS);
            reader.report.enter(Holder::Document);
        }
    })
}

/// Reports what is wrong with the version; nothing where it is another, of which nothing can be understood.
fn version(reader: &mut Reader<'_>, fields: &Fields<'_, '_>, root: &Node<'_>) -> Option<()> {
    let Some(entry) = fields.get("version") else {
        if !fields.is_written("version") {
            let start = Span {
                start: root.span.start,
                end: root.span.start,
            };
            let help = "write `version: 1` as its first line";
            reader.report.error(
                Code::MissingKey,
                start,
                "the document doesn't say which version of the language it is in",
                help,
            );
        }
        return Some(());
    };
    if kills::is_version_1(root) {
        return Some(());
    }
    let message = "this is no version of the language that is known here; there is only 1";
    reader.report.error(
        Code::UnsupportedVersion,
        entry.value.span,
        message,
        "write `version: 1`, without quotes",
    );
    let is_integer = matches!(&entry.value.content, Content::Scalar(scalar) if scalar.kind == ScalarKind::Integer);
    (!is_integer).then_some(())
}
