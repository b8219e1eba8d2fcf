//! Turns the document's conditions into compiled ones, and collects what a flag needs from elsewhere.

use core::mem;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use flagstone_model::{self as model, AttributeIndex, Name, SegmentIndex, SegmentRef};

use super::document::Document;
use super::operators::compile_test;
use super::segments::Segments;
use super::{Condition, Distribution, Misfit, Reference, Sample, Segment, digest};
use crate::bucket::{Purpose, Seed, Threshold};
use crate::snapshot::TableEntry;
use crate::text_set::TextSet;

/// Resolves the names of one flag, or of one segment.
pub(super) struct Resolver<'c> {
    document: &'c Document<'c>,
    segments: &'c Segments,
    /// The bucketing identity where nothing else is said.
    salt: Cow<'c, str>,
    /// The slot to bucket by where nothing else is said.
    by: u32,
    references: Vec<Reference>,
    /// Segments of this flag's own, since they speak of its references.
    own_segments: HashMap<SegmentIndex, Arc<Segment>>,
    /// While a segment is compiled, those that it needs are there already.
    is_in_segment: bool,
    foreign: Option<Arc<str>>,
}

impl<'c> Resolver<'c> {
    pub(super) fn new(document: &'c Document<'c>, segments: &'c Segments, salt: &'c str) -> Self {
        Self {
            document,
            segments,
            salt: Cow::Borrowed(salt),
            by: document.unit,
            references: Vec::new(),
            own_segments: HashMap::new(),
            is_in_segment: false,
            foreign: None,
        }
    }

    /// The references in the order of their indexes, and an attribute that the program's context doesn't have.
    pub(super) fn finish(self) -> (Box<[Reference]>, Option<Arc<str>>) {
        (self.references.into(), self.foreign)
    }

    /// From here on this attribute is what is bucketed by.
    pub(super) fn bucket_by(&mut self, attribute: AttributeIndex) -> Result<(), Misfit> {
        self.by = self.slot(attribute)?;
        Ok(())
    }

    /// Notes that the targeting key is read. Any type of it will do, since a unit is a text or an integer whatever
    /// the attribute's type.
    pub(super) fn read_unit(&mut self) {
        self.read(self.document.unit);
    }

    /// The index of a reference to another flag.
    pub(super) fn reference(&mut self, flag: &Name, variants: &[Name]) -> u32 {
        let index = u32::try_from(self.references.len()).unwrap_or(u32::MAX);
        self.references.push(Reference {
            flag: flag.clone(),
            variants: variants.into(),
        });
        index
    }

    pub(super) fn distribution(
        &mut self,
        distribution: model::Distribution<'_>,
        ordinal: impl Fn(model::VariantIndex) -> u32,
    ) -> Distribution {
        if matches!(distribution, model::Distribution::Share { .. }) {
            self.read(self.by);
        }
        Distribution::new(distribution, &self.salt, self.by, ordinal)
    }

    pub(super) fn condition(&mut self, condition: &model::Condition) -> Result<Condition, Misfit> {
        Ok(match condition {
            model::Condition::All(list) => Condition::All(self.conditions(list)?),
            model::Condition::Any(list) => Condition::Any(self.conditions(list)?),
            model::Condition::Not(inner) => Condition::Not(Box::new(self.condition(inner)?)),
            model::Condition::Attribute(test) => self.attribute_test(test)?,
            model::Condition::Segment { of, .. } => self.segment_test(of)?,
            model::Condition::Sample(sample) => Condition::Sample(Box::new(self.sample(sample)?)),
            model::Condition::Flag(test) => {
                Condition::Flag(self.reference(&test.flag, &test.variants))
            }
            model::Condition::Now(test) => Condition::Now {
                comparison: test.comparison,
                moment: test.moment,
            },
        })
    }

    fn conditions(&mut self, list: &[model::Condition]) -> Result<Box<[Condition]>, Misfit> {
        let mut compiled = Vec::with_capacity(list.len());
        for condition in list {
            compiled.push(self.condition(condition)?);
        }
        Ok(compiled.into())
    }

    fn attribute_test(&mut self, test: &model::AttributeTest) -> Result<Condition, Misfit> {
        let slot = self.slot(test.attribute)?;
        let attribute = self.document.definition.context.attribute(test.attribute);
        let ty = attribute.map_or(model::AttributeType::String, |attribute| attribute.ty);
        Ok(Condition::Attribute {
            slot,
            test: compile_test(&test.test, ty),
        })
    }

    fn segment_test(&mut self, of: &[SegmentRef]) -> Result<Condition, Misfit> {
        let mut segments = Vec::with_capacity(of.len());
        for reference in of {
            match reference {
                SegmentRef::Everyone => return Ok(Condition::Everyone),
                SegmentRef::Segment(index) => segments.extend(self.segment(*index)?),
            }
        }
        Ok(Condition::Segments(segments.into()))
    }

    /// A segment by its place; none where it isn't there or needs itself, which no checked document has.
    fn segment(&mut self, index: SegmentIndex) -> Result<Option<Arc<Segment>>, Misfit> {
        if let Some(shared) = self.segments.shared(index) {
            let segment = shared.clone()?;
            if self.foreign.is_none() {
                self.foreign.clone_from(&segment.foreign);
            }
            return Ok(Some(segment));
        }
        if !self.is_in_segment && !self.own_segments.contains_key(&index) {
            self.compile_own_segments(index)?;
        }
        Ok(self.own_segments.get(&index).cloned())
    }

    /// Compiles a segment that asks about flags, after those that it needs: so each finds what it needs, and a long
    /// chain takes no more stack than a short one.
    fn compile_own_segments(&mut self, index: SegmentIndex) -> Result<(), Misfit> {
        for index in self.segments.asking(index) {
            let segment = self.document.definition.segment(index);
            let Some(segment) = segment.filter(|_| !self.own_segments.contains_key(&index)) else {
                continue;
            };
            let compiled = self.compile_segment(segment)?;
            self.own_segments.insert(index, Arc::new(compiled));
        }
        Ok(())
    }

    /// Compiles a segment with the bucketing that segments have: a salt of its own, and by the targeting key.
    pub(super) fn compile_segment(&mut self, segment: &model::Segment) -> Result<Segment, Misfit> {
        let salt = Cow::Owned(format!("segment/{}", segment.name));
        let flag_salt = mem::replace(&mut self.salt, salt);
        let flag_by = mem::replace(&mut self.by, self.document.unit);
        self.is_in_segment = true;
        let condition = segment
            .condition
            .as_ref()
            .map(|condition| self.condition(condition))
            .transpose();
        self.is_in_segment = false;
        self.salt = flag_salt;
        self.by = flag_by;
        if !segment.members.is_empty() {
            self.read_unit();
        }
        let compiled = Segment {
            unit: self.document.unit,
            members: TextSet::new(&segment.members),
            condition: condition?,
            foreign: self.foreign.clone(),
            digest: 0,
        };
        let digest = digest::of_segment(&compiled, &self.references, self.document.table);
        Ok(Segment { digest, ..compiled })
    }

    fn sample(&mut self, sample: &model::Sample) -> Result<Sample, Misfit> {
        let by = match sample.by {
            Some(by) => self.slot(by)?,
            None => self.by,
        };
        self.read(by);
        let salt = sample.salt.as_deref().unwrap_or(&self.salt);
        Ok(Sample {
            by,
            seed: Seed::new(salt, Purpose::Rollout),
            from: Threshold::new(sample.from),
            to: Threshold::new(sample.to),
        })
    }

    fn slot(&mut self, attribute: AttributeIndex) -> Result<u32, Misfit> {
        let slot = self.document.slot(attribute)?;
        self.read(slot);
        Ok(slot)
    }

    fn read(&mut self, slot: u32) {
        let table = self.document.table;
        if self.foreign.is_none() && table.is_foreign(slot as usize) {
            let attribute = table.get(slot as usize);
            self.foreign = attribute.map(TableEntry::shared_name);
        }
    }
}
