//! The gated function: its own signature, the gate, its own body.

use proc_macro2::{Delimiter, Group, Literal, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt, quote, quote_spanned};
use syn::{Expr, LitStr, Token};

use super::arguments::{Arguments, Leave};
use super::arms::Arm;
use super::check::Gate;
use super::flag::Flag;
use super::function::Function;
use super::leave::Leaving;
use super::module::{Module, braced, parenthesized};
use super::parameter::Parameter;
use super::parameters::Parameters;

pub(crate) fn expand(gate: &Gate<'_>) -> TokenStream {
    let function = gate.function;
    let parameters = if gate.calls() {
        Parameters::passed(&function.parameters)
    } else {
        Parameters::default()
    };
    let module = Module::new(gate.flags, gate.flag.span());
    let leaving = Leaving {
        gate,
        arguments: &parameters.arguments,
        module,
    };
    let asks = match gate.leave {
        Leave::Variants(arms) => variants(gate, module, arms, &leaving),
        _ => switch(gate, module, leaving.statements()),
    };
    let lints = lints(gate, &parameters);
    let block = braced(
        function.body.span(),
        [
            function.inner.clone(),
            lints,
            asks,
            parameters.bindings,
            body(gate, module),
        ]
        .into_iter()
        .collect(),
    );
    let mut tokens = function.before.clone();
    tokens.append(list(function, parameters.changed.as_deref()));
    tokens.extend([function.after.clone()]);
    tokens.append(block);
    tokens
}

/// The list of parameters: as it was written, unless one had to change.
fn list(function: &Function, changed: Option<&[Parameter]>) -> Group {
    let Some(parameters) = changed else {
        return function.list.clone();
    };
    let mut list = Group::new(Delimiter::Parenthesis, quote!(#(#parameters),*));
    list.set_span(function.list.span());
    list
}

/// The item as it is. Its flag is looked up all the same, so that an unknown one is reported with the other mistakes.
pub(crate) fn unchanged(mut item: TokenStream, arguments: &Arguments) -> TokenStream {
    if let Some(Flag::Key(key)) = &arguments.flag {
        let module = Module::new(arguments.flags.as_ref(), key.span());
        let key = key_literal(key);
        item.extend(quote!(#module::__flag! { #key known #key }));
    }
    item
}

/// The key as a plain literal, which is what the generated arms match, whatever form the user chose.
fn key_literal(key: &LitStr) -> Literal {
    let mut literal = Literal::string(&key.value());
    literal.set_span(key.span());
    literal
}

fn switch(gate: &Gate<'_>, module: Module<'_>, leave: TokenStream) -> TokenStream {
    let site = Span::call_site().located_at(gate.flag.span());
    let flag = match gate.flag {
        Flag::Key(key) => {
            let key = key_literal(key);
            quote_spanned!(site=> #module::__flag! { #key gate #key })
        }
        Flag::Path(path) => path.to_token_stream(),
    };
    let not = (!gate.not).then(|| Token![!](site));
    let leave = braced(site, leave);
    if let Some(context) = gate.context {
        let context = borrowed(context);
        quote_spanned!(site=> if #not #module::__rt::gate_for(#flag, #context) #leave)
    } else {
        let flag = parenthesized(site, flag);
        quote_spanned!(site=> if #not #module::__rt::gate #flag #leave)
    }
}

fn variants(
    gate: &Gate<'_>,
    module: Module<'_>,
    arms: &[Arm],
    leaving: &Leaving<'_>,
) -> TokenStream {
    let Flag::Key(key) = gate.flag else {
        return TokenStream::new();
    };
    let context = gate.context.map(borrowed);
    let arms = arms.iter().map(|arm| {
        let name = key_literal(&arm.name);
        let leave = arm.callee.as_ref().map(|callee| leaving.call(callee));
        quote!(#name { #leave })
    });
    let (word, key) = (gate.word, key_literal(key));
    quote!(#module::__flag! { #key variants #key { #context } { #word #(#arms)* } })
}

/// The context by reference, whether the user wrote a reference or not.
fn borrowed(context: &Expr) -> TokenStream {
    let is_tight = matches!(
        context,
        Expr::Path(_)
            | Expr::Field(_)
            | Expr::Call(_)
            | Expr::MethodCall(_)
            | Expr::Index(_)
            | Expr::Macro(_)
            | Expr::Paren(_)
    );
    let site = Span::call_site().located_at(syn::spanned::Spanned::span(context));
    match context {
        Expr::Reference(_) => context.to_token_stream(),
        _ if is_tight => quote_spanned!(site=> &#context),
        _ => quote_spanned!(site=> &(#context)),
    }
}

/// What the call of the fallback would be warned about, though nobody wrote it.
fn lints(gate: &Gate<'_>, parameters: &Parameters) -> TokenStream {
    let calls = gate.calls();
    let mut lints = Vec::new();
    if calls
        && parameters
            .arguments
            .iter()
            .any(|argument| argument.is_marked_unused)
    {
        lints.push(quote!(clippy::used_underscore_binding));
    }
    if gate.function.is_unsafe && calls {
        lints.push(quote!(unused_unsafe));
    }
    if lints.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[allow(#(#lints),*)])
    }
}

/// The function's own body. Where the gate returns another type of the same trait, it is wrapped to be of one type.
fn body(gate: &Gate<'_>, module: Module<'_>) -> TokenStream {
    let body = &gate.function.body;
    if !gate.either {
        return body.stream();
    }
    if gate.function.is_async {
        quote!(#module::__rt::Either::Left(async move #body.await))
    } else {
        quote!(#module::__rt::Either::Left((move || #body)()))
    }
}

#[cfg(test)]
mod tests {
    use crate::gate::expand;
    use proc_macro2::TokenStream;
    use quote::quote;

    fn check(arguments: &TokenStream, item: &TokenStream, expected: &TokenStream) {
        // How tokens are spaced depends on where they come from. The same lints are allowed on every return.
        let lints = "#[allow(unreachable_code,clippy::diverging_sub_expression)]";
        let plain = |tokens: &TokenStream| tokens.to_string().replace(' ', "").replace(lints, "");
        let found = expand(arguments.clone(), item.clone());
        assert_eq!(
            plain(&found),
            plain(expected),
            "#[feature_gate({arguments})] {item}"
        );
    }

    #[test]
    fn the_gate_stands_before_the_body() {
        let gate = quote!(crate::flags::__rt::gate(
            crate::flags::__flag! { "a" gate "a" }
        ));
        for (arguments, item, expected) in [
            (
                quote!("a", fallback = old),
                quote!(
                    pub(crate) fn f(x: u8) -> u8 {
                        #![allow(unused)]
                        x
                    }
                ),
                quote!(pub(crate) fn f(x: u8) -> u8 { #![allow(unused)] if !#gate { let __flagstone_passed0 = x; return crate::flags::__rt::SameAs::same(old(__flagstone_passed0)); } x }),
            ),
            (
                quote!(r"a", fallback = Self::old::<T>, not),
                quote!(
                    async fn f(&self, _x: T) {
                        body()
                    }
                ),
                quote!(async fn f(&self, _x: T) {
                                   #[allow(clippy::used_underscore_binding)]
                                   if #gate {
                let __flagstone_passed0 = self; let __flagstone_passed1 = _x; let __flagstone_called = Self::old::<T>;
                return __flagstone_called(__flagstone_passed0, __flagstone_passed1).await; }
                                   body()
                               }),
            ),
            (
                quote!("a", fallback = self.old),
                quote!(
                    unsafe fn f(&mut self, x: u8) {}
                ),
                quote!(unsafe fn f(&mut self, x: u8) {
                    #[allow(unused_unsafe)]
                    if !#gate { let __flagstone_passed0 = x; return unsafe { self.old(__flagstone_passed0) }; }
                }),
            ),
            (
                quote!("a", default),
                quote!(
                    fn f() -> Pin<Box<dyn Future<Output = u8> + Send + '_>> {
                        body()
                    }
                ),
                quote!(fn f() -> Pin<Box<dyn Future<Output = u8> + Send + '_>> {
                    if !#gate { return ::std::boxed::Box::pin(async move { ::core::default::Default::default() }); }
                    body()
                }),
            ),
            (
                quote!("a", value = x),
                quote!(
                    fn f((x, _): (u8, u8), _: u8) -> u8 {
                        3
                    }
                ),
                quote!(fn f((x, _): (u8, u8), _: u8) -> u8 { if !#gate { return x; } 3 }),
            ),
            (
                quote!("a", default),
                quote!(
                    fn f() {
                        body();
                    }
                ),
                quote!(fn f() { if !#gate { return; } body(); }),
            ),
            (
                quote!("a", err = Off(x)),
                quote!(
                    fn f(x: u8) -> Result<u8, E> {
                        body()
                    }
                ),
                quote!(fn f(x: u8) -> Result<u8, E> {
                    if !#gate { return ::core::result::Result::Err(::core::convert::Into::into(Off(x))); }
                    body()
                }),
            ),
            (
                quote!("a", either, fallback = old),
                quote!(
                    async fn f() -> impl Display {
                        body()
                    }
                ),
                quote!(async fn f() -> impl Display {
                    if !#gate { return crate::flags::__rt::Either::Right(old().await); }
                    crate::flags::__rt::Either::Left(async move { body() }.await)
                }),
            ),
        ] {
            check(&arguments, &item, &expected);
        }
    }

    #[test]
    fn flags_contexts_and_variants_are_asked_as_they_are_named() {
        for (arguments, expected) in [
            (
                quote!("a", value = 3, context = &user.context),
                quote!(if !crate::flags::__rt::gate_for(
                    crate::flags::__flag! { "a" gate "a" },
                    &user.context
                ) {
                    return 3;
                }),
            ),
            (
                quote!(
                    "a",
                    value = 3,
                    context = user.context(),
                    flags = my_flags::flags
                ),
                quote!(if !my_flags::flags::__rt::gate_for(
                    my_flags::flags::__flag! { "a" gate "a" },
                    &user.context()
                ) {
                    return 3;
                }),
            ),
            (
                quote!(Flags::A, value = 3),
                quote!(if !crate::flags::__rt::gate(Flags::A) {
                    return 3;
                }),
            ),
            (
                quote!(
                    "a",
                    variants(light, "high-contrast" = g, r#type = Self::h),
                    context = user
                ),
                quote!(crate::flags::__flag! { "a" variants "a" { &user } {
                    variants "light" {} "high-contrast" { return crate::flags::__rt::SameAs::same(g()); } "type" { let __flagstone_called = Self::h; return crate::flags::__rt::SameAs::same(__flagstone_called()); }
                } }),
            ),
        ] {
            check(
                &arguments,
                &quote!(
                    fn f() -> u8 {
                        4
                    }
                ),
                &quote!(fn f() -> u8 { #expected 4 }),
            );
        }
    }
}
