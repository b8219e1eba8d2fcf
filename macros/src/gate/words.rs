//! Moving over the words of the argument list.

use proc_macro2::{Ident, TokenTree};
use syn::Token;
use syn::ext::IdentExt;
use syn::parse::ParseStream;

/// The names of the arguments behind the flag.
pub(crate) const NAMES: [&str; 9] = [
    "fallback", "value", "default", "err", "variants", "context", "flags", "not", "either",
];

/// Whether an argument ends here.
pub(crate) fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// Whether the next token is the name of an argument.
pub(crate) fn next_is_argument(input: ParseStream<'_>) -> bool {
    let name = input.fork().call(Ident::parse_any);
    name.is_ok_and(|name| NAMES.iter().any(|known| name == known))
}

/// Skips to the next comma; what stands before it was reported.
pub(crate) fn skip(input: ParseStream<'_>) {
    while !at_end(input) && input.parse::<TokenTree>().is_ok() {}
}
