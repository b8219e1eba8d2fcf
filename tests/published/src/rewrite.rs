//! Finds the functions of a source, and writes gates above them.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, ImplItemFn, ItemFn, ItemImpl, ItemMod, ItemTrait, Signature, TraitItemFn};

use crate::leave::{Place, leave};

/// A function of a source, by its lines in the source as it was published.
#[derive(Clone, PartialEq)]
pub(crate) struct Function {
    pub(crate) name: String,
    /// The line of its first attribute, and the line with its last brace.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// What stands in the gate behind the flag.
    pub(crate) leave: String,
    column: usize,
}

/// The functions of a source, without those that only tests have.
pub(crate) fn functions(path: &Path) -> Result<Vec<Function>> {
    let text = fs::read_to_string(path)?;
    let file = syn::parse_file(&text).with_context(|| path.display().to_string())?;
    let mut finder = Finder {
        found: Vec::new(),
        places: vec![Place::Free],
    };
    finder.visit_file(&file);
    Ok(finder.found)
}

/// The source with a gate above each of the functions; also the line of each gate, and of the function's end.
pub(crate) fn gated(text: &str, functions: &[&Function]) -> (String, Vec<(usize, usize)>) {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for function in functions.iter().rev() {
        let gate = format!("#[flagstone::feature_gate(\"gate\", {})] ", function.leave);
        let line = &mut lines[function.first - 1];
        let at = line
            .char_indices()
            .nth(function.column)
            .map_or(line.len(), |(at, _)| at);
        line.insert_str(at, &gate);
    }
    let places = functions
        .iter()
        .map(|function| (function.first, function.last));
    (lines.join("\n") + "\n", places.collect())
}

struct Finder {
    found: Vec<Function>,
    places: Vec<Place>,
}

impl Finder {
    fn add(
        &mut self,
        attributes: &[Attribute],
        start: proc_macro2::Span,
        signature: &Signature,
        end: proc_macro2::Span,
    ) {
        let start = attributes.first().map_or(start, Spanned::span).start();
        let place = self.places.last().cloned().unwrap_or(Place::Free);
        self.found.push(Function {
            name: signature.ident.to_string(),
            first: start.line,
            last: end.end().line,
            leave: leave(signature, &place, self.found.len()),
            column: start.column,
        });
    }

    fn inside(&mut self, place: Place, visit: impl FnOnce(&mut Self)) {
        self.places.push(place);
        visit(self);
        self.places.pop();
    }
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let text = attribute.to_token_stream().to_string().replace(' ', "");
        text.contains("cfg(test)")
            || text == "#[test]"
            || text.starts_with("#[tokio::test")
            || text.starts_with("#[crate::test")
    })
}

impl<'ast> Visit<'ast> for Finder {
    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        if !is_test(&module.attrs) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        if is_test(&function.attrs) {
            return;
        }
        self.add(
            &function.attrs,
            function.span(),
            &function.sig,
            function.block.span(),
        );
        self.inside(Place::Free, |this| visit::visit_item_fn(this, function));
    }

    fn visit_item_impl(&mut self, implementation: &'ast ItemImpl) {
        let place = match &implementation.trait_ {
            Some((_, path, _)) => Place::Trait(path.to_token_stream().to_string()),
            None => Place::Inherent,
        };
        if !is_test(&implementation.attrs) {
            self.inside(place, |this| visit::visit_item_impl(this, implementation));
        }
    }

    fn visit_item_trait(&mut self, item: &'ast ItemTrait) {
        let (_, generics, _) = item.generics.split_for_impl();
        let place = Place::Trait(format!("{}{}", item.ident, generics.to_token_stream()));
        self.inside(place, |this| visit::visit_item_trait(this, item));
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        if !is_test(&function.attrs) {
            self.add(
                &function.attrs,
                function.span(),
                &function.sig,
                function.block.span(),
            );
            self.inside(Place::Free, |this| {
                visit::visit_impl_item_fn(this, function)
            });
        }
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        self.add(
            &function.attrs,
            function.span(),
            &function.sig,
            function.span(),
        );
        self.inside(Place::Free, |this| {
            visit::visit_trait_item_fn(this, function)
        });
    }
}
