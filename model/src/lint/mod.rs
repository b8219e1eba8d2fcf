//! Warnings: what is worth a second look in a document in which nothing is wrong. They stop nothing.
//!
//! What is said is so: where a warning rests on a proof that doesn't come about, it isn't given.

mod about;
mod overlay;
mod pattern;
mod proof;
mod rules;
mod schedule;
mod unused;
mod useless;

use std::collections::HashSet;

use crate::definition::{Definition, Flag};
use crate::diagnostic::{Diagnostic, HoldsBack, Severity};
use crate::{Code, Source, Span, Timestamp};
use proof::Prover;

/// The warnings about a document, in the document's order. Those that depend on the time are given where there is one.
///
/// What a flag lists under `allow` isn't said of that flag.
///
/// ```
/// use flagstone_model::{lint, load};
///
/// let loaded = load("flags.yaml", b"version: 1
/// context: { targeting_key: user_id, attributes: { age: integer } }
/// flags:
///   adults_only:
///     description: What children don't see
///     owner: growth
///     rules: [{ if: { age: { gte: 18, lt: 12 } }, serve: on }]
/// ");
/// let definition = loaded.definition().ok_or("the document is wrong")?;
/// let warnings = lint(&loaded.source, definition, None);
/// assert_eq!(warnings.len(), 1);
/// assert_eq!(warnings[0].code.id(), "rule-never-holds");
/// # Ok::<(), &str>(())
/// ```
pub fn lint(
    source: &Source<'_>,
    definition: &Definition,
    at: Option<Timestamp>,
) -> Vec<Diagnostic> {
    let mut finder = Finder {
        source,
        definition,
        at,
        found: Vec::new(),
        seen: HashSet::new(),
        allowed: HashSet::new(),
    };
    let mut prover = Prover::new(definition);
    for flag in &definition.flags {
        finder.enter(flag);
        about::check(&mut finder, flag);
        useless::check(&mut finder, flag);
        overlay::check(&mut finder, flag);
        schedule::check(&mut finder, flag);
        rules::check(&mut finder, &mut prover, flag);
        flag.each_condition(&mut |condition| pattern::check(&mut finder, condition));
    }
    finder.allowed.clear();
    for segment in &definition.segments {
        if let Some(condition) = &segment.condition {
            pattern::check(&mut finder, condition);
        }
    }
    unused::check(&mut finder);
    let mut found = finder.found;
    found.sort_by_key(|warning| (warning.span.start, warning.span.end, warning.code));
    found
}

/// What is looked at, and what has been found.
struct Finder<'d> {
    source: &'d Source<'d>,
    definition: &'d Definition,
    at: Option<Timestamp>,
    found: Vec<Diagnostic>,
    /// What has been said: what stands in a base may be found in each environment.
    seen: HashSet<(Code, Span)>,
    /// The warnings that don't apply to the flag that is looked at.
    allowed: HashSet<Code>,
}

impl<'d> Finder<'d> {
    /// From here on warnings are about this flag.
    fn enter(&mut self, flag: &'d Flag) {
        let names = flag.about().allow.iter();
        self.allowed = names.filter_map(|name| Code::warning(name)).collect();
    }

    fn warn(&mut self, code: Code, span: Span, message: String, help: impl Into<String>) {
        if self.allowed.contains(&code) || !self.seen.insert((code, span)) {
            return;
        }
        self.found.push(Diagnostic {
            severity: Severity::Warning,
            code,
            span,
            message,
            help: Some(help.into()),
            holds_back: HoldsBack::Nothing,
        });
    }

    fn line(&self, span: Span) -> u32 {
        self.source.line_of(span.start)
    }
}

/// The base and each overlay, with what holds of the flag where it is chosen; the base where none is.
fn everywhere(
    flag: &Flag,
) -> impl Iterator<
    Item = (
        &crate::definition::Deciding,
        crate::definition::Effective<'_>,
    ),
> {
    use crate::definition::Effective;
    let overlays = flag.overlays.iter();
    core::iter::once((&flag.base, Effective::of(flag, None)))
        .chain(overlays.map(|(_, overlay)| (overlay, Effective::of(flag, Some(overlay)))))
}
