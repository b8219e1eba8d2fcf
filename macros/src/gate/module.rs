//! The module that the build script wrote, as the expansion names it.
//!
//! A compiler runs this crate without optimisation, a gate at a time, and what costs there are streams of tokens that are
//! put into one another. Paths therefore write their tokens into the stream that they are for.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt};
use syn::{Path, Token};

/// The path of the generated flags.
#[derive(Clone, Copy)]
pub(crate) struct Module<'a> {
    given: Option<&'a Path>,
    flag: Span,
}

/// The path of something in the runtime, through the generated flags.
pub(crate) struct Runtime<'a> {
    module: Module<'a>,
    site: Span,
    names: &'static [&'static str],
}

impl<'a> Module<'a> {
    /// The path of the argument `flags`, or the usual one. That has the flag's own span, so that the error says so where
    /// it is missing, and only once, and so that the spans of what goes through it don't begin there.
    pub(crate) fn new(given: Option<&'a Path>, flag: Span) -> Self {
        Self { given, flag }
    }

    /// The path of something in the runtime, placed at `site` as far as nobody wrote it.
    pub(crate) fn runtime(self, site: Span, names: &'static [&'static str]) -> Runtime<'a> {
        Runtime {
            module: self,
            site,
            names,
        }
    }
}

impl ToTokens for Module<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        if let Some(path) = self.given {
            path.to_tokens(tokens);
        } else {
            tokens.append(Ident::new("crate", self.flag));
            segment("flags", self.flag, tokens);
        }
    }
}

impl ToTokens for Runtime<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.module.to_tokens(tokens);
        segment("__rt", self.site, tokens);
        for name in self.names {
            segment(name, self.site, tokens);
        }
    }
}

fn segment(name: &str, site: Span, tokens: &mut TokenStream) {
    Token![::](site).to_tokens(tokens);
    tokens.append(Ident::new(name, site));
}

/// Tokens in parentheses at a place.
pub(crate) fn parenthesized(site: Span, tokens: TokenStream) -> Group {
    grouped(Delimiter::Parenthesis, site, tokens)
}

/// Tokens in braces at a place.
pub(crate) fn braced(site: Span, tokens: TokenStream) -> Group {
    grouped(Delimiter::Brace, site, tokens)
}

fn grouped(delimiter: Delimiter, site: Span, tokens: TokenStream) -> Group {
    let mut group = Group::new(delimiter, tokens);
    group.set_span(site);
    group
}
