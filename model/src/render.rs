//! Diagnostics as people read them: place, source line with the token underlined, what is wrong, and the remedy.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::{Diagnostic, Severity, Source, Span};

/// How many diagnostics a report shows before it only counts them.
pub const SHOWN: usize = 20;

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// Text alone, for logs and files.
    #[default]
    Plain,
    /// With the colours of a terminal.
    Coloured,
}

/// Renders the first [`SHOWN`] of a document's diagnostics, and the count of all.
///
/// ```
/// use flagstone_model::{Style, load, render};
///
/// let loaded = load("flags.yaml", b"version: 1\nflags:\n  new_dashboard: { rolout: 25% }\n");
/// let report = render(&loaded.source, loaded.diagnostics(), loaded.total(), Style::Plain);
/// assert_eq!(report, "\
/// error[E0101]: unknown key `rolout` in the flag `new_dashboard`
///  --> flags.yaml:3:20
///   |
/// 3 |   new_dashboard: { rolout: 25% }
///   |                    ^^^^^^
///   |
///   = help: did you mean `rollout`?
///
/// flags.yaml: 1 error
/// ");
/// ```
pub fn render(
    source: &Source<'_>,
    diagnostics: &[Diagnostic],
    total: usize,
    style: Style,
) -> String {
    let mut report = String::new();
    for diagnostic in diagnostics.iter().take(SHOWN) {
        report.push_str(&render_one(source, diagnostic, style));
        report.push_str("\n\n");
    }
    report.push_str(source.name());
    report.push_str(": ");
    report.push_str(&count(diagnostics, total));
    report.push('\n');
    report
}

/// "3 errors, 1 warning", and how many of them are shown.
fn count(diagnostics: &[Diagnostic], total: usize) -> String {
    let warnings = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Warning)
        .count();
    let errors = total.saturating_sub(warnings);
    let counted = |number: usize, what: &str| match number {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{number} {what}s")),
    };
    let counts: Vec<String> = [counted(errors, "error"), counted(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    let counts = if counts.is_empty() {
        "nothing is wrong".to_owned()
    } else {
        counts.join(", ")
    };
    if total > SHOWN {
        format!("{counts}; the first {SHOWN} are shown")
    } else {
        counts
    }
}

/// Renders one diagnostic, without a line break at its end.
pub fn render_one(source: &Source<'_>, diagnostic: &Diagnostic, style: Style) -> String {
    let position = source.position(diagnostic.span.start);
    let excerpt = Excerpt::new(source, diagnostic.span, position.line);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let snippet = Snippet::source(excerpt.text)
        .line_start(position.line as usize)
        .annotation(AnnotationKind::Primary.span(excerpt.underlined));
    let title = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.id());
    let mut group = if excerpt.is_cut {
        // The column of an excerpt is not the column of the line.
        let origin = Origin::path(source.name())
            .line(position.line as usize)
            .char_column(position.column as usize);
        title.element(origin).element(snippet)
    } else {
        title.element(snippet.path(source.name()))
    };
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The piece of a line that a report shows.
struct Excerpt<'s> {
    text: &'s str,
    underlined: core::ops::Range<usize>,
    /// Whether the line begins before the excerpt.
    is_cut: bool,
}

impl<'s> Excerpt<'s> {
    /// A line of JSON may be as long as the document; nobody reads more than this on either side of a mistake.
    const MARGIN: usize = 200;

    fn new(source: &Source<'s>, span: Span, line: u32) -> Self {
        let text = source.line(line);
        let start = (span.start as usize)
            .saturating_sub(source.line_start(line))
            .min(text.len());
        let end = (span.end as usize)
            .saturating_sub(source.line_start(line))
            .clamp(start, text.len());
        let from = boundary_before(text, start.saturating_sub(Self::MARGIN));
        let to = boundary_before(
            text,
            end.min(start + Self::MARGIN)
                .saturating_add(Self::MARGIN)
                .min(text.len()),
        );
        let underlined_end = end.min(to);
        Self {
            text: text.get(from..to).unwrap_or(""),
            underlined: start - from..underlined_end - from,
            is_cut: from > 0,
        }
    }
}

/// The last boundary between characters at or before an offset.
fn boundary_before(text: &str, offset: usize) -> usize {
    (0..=offset)
        .rev()
        .find(|offset| text.is_char_boundary(*offset))
        .unwrap_or(0)
}
