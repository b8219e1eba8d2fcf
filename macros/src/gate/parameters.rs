//! The function's parameters: what is passed on to another function, and what the body sees.
//!
//! Where nothing is passed on, the parameters stay as they are, so that a value or an error instead of the body sees what
//! the body sees.
//!
//! A parameter with a name is passed on under it. One with a pattern gets a name, and the pattern is bound behind the
//! gate. From there on every later parameter is bound anew as well, so that all of them are dropped in the order in which
//! an ungated function drops them.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::{Attribute, FnArg, Pat, PatIdent, PatType, Signature, Token};

use super::coercion::{gives_only_itself, same};

pub(crate) struct Parameters {
    pub(crate) signature: Signature,
    pub(crate) arguments: Vec<Argument>,
    /// The statements that bind what the body sees.
    pub(crate) bindings: TokenStream,
}

/// A parameter as it is passed on.
pub(crate) struct Argument {
    pub(crate) name: Ident,
    /// Whether it turns into nothing else where something else is expected.
    gives_only_itself: bool,
    /// The conditions under which the parameter is there at all.
    conditions: Vec<Attribute>,
}

/// An argument on its way to another function.
pub(crate) struct Passed {
    pub(crate) statement: TokenStream,
    pub(crate) expression: TokenStream,
}

impl Argument {
    /// The argument as a call at a place passes it on, and the statement that makes it so.
    ///
    /// The parameter keeps its own meaning, which it may have from a macro. What the call passes is the expansion's own
    /// local, so that the compiler knows that nobody wrote it and offers no rewriting of it.
    pub(crate) fn passed(&self, index: usize, site: Span, flags: &TokenStream) -> Passed {
        let conditions = &self.conditions;
        let mut name = self.name.clone();
        name.set_span(name.span().located_at(site));
        let local = format_ident!(
            "__flagstone_passed{index}",
            span = Span::mixed_site().located_at(site)
        );
        let value = if self.gives_only_itself {
            same(flags, local.span(), &local)
        } else {
            local.to_token_stream()
        };
        Passed {
            statement: quote_spanned!(site=> #(#conditions)* let #local = #name;),
            expression: quote_spanned!(site=> #(#conditions)* #value),
        }
    }

    pub(crate) fn is_receiver(&self) -> bool {
        self.name == "self"
    }

    /// Whether using it is what a lint about names with an underscore is against.
    pub(crate) fn is_marked_unused(&self) -> bool {
        is_marked_unused(&self.name)
    }
}

impl Parameters {
    /// The parameters of a function that passes none on.
    pub(crate) fn kept(signature: &Signature) -> Self {
        Self {
            signature: signature.clone(),
            arguments: Vec::new(),
            bindings: TokenStream::new(),
        }
    }

    /// The parameters of a function that passes them on to another.
    pub(crate) fn passed(signature: &Signature) -> Self {
        let mut parameters = Self::kept(signature);
        let mut inputs = core::mem::take(&mut parameters.signature.inputs);
        for (index, input) in inputs.iter_mut().enumerate() {
            match input {
                FnArg::Receiver(receiver) => parameters.arguments.push(Argument {
                    name: Ident::new("self", receiver.self_token.span),
                    gives_only_itself: false,
                    conditions: conditions(&receiver.attrs),
                }),
                FnArg::Typed(typed) => parameters.add(index, typed),
            }
        }
        parameters.signature.inputs = inputs;
        parameters
    }

    fn add(&mut self, index: usize, typed: &mut PatType) {
        let conditions = conditions(&typed.attrs);
        let name = match plain_name(&typed.pat) {
            Some(name) => name,
            None => format_ident!("__flagstone_arg{index}", span = Span::mixed_site()),
        };
        let is_plain = plain_name(&typed.pat).is_some();
        let is_wild = matches!(*typed.pat, Pat::Wild(_));
        if self.bindings.is_empty() && is_wild {
            *typed.pat = named(name.clone(), None);
        } else if !is_plain || !self.bindings.is_empty() {
            self.bind(&name, is_plain, &conditions, typed);
        }
        self.arguments.push(Argument {
            name,
            gives_only_itself: gives_only_itself(&typed.ty),
            conditions,
        });
    }

    fn bind(
        &mut self,
        name: &Ident,
        is_plain: bool,
        conditions: &[Attribute],
        typed: &mut PatType,
    ) {
        let site = Span::mixed_site();
        let (lints, others) = typed.attrs.drain(..).partition::<Vec<_>, _>(is_lint);
        typed.attrs = others;
        let pattern = core::mem::replace(&mut *typed.pat, named(name.clone(), None));
        if is_plain {
            let unused = is_marked_unused(name)
                .then(|| quote_spanned!(site=> #[allow(clippy::used_underscore_binding, clippy::no_effect_underscore_binding)]));
            let again =
                quote_spanned!(site=> #(#conditions)* #(#lints)* #unused let #pattern = #name;);
            self.bindings.extend(again);
            return;
        }
        let mutability = borrows_mutably(pattern.to_token_stream()).then(|| Token![mut](site));
        if self.bindings.is_empty() {
            *typed.pat = named(name.clone(), mutability);
        } else {
            let again = quote_spanned!(site=> #(#conditions)* let #mutability #name = #name;);
            self.bindings.extend(again);
        }
        if !matches!(pattern, Pat::Wild(_)) {
            let bound = quote_spanned!(site=> #(#conditions)* #(#lints)* let #pattern = #name;);
            self.bindings.extend(bound);
        }
    }
}

/// Whether a pattern has a `ref mut`, for which what it is matched with has to be `mut`.
fn borrows_mutably(pattern: TokenStream) -> bool {
    let mut behind_ref = false;
    pattern.into_iter().any(|token| {
        let is_mut = matches!(&token, TokenTree::Ident(word) if word == "mut");
        let found = (behind_ref && is_mut)
            || matches!(&token, TokenTree::Group(group) if borrows_mutably(group.stream()));
        behind_ref = matches!(&token, TokenTree::Ident(word) if word == "ref");
        found
    })
}

fn is_marked_unused(name: &Ident) -> bool {
    let name = name.to_string();
    name.starts_with('_') && !name.starts_with("__")
}

/// The name of a parameter that has just a name, perhaps with `mut`.
fn plain_name(pattern: &Pat) -> Option<Ident> {
    match pattern {
        Pat::Ident(PatIdent {
            by_ref: None,
            subpat: None,
            ident,
            ..
        }) => Some(ident.clone()),
        Pat::Paren(paren) => plain_name(&paren.pat),
        _ => None,
    }
}

fn named(ident: Ident, mutability: Option<Token![mut]>) -> Pat {
    Pat::Ident(PatIdent {
        attrs: Vec::new(),
        by_ref: None,
        mutability,
        ident,
        subpat: None,
    })
}

fn conditions(attributes: &[Attribute]) -> Vec<Attribute> {
    let is_condition = |attribute: &&Attribute| attribute.path().is_ident("cfg");
    attributes.iter().filter(is_condition).cloned().collect()
}

fn is_lint(attribute: &Attribute) -> bool {
    ["allow", "expect", "warn", "deny", "forbid"]
        .iter()
        .any(|lint| attribute.path().is_ident(lint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn what_has_no_name_gets_one() {
        for (written, signature, bindings) in [
            (
                quote!(fn f(a: u8, mut b: u8)),
                quote!(fn f(a: u8, mut b: u8)),
                quote!(),
            ),
            (
                quote!(fn f(&self, (a, b): (A, B))),
                quote!(fn f(&self, __flagstone_arg1: (A, B))),
                quote!(let (a, b) = __flagstone_arg1;),
            ),
            (
                quote!(fn f(_: A, b: B)),
                quote!(fn f(__flagstone_arg0: A, b: B)),
                quote!(),
            ),
            (
                quote!(fn f((ref mut a, _): A, (Some(ref mut b) | b): B, _: C)),
                quote!(fn f(mut __flagstone_arg0: A, __flagstone_arg1: B, __flagstone_arg2: C)),
                quote!(
                    let (ref mut a, _) = __flagstone_arg0;
                    let mut __flagstone_arg1 = __flagstone_arg1;
                    let (Some(ref mut b) | b) = __flagstone_arg1;
                    let __flagstone_arg2 = __flagstone_arg2;
                ),
            ),
            (
                quote!(fn f(a: A, ref b: B, mut c: C, #[cfg(x)] [d, ..]: D)),
                quote!(fn f(a: A, __flagstone_arg1: B, c: C, #[cfg(x)] __flagstone_arg3: D)),
                quote!(
                    let ref b = __flagstone_arg1;
                    let mut c = c;
                    #[cfg(x)]
                    let __flagstone_arg3 = __flagstone_arg3;
                    #[cfg(x)]
                    let [d, ..] = __flagstone_arg3;
                ),
            ),
        ] {
            let Ok(parsed) = syn::parse2(written.clone()) else {
                panic!("{written}");
            };
            let parameters = Parameters::passed(&parsed);
            let found = parameters.signature.to_token_stream().to_string();
            assert_eq!(found, signature.to_string(), "{written}");
            assert_eq!(
                parameters.bindings.to_string(),
                bindings.to_string(),
                "{written}"
            );
        }
    }
}
