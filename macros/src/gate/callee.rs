//! The function that runs instead.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::ParseStream;
use syn::{AngleBracketedGenericArguments, Expr, ExprPath, Token};

use super::parameters::{Argument, Passed};
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
    /// Reads a function up to a comma or the end; anything else is reported as `otherwise`.
    pub(crate) fn parse(
        input: ParseStream<'_>,
        report: &mut Report,
        otherwise: &str,
    ) -> Option<Self> {
        let ahead = input.fork();
        if method(&ahead).is_some() && (ahead.is_empty() || ahead.peek(Token![,])) {
            return method(input);
        }
        match input.parse::<Expr>().map(ungrouped) {
            Ok(Expr::Path(path)) => Some(Self::Path(path)),
            Ok(other) => {
                report.over(other, otherwise);
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

    /// The statements that pass the function's own arguments on, and the call.
    ///
    /// The compiler's errors about it are to point at the path that the user wrote, so everything is placed there.
    pub(crate) fn call(&self, arguments: &[Argument]) -> (TokenStream, TokenStream) {
        let site = Span::call_site().located_at(self.span());
        let is_passed =
            |argument: &&Argument| !(argument.is_receiver() && self.receiver().is_some());
        let passed: Vec<Passed> = arguments
            .iter()
            .filter(is_passed)
            .enumerate()
            .map(|(index, argument)| argument.passed(index, site))
            .collect();
        let statements = passed
            .iter()
            .map(|passed| passed.statement.clone())
            .collect();
        let expressions = passed.iter().map(|passed| &passed.expression);
        let function = self.function(arguments);
        (
            statements,
            quote_spanned!(site=> #function(#(#expressions),*)),
        )
    }

    /// What is called, as the user wrote it.
    fn function(&self, arguments: &[Argument]) -> TokenStream {
        match self {
            Self::Path(path) => path.to_token_stream(),
            Self::Method {
                receiver,
                dot,
                name,
                generics,
            } => {
                // The function's own `self`, which a macro may have passed in, at the place of the one in the attribute.
                let this = arguments.iter().find(|argument| argument.is_receiver());
                let this = this.map_or(receiver.span, |this| {
                    this.name.span().located_at(receiver.span)
                });
                let this = Ident::new("self", this);
                let generics = generics.iter();
                quote!(#this #dot #name #(#generics)*)
            }
        }
    }
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

/// The expression inside the invisible group that `macro_rules!` puts around a fragment.
fn ungrouped(expression: Expr) -> Expr {
    match expression {
        Expr::Group(group) => ungrouped(*group.expr),
        other => other,
    }
}
