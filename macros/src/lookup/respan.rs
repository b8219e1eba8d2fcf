//! Moves a path to the place of a literal.

use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// `"key" path…`: the path with the literal's place. What its names mean stays as it was.
pub(crate) fn respan(input: TokenStream) -> TokenStream {
    let mut tokens = input.into_iter();
    let Some(literal) = tokens.next() else {
        return TokenStream::new();
    };
    moved(tokens.collect(), literal.span())
}

fn moved(tokens: TokenStream, place: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            let span = token.span().located_at(place);
            if let TokenTree::Group(group) = &token {
                token = Group::new(group.delimiter(), moved(group.stream(), place)).into();
            }
            token.set_span(span);
            token
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_literal_goes_and_the_path_stays() {
        let tokens = respan(quote::quote!("old" flags::Flags::OLD));
        assert_eq!(tokens.to_string(), "flags :: Flags :: OLD");
        assert!(respan(TokenStream::new()).is_empty());
    }
}
