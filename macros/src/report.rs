//! Collects mistakes, so that one build shows all of them.

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;

/// The mistakes found so far. Only [`collecting`] makes one, so none can be dropped before it is read.
pub(crate) struct Report {
    errors: Vec<syn::Error>,
}

/// Does some work and puts a compile error for each mistake that it reports behind the tokens that it makes.
pub(crate) fn collecting(work: impl FnOnce(&mut Report) -> TokenStream) -> TokenStream {
    let mut report = Report { errors: Vec::new() };
    let mut tokens = work(&mut report);
    tokens.extend(report.errors.iter().map(syn::Error::to_compile_error));
    tokens
}

impl Report {
    /// Reports a mistake at a token.
    pub(crate) fn at(&mut self, span: Span, message: impl core::fmt::Display) {
        self.errors.push(syn::Error::new(span, message));
    }

    /// Reports a mistake that stretches over all of some tokens.
    pub(crate) fn over(&mut self, tokens: impl ToTokens, message: impl core::fmt::Display) {
        self.errors.push(syn::Error::new_spanned(tokens, message));
    }

    /// Reports what the parser found wrong.
    pub(crate) fn syntax(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Whether there is no mistake so far.
    pub(crate) fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mistake_stands_behind_the_item() {
        let tokens = collecting(|report| {
            assert!(report.is_empty());
            report.at(Span::call_site(), "one");
            report.over(quote::quote!(a b), "two");
            assert!(!report.is_empty());
            quote::quote!(
                fn f() {}
            )
        });
        let text = tokens.to_string();
        assert!(text.starts_with("fn f () { }"), "{text}");
        assert!(
            text.contains("\"one\"") && text.contains("\"two\""),
            "{text}"
        );
    }
}
