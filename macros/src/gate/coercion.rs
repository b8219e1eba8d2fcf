//! Which types the compiler turns into one another by itself, as far as their tokens tell.
//!
//! Where it can't, a call asks for the very type instead: of a mismatch rustc would otherwise propose to convert the
//! fallback's name, which is all that it sees of the call.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Type, TypePath};

use super::module::{Module, Runtime};
use super::tokens::{is_punct, parenthesized};

/// What holds a pointer may come to hold one to a trait object, a slice or a function; aliases of such are among them.
const POINTERS: [&str; 14] = [
    "Box",
    "Rc",
    "Arc",
    "Weak",
    "Pin",
    "NonNull",
    "Cell",
    "RefCell",
    "UnsafeCell",
    "Ref",
    "RefMut",
    "BoxFuture",
    "LocalBoxFuture",
    "BoxStream",
];

/// What stands behind a reference without a size, so that the reference turns into no other.
const UNSIZED: [&str; 4] = ["str", "Path", "OsStr", "CStr"];

/// Whether nothing but itself turns into what a function returns.
pub(crate) fn takes_only_itself(ty: &Type) -> bool {
    match bare(ty) {
        Type::Path(path) => !(is_named(path, &POINTERS) || is_generic(path) && names_impl(ty)),
        Type::Tuple(tuple) => !tuple.elems.is_empty() && !names_impl(ty),
        Type::Array(_) => !names_impl(ty),
        _ => false,
    }
}

/// Whether a parameter's type turns into nothing but itself: a reference to a text or a slice.
pub(crate) fn gives_only_itself(ty: &[TokenTree]) -> bool {
    match ty {
        [and, quote, TokenTree::Ident(_), target @ ..]
            if is_punct(and, '&') && is_punct(quote, '\'') =>
        {
            is_unsized(target)
        }
        [and, target @ ..] if is_punct(and, '&') => is_unsized(target),
        [only] => parenthesized(only).is_some_and(|inner| gives_only_itself(&trees(inner))),
        _ => false,
    }
}

/// Whether a type is a text or a slice, without a size.
fn is_unsized(ty: &[TokenTree]) -> bool {
    match ty {
        [TokenTree::Group(slice)] if slice.delimiter() == Delimiter::Bracket => {
            !trees(slice).iter().any(|tree| is_punct(tree, ';'))
        }
        [only] if parenthesized(only).is_some() => {
            parenthesized(only).is_some_and(|inner| is_unsized(&trees(inner)))
        }
        [path @ .., TokenTree::Ident(name)] => {
            let in_path = |tree: &TokenTree| match tree {
                TokenTree::Ident(word) => word != "mut" && word != "dyn",
                tree => is_punct(tree, ':'),
            };
            path.iter().all(in_path) && UNSIZED.contains(&name.to_string().as_str())
        }
        _ => false,
    }
}

fn trees(group: &Group) -> Vec<TokenTree> {
    group.stream().into_iter().collect()
}

/// The function that gives an expression back which has the very type that is expected; where it has another, the error is
/// shown at it.
pub(crate) fn same(module: Module<'_>, site: Span) -> Runtime<'_> {
    module.runtime(site, &["SameAs", "same"])
}

fn is_named(path: &TypePath, names: &[&str]) -> bool {
    path.path.segments.last().is_some_and(|last| {
        let name = last.ident.to_string();
        names.contains(&name.as_str())
    })
}

fn is_generic(path: &TypePath) -> bool {
    let mut segments = path.path.segments.iter();
    path.qself.is_some() || segments.any(|segment| !segment.arguments.is_none())
}

/// Whether a part of a type is left open.
fn names_impl(ty: &Type) -> bool {
    fn any(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(word) => word == "impl",
            TokenTree::Group(group) => any(group.stream()),
            _ => false,
        })
    }
    any(ty.to_token_stream())
}

/// The type without parentheses and invisible groups around it.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Paren(paren) => bare(&paren.elem),
        Type::Group(group) => bare(&group.elem),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn what_the_compiler_turns_into_nothing_else_is_known_by_its_tokens() {
        for (ty, takes, gives) in [
            (quote!(u32), true, false),
            (quote!(Self), true, false),
            (quote!(crate::Result<Box<dyn Page>>), true, false),
            (quote!((u32, [u8; 2])), true, false),
            (quote!(Result<impl Page, Error>), false, false),
            (quote!((u32, impl Page)), false, false),
            (quote!(impl Page), false, false),
            (quote!(std::sync::Arc<dyn Page>), false, false),
            (quote!(Pin<&mut Page>), false, false),
            (quote!(()), false, false),
            (quote!(!), false, false),
            (quote!(fn(u8)), false, false),
            (quote!(&Page), false, false),
            (quote!(&mut str), false, false),
            (quote!(&str), false, true),
            (quote!(&'a std::path::Path), false, true),
            (quote!(&[u8]), false, true),
            (quote!(&[u8; 2]), false, false),
            (quote!(&(str)), false, true),
            (quote!((&'static str)), false, true),
            (quote!(&mut std::path::Path), false, false),
            (quote!(&dyn Path), false, false),
            (quote!(&Path<str>), false, false),
        ] {
            let tokens: Vec<TokenTree> = ty.clone().into_iter().collect();
            let Ok(parsed) = syn::parse2(ty.clone()) else {
                panic!("{ty}");
            };
            let found = (takes_only_itself(&parsed), gives_only_itself(&tokens));
            assert_eq!(found, (takes, gives), "{ty}");
        }
    }

    #[test]
    fn such_a_type_is_asked_for_by_the_call() {
        for (old, item, call) in [
            (
                quote!(old),
                quote!(
                    fn f(a: &str, b: &Shop) -> Box<dyn Page> {}
                ),
                quote!(old(
                    my::flags::__rt::SameAs::same(__flagstone_passed0),
                    __flagstone_passed1
                )),
            ),
            (
                quote!(self.old),
                quote!(
                    async fn f(self) -> u8 {}
                ),
                quote!(my::flags::__rt::SameAs::same(self.old().await)),
            ),
        ] {
            let arguments = quote!("a", fallback = #old, flags = my::flags);
            let plain = |text: &str| text.replace(' ', "");
            let found = plain(&crate::gate::expand(arguments, item).to_string());
            let expected = plain(&format!("return {call};"));
            assert!(found.contains(&expected), "{found}");
        }
    }
}
