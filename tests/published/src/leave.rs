//! What a function does when its flag is off: something that has the right type without knowing what the function is for.

use quote::ToTokens;
use syn::{FnArg, GenericParam, ReturnType, Signature, Type};

/// Where a function stands, which says how it is called from itself.
#[derive(Clone)]
pub(crate) enum Place {
    Free,
    /// In an implementation of the type's own.
    Inherent,
    /// In an implementation of this trait, or as a method that it provides.
    Trait(String),
}

/// The arguments behind the flag, of several kinds in turn.
pub(crate) fn leave(signature: &Signature, place: &Place, turn: usize) -> String {
    match turn % 3 {
        0 if calls_itself(signature, place) => format!("fallback = {}", itself(signature, place)),
        1 if has_default(&signature.output) => "default".to_owned(),
        _ => "value = panic!(\"off\")".to_owned(),
    }
}

/// Whether it can be its own fallback: there is no function that is sure to be of the same signature but the function itself.
/// An async one would contain its own future, one that returns `impl Trait` would name its own type, and nobody may call a
/// destructor.
fn calls_itself(signature: &Signature, place: &Place) -> bool {
    if matches!(place, Place::Trait(path) if path == "Drop") {
        return false;
    }
    let is_impl = |ty: &Type| ty.to_token_stream().to_string().contains("impl ");
    let takes_impl = signature
        .inputs
        .iter()
        .any(|input| matches!(input, FnArg::Typed(typed) if is_impl(&typed.ty)));
    let returns_impl = matches!(&signature.output, ReturnType::Type(_, ty) if is_impl(ty));
    let has_types = !generics(signature).is_empty();
    signature.asyncness.is_none() && !returns_impl && !(takes_impl && has_types)
}

fn itself(signature: &Signature, place: &Place) -> String {
    let name = &signature.ident;
    let generics = generics(signature);
    let turbofish = if generics.is_empty() {
        String::new()
    } else {
        format!("::<{}>", generics.join(", "))
    };
    match place {
        Place::Free => format!("{name}{turbofish}"),
        Place::Inherent => format!("Self::{name}{turbofish}"),
        Place::Trait(path) => format!("<Self as {path}>::{name}{turbofish}"),
    }
}

fn generics(signature: &Signature) -> Vec<String> {
    let names = signature
        .generics
        .params
        .iter()
        .filter_map(|parameter| match parameter {
            GenericParam::Type(ty) => Some(ty.ident.to_string()),
            GenericParam::Const(constant) => Some(constant.ident.to_string()),
            GenericParam::Lifetime(_) => None,
        });
    names.collect()
}

fn has_default(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else {
        return true;
    };
    let Type::Path(path) = &**ty else {
        return false;
    };
    const WITH_DEFAULT: [&str; 9] = [
        "bool", "usize", "u8", "u16", "u32", "u64", "Option", "String", "Vec",
    ];
    path.qself.is_none()
        && path.path.segments.len() == 1
        && WITH_DEFAULT
            .iter()
            .any(|name| path.path.segments[0].ident == name)
}
