//! Telling that a flag stands in a document as it stood in an earlier one, so that its compiled form can be used again.

use core::num::NonZeroU64;

use flagstone_model::{Definition, Flag};
use xxhash_rust::xxh3::Xxh3;

/// Stands for all that a flag's form is made of, but for what the document says of other flags.
///
/// The first half is never 0, so that to have none takes no more memory than to have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint(NonZeroU64, u64);

impl Fingerprint {
    #[expect(clippy::cast_possible_truncation, reason = "these are the halves")]
    fn new(digest: u128) -> Self {
        let (first, second) = ((digest >> 64) as u64, digest as u64);
        Self(NonZeroU64::new(first).unwrap_or(NonZeroU64::MIN), second)
    }
}

/// The fingerprints of a document's flags in one environment.
///
/// A flag stands for itself by its text, from its key to the next thing that has a name; whatever else lies in between, such
/// as the next section's key, only makes flags look changed that aren't.
pub(super) struct Fingerprints<'d> {
    text: &'d [u8],
    /// Where things that have names begin, in order.
    starts: Vec<usize>,
    /// Of the environment, the attributes and the segments.
    common: Xxh3,
}

impl<'d> Fingerprints<'d> {
    /// The fingerprints of a document, from its text and what that was checked to be.
    pub(super) fn new(text: &'d [u8], definition: &Definition, environment: Option<&str>) -> Self {
        let context = &definition.context;
        let spans = definition.flags.iter().map(|flag| flag.span);
        let spans = spans.chain(definition.segments.iter().map(|segment| segment.span));
        let spans = spans.chain(context.attributes.iter().map(|attribute| attribute.span));
        let environments = definition.environments.iter();
        let spans = spans.chain(environments.map(|environment| environment.span));
        let mut starts: Vec<usize> = spans.map(|span| span.start as usize).collect();
        starts.sort_unstable();
        let mut fingerprints = Self {
            text,
            starts,
            common: Xxh3::new(),
        };
        let mut common = Xxh3::new();
        put(&mut common, &[u8::from(environment.is_some())]);
        put(&mut common, environment.unwrap_or_default().as_bytes());
        put(&mut common, &context.targeting_key.get().to_le_bytes());
        for attribute in &context.attributes {
            put(&mut common, attribute.name.as_str().as_bytes());
            put(&mut common, attribute.ty.name().as_bytes());
        }
        for segment in &definition.segments {
            put(&mut common, segment.name.as_str().as_bytes());
            fingerprints.put_text(&mut common, segment.span.start as usize);
        }
        fingerprints.common = common;
        fingerprints
    }

    pub(super) fn of(&self, flag: &Flag) -> Fingerprint {
        let mut hash = self.common.clone();
        put(&mut hash, flag.key.as_str().as_bytes());
        self.put_text(&mut hash, flag.span.start as usize);
        Fingerprint::new(hash.digest128())
    }

    /// Adds the text of what begins somewhere, and how far it is indented, which tells what its lines belong to.
    fn put_text(&self, hash: &mut Xxh3, start: usize) {
        let before = self.text.get(..start).unwrap_or_default();
        let indentation = before.iter().rev().take_while(|byte| **byte == b' ');
        put(hash, &indentation.count().to_le_bytes());
        let next = self.starts.partition_point(|other| *other <= start);
        let end = self.starts.get(next).copied().unwrap_or(self.text.len());
        put(hash, self.text.get(start..end).unwrap_or_default());
    }
}

/// Adds bytes, and how many there are, so that they can't be mistaken for others.
fn put(hash: &mut Xxh3, bytes: &[u8]) {
    hash.update(&bytes.len().to_le_bytes());
    hash.update(bytes);
}
