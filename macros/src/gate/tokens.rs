//! Reading a function's tokens.
//!
//! The compiler has parsed them before, so they are a function of one kind or another, and only what the gate needs is looked
//! for. What it doesn't need may be of a syntax that came later than this crate.

use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// An outer attribute: `#[name …]`.
#[derive(Clone)]
pub(crate) struct Attribute {
    hash: TokenTree,
    list: Group,
}

impl Attribute {
    /// Whether its name is one of some.
    pub(crate) fn is_any(&self, names: &[&str]) -> bool {
        match self.list.stream().into_iter().next() {
            Some(TokenTree::Ident(name)) => names.contains(&name.to_string().as_str()),
            _ => false,
        }
    }
}

impl ToTokens for Attribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.hash.to_tokens(tokens);
        self.list.to_tokens(tokens);
    }
}

/// The attributes at the start of some tokens, and the rest.
pub(crate) fn attributes(mut trees: &[TokenTree]) -> (Vec<Attribute>, &[TokenTree]) {
    let mut attributes = Vec::new();
    while let [hash, TokenTree::Group(list), rest @ ..] = trees
        && is_punct(hash, '#')
    {
        let (hash, list) = (hash.clone(), list.clone());
        attributes.push(Attribute { hash, list });
        trees = rest;
    }
    (attributes, trees)
}

/// What stands between commas, with what stands in angle brackets in one.
pub(crate) fn between_commas(trees: &[TokenTree]) -> Vec<&[TokenTree]> {
    let mut parts = Vec::new();
    let mut rest = trees;
    while !rest.is_empty() {
        let (part, behind) = until(rest, |tree| is_punct(tree, ','));
        parts.push(part);
        rest = behind.get(1..).unwrap_or_default();
    }
    parts
}

/// The tokens before the first outside of angle brackets that is looked for, and those from there on.
pub(crate) fn until(
    trees: &[TokenTree],
    is_end: impl Fn(&TokenTree) -> bool,
) -> (&[TokenTree], &[TokenTree]) {
    let mut depth = 0_usize;
    let mut after_dash = false;
    let end = trees.iter().position(|tree| {
        if depth == 0 && is_end(tree) {
            return true;
        }
        if let TokenTree::Punct(punct) = tree {
            match punct.as_char() {
                '<' => depth += 1,
                // The arrow of `Fn() -> T` closes nothing.
                '>' if !after_dash => depth = depth.saturating_sub(1),
                _ => {}
            }
            after_dash = punct.as_char() == '-';
        } else {
            after_dash = false;
        }
        false
    });
    trees.split_at(end.unwrap_or(trees.len()))
}

/// The tokens before the colon that stands alone, and those from there on.
pub(crate) fn until_colon(trees: &[TokenTree]) -> (&[TokenTree], &[TokenTree]) {
    let mut in_path = false;
    let end = trees.iter().enumerate().position(|(index, tree)| {
        if in_path || !is_punct(tree, ':') {
            in_path = false;
            return false;
        }
        let is_joint = matches!(tree, TokenTree::Punct(colon) if colon.spacing() == Spacing::Joint);
        in_path = is_joint && trees.get(index + 1).is_some_and(|next| is_punct(next, ':'));
        !in_path
    });
    trees.split_at(end.unwrap_or(trees.len()))
}

/// Whether a token is this word.
pub(crate) fn is_word(tree: &TokenTree, word: &str) -> bool {
    matches!(tree, TokenTree::Ident(name) if name == word)
}

/// Whether a token is this sign.
pub(crate) fn is_punct(tree: &TokenTree, sign: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// What a `macro_rules!` passed on as a whole, or `None` where the token is no such thing.
pub(crate) fn fragment(tree: &TokenTree) -> Option<&Group> {
    match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => Some(group),
        _ => None,
    }
}

/// What stands in parentheses, or was passed on by a `macro_rules!`.
pub(crate) fn parenthesized(tree: &TokenTree) -> Option<&Group> {
    match tree {
        TokenTree::Group(group)
            if matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::None) =>
        {
            Some(group)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn trees(tokens: &TokenStream) -> Vec<TokenTree> {
        tokens.clone().into_iter().collect()
    }

    fn text(trees: &[TokenTree]) -> String {
        trees.iter().cloned().collect::<TokenStream>().to_string()
    }

    #[test]
    fn a_comma_in_angle_brackets_parts_nothing() {
        for (list, parts) in [
            (quote!(), vec![]),
            (quote!(a: u8,), vec![quote!(a: u8)]),
            (
                quote!(a: Map<K, V<W>>, b: u8),
                vec![quote!(a: Map<K, V<W>>), quote!(b: u8)],
            ),
            (
                quote!(f: impl Fn(u8) -> Map<K, V>, &self),
                vec![quote!(f: impl Fn(u8) -> Map<K, V>), quote!(&self)],
            ),
            (
                quote!(f: Box<dyn Fn() -> u8>, (a, b): (A, B)),
                vec![quote!(f: Box<dyn Fn() -> u8>), quote!((a, b): (A, B))],
            ),
            (
                quote!(Pair::<A, B>(a, b): Pair<A, B>, c: [u8; 1 << 3]),
                vec![
                    quote!(Pair::<A, B>(a, b): Pair<A, B>),
                    quote!(c: [u8; 1 << 3]),
                ],
            ),
        ] {
            let trees = trees(&list);
            let found: Vec<String> = between_commas(&trees).into_iter().map(text).collect();
            let expected: Vec<String> = parts.iter().map(TokenStream::to_string).collect();
            assert_eq!(found, expected, "{list}");
        }
    }

    #[test]
    fn the_colons_of_a_path_are_not_the_one_before_the_type() {
        for (parameter, pattern) in [
            (quote!(a: u8), quote!(a)),
            (quote!(a:&str), quote!(a)),
            (quote!(a: ::std::string::String), quote!(a)),
            (quote!(shop::Id(id): shop::Id), quote!(shop::Id(id))),
            (quote!(self: Arc<Self>), quote!(self)),
            (quote!(&mut self), quote!(&mut self)),
        ] {
            let trees = trees(&parameter);
            assert_eq!(
                text(until_colon(&trees).0),
                pattern.to_string(),
                "{parameter}"
            );
        }
    }
}
