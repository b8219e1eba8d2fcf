//! What a function returns, as far as its tokens tell.

use proc_macro2::{TokenStream, TokenTree};
use syn::{GenericArgument, Path, PathArguments, Type, TypeParamBound, TypePath};

use super::coercion;
use super::coercion::bare;
use super::tokens::{is_punct, is_word, until};

/// The type that a function is declared to return, where it is.
pub(crate) struct Output(Option<Type>);

impl Output {
    /// Reads what stands behind the list of parameters.
    pub(crate) fn read(after: &[TokenTree]) -> Self {
        let [dash, arrow, rest @ ..] = after else {
            return Self(None);
        };
        if !(is_punct(dash, '-') && is_punct(arrow, '>')) {
            return Self(None);
        }
        let (ty, _) = until(rest, |tree| is_word(tree, "where"));
        Self(Some(parsed(ty)))
    }

    /// Whether it is nothing.
    pub(crate) fn is_unit(&self) -> bool {
        match &self.0 {
            None => true,
            Some(ty) => matches!(bare(ty), Type::Tuple(tuple) if tuple.elems.is_empty()),
        }
    }

    /// Whether it is `impl Trait`.
    pub(crate) fn is_impl(&self) -> bool {
        matches!(&self.0, Some(ty) if matches!(bare(ty), Type::ImplTrait(_)))
    }

    /// Whether nothing but itself turns into it.
    pub(crate) fn takes_only_itself(&self) -> bool {
        self.0.as_ref().is_some_and(coercion::takes_only_itself)
    }

    /// Whether it is a boxed future: written by hand, through an alias of the `futures` crate, or made of an `async fn` by an
    /// attribute such as `#[async_trait]`.
    pub(crate) fn is_boxed_future(&self) -> bool {
        let Some(ty) = &self.0 else {
            return false;
        };
        let Some(last) = last_segment(ty) else {
            return false;
        };
        match last.ident.to_string().as_str() {
            "BoxFuture" | "LocalBoxFuture" => true,
            "Pin" => argument_of(ty, "Pin")
                .and_then(|inner| argument_of(inner, "Box"))
                .is_some_and(is_dyn_future),
            _ => false,
        }
    }
}

/// A type. One of a syntax that the parser doesn't know is still one that the compiler knows.
fn parsed(ty: &[TokenTree]) -> Type {
    // Most are a name, for which a parser need not be started.
    if let [TokenTree::Ident(name)] = ty {
        return Type::Path(TypePath {
            attrs: Vec::new(),
            qself: None,
            path: name.clone().into(),
        });
    }
    let ty: TokenStream = ty.iter().cloned().collect();
    syn::parse2(ty.clone()).unwrap_or(Type::Verbatim(ty))
}

fn is_dyn_future(ty: &Type) -> bool {
    let Type::TraitObject(object) = bare(ty) else {
        return false;
    };
    object
        .bounds
        .iter()
        .any(|bound| matches!(bound, TypeParamBound::Trait(bound) if is_future(&bound.path)))
}

fn is_future(path: &Path) -> bool {
    path.segments
        .last()
        .is_some_and(|segment| segment.ident == "Future")
}

/// The first type argument of a type with this name.
fn argument_of<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match bare(ty) {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}
