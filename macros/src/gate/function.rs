//! The function that is gated. Its body stays tokens: what is in it concerns only the compiler.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{
    Attribute, GenericArgument, LitStr, Path, PathArguments, ReturnType, Safety, Signature, Token,
    Type, TypeParamBound, Visibility,
};

use super::coercion::bare;
use crate::report::Report;

pub(crate) struct Function {
    /// Everything before the body as it was written.
    pub(crate) head: TokenStream,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) visibility: Visibility,
    pub(crate) signature: Signature,
    /// The attributes at the start of the body, which must stay there.
    pub(crate) inner: TokenStream,
    pub(crate) body: Group,
}

impl Function {
    /// Reads an item; `None` where it can't be gated, which is reported.
    pub(crate) fn parse(item: TokenStream, report: &mut Report) -> Option<Self> {
        let (head, body) = split_body(item);
        let read = |input: ParseStream<'_>| {
            let function = Self::read(head.clone(), body, input, report);
            if function.is_none() {
                // What is left of it doesn't matter any more.
                input.parse::<TokenStream>()?;
            }
            Ok(function)
        };
        read.parse2(head.clone()).unwrap_or_else(|error| {
            report.syntax(error);
            None
        })
    }

    fn read(
        head: TokenStream,
        body: Option<Group>,
        input: ParseStream<'_>,
        report: &mut Report,
    ) -> Option<Self> {
        let attributes = input.call(Attribute::parse_outer);
        let attributes = attributes.map_err(|error| report.syntax(error)).ok()?;
        let visibility = input.parse().map_err(|error| report.syntax(error)).ok()?;
        if !is_function(input) {
            refuse_item(input, report);
            return None;
        }
        let signature = input.parse().map_err(|error| report.syntax(error)).ok()?;
        refuse_signature(&signature, report)?;
        let Some(body) = body else {
            report.at(input.span(), "#[feature_gate] needs a function with a body: put it on the implementation, or on a provided method");
            return None;
        };
        let (inner, body) = split_inner(body);
        Some(Self {
            head,
            attributes,
            visibility,
            signature,
            inner,
            body,
        })
    }

    pub(crate) fn is_async(&self) -> bool {
        self.signature.asyncness.is_some()
    }

    pub(crate) fn is_unsafe(&self) -> bool {
        matches!(self.signature.safety, Safety::Unsafe(_))
    }

    /// Whether it is declared to return nothing.
    pub(crate) fn returns_unit(&self) -> bool {
        match &self.signature.output {
            ReturnType::Default => true,
            ReturnType::Type(_, ty) => {
                matches!(bare(ty), Type::Tuple(tuple) if tuple.elems.is_empty())
            }
        }
    }

    /// Whether it returns `impl Trait`.
    pub(crate) fn returns_impl(&self) -> bool {
        matches!(&self.signature.output, ReturnType::Type(_, ty) if matches!(bare(ty), Type::ImplTrait(_)))
    }

    /// Whether it returns a boxed future: written by hand, through an alias of the `futures` crate, or made of an
    /// `async fn` by an attribute such as `#[async_trait]`.
    pub(crate) fn returns_boxed_future(&self) -> bool {
        let ReturnType::Type(_, ty) = &self.signature.output else {
            return false;
        };
        let Some(last) = last_segment(ty) else {
            return false;
        };
        if last.ident == "BoxFuture" || last.ident == "LocalBoxFuture" {
            return true;
        }
        argument_of(ty, "Pin")
            .and_then(|inner| argument_of(inner, "Box"))
            .is_some_and(is_dyn_future)
    }
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

fn is_function(input: ParseStream<'_>) -> bool {
    let ahead = input.fork();
    while !ahead.is_empty() && !ahead.peek(Token![fn]) {
        let is_qualifier = match ahead.call(Ident::parse_any) {
            Ok(word) if word == "extern" => {
                let _ = ahead.parse::<Option<LitStr>>();
                true
            }
            Ok(word) => word == "const" || word == "async" || word == "unsafe",
            Err(_) => false,
        };
        if !is_qualifier {
            return false;
        }
    }
    ahead.peek(Token![fn])
}

fn refuse_item(input: ParseStream<'_>, report: &mut Report) {
    let span = input.span();
    let word = input.fork().call(Ident::parse_any);
    let word = word.map_or_else(|_| "this".to_owned(), |word| format!("`{word}`"));
    let hint = match word.as_str() {
        "`impl`" | "`trait`" => ": put it on each method that it should gate",
        "`mod`" => ": put it on each function that it should gate",
        _ => "",
    };
    report.at(
        span,
        format!("#[feature_gate] goes on a function or a method, not on {word}{hint}"),
    );
}

fn refuse_signature(signature: &Signature, report: &mut Report) -> Option<()> {
    if let Some(constness) = &signature.constness {
        report.at(
            constness.span,
            "a `const fn` can't be gated: flags are read at run time",
        );
        return None;
    }
    if let Some(variadic) = &signature.variadic {
        report.over(
            variadic.dots,
            "a variadic function can't be gated: its arguments can't be passed on",
        );
        return None;
    }
    Some(())
}

/// Parts an item into what stands before its body and the body, which the parser of the rest then needn't go through.
fn split_body(item: TokenStream) -> (TokenStream, Option<Group>) {
    let mut trees: Vec<TokenTree> = item.into_iter().collect();
    match trees.pop() {
        Some(TokenTree::Group(group)) => match (group.delimiter(), trees.is_empty()) {
            (Delimiter::Brace, _) => (trees.into_iter().collect(), Some(group)),
            // What a `macro_rules!` passed on as a whole: the item, or its body.
            (Delimiter::None, true) => split_body(group.stream()),
            (Delimiter::None, false) => {
                let (before, body) = split_body(group.stream());
                let mut head: TokenStream = trees.into_iter().collect();
                head.extend([before]);
                (head, body)
            }
            _ => {
                trees.push(TokenTree::Group(group));
                (trees.into_iter().collect(), None)
            }
        },
        last => (trees.into_iter().chain(last).collect(), None),
    }
}

/// Parts a body into the attributes at its start and the rest.
fn split_inner(body: Group) -> (TokenStream, Group) {
    let mut inner = TokenStream::new();
    let mut rest = body.stream().into_iter().peekable();
    while matches!(rest.peek(), Some(TokenTree::Punct(hash)) if hash.as_char() == '#') {
        let attribute: Vec<TokenTree> = rest.clone().take(3).collect();
        let [_, TokenTree::Punct(bang), TokenTree::Group(_)] = &attribute[..] else {
            break;
        };
        if bang.as_char() != '!' {
            break;
        }
        inner.extend(rest.by_ref().take(3));
    }
    if inner.is_empty() {
        return (inner, body);
    }
    let mut group = Group::new(body.delimiter(), rest.collect());
    group.set_span(body.span());
    (inner, group)
}
