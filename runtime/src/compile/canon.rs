//! Bytes to hash, written in one way only.

use std::sync::LazyLock;

use flagstone_model::{Name, Timestamp, Value, ValueType, VersionRef};
use xxhash_rust::xxh3::xxh3_128;

use super::Variants;
use super::values::CompiledVariant;

/// Bytes that stand for something in just one way: every number has a fixed width, every text and list its length.
#[derive(Default)]
pub(crate) struct Canon {
    bytes: Vec<u8>,
    /// Digests of lists that aren't written yet, those of the innermost list last.
    waiting: Vec<u128>,
}

impl Canon {
    /// No bytes yet, and room for so many.
    pub(crate) fn with_room_for(bytes: usize) -> Self {
        Self {
            bytes: Vec::with_capacity(bytes),
            waiting: Vec::new(),
        }
    }

    /// Takes away all that was written, and keeps the room.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.waiting.clear();
    }

    pub(crate) fn digest(&self) -> u128 {
        xxh3_128(&self.bytes)
    }

    /// Where the next byte goes.
    pub(super) fn place(&self) -> usize {
        self.bytes.len()
    }

    /// Takes away what was written from a place on, and digests it as if nothing stood before it.
    pub(super) fn cut(&mut self, place: usize) -> u128 {
        let digest = xxh3_128(self.bytes.get(place..).unwrap_or_default());
        self.bytes.truncate(place);
        digest
    }

    /// How many digests wait, which is the place of the first of a new list.
    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// Takes one more digest of a list.
    pub(super) fn wait(&mut self, digest: u128) {
        self.waiting.push(digest);
    }

    /// Writes the digests that wait from a place on in their order, each once, since the order of their list makes no difference.
    pub(super) fn digests(&mut self, first: usize) {
        let list = self.waiting.get_mut(first..).unwrap_or_default();
        list.sort_unstable();
        let each = list.chunk_by(PartialEq::eq);
        let count = each.clone().count() as u64;
        self.bytes.extend_from_slice(&count.to_le_bytes());
        for digest in each.filter_map(|same| same.first()) {
            self.bytes.extend_from_slice(&digest.to_le_bytes());
        }
        self.waiting.truncate(first);
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    pub(crate) fn wide(&mut self, number: u128) {
        self.bytes.extend_from_slice(&number.to_le_bytes());
    }

    pub(crate) fn tag(&mut self, tag: u8) {
        self.bytes.push(tag);
    }

    pub(crate) fn flags(&mut self, flags: &[bool]) {
        self.bytes.extend(flags.iter().map(|flag| u8::from(*flag)));
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.length(text.len());
        self.bytes.extend_from_slice(text.as_bytes());
    }

    pub(super) fn version(&mut self, version: VersionRef<'_>) {
        version
            .numbers()
            .into_iter()
            .for_each(|number| self.number(number));
        self.text(version.pre_release());
    }

    pub(super) fn length(&mut self, length: usize) {
        self.number(length as u64);
    }

    pub(super) fn optional_name(&mut self, name: Option<&Name>) {
        self.flags(&[name.is_some()]);
        self.text(name.map_or("", Name::as_str));
    }

    pub(super) fn moment(&mut self, moment: Option<Timestamp>) {
        self.flags(&[moment.is_some()]);
        self.number(moment.map_or(0, |moment| moment.milliseconds().cast_unsigned()));
    }

    /// Variants by name, since their order is the program's or the document's.
    pub(super) fn variants(&mut self, variants: &Variants) {
        /// Those of every boolean, as they are written.
        static BOOLEAN: LazyLock<Vec<u8>> = LazyLock::new(|| {
            let mut canon = Canon::default();
            canon.each_variant(&Variants::boolean());
            canon.bytes
        });
        if variants.ty == ValueType::Boolean {
            self.bytes.extend_from_slice(&BOOLEAN);
        } else {
            self.each_variant(variants);
        }
    }

    fn each_variant(&mut self, variants: &Variants) {
        self.text(variants.ty.name());
        let mut list: Vec<_> = variants.list.iter().flatten().collect();
        list.sort_unstable_by_key(|variant| variant.name.as_str());
        self.length(list.len());
        for variant in list {
            self.variant(variant);
        }
    }

    fn variant(&mut self, variant: &CompiledVariant) {
        self.text(variant.name.as_str());
        self.value(variant.value.value());
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Boolean(value) => self.flags(&[*value]),
            Value::String(value) => self.text(value),
            Value::Integer(value) => self.number(value.cast_unsigned()),
            Value::Number(value) => self.number(value.to_bits()),
            Value::Json(value) => self.json(value),
        }
    }

    /// Objects stand in the order of their keys, whatever order the map keeps.
    fn json(&mut self, value: &serde_json::Value) {
        match value {
            serde_json::Value::Null => self.tag(0),
            serde_json::Value::Bool(value) => self.bytes.extend([1, u8::from(*value)]),
            serde_json::Value::Number(number) => {
                self.tag(2);
                self.text(&number.to_string());
            }
            serde_json::Value::String(text) => {
                self.tag(3);
                self.text(text);
            }
            serde_json::Value::Array(elements) => {
                self.tag(4);
                self.length(elements.len());
                for element in elements {
                    self.json(element);
                }
            }
            serde_json::Value::Object(entries) => {
                self.tag(5);
                let mut entries: Vec<_> = entries.iter().collect();
                entries.sort_unstable_by_key(|(key, _)| key.as_str());
                self.length(entries.len());
                for (key, value) in entries {
                    self.text(key);
                    self.json(value);
                }
            }
        }
    }
}
