//! Compiles one flag for one environment.

use core::cell::Cell;

use flagstone_model::{self as model, Definition, Effective, EnvironmentIndex};

use super::document::Document;
use super::resolve::Resolver;
use super::segments::Segments;
use super::{Canon, Form, Misfit, More, Override, Overrides, Rule, Variants, digest};
use crate::snapshot::{AttributeTable, EmbeddedFlag};

/// Compiles the flags of one document for one environment.
pub(crate) struct Compiler<'d> {
    document: Document<'d>,
    environment: Option<EnvironmentIndex>,
    segments: Segments,
    /// The room in which flags are digested, one after the other.
    canon: Cell<Canon>,
}

impl<'d> Compiler<'d> {
    /// Takes a document whose attributes all stand in the table.
    pub(crate) fn new(
        definition: &'d Definition,
        environment: Option<EnvironmentIndex>,
        table: &'d AttributeTable,
    ) -> Self {
        let document = Document::new(definition, table);
        let segments = Segments::new(&document);
        Self {
            document,
            environment,
            segments,
            canon: Cell::default(),
        }
    }

    /// Compiles a flag; `program` is what the program knows of it, if it does.
    ///
    /// # Errors
    ///
    /// [`Misfit`] with the first reason why the program can't serve the flag. A value that doesn't become its
    /// `rust_type` is none here: [`Variants::undecodable`] finds it.
    pub(crate) fn flag(
        &self,
        flag: &model::Flag,
        program: Option<&EmbeddedFlag>,
    ) -> Result<Form, Misfit> {
        let effective = Effective::new(flag, self.environment);
        let (variants, ordinals) = Variants::new(flag, program)?;
        let ordinal = |variant: model::VariantIndex| ordinals.of(variant);
        let mut resolver = Resolver::new(&self.document, &self.segments, flag.salt());
        if let Some(by) = effective.by {
            resolver.bucket_by(by)?;
        }
        let overrides = compile_overrides(&effective, &mut resolver, ordinal);
        let prerequisites = effective
            .prerequisites
            .iter()
            .map(|needed| resolver.reference(&needed.flag, &needed.variants))
            .collect();
        let rules = compile_rules(&effective, &mut resolver, ordinal)?;
        let own = effective
            .distribution()
            .map_err(|_| Misfit::NothingToGive)?
            .map(|distribution| resolver.distribution(distribution, ordinal));
        let (references, foreign) = resolver.finish();
        if let (Some(_), Some(attribute)) = (program, &foreign) {
            return Err(Misfit::UnknownAttribute {
                attribute: attribute.clone(),
            });
        }
        let more = More {
            starts_at: effective.starts_at,
            ends_at: effective.ends_at,
            overrides,
            prerequisites,
            references,
            foreign,
        };
        let mut form = Form {
            key: flag.key.to_arc(),
            variants,
            baseline: ordinal(effective.baseline),
            killed: effective.killed,
            enabled: effective.enabled,
            unit: self.document.unit,
            more: more.boxed(),
            rules,
            own,
            digest: 0,
        };
        let mut canon = self.canon.take();
        form.digest = digest::of_form(&form, self.document.table, &mut canon);
        self.canon.set(canon);
        Ok(form)
    }
}

fn compile_overrides(
    effective: &Effective<'_>,
    resolver: &mut Resolver<'_>,
    ordinal: impl Fn(model::VariantIndex) -> u32,
) -> Overrides {
    if !effective.overrides.is_empty() {
        resolver.read_unit();
    }
    Overrides::new(effective.overrides.iter().map(|entry| {
        let given = Override {
            variant: ordinal(entry.variant),
            until: entry.until,
        };
        (entry.unit.clone(), given)
    }))
}

fn compile_rules(
    effective: &Effective<'_>,
    resolver: &mut Resolver<'_>,
    ordinal: impl Fn(model::VariantIndex) -> u32,
) -> Result<Box<[Rule]>, Misfit> {
    let mut rules = Vec::with_capacity(effective.rules.len());
    for rule in effective.rules {
        let distribution = effective
            .distribution_of(rule)
            .map_err(|_| Misfit::NothingToGive)?;
        rules.push(Rule {
            name: rule.name.clone(),
            condition: resolver.condition(&rule.condition)?,
            distribution: resolver.distribution(distribution, &ordinal),
        });
    }
    Ok(rules.into())
}
