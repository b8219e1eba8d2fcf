//! A parameter as it is written.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

use super::coercion::gives_only_itself;
use super::tokens::{Attribute, attributes, is_word, parenthesized, until_colon};

#[derive(Clone)]
pub(crate) struct Parameter {
    pub(crate) attributes: Vec<Attribute>,
    /// The pattern, or the whole of a `&self`.
    pub(crate) pattern: Vec<TokenTree>,
    /// The colon and the type, where there are some.
    typed: Vec<TokenTree>,
    pub(crate) is_receiver: bool,
}

impl Parameter {
    pub(crate) fn read(trees: &[TokenTree]) -> Self {
        let (attributes, rest) = attributes(trees);
        let (pattern, typed) = until_colon(rest);
        Self {
            attributes,
            is_receiver: pattern.last().is_some_and(|last| is_word(last, "self")),
            pattern: pattern.to_vec(),
            typed: typed.to_vec(),
        }
    }

    /// The name, where it has just a name, perhaps with `mut`.
    pub(crate) fn name(&self) -> Option<Ident> {
        name(&self.pattern)
    }

    /// Whether it is `_`.
    pub(crate) fn is_wild(&self) -> bool {
        matches!(&self.pattern[..], [only] if is_word(only, "_"))
    }

    /// The conditions under which the parameter is there at all.
    pub(crate) fn conditions(&self) -> Vec<Attribute> {
        let conditions = self.attributes.iter();
        conditions
            .filter(|attribute| attribute.is_any(&["cfg"]))
            .cloned()
            .collect()
    }

    /// Whether the compiler turns it into nothing else where something else is expected.
    pub(crate) fn gives_only_itself(&self) -> bool {
        gives_only_itself(self.typed.get(1..).unwrap_or_default())
    }
}

impl ToTokens for Parameter {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.attributes);
        tokens.append_all(&self.pattern);
        tokens.append_all(&self.typed);
    }
}

fn name(pattern: &[TokenTree]) -> Option<Ident> {
    match pattern {
        [TokenTree::Ident(name)] if name != "_" => Some(name.clone()),
        [first, TokenTree::Ident(name)] if is_word(first, "mut") => Some(name.clone()),
        [only] => {
            let inner = parenthesized(only)?;
            name(&inner.stream().into_iter().collect::<Vec<_>>())
        }
        _ => None,
    }
}
