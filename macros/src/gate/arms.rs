//! The list in `variants(light, dark = f, "high-contrast" = g)`.

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{LitStr, Token};

use super::callee::Callee;
use super::words::skip;
use crate::report::Report;

/// One variant, and the function for it; none for the annotated body.
pub(crate) struct Arm {
    pub(crate) name: LitStr,
    pub(crate) callee: Option<Callee>,
}

/// Reads the list; `None` where something in it is wrong, which is reported.
pub(crate) fn arms(input: ParseStream<'_>, word: &Ident, report: &mut Report) -> Option<Vec<Arm>> {
    if !input.peek(syn::token::Paren) {
        report.at(
            word.span(),
            "`variants` names the variants: `variants(light, dark = dark_page)`",
        );
        return None;
    }
    let mut arms = Vec::new();
    let mut is_whole = true;
    let list = list(input).map_err(|error| report.syntax(error)).ok()?;
    let read = |input: ParseStream<'_>| {
        while !input.is_empty() {
            match arm(input, report) {
                Some(arm) => is_whole &= push_new(&mut arms, arm, report),
                None => is_whole = false,
            }
            if !input.is_empty() && input.parse::<Token![,]>().is_err() {
                report.at(input.span(), "expected `,`");
                is_whole = false;
                skip(input);
                let _ = input.parse::<Token![,]>();
            }
        }
        Ok(())
    };
    if let Err(error) = read.parse2(list) {
        report.syntax(error);
    }
    if is_whole && arms.iter().all(|arm| arm.callee.is_some()) {
        report.at(word.span(), "which variant is the function below for? name it without a function: `variants(light, dark = dark_page)`");
        is_whole = false;
    }
    is_whole.then_some(arms)
}

fn list(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let content;
    syn::parenthesized!(content in input);
    content.parse()
}

fn push_new(arms: &mut Vec<Arm>, arm: Arm, report: &mut Report) -> bool {
    let name = arm.name.value();
    let is_new = !arms.iter().any(|other| other.name.value() == name);
    if is_new {
        arms.push(arm);
    } else {
        report.at(arm.name.span(), format!("variant `{name}` is here twice"));
    }
    is_new
}

/// A variant's name as the list has it.
fn written(name: &LitStr) -> String {
    let name = name.value();
    if syn::parse_str::<Ident>(&name).is_ok() {
        name
    } else {
        format!("{name:?}")
    }
}

fn arm(input: ParseStream<'_>, report: &mut Report) -> Option<Arm> {
    let name = if input.peek(LitStr) {
        input.parse().ok()?
    } else if let Ok(name) = Ident::parse_any(input) {
        LitStr::new(&name.unraw().to_string(), name.span())
    } else {
        report.at(
            input.span(),
            "expected a variant's name, such as `dark` or `\"high-contrast\"`",
        );
        skip(input);
        return None;
    };
    if input.parse::<Token![=]>().is_err() {
        return Some(Arm { name, callee: None });
    }
    let callee = Callee::parse(
        input,
        &written(&name),
        report,
        "a variant takes a function (`old`, `Self::old`, `self.old`)",
    );
    if callee.is_none() {
        skip(input);
    }
    callee.map(|callee| Arm {
        name,
        callee: Some(callee),
    })
}
