use super::expand;
use proc_macro2::TokenStream;
use quote::quote;

/// The texts of the errors in some tokens.
fn errors(tokens: &TokenStream) -> Vec<String> {
    let text = tokens.to_string();
    text.split("compile_error ! { \"")
        .skip(1)
        .filter_map(|rest| Some(rest.split_once("\" }")?.0.replace("\\\"", "\"")))
        .collect()
}

/// The arguments on the item make just that error.
fn check(arguments: &TokenStream, item: TokenStream, expected: &str) {
    let found = errors(&expand(arguments.clone(), item));
    assert_eq!(
        found,
        [expected.replace('\n', "\\n")],
        "#[feature_gate({arguments})]"
    );
}

fn function() -> TokenStream {
    quote!(
        fn f(a: u32) -> u32 {
            a
        }
    )
}

#[test]
fn each_mistake_in_what_happens_instead_has_its_text() {
    const MISSING: &str = "add `fallback = <a function of the same signature>`, `value = <expression>`, `default` or `err = <expression>`";
    let missing = |when| format!("what should happen when this flag is {when}? {MISSING}");
    for (arguments, expected) in [
        (quote!("a"), missing("off")),
        (quote!("a", not), missing("on")),
        (quote!("a", fallback), "`fallback` needs a function: `fallback = old`".into()),
        (quote!("a", fallback = ), "`fallback` needs a function: `fallback = old`".into()),
        (
            quote!("a", fallback = |a| a + 3),
            "`fallback` takes a function (`old`, `Self::old`, `self.old`); for any other expression write `value = <expression>`".into(),
        ),
        (
            quote!("a", fallback = Self::old(a, 3)),
            "a function is named here, not called: write `fallback = Self::old`; with other arguments `value = Self::old(..)`".into(),
        ),
        (
            quote!("a", fallback = self.old(a)),
            "a function is named here, not called: write `fallback = self.old`; with other arguments `value = self.old(..)`".into(),
        ),
        (quote!("a", fallback = "old"), "a function is named here without quotes: write `fallback = old`".into()),
        (quote!("a", fallback = self.old), "`self.old` needs a method, and this function has no `self`".into()),
        (quote!("a", default = 3), "`default` takes no value; for a value of your own write `value = <expression>`".into()),
        (quote!("a", value), "`value` needs an expression: `value = ..`".into()),
        (
            quote!("a", fallback = old, default),
            "`default` can't stand beside `fallback`: choose one thing to do when the flag is off".into(),
        ),
        (
            quote!("a", fallback = old, default, not),
            "`default` can't stand beside `fallback`: choose one thing to do when the flag is on".into(),
        ),
    ] {
        check(&arguments, function(), &expected);
    }
}

#[test]
fn each_mistake_in_the_other_arguments_has_its_text() {
    for (arguments, expected) in [
        (
            quote!(),
            "expected a flag's key: `#[feature_gate(\"my_flag\", fallback = old)]`",
        ),
        (
            quote!(fallback = old),
            "the flag's key comes first: `#[feature_gate(\"my_flag\", ..)]`",
        ),
        (
            quote!(new_dashboard, default),
            "a flag's key is text: `\"new_dashboard\"`",
        ),
        (quote!(42, default), "a flag's key is text: `\"my_flag\"`"),
        (
            quote!("a", fallbak = old),
            "unknown argument `fallbak`; did you mean `fallback`?\nexpected one of: fallback, value, default, err, variants, context, flags, not, either",
        ),
        (
            quote!("a", fallback = old, fallback = old),
            "`fallback` is here twice",
        ),
        (quote!("a" fallback = old), "expected `,`"),
        (quote!("a", fallback = old new), "expected `,`"),
        (
            quote!("a", fallback = old, 3),
            "expected an argument such as `fallback = old`",
        ),
        (
            quote!("a", fallback = old, flags),
            "`flags` needs a path: `flags = my_flags::flags`",
        ),
        (
            quote!("a", fallback = old, not = true),
            "`not` takes no value",
        ),
        (
            quote!("a", fallback = old, either),
            "`either` is for functions that return `impl Trait`",
        ),
    ] {
        check(&arguments, function(), expected);
    }
}

#[test]
fn each_mistake_in_the_variants_has_its_text() {
    for (arguments, expected) in [
        (
            quote!("a", variants),
            "`variants` names the variants: `variants(light, dark = dark_page)`",
        ),
        (
            quote!("a", variants(light = f)),
            "which variant is the function below for? name it without a function: `variants(light, dark = dark_page)`",
        ),
        (
            quote!("a", variants()),
            "which variant is the function below for? name it without a function: `variants(light, dark = dark_page)`",
        ),
        (
            quote!("a", variants(light, light = f)),
            "variant `light` is here twice",
        ),
        (quote!("a", variants(light dark = f)), "expected `,`"),
        (
            quote!("a", variants(light, 3)),
            "expected a variant's name, such as `dark` or `\"high-contrast\"`",
        ),
        (
            quote!("a", variants(light, dark = 3)),
            "a variant takes a function (`old`, `Self::old`, `self.old`)",
        ),
        (
            quote!("a", variants(light, "high-contrast" = f(a))),
            "a function is named here, not called: write `\"high-contrast\" = f`",
        ),
        (
            quote!("a", variants(light, dark = f), not),
            "`not` can't stand beside `variants`",
        ),
        (
            quote!(Flags::THEME, variants(light)),
            "`variants` needs the flag's key as text, since the key tells what the variants are",
        ),
    ] {
        check(&arguments, function(), expected);
    }
}

#[test]
fn what_cannot_be_gated_is_refused() {
    for (item, expected) in [
        (
            quote!(
                const fn f() {}
            ),
            "a `const fn` can't be gated, since flags are read at run time: gate the function that calls it",
        ),
        (
            quote!(
                unsafe extern "C" fn f(a: u8, ...) {}
            ),
            "a variadic function can't be gated, since its arguments can't be passed on: gate what calls it",
        ),
        (
            quote!(fn f {}),
            "#[feature_gate] doesn't find this function's list of parameters: gate a function that calls it",
        ),
        (
            quote!(
                fn f(&self);
            ),
            "#[feature_gate] needs a function with a body: put it on the implementation, or on a provided method",
        ),
        (
            quote!(
                pub struct S;
            ),
            "#[feature_gate] goes on a function or a method, not on `struct`",
        ),
        (
            quote!(
                const X: u8 = 1;
            ),
            "#[feature_gate] goes on a function or a method, not on `const`",
        ),
        (
            quote!(impl S { fn f() {} }),
            "#[feature_gate] goes on a function or a method, not on `impl`: put it on each method that it should gate",
        ),
        (
            quote!(
                #[cfg(x)]
                mod m {}
            ),
            "#[feature_gate] goes on a function or a method, not on `mod`: put it on each function that it should gate",
        ),
    ] {
        check(&quote!("a", default), item, expected);
    }
    check(
        &quote!("a", err = 3),
        quote!(
            fn f() {}
        ),
        "`err` is for functions that return a `Result`",
    );
}

#[test]
fn one_mistake_does_not_hide_another() {
    let arguments = quote!(zzz, fallback = 3, contxt = &a, variants(), not = 1);
    let tokens = expand(
        arguments,
        quote!(
            const fn f() {}
        ),
    );
    let errors = errors(&tokens);
    assert_eq!(errors.len(), 6, "{errors:#?}");
}

#[test]
fn what_is_wrong_is_left_as_it_is_and_its_key_still_looked_up() {
    let item = function();
    let tokens = expand(quote!("a", fallback), item.clone()).to_string();
    assert!(tokens.starts_with(&item.to_string()), "{tokens}");
    let lookup = quote!(crate::flags::__flag! { "a" known "a" });
    assert!(tokens.contains(&lookup.to_string()), "{tokens}");
}

#[test]
fn a_mistake_beside_a_good_fallback_leaves_the_gate_in_place() {
    let tokens = expand(
        quote!("a", fallback = old, contxt = &a),
        quote!(
            fn f() {}
        ),
    );
    assert!(tokens.to_string().contains("return old ()"), "{tokens}");
}
