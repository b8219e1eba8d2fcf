//! What the macro that the build script wrote calls once it has found the flag, or hasn't.

mod respan;
mod unknown;
mod variants;

pub(crate) use respan::respan;
pub(crate) use unknown::unknown;
pub(crate) use variants::variants;

use proc_macro2::TokenStream;
use syn::LitStr;
use syn::parse::{ParseStream, Parser};

/// `"key" "text"`: the text as an error at the key.
pub(crate) fn error(input: TokenStream) -> TokenStream {
    let parse = |input: ParseStream<'_>| {
        let key: LitStr = input.parse()?;
        let text: LitStr = input.parse()?;
        Ok(syn::Error::new(key.span(), text.value()))
    };
    parse
        .parse2(input)
        .unwrap_or_else(|error| error)
        .into_compile_error()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_becomes_the_error() {
        let tokens = error(quote::quote!("theme" "it has variants")).to_string();
        assert!(tokens.contains("compile_error"), "{tokens}");
        assert!(tokens.contains("it has variants"), "{tokens}");
    }
}
