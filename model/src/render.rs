//! Diagnostics as people read them: place, source line with the token underlined, what is wrong, and the remedy.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use crate::quoted::{is_invisible, visible};
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
    report.push_str(&visible(source.name()));
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
///
/// What could steer a terminal, in the document or its name, is replaced, whatever the style.
pub fn render_one(source: &Source<'_>, diagnostic: &Diagnostic, style: Style) -> String {
    let position = source.position(diagnostic.span.start);
    let excerpt = Excerpt::new(source, diagnostic.span, position.line);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (name, message) = (visible(source.name()), visible(&diagnostic.message));
    let help = diagnostic.help.as_deref().map(visible);
    let snippet = Snippet::source(excerpt.text)
        .line_start(position.line as usize)
        .annotation(AnnotationKind::Primary.span(excerpt.underlined));
    let title = level.primary_title(&*message).id(diagnostic.code.id());
    let mut group = if excerpt.is_cut {
        // The column of an excerpt is not the column of the line.
        let origin = Origin::path(&*name)
            .line(position.line as usize)
            .char_column(position.column as usize);
        title.element(origin).element(snippet)
    } else {
        title.element(snippet.path(&*name))
    };
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(&**help));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// The piece of a line that a report shows.
struct Excerpt<'s> {
    text: Cow<'s, str>,
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
            text: shown(text.get(from..to).unwrap_or("")),
            underlined: start - from..underlined_end - from,
            is_cut: from > 0,
        }
    }
}

/// The text with something to be seen in the place of what can't be seen, so that places in it stay the same. Control
/// characters of ASCII are left to the renderer, which has pictures for them.
fn shown(text: &str) -> Cow<'_, str> {
    let is_replaced = |c: char| !c.is_ascii() && c != '\u{200d}' && is_invisible(c);
    if !text.contains(is_replaced) {
        return Cow::Borrowed(text);
    }
    let replaced = text.chars().map(|c| match c.len_utf8() {
        _ if !is_replaced(c) => c,
        2 => '·',
        3 => '\u{fffd}',
        _ => '🯄',
    });
    Cow::Owned(replaced.collect())
}

/// The last boundary between characters at or before an offset.
fn boundary_before(text: &str, offset: usize) -> usize {
    (0..=offset)
        .rev()
        .find(|offset| text.is_char_boundary(*offset))
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Code, HoldsBack};

    #[test]
    fn nothing_of_a_document_steers_a_terminal() {
        let bad = "\u{1b}[31m\u{9b}2J\u{7}\u{7f}\u{202e}\u{2028}\u{feff}\u{e0041}\u{a0}";
        let text = format!("a: {bad}x\n");
        let name = format!("flags{bad}\n.yaml");
        let source = Source::new(&name, &text);
        let diagnostic = Diagnostic {
            severity: Severity::Error,
            code: Code::Syntax,
            span: Span::new(text.len() - 2, text.len() - 1),
            message: format!("message {bad}\r\n"),
            help: Some(format!("help {bad}\n\tx")),
            holds_back: HoldsBack::Nothing,
        };
        let report = render(&source, &[diagnostic], 1, Style::Plain);
        let is_steering = |c: &char| *c != '\n' && is_invisible(*c);
        assert_eq!(report.chars().find(is_steering), None, "{report}");
        assert!(report.contains(":1:"), "{report}");
        assert_eq!(report.lines().count(), 9, "{report}");
    }
}
