//! The function that is gated. What of it concerns only the compiler stays tokens.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};

use super::output::Output;
use super::parameter::Parameter;
use super::tokens::{attributes, between_commas, fragment, is_punct, is_word, until};
use crate::report::Report;

pub(crate) struct Function {
    /// Attributes, visibility, qualifiers, name and generics.
    pub(crate) before: TokenStream,
    /// The list of parameters in parentheses, and each of them.
    pub(crate) list: Group,
    pub(crate) parameters: Vec<Parameter>,
    /// The result and the `where`.
    pub(crate) after: TokenStream,
    pub(crate) output: Output,
    pub(crate) is_async: bool,
    pub(crate) is_unsafe: bool,
    /// The attributes at the start of the body, which must stay there.
    pub(crate) inner: TokenStream,
    pub(crate) body: Group,
}

impl Function {
    /// Reads an item; `None` where it can't be gated, which is reported.
    pub(crate) fn parse(item: TokenStream, report: &mut Report) -> Option<Self> {
        let mut trees = unwrapped(item);
        let body = body(&mut trees);
        let qualifiers = Qualifiers::read(&trees, report)?;
        let (_, rest) = until(qualifiers.name, |tree| {
            is_group(tree, Delimiter::Parenthesis)
        });
        let [TokenTree::Group(list), after @ ..] = rest else {
            // The compiler knows a function by its list; without an error the gate would just not be there.
            report.at(Span::call_site(), "#[feature_gate] doesn't find this function's list of parameters: gate a function that calls it");
            return None;
        };
        let parameters: Vec<TokenTree> = list.stream().into_iter().collect();
        if let Some(const_) = qualifiers.const_ {
            report.at(
                const_,
                "a `const fn` can't be gated, since flags are read at run time: gate the function that calls it",
            );
            return None;
        }
        refuse_variadic(&parameters, report)?;
        let Some(body) = body else {
            let end = after.last().map_or_else(Span::call_site, TokenTree::span);
            report.at(end, "#[feature_gate] needs a function with a body: put it on the implementation, or on a provided method");
            return None;
        };
        let (inner, body) = split_inner(body);
        let before = trees.len() - rest.len();
        Some(Self {
            before: trees.iter().take(before).cloned().collect(),
            list: list.clone(),
            parameters: between_commas(&parameters)
                .into_iter()
                .map(Parameter::read)
                .collect(),
            after: after.iter().cloned().collect(),
            output: Output::read(after),
            is_async: qualifiers.is_async,
            is_unsafe: qualifiers.is_unsafe,
            inner,
            body,
        })
    }

    /// Whether it is a method.
    pub(crate) fn has_receiver(&self) -> bool {
        self.parameters
            .first()
            .is_some_and(|first| first.is_receiver)
    }
}

/// The words before a function's name.
struct Qualifiers<'t> {
    const_: Option<Span>,
    is_async: bool,
    is_unsafe: bool,
    /// The tokens from the name on.
    name: &'t [TokenTree],
}

impl<'t> Qualifiers<'t> {
    /// Reads an item's tokens up to the name; `None` where it is no function, which is reported.
    fn read(trees: &'t [TokenTree], report: &mut Report) -> Option<Self> {
        let item = behind_visibility(attributes(trees).1);
        let mut qualifiers = Self {
            const_: None,
            is_async: false,
            is_unsafe: false,
            name: item,
        };
        while let [TokenTree::Ident(word), rest @ ..] = qualifiers.name {
            qualifiers.name = rest;
            match word.to_string().as_str() {
                "fn" => return Some(qualifiers),
                "const" => qualifiers.const_ = Some(word.span()),
                "async" => qualifiers.is_async = true,
                "unsafe" => qualifiers.is_unsafe = true,
                "safe" | "default" | "gen" => {}
                "extern" => {
                    if let [abi, rest @ ..] = rest
                        && (matches!(abi, TokenTree::Literal(_)) || fragment(abi).is_some())
                    {
                        qualifiers.name = rest;
                    }
                }
                _ => break,
            }
        }
        refuse_item(item, report);
        None
    }
}

/// What stands behind a `pub`, which a `macro_rules!` may have passed on.
fn behind_visibility(trees: &[TokenTree]) -> &[TokenTree] {
    match trees {
        [first, rest @ ..] if fragment(first).is_some() => rest,
        [first, second, rest @ ..]
            if is_word(first, "pub") && is_group(second, Delimiter::Parenthesis) =>
        {
            rest
        }
        [first, rest @ ..] if is_word(first, "pub") => rest,
        trees => trees,
    }
}

fn refuse_item(item: &[TokenTree], report: &mut Report) {
    let span = item.first().map_or_else(Span::call_site, TokenTree::span);
    let word = match item.first() {
        Some(TokenTree::Ident(word)) => format!("`{word}`"),
        _ => "this".to_owned(),
    };
    let hint = match word.as_str() {
        "`impl`" | "`trait`" => ": put it on each method that it should gate",
        "`mod`" => ": put it on each function that it should gate",
        _ => "",
    };
    report.at(
        span,
        format!("#[feature_gate] goes on a function or a method, not on {word}{hint}"),
    );
}

fn refuse_variadic(parameters: &[TokenTree], report: &mut Report) -> Option<()> {
    for dots in parameters.windows(3) {
        if dots.iter().all(|dot| is_punct(dot, '.')) {
            report.over(
                dots.iter().cloned().collect::<TokenStream>(),
                "a variadic function can't be gated, since its arguments can't be passed on: gate what calls it",
            );
            return None;
        }
    }
    Some(())
}

/// An item's tokens, without the group that they are in where a `macro_rules!` passed on the whole item.
fn unwrapped(item: TokenStream) -> Vec<TokenTree> {
    let trees: Vec<TokenTree> = item.into_iter().collect();
    match &trees[..] {
        [only] => match fragment(only) {
            Some(group) => unwrapped(group.stream()),
            None => trees,
        },
        _ => trees,
    }
}

/// Takes the body off an item; a `macro_rules!` may have passed it on.
fn body(trees: &mut Vec<TokenTree>) -> Option<Group> {
    let mut body = trees.last()?.clone();
    while let Some(group) = fragment(&body) {
        body = group.stream().into_iter().next()?;
    }
    match body {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            trees.pop();
            Some(group)
        }
        _ => None,
    }
}

fn is_group(tree: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(tree, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// Parts a body into the attributes at its start and the rest.
fn split_inner(body: Group) -> (TokenStream, Group) {
    let mut inner = TokenStream::new();
    let mut rest = body.stream().into_iter().peekable();
    while matches!(rest.peek(), Some(TokenTree::Punct(hash)) if hash.as_char() == '#') {
        let attribute: Vec<TokenTree> = rest.clone().take(3).collect();
        let [_, TokenTree::Punct(bang), TokenTree::Group(_)] = &attribute[..] else {
            break;
        };
        if bang.as_char() != '!' {
            break;
        }
        inner.extend(rest.by_ref().take(3));
    }
    if inner.is_empty() {
        return (inner, body);
    }
    let mut group = Group::new(body.delimiter(), rest.collect());
    group.set_span(body.span());
    (inner, group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::collecting;
    use quote::quote;

    /// Tokens as a `macro_rules!` passes them on.
    fn passed_on(tokens: TokenStream) -> Group {
        Group::new(Delimiter::None, tokens)
    }

    #[test]
    fn what_a_macro_passed_on_is_read_as_what_it_says() {
        let (visibility, no_visibility) = (passed_on(quote!(pub(crate))), passed_on(quote!()));
        let (ty, body) = (passed_on(quote!(&'a str)), passed_on(quote!({ a })));
        let item = passed_on(quote!(
            fn f(a: u8) -> u8 {
                a
            }
        ));
        for (item, before, list, after) in [
            (
                quote!(#visibility fn f(a: #ty) -> #ty #body),
                quote!(#visibility fn f),
                quote!(a: #ty),
                quote!(-> #ty),
            ),
            (
                quote!(#[inline] #no_visibility async fn f<T: Fn(u8) -> u8>(a: T) where T: Copy #body),
                quote!(#[inline] #no_visibility async fn f<T: Fn(u8) -> u8>),
                quote!(a: T),
                quote!(where T: Copy),
            ),
            (quote!(#item), quote!(fn f), quote!(a: u8), quote!(-> u8)),
            (
                quote!(
                    pub unsafe extern "C" fn f() {
                        a
                    }
                ),
                quote!(pub unsafe extern "C" fn f),
                quote!(),
                quote!(),
            ),
        ] {
            let mut read = None;
            let errors = collecting(|report| {
                read = Function::parse(item.clone(), report);
                TokenStream::new()
            });
            let Some(function) = read else {
                panic!("{item}: {errors}");
            };
            let found = [
                function.before.to_string(),
                function.list.stream().to_string(),
                function.after.to_string(),
                function.body.stream().to_string(),
            ];
            let expected = [before, list, after, quote!(a)].map(|tokens| tokens.to_string());
            assert_eq!(found, expected, "{item}");
        }
    }
}
