//! `#[feature_gate]`: parse the arguments and the function, check them, expand.

mod arguments;
mod arms;
mod callee;
mod check;
mod coercion;
mod expand;
mod flag;
mod function;
mod leave;
mod module;
mod output;
mod parameter;
mod parameters;
mod tokens;
mod words;

use proc_macro2::TokenStream;

use arguments::Arguments;
use function::Function;

use crate::report;

/// The function with its gate; or, where something is wrong, the function as it is and every mistake.
pub(crate) fn expand(arguments: TokenStream, item: TokenStream) -> TokenStream {
    report::collecting(|report| {
        let arguments = Arguments::parse(arguments, report);
        let function = Function::parse(item.clone(), report);
        match check::check(&arguments, function.as_ref(), report) {
            Some(gate) => expand::expand(&gate),
            None => expand::unchanged(item, &arguments),
        }
    })
}

#[cfg(test)]
mod tests;
