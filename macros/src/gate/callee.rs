//! The function that runs instead.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::parse::discouraged::Speculative;
use syn::{AngleBracketedGenericArguments, Expr, ExprLit, ExprPath, Lit, Path, Token};

use super::parameters::Argument;
use super::words::at_end;
use crate::report::Report;

/// A function by its path, or a method of `self`.
pub(crate) enum Callee {
    /// `old`, `Self::old`, `<T as Trait>::old::<U>`.
    Path(ExprPath),
    /// `self.old`.
    Method {
        receiver: Token![self],
        dot: Token![.],
        name: Ident,
        generics: Option<AngleBracketedGenericArguments>,
    },
}

impl Callee {
    /// Reads the function of an argument or a variant up to a comma or the end; what can't be taken for one is reported
    /// as `otherwise`.
    pub(crate) fn parse(
        input: ParseStream<'_>,
        name: &str,
        report: &mut Report,
        otherwise: &str,
    ) -> Option<Self> {
        // Whatever else follows is read as an expression, so that the remedy can name it.
        let ahead = input.fork();
        let callee = if ahead.peek(Token![self]) && ahead.peek2(Token![.]) {
            method(&ahead)
        } else {
            ahead.parse().ok().map(Self::Path)
        };
        if let Some(callee) = callee
            && at_end(&ahead)
        {
            input.advance_to(&ahead);
            return Some(callee);
        }
        match input.parse::<Expr>().map(ungrouped) {
            Ok(Expr::Path(path)) => Some(Self::Path(path)),
            Ok(other) => {
                let remedy = remedy(&other, name);
                report.over(other, remedy.as_deref().unwrap_or(otherwise));
                None
            }
            Err(error) => {
                report.syntax(error);
                None
            }
        }
    }

    /// The place that errors about the call point at.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Path(path) => {
                let last = path.path.segments.last();
                last.map_or_else(Span::call_site, |segment| segment.ident.span())
            }
            Self::Method { name, .. } => name.span(),
        }
    }

    /// The `self` of `self.old`, and the method's name.
    pub(crate) fn receiver(&self) -> Option<(Span, &Ident)> {
        match self {
            Self::Path(_) => None,
            Self::Method { receiver, name, .. } => Some((receiver.span, name)),
        }
    }

    /// What is called, and the statement that names it where one does.
    ///
    /// Either way the called name is one that the expansion wrote, at the place of the user's. For a call that a user
    /// wrote the compiler would offer to swap its arguments or to add one, and here there are none to be seen.
    pub(crate) fn target(&self, arguments: &[Argument], site: Span) -> Target {
        match self {
            Self::Path(path) if is_associated(path) || has_receiver(arguments) => {
                // What the path leads to depends on types, so its own tokens tell best what is wrong with it.
                let local = Ident::new("__flagstone_called", Span::mixed_site().located_at(site));
                Target {
                    statement: Some(quote_spanned!(site=> let #local = #path;)),
                    function: Box::new(local),
                }
            }
            Self::Path(path) => {
                let mut path = path.clone();
                if let Some(last) = path.path.segments.last_mut() {
                    last.ident = expanded(&last.ident);
                }
                Target {
                    statement: None,
                    function: Box::new(path),
                }
            }
            Self::Method {
                receiver,
                dot,
                name,
                generics,
            } => {
                // The function's own `self`, which a macro may have passed in, at the place of the one in the attribute.
                let this = arguments.iter().find(|argument| argument.is_receiver);
                let this = this.map_or(receiver.span, |this| {
                    this.name.span().located_at(receiver.span)
                });
                let this = Ident::new("self", this);
                let name = expanded(name);
                Target {
                    statement: None,
                    function: Box::new(quote!(#this #dot #name #generics)),
                }
            }
        }
    }
}

/// What a call calls.
pub(crate) struct Target {
    /// The statement that names it, where one does.
    pub(crate) statement: Option<TokenStream>,
    pub(crate) function: Box<dyn ToTokens>,
}

fn has_receiver(arguments: &[Argument]) -> bool {
    arguments.iter().any(|argument| argument.is_receiver)
}

/// Whether a path goes through a type: `Self::old`, `Shop::old`, `<T as Trait>::old`.
fn is_associated(path: &ExprPath) -> bool {
    let is_type = |segment: &syn::PathSegment| {
        let name = segment.ident.unraw().to_string();
        name.starts_with(char::is_uppercase)
    };
    path.qself.is_some() || path.path.segments.iter().rev().nth(1).is_some_and(is_type)
}

/// A function's name at its place, but as one that the expansion wrote. Functions and methods are found all the same.
fn expanded(name: &Ident) -> Ident {
    let mut name = name.clone();
    name.set_span(Span::call_site().located_at(name.span()));
    name
}

fn method(input: ParseStream<'_>) -> Option<Callee> {
    Some(Callee::Method {
        receiver: input.parse().ok()?,
        dot: input.parse().ok()?,
        name: input.parse().ok()?,
        generics: if input.peek(Token![::]) {
            Some(
                input
                    .call(AngleBracketedGenericArguments::parse_turbofish)
                    .ok()?,
            )
        } else {
            None
        },
    })
}

/// What to write instead of the call of a function, or of its name in quotes.
fn remedy(written: &Expr, name: &str) -> Option<String> {
    if let Expr::Lit(ExprLit {
        lit: Lit::Str(text),
        ..
    }) = written
    {
        let function = plain_path(&text.parse().ok()?)?;
        return Some(format!(
            "a function is named here without quotes: write `{name} = {function}`"
        ));
    }
    let function = called(written)?;
    let others = if name == "fallback" {
        format!("; with other arguments `value = {function}(..)`")
    } else {
        String::new()
    };
    Some(format!(
        "a function is named here, not called: write `{name} = {function}`{others}"
    ))
}

/// The function of a call.
fn called(call: &Expr) -> Option<String> {
    match call {
        Expr::Call(call) => plain(&call.func),
        Expr::MethodCall(call) if call.turbofish.is_none() => {
            let is_own = plain(&call.receiver)? == "self";
            is_own.then(|| format!("self.{}", call.method))
        }
        _ => None,
    }
}

fn plain(expression: &Expr) -> Option<String> {
    match expression {
        Expr::Path(path) if path.qself.is_none() => plain_path(&path.path),
        _ => None,
    }
}

/// A path without generic arguments, as one writes it.
fn plain_path(path: &Path) -> Option<String> {
    let names = path.segments.iter().map(|segment| {
        let is_plain = segment.arguments.is_empty();
        is_plain.then(|| segment.ident.to_string())
    });
    let names = names.collect::<Option<Vec<_>>>()?;
    path.leading_colon.is_none().then(|| names.join("::"))
}

/// The expression inside the invisible group that `macro_rules!` puts around a fragment.
fn ungrouped(expression: Expr) -> Expr {
    match expression {
        Expr::Group(group) => ungrouped(*group.expr),
        other => other,
    }
}
