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

use super::coercion::same;
use super::module::{Module, parenthesized};
use super::parameter::Parameter;
use super::tokens::Attribute;

#[derive(Default)]
pub(crate) struct Parameters {
    /// The parameters where they aren't what was written.
    pub(crate) changed: Option<Vec<Parameter>>,
    pub(crate) arguments: Vec<Argument>,
    /// The statements that bind what the body sees.
    pub(crate) bindings: TokenStream,
}

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
    pub(crate) fn passed(written: &[Parameter]) -> Self {
        let mut parameters = Self::default();
        for (index, parameter) in written.iter().enumerate() {
            let name = parameter.name();
            let is_plain = name.is_some() || parameter.is_receiver;
            let name = match (name, parameter.pattern.last()) {
                (Some(name), _) => name,
                (None, Some(TokenTree::Ident(this))) if parameter.is_receiver => this.clone(),
                _ => format_ident!("__flagstone_arg{index}", span = Span::mixed_site()),
            };
            if !is_plain || !parameters.bindings.is_empty() {
                let mut changed = parameters.changed.take();
                let all = changed.get_or_insert_with(|| written.to_vec());
                if let Some(parameter) = all.get_mut(index) {
                    parameters.bind(&name, is_plain, parameter);
                }
                parameters.changed = changed;
            }
            parameters.arguments.push(Argument {
                is_receiver: parameter.is_receiver,
                is_marked_unused: is_marked_unused(&name),
                gives_only_itself: parameter.gives_only_itself(),
                name,
                conditions: parameter.conditions(),
            });
        }
        parameters
    }

    fn bind(&mut self, name: &Ident, is_plain: bool, parameter: &mut Parameter) {
        let is_wild = parameter.is_wild();
        let pattern = core::mem::replace(&mut parameter.pattern, vec![name.clone().into()]);
        if self.bindings.is_empty() && is_wild {
            return;
        }
        let site = Span::mixed_site();
        let conditions = parameter.conditions();
        let (lints, others) = parameter
            .attributes
            .drain(..)
            .partition::<Vec<_>, _>(|attribute| attribute.is_any(&LINTS));
        parameter.attributes = others;
        let pattern: TokenStream = pattern.into_iter().collect();
        if is_plain {
            let unused = is_marked_unused(name)
                .then(|| quote_spanned!(site=> #[allow(clippy::used_underscore_binding, clippy::no_effect_underscore_binding)]));
            let again =
                quote_spanned!(site=> #(#conditions)* #(#lints)* #unused let #pattern = #name;);
            self.bindings.extend(again);
            return;
        }
        let mutability = borrows_mutably(pattern.clone()).then(|| Ident::new("mut", site));
        if self.bindings.is_empty() {
            let mutability = mutability.map(TokenTree::from);
            parameter.pattern.splice(0..0, mutability);
        } else {
            let again = quote_spanned!(site=> #(#conditions)* let #mutability #name = #name;);
            self.bindings.extend(again);
        }
        if !is_wild {
            let bound = quote_spanned!(site=> #(#conditions)* #(#lints)* let #pattern = #name;);
            self.bindings.extend(bound);
        }
    }
}

const LINTS: [&str; 5] = ["allow", "expect", "warn", "deny", "forbid"];

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

#[cfg(test)]
mod tests {
    use super::super::tokens::between_commas;
    use super::*;
    use quote::quote;

    #[test]
    fn what_has_no_name_gets_one() {
        for (written, expected, bindings) in [
            (quote!(a: u8, mut b: u8), quote!(a: u8, mut b: u8), quote!()),
            (
                quote!(&self, (a, b): (A, B)),
                quote!(&self, __flagstone_arg1: (A, B)),
                quote!(let (a, b) = __flagstone_arg1;),
            ),
            (
                quote!(_: A, b: B),
                quote!(__flagstone_arg0: A, b: B),
                quote!(),
            ),
            (
                quote!((ref mut a, _): A, (Some(ref mut b) | b): B, _: C),
                quote!(mut __flagstone_arg0: A, __flagstone_arg1: B, __flagstone_arg2: C),
                quote!(
                    let (ref mut a, _) = __flagstone_arg0;
                    let mut __flagstone_arg1 = __flagstone_arg1;
                    let (Some(ref mut b) | b) = __flagstone_arg1;
                    let __flagstone_arg2 = __flagstone_arg2;
                ),
            ),
            (
                quote!(a: A, ref b: B, mut c: C, #[cfg(x)] [d, ..]: D),
                quote!(a: A, __flagstone_arg1: B, c: C, #[cfg(x)] __flagstone_arg3: D),
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
            let list: Vec<TokenTree> = written.clone().into_iter().collect();
            let list: Vec<Parameter> = between_commas(&list)
                .into_iter()
                .map(Parameter::read)
                .collect();
            let parameters = Parameters::passed(&list);
            let found = parameters.changed.unwrap_or(list);
            assert_eq!(
                quote!(#(#found),*).to_string(),
                expected.to_string(),
                "{written}"
            );
            assert_eq!(
                parameters.bindings.to_string(),
                bindings.to_string(),
                "{written}"
            );
        }
    }
}
