//! Names of anything.

use super::Reader;
use crate::quoted::{is_invisible, name_of_invisible};
use crate::{Code, InvalidName, Name, RESERVED, Span, limits};

impl Reader<'_> {
    /// A name of anything, which stands as a key or as text.
    pub(in crate::check) fn name(&mut self, text: &str, span: Span, what: &str) -> Option<Name> {
        let invalid = match Name::new(text) {
            Ok(name) => return Some(name),
            Err(invalid) => invalid,
        };
        let help = match invalid {
            InvalidName::AllDigits => "put a letter in front".to_owned(),
            InvalidName::Character(character) if is_invisible(character) => {
                format!("delete {}", name_of_invisible(character))
            }
            _ => format!("for example `{}`", similar_name(text)),
        };
        let message = format!("ill-formed name of {what}: {invalid}");
        self.report.error(Code::InvalidName, span, message, help);
        None
    }

    /// A name that conditions use, and so none that they reserve.
    pub(in crate::check) fn unreserved_name(
        &mut self,
        text: &str,
        span: Span,
        what: &str,
    ) -> Option<Name> {
        if RESERVED.contains(&text) {
            let message = format!("`{text}` is reserved and can't name {what}");
            let help = format!("for example `{text}_` or `the_{text}`");
            self.report.error(Code::ReservedName, span, message, help);
            return None;
        }
        self.name(text, span, what)
    }
}

/// The text with what no name has replaced, for an example.
fn similar_name(text: &str) -> String {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let replaced: String = text
        .chars()
        .take(limits::NAME_CHARACTERS)
        .map(|c| if is_allowed(c) { c } else { '_' })
        .collect();
    let trimmed = replaced.trim_matches(['_', '-', '.']);
    if Name::new(trimmed).is_ok() {
        trimmed.to_owned()
    } else {
        "my_name".to_owned()
    }
}
