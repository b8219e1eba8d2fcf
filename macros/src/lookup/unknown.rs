//! A key that no flag has.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token, bracketed};

use crate::suggest;

/// As many flags are named in an error; more would bury it.
const LISTED: usize = 20;

/// `how "key" ["known", …]`: an error at the key, or nothing where it is known after all and the attribute asks just that,
/// because its other arguments are wrong.
///
/// A known key that is asked for its `variants` is a boolean's: the others have arms of their own. That all booleans have
/// this one spares the compiler an arm for each.
pub(crate) fn unknown(input: TokenStream) -> TokenStream {
    let parse = |input: ParseStream<'_>| {
        let how: Ident = input.parse()?;
        let key: LitStr = input.parse()?;
        let list;
        bracketed!(list in input);
        let known = Punctuated::<LitStr, Token![,]>::parse_terminated(&list)?;
        let known: Vec<String> = known.iter().map(LitStr::value).collect();
        let message = message(how == "variants", &key.value(), &known);
        Ok(message.map(|message| syn::Error::new(key.span(), message)))
    };
    match parse.parse2(input) {
        Ok(None) => TokenStream::new(),
        Ok(Some(error)) | Err(error) => error.into_compile_error(),
    }
}

fn message(wants_variants: bool, key: &str, known: &[String]) -> Option<String> {
    if known.iter().any(|name| name == key) {
        return wants_variants.then(|| format!("flag `{key}` is a boolean, and `variants(..)` needs a flag with variants; write `fallback = ...` instead"));
    }
    let hint = suggest::hint(key, known.iter().map(String::as_str));
    let list = list(known);
    Some(format!("unknown feature flag `{key}`{hint}\n{list}"))
}

fn list(known: &[String]) -> String {
    if known.is_empty() {
        return "no flags are declared yet".to_owned();
    }
    let names: Vec<String> = known
        .iter()
        .take(LISTED)
        .map(|name| format!("`{name}`"))
        .collect();
    let names = names.join(", ");
    match known.len().saturating_sub(LISTED) {
        0 => format!("known flags: {names}"),
        more => format!("known flags: {names} and {more} more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(count: usize) -> Vec<String> {
        (1..=count).map(|number| format!("flag-{number}")).collect()
    }

    #[test]
    fn the_nearest_and_the_known_flags_are_named() {
        let few = ["new_dashboard".to_owned(), "theme".to_owned()];
        for (key, known, expected) in [
            (
                "new_dashbord",
                &few[..],
                Some(
                    "unknown feature flag `new_dashbord`; did you mean `new_dashboard`?\nknown flags: `new_dashboard`, `theme`",
                ),
            ),
            (
                "zzz",
                &few[..],
                Some("unknown feature flag `zzz`\nknown flags: `new_dashboard`, `theme`"),
            ),
            (
                "x",
                &[],
                Some("unknown feature flag `x`\nno flags are declared yet"),
            ),
            ("theme", &few[..], None),
        ] {
            assert_eq!(message(false, key, known).as_deref(), expected, "{key}");
        }
    }

    #[test]
    fn a_boolean_has_no_variants() {
        let message = |key| message(true, key, &names(2)).unwrap_or_default();
        assert!(message("flag-1").starts_with("flag `flag-1` is a boolean"));
        assert!(message("flag-9").starts_with("unknown feature flag `flag-9`"));
    }

    #[test]
    fn a_long_list_is_cut() {
        assert!(list(&names(20)).ends_with("`flag-20`"));
        assert!(list(&names(21)).ends_with("`flag-20` and 1 more"));
    }

    #[test]
    fn the_input_is_what_generated_code_writes() {
        let known = unknown(quote::quote!(known "a" ["a", "b"]));
        assert!(known.is_empty());
        let wrong = unknown(quote::quote!(gate "x" ["a", "b",])).to_string();
        assert!(wrong.contains("unknown feature flag `x`"), "{wrong}");
    }
}
