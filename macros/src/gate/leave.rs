//! What leaves the function before its body.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Expr;
use syn::spanned::Spanned;

use super::arguments::Leave;
use super::callee::Callee;
use super::check::Gate;
use super::coercion::same;
use super::module::{Module, Runtime, parenthesized};
use super::parameters::{Argument, Passed};

/// Makes the statements that leave a gated function.
pub(crate) struct Leaving<'a> {
    pub(crate) gate: &'a Gate<'a>,
    pub(crate) arguments: &'a [Argument],
    pub(crate) module: Module<'a>,
}

impl Leaving<'_> {
    /// The statements for an off flag; nothing for variants, which have some each.
    pub(crate) fn statements(&self) -> TokenStream {
        match self.gate.leave {
            Leave::Fallback(callee) => self.call(callee),
            Leave::Value(value) => self.value(value, value.to_token_stream()),
            Leave::Default => self.default(),
            Leave::Error(error) => {
                let site = Span::call_site().located_at(error.span());
                self.value(error, quote_spanned!(site=> ::core::result::Result::Err(::core::convert::Into::into(#error))))
            }
            Leave::Variants(_) => TokenStream::new(),
        }
    }

    /// Returns what another function gives for the same arguments.
    ///
    /// The compiler's errors about it are to point at the path that the user wrote, so everything is placed there.
    pub(crate) fn call(&self, callee: &Callee) -> TokenStream {
        let function = self.gate.function;
        let site = Span::call_site().located_at(callee.span());
        let passed = self.passed(callee);
        let target = callee.target(self.arguments, site);
        let name = &target.function;
        let list = parenthesized(site, quote_spanned!(site=> #(#passed),*));
        let mut call = quote_spanned!(site=> #name #list);
        if function.is_unsafe {
            call = quote_spanned!(site=> unsafe { #call });
        }
        if function.is_async {
            call = quote_spanned!(site=> #call.await);
        }
        if function.output.is_boxed_future() && !function.is_async {
            call = quote_spanned!(site=> ::std::boxed::Box::pin(#call));
        }
        let same = || same(self.module, site);
        let same = function.output.takes_only_itself().then(same);
        let before = (&passed[..], target.statement.as_ref());
        self.leave(site, before, same, call)
    }

    /// The arguments of a call of another function.
    fn passed(&self, callee: &Callee) -> Vec<Passed<'_>> {
        let local = Span::mixed_site().located_at(callee.span());
        let arguments = self.arguments.iter();
        arguments
            .filter(|argument| !(argument.is_receiver && callee.receiver().is_some()))
            .enumerate()
            .map(|(index, argument)| argument.passed(index, local, self.module))
            .collect()
    }

    fn default(&self) -> TokenStream {
        let site = Span::call_site().located_at(self.gate.word.span());
        if self.gate.function.output.is_unit() {
            return quote_spanned!(site=> return;);
        }
        let default = quote_spanned!(site=> ::core::default::Default::default());
        self.leave(site, (&[], None), None, self.boxed(site, default))
    }

    fn value(&self, written: &Expr, value: TokenStream) -> TokenStream {
        let site = Span::call_site().located_at(written.span());
        self.leave(site, (&[], None), None, self.boxed(site, value))
    }

    /// The future that gives a value, where the function returns a boxed one.
    fn boxed(&self, site: Span, value: TokenStream) -> TokenStream {
        let function = self.gate.function;
        if function.output.is_boxed_future() && !function.is_async {
            quote_spanned!(site=> ::std::boxed::Box::pin(async move { #value }))
        } else {
            value
        }
    }

    /// Returns a result, within a call of a function of the runtime where there is one, behind the statements that the call of
    /// the fallback needs.
    ///
    /// What is returned may never come back, such as `panic!()`; that the return is then unreachable is no mistake.
    fn leave(
        &self,
        site: Span,
        (passed, target): (&[Passed<'_>], Option<&TokenStream>),
        within: Option<Runtime<'_>>,
        result: TokenStream,
    ) -> TokenStream {
        let either = || self.module.runtime(site, &["Either", "Right"]);
        let within = within.or_else(|| self.gate.either.then(either));
        let result: Box<dyn ToTokens> = match within {
            Some(_) => Box::new(parenthesized(site, result)),
            None => Box::new(result),
        };
        let conditions = passed.iter().map(|passed| &passed.argument.conditions);
        let locals = passed.iter().map(|passed| &passed.local);
        let names = passed.iter().map(|passed| &passed.name);
        quote_spanned!(site=> #(#(#conditions)* let #locals = #names;)* #target
            #[allow(unreachable_code, clippy::diverging_sub_expression)]
            return #within #result;)
    }
}
