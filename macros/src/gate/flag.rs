//! The flag that a gate asks.

use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Lit, LitStr, Path, Token};

use super::words::{next_is_argument, skip};
use crate::report::Report;

/// A flag by its key, or by the path of a constant.
pub(crate) enum Flag {
    Key(LitStr),
    Path(Path),
}

impl Flag {
    /// The place that errors about the flag point at.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Key(key) => key.span(),
            Self::Path(path) => last_name(path),
        }
    }

    /// Reads the first argument; `None` where it is no flag, which is reported.
    pub(crate) fn parse(input: ParseStream<'_>, report: &mut Report) -> Option<Self> {
        const EXAMPLE: &str = "`#[feature_gate(\"my_flag\", fallback = old)]`";
        const NO_TEXT: &str = "a flag's key is text: `\"my_flag\"`";
        if input.is_empty() {
            report.at(
                Span::call_site(),
                format!("expected a flag's key: {EXAMPLE}"),
            );
            return None;
        }
        if input.cursor().literal().is_some() {
            let span = input.span();
            if let Ok(Lit::Str(key)) = input.parse() {
                return Some(Self::Key(key));
            }
            report.at(span, NO_TEXT);
            skip(input);
            return None;
        }
        if next_is_argument(input) && !input.peek2(Token![::]) {
            report.at(
                input.span(),
                "the flag's key comes first: `#[feature_gate(\"my_flag\", ..)]`",
            );
            return None;
        }
        let path = if input.peek(Lit) {
            None
        } else {
            input.call(Path::parse_mod_style).ok()
        };
        let Some(path) = path else {
            report.at(input.span(), NO_TEXT);
            skip(input);
            return None;
        };
        match path.get_ident() {
            Some(name) if name.to_string().contains(char::is_lowercase) => {
                report.at(name.span(), format!("a flag's key is text: `\"{name}\"`"));
                None
            }
            _ => Some(Self::Path(path)),
        }
    }
}

/// The place of a path's last name, which is what a message about the whole path is about.
fn last_name(path: &Path) -> Span {
    let last = path.segments.last();
    last.map_or_else(Span::call_site, |segment| segment.ident.span())
}
