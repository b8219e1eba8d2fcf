//! The match over a flag's variants, once the generated code has said what they are.
//!
//! ```text
//! "theme" { crate::flags } { crate::flags::Theme } { crate::flags::Flags::THEME } ["light" Light "dark" Dark]
//!         { the context, or nothing } { variants "light" {} "dark" { return …; } }
//! ```
//!
//! The generated code writes the first line and passes on the second, which the attribute wrote: the word `variants` and
//! the names where the user wrote them, and for each what leaves the function.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, braced, bracketed};

use crate::report::{self, Report};
use crate::suggest;

struct Input {
    key: LitStr,
    flags: TokenStream,
    ty: TokenStream,
    flag: TokenStream,
    declared: Vec<Declared>,
    context: TokenStream,
    /// The word `variants`.
    word: Ident,
    arms: Vec<Arm>,
}

/// A variant as the document declares it.
struct Declared {
    name: String,
    identifier: Ident,
}

/// A variant as the attribute names it, and what happens then.
struct Arm {
    name: LitStr,
    leave: TokenStream,
}

pub(crate) fn variants(input: TokenStream) -> TokenStream {
    match syn::parse2::<Input>(input) {
        Ok(input) => report::collecting(|report| input.expand(report)),
        Err(error) => error.into_compile_error(),
    }
}

impl Input {
    fn expand(&self, report: &mut Report) -> TokenStream {
        self.check_names(report);
        self.check_complete(report);
        if !report.is_empty() {
            return TokenStream::new();
        }
        let Self {
            flags,
            ty,
            flag,
            context,
            ..
        } = self;
        let asked = if context.is_empty() {
            quote!(#flags::__rt::variant(#flag))
        } else {
            quote!(#flags::__rt::variant_for(#flag, #context))
        };
        let arms = self.declared.iter().filter_map(|declared| {
            let arm = self.arm(&declared.name)?;
            let (identifier, leave) = (&declared.identifier, &arm.leave);
            Some(quote_spanned!(identifier.span()=> #ty::#identifier => { #leave }))
        });
        let site = Span::call_site();
        quote_spanned!(site=> match #asked { #(#arms)* })
    }

    fn arm(&self, name: &str) -> Option<&Arm> {
        self.arms.iter().find(|arm| arm.name.value() == name)
    }

    fn check_names(&self, report: &mut Report) {
        let key = self.key.value();
        let names = || self.declared.iter().map(|declared| declared.name.as_str());
        let all: Vec<String> = names().map(as_argument).collect();
        let all = all.join(", ");
        for arm in &self.arms {
            let written = arm.name.value();
            if names().any(|name| name == written) {
                continue;
            }
            let near = suggest::nearest(&written, names()).map(as_argument);
            let hint = near.map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            report.at(
                arm.name.span(),
                format!("flag `{key}` has no variant `{written}`{hint}\nits variants: {all}"),
            );
        }
    }

    /// A name that is no variant is reported as such; what it was meant for isn't missing as well.
    fn check_complete(&self, report: &mut Report) {
        if !report.is_empty() {
            return;
        }
        let missing: Vec<String> = self
            .declared
            .iter()
            .filter(|declared| self.arm(&declared.name).is_none())
            .map(|declared| as_argument(&declared.name))
            .collect();
        if !missing.is_empty() {
            let key = self.key.value();
            let missing = missing.join(", ");
            report.at(
                self.word.span(),
                format!("not every variant of `{key}` is handled; missing: {missing}"),
            );
        }
    }
}

/// A variant's name as it is written inside `variants(..)`.
fn as_argument(name: &str) -> String {
    if syn::parse_str::<Ident>(name).is_ok() {
        name.to_owned()
    } else {
        format!("\"{name}\"")
    }
}

impl Parse for Input {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key = input.parse()?;
        let (flags, ty, flag) = (tokens(input)?, tokens(input)?, tokens(input)?);
        let list;
        bracketed!(list in input);
        let mut declared = Vec::new();
        while !list.is_empty() {
            declared.push(Declared {
                name: list.parse::<LitStr>()?.value(),
                identifier: list.parse()?,
            });
        }
        let context = tokens(input)?;
        let written;
        braced!(written in input);
        let word = written.parse()?;
        let mut arms = Vec::new();
        while !written.is_empty() {
            arms.push(Arm {
                name: written.parse()?,
                leave: tokens(&written)?,
            });
        }
        Ok(Self {
            key,
            flags,
            ty,
            flag,
            declared,
            context,
            word,
            arms,
        })
    }
}

fn tokens(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let content;
    braced!(content in input);
    content.parse()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(context: &TokenStream, arms: &TokenStream) -> String {
        variants(quote!(
            "theme" { crate::flags } { crate::flags::Theme } { crate::flags::Flags::THEME }
            ["light" Light "high-contrast" HighContrast] { #context } { variants #arms }
        ))
        .to_string()
    }

    #[test]
    fn a_complete_list_becomes_a_match() {
        let arms = quote!("high-contrast" { return f(); } "light" {});
        let plain = expanded(&TokenStream::new(), &arms);
        assert_eq!(
            plain,
            quote!(
                match crate::flags::__rt::variant(crate::flags::Flags::THEME) {
                    crate::flags::Theme::Light => {}
                    crate::flags::Theme::HighContrast => {
                        return f();
                    }
                }
            )
            .to_string()
        );
        let explicit = expanded(&quote!(&user), &arms);
        assert!(
            explicit.contains("variant_for (crate :: flags :: Flags :: THEME , & user)"),
            "{explicit}"
        );
    }

    #[test]
    fn names_that_are_missing_or_unknown_are_errors() {
        for (arms, expected) in [
            (
                quote!("light" {}),
                r#"not every variant of `theme` is handled; missing: \"high-contrast\""#,
            ),
            (
                quote!("light" {} "high_contrast" {}),
                r#"flag `theme` has no variant `high_contrast`; did you mean `\"high-contrast\"`?\nits variants: light, \"high-contrast\""#,
            ),
        ] {
            let text = expanded(&TokenStream::new(), &arms);
            assert!(text.contains(expected), "{text}");
            assert_eq!(text.matches("compile_error").count(), 1, "{text}");
        }
    }
}
