//! The attribute `#[feature_gate]` of flagstone, and the small macros that generated code calls.
//!
//! Use it through the crate `flagstone`, which re-exports it. Nothing here reads a file: the attribute asks the macro
//! that the build script wrote beside `Flags`, so it knows the flags wherever that module can be named.

mod gate;
mod lookup;
mod report;
mod suggest;

use proc_macro::TokenStream;

/// Puts a function behind a flag: where the flag is off, something else happens instead.
///
/// The function stays what it is; one early return is put in front of its body. It goes on functions and methods of
/// every kind but `const fn`, variadic ones and those without a body. Write it above other attributes; of several gates
/// on one function the lowest is asked first.
///
/// ```
/// # include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/flags/mod.rs"));
/// use flagstone_macros::feature_gate;
///
/// #[feature_gate("new_dashboard", fallback = old_dashboard)]
/// fn dashboard(user: &str) -> String {
///     format!("the new dashboard of {user}")
/// }
///
/// fn old_dashboard(user: &str) -> String {
///     format!("the old dashboard of {user}")
/// }
///
/// fn main() {
///     assert_eq!(dashboard("u-17"), "the old dashboard of u-17");
///     flags::set("new_dashboard", 1);
///     assert_eq!(dashboard("u-17"), "the new dashboard of u-17");
/// }
/// ```
///
/// The first argument is the flag: its key, or a path such as `Flags::NEW_DASHBOARD`. Then, in any order, one of
///
/// | what happens when the flag is off | |
/// | --- | --- |
/// | `fallback = old`, `Self::old`, `self.old` | that function is called with the same arguments; a path gets `self` as its first one |
/// | `value = expression` | the expression, which may use the parameters, is returned |
/// | `default` | `Default::default()` is returned |
/// | `err = expression` | `Err(expression.into())` is returned |
/// | `variants(light, dark = f, "high-contrast" = g)` | for a flag with variants: each variant's function; a bare name is the annotated body. Every variant must be there |
///
/// and any of
///
/// | argument | meaning |
/// | --- | --- |
/// | `context = expression` | ask for this context, not for the ambient scope's; the expression is borrowed, before the parameters are moved |
/// | `flags = path` | where the generated flags are, if not at `crate::flags` |
/// | `not` | gate when the flag is *on* |
/// | `either` | the function returns `impl Trait`, and the fallback another type of that trait: `Iterator` and its kin, `Future`, `Display`, `Debug`, `Error`, `Read` or `Write` |
///
/// An `async fn` asks at its first poll and awaits its fallback; a function that returns a boxed future, as
/// `#[async_trait]` makes them, asks when it is called. `context` and `value` see parameters by name, not what a
/// pattern binds.
///
/// # Errors
///
/// Every mistake is a compile error at the token that is wrong, all of them at once, and the function is still there
/// for the rest of the program: an unknown or retired key, a flag of the wrong kind, an unknown, missing or repeated
/// argument, a variant that is missing or unknown, something that can't be gated. Where the fallback's signature
/// differs, the compiler's own message points at its path; another signature than the function's own is called with
/// `value = old(..)`.
#[proc_macro_attribute]
pub fn feature_gate(arguments: TokenStream, item: TokenStream) -> TokenStream {
    gate::expand(arguments.into(), item.into()).into()
}

/// A compile error with a text, at a literal.
#[doc(hidden)]
#[proc_macro]
pub fn __error(input: TokenStream) -> TokenStream {
    lookup::error(input.into()).into()
}

/// A compile error at a literal that is no flag's key, with the nearest key and the list.
#[doc(hidden)]
#[proc_macro]
pub fn __unknown(input: TokenStream) -> TokenStream {
    lookup::unknown(input.into()).into()
}

/// A path, moved to the place of a literal, so that warnings about it show there.
#[doc(hidden)]
#[proc_macro]
pub fn __respan(input: TokenStream) -> TokenStream {
    lookup::respan(input.into()).into()
}

/// The match over a flag's variants.
#[doc(hidden)]
#[proc_macro]
pub fn __variants(input: TokenStream) -> TokenStream {
    lookup::variants(input.into()).into()
}
