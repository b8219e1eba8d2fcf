//! The function's parameters: what is passed on to another function, and what the body sees.
//!
//! Where nothing is passed on, the parameters stay as they are, so that a value or an error instead of the body sees what
//! the body sees.
//!
//! A parameter with a name is passed on under it. One with a pattern gets a name, and the pattern is bound behind the
//! gate. From there on every later parameter is bound anew as well, so that all of them are dropped in the order in which
//! an ungated function drops them.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, format_ident, quote_spanned};
use syn::punctuated::Punctuated;
use syn::{Attribute, FnArg, Pat, PatIdent, PatType, Signature, Token};

use super::coercion::{gives_only_itself, same};
use super::module::{Module, parenthesized};

#[derive(Default)]
pub(crate) struct Parameters {
    /// The parameters where they aren't what was written.
    pub(crate) changed: Option<Inputs>,
    pub(crate) arguments: Vec<Argument>,
    /// The statements that bind what the body sees.
    pub(crate) bindings: TokenStream,
}

pub(crate) type Inputs = Punctuated<FnArg, Token![,]>;

/// A parameter as it is passed on.
pub(crate) struct Argument {
    pub(crate) name: Ident,
    pub(crate) is_receiver: bool,
    /// Whether using it is what a lint about names with an underscore is against.
    pub(crate) is_marked_unused: bool,
    /// Whether it turns into nothing else where something else is expected.
    gives_only_itself: bool,
    /// The conditions under which the parameter is there at all.
    pub(crate) conditions: Vec<Attribute>,
}

/// An argument on its way to another function.
///
/// The parameter keeps its own meaning, which it may have from a macro. What the call passes is the expansion's own
/// local, so that the compiler knows that nobody wrote it and offers no rewriting of it.
pub(crate) struct Passed<'a> {
    pub(crate) argument: &'a Argument,
    /// The parameter at the place of the call.
    pub(crate) name: Ident,
    pub(crate) local: Ident,
    module: Module<'a>,
}

impl Argument {
    /// The argument as a call at a place passes it on.
    pub(crate) fn passed<'a>(
        &'a self,
        index: usize,
        local: Span,
        module: Module<'a>,
    ) -> Passed<'a> {
        let mut name = self.name.clone();
        name.set_span(name.span().located_at(local));
        Passed {
            argument: self,
            name,
            local: Ident::new(&format!("__flagstone_passed{index}"), local),
            module,
        }
    }
}

/// The argument in the list of the call.
impl ToTokens for Passed<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for condition in &self.argument.conditions {
            condition.to_tokens(tokens);
        }
        if self.argument.gives_only_itself {
            let site = self.local.span();
            same(self.module, site).to_tokens(tokens);
            tokens.append(parenthesized(site, self.local.to_token_stream()));
        } else {
            self.local.to_tokens(tokens);
        }
    }
}

impl Parameters {
    /// The parameters of a function that passes them on to another.
    pub(crate) fn passed(signature: &Signature) -> Self {
        let mut parameters = Self::default();
        for (index, input) in signature.inputs.iter().enumerate() {
            let argument = match input {
                FnArg::Receiver(receiver) => Argument {
                    name: Ident::new("self", receiver.self_token.span),
                    is_receiver: true,
                    is_marked_unused: false,
                    gives_only_itself: false,
                    conditions: conditions(&receiver.attrs),
                },
                FnArg::Typed(typed) => parameters.typed(index, typed, &signature.inputs),
            };
            parameters.arguments.push(argument);
        }
        parameters
    }

    fn typed(&mut self, index: usize, typed: &PatType, inputs: &Inputs) -> Argument {
        let plain = plain_name(&typed.pat);
        let is_plain = plain.is_some();
        let name = plain
            .unwrap_or_else(|| format_ident!("__flagstone_arg{index}", span = Span::mixed_site()));
        let conditions = conditions(&typed.attrs);
        if !is_plain || !self.bindings.is_empty() {
            let mut changed = self.changed.take().unwrap_or_else(|| inputs.clone());
            if let Some(FnArg::Typed(typed)) = changed.iter_mut().nth(index) {
                self.bind(&name, is_plain, &conditions, typed);
            }
            self.changed = Some(changed);
        }
        Argument {
            is_receiver: false,
            is_marked_unused: is_marked_unused(&name),
            gives_only_itself: gives_only_itself(&typed.ty),
            name,
            conditions,
        }
    }

    fn bind(
        &mut self,
        name: &Ident,
        is_plain: bool,
        conditions: &[Attribute],
        typed: &mut PatType,
    ) {
        if self.bindings.is_empty() && matches!(*typed.pat, Pat::Wild(_)) {
            *typed.pat = named(name.clone(), None);
            return;
        }
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
            let Ok(mut parsed) = syn::parse2::<Signature>(written.clone()) else {
                panic!("{written}");
            };
            let parameters = Parameters::passed(&parsed);
            if let Some(changed) = parameters.changed {
                parsed.inputs = changed;
            }
            let found = parsed.to_token_stream().to_string();
            assert_eq!(found, signature.to_string(), "{written}");
            assert_eq!(
                parameters.bindings.to_string(),
                bindings.to_string(),
                "{written}"
            );
        }
    }
}
