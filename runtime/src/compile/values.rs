//! What a compiled flag can answer.

use core::any::Any;
use core::fmt;
use std::sync::{Arc, LazyLock};

use flagstone_model::{self as model, Name, Value, ValueType};

use super::Misfit;
use crate::snapshot::{Decode, EmbeddedFlag};

/// A flag's variants by ordinal.
#[derive(Debug)]
pub(crate) struct Variants {
    pub(crate) ty: ValueType,
    /// `None` where the program knows a variant that the document no longer has.
    pub(crate) list: Box<[Option<CompiledVariant>]>,
}

#[derive(Debug)]
pub(crate) struct CompiledVariant {
    pub(crate) name: Name,
    pub(crate) value: StoredValue,
}

impl Variants {
    /// The variants of a document's flag, in the program's order where it knows the flag, else in the document's; and
    /// the ordinal of each of the document's.
    ///
    /// # Errors
    ///
    /// [`Misfit`] where the program can't serve these variants.
    pub(super) fn new(
        flag: &model::Flag,
        program: Option<&EmbeddedFlag>,
    ) -> Result<(Arc<Self>, Ordinals), Misfit> {
        let document = &flag.variants;
        if let Some(program) = program.filter(|program| program.ty != document.ty) {
            return Err(Misfit::Type {
                document: document.ty,
                program: program.ty,
            });
        }
        if document.ty == ValueType::Boolean {
            return Ok((Self::boolean(), Ordinals::AsTheyStand));
        }
        let (list, ordinals) = match program {
            Some(program) => in_order_of(program, document)?,
            None => as_they_stand(document),
        };
        let variants = Self {
            ty: document.ty,
            list: list.into(),
        };
        Ok((Arc::new(variants), ordinals))
    }

    /// The first variant whose value doesn't become the flag's `rust_type`.
    pub(crate) fn undecodable(&self) -> Option<Misfit> {
        self.list.iter().flatten().find_map(|variant| {
            let reason = variant.value.typed()?.err()?;
            Some(Misfit::Value {
                variant: variant.name.clone(),
                reason: (**reason).into(),
            })
        })
    }

    pub(crate) fn get(&self, ordinal: u32) -> Option<&CompiledVariant> {
        self.list.get(ordinal as usize)?.as_ref()
    }

    /// The ordinal of a variant that is there.
    pub(crate) fn ordinal(&self, name: &str) -> Option<u32> {
        let place = self.list.iter().position(|variant| {
            variant
                .as_ref()
                .is_some_and(|variant| variant.name.as_str() == name)
        })?;
        u32::try_from(place).ok()
    }

    /// Every boolean flag's, `off` before `on`; most flags are boolean, so they share one.
    pub(crate) fn boolean() -> Arc<Self> {
        static BOOLEAN: LazyLock<Arc<Variants>> = LazyLock::new(|| {
            let variant = |name: &str, value| {
                Name::new(name).ok().map(|name| CompiledVariant {
                    name,
                    value: StoredValue::new(Value::Boolean(value)),
                })
            };
            Arc::new(Variants {
                ty: ValueType::Boolean,
                list: [variant("off", false), variant("on", true)].into(),
            })
        });
        Arc::clone(&BOOLEAN)
    }
}

/// The ordinals of a document's variants.
pub(super) enum Ordinals {
    /// Each has the place that it has in the document.
    AsTheyStand,
    /// The program's, by the place in the document.
    OfProgram(Vec<u32>),
}

impl Ordinals {
    pub(super) fn of(&self, variant: model::VariantIndex) -> u32 {
        match self {
            Self::AsTheyStand => u32::try_from(variant.get()).unwrap_or(u32::MAX),
            Self::OfProgram(ordinals) => ordinals.get(variant.get()).copied().unwrap_or(0),
        }
    }
}

type Ordered = (Vec<Option<CompiledVariant>>, Ordinals);

fn as_they_stand(document: &model::Variants) -> Ordered {
    let variants = document.list.iter();
    let list = variants.map(|variant| Some(CompiledVariant::new(variant, None)));
    (list.collect(), Ordinals::AsTheyStand)
}

fn in_order_of(program: &EmbeddedFlag, document: &model::Variants) -> Result<Ordered, Misfit> {
    let mut list: Vec<Option<CompiledVariant>> = Vec::new();
    list.resize_with(program.variants.len(), || None);
    let mut ordinals = Vec::with_capacity(document.list.len());
    for variant in document.list.iter() {
        let mut places = program.variants.iter().zip(&mut list).zip(0..);
        let known = places.find(|((name, _), _)| **name == variant.name.as_str());
        let Some(((_, place), ordinal)) = known else {
            return Err(Misfit::UnknownVariant {
                variant: variant.name.clone(),
            });
        };
        *place = Some(CompiledVariant::new(variant, program.decode));
        ordinals.push(ordinal);
    }
    let baseline = program.baseline as usize;
    match (program.variants.get(baseline), list.get(baseline)) {
        (Some(name), Some(None)) => Err(Misfit::BaselineGone {
            variant: (*name).into(),
        }),
        _ => Ok((list, Ordinals::OfProgram(ordinals))),
    }
}

impl CompiledVariant {
    fn new(variant: &model::Variant, decode: Option<Decode>) -> Self {
        let value = variant.value.clone();
        Self {
            name: variant.name.clone(),
            value: match decode {
                Some(decode) => StoredValue::decoded(value, decode),
                None => StoredValue::new(value),
            },
        }
    }
}

/// What a variant holds, decoded where the flag has a `rust_type`.
#[derive(Clone)]
pub struct StoredValue {
    value: Value,
    /// In a box, since few flags have a `rust_type`.
    typed: Option<Box<Typed>>,
}

/// A value as the program's type, or why it doesn't become one.
type Typed = Result<Arc<dyn Any + Send + Sync>, Arc<str>>;

impl StoredValue {
    pub(crate) fn new(value: Value) -> Self {
        Self { value, typed: None }
    }

    pub(crate) fn decoded(value: Value, decode: Decode) -> Self {
        let typed = match &value {
            Value::Json(json) => decode(json),
            other => decode(&other.to_json()),
        };
        Self {
            value,
            typed: Some(Box::new(typed.map_err(Arc::from))),
        }
    }

    /// The value as the document has it.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The decoded value of a flag with a `rust_type`; `None` without one.
    ///
    /// # Errors
    ///
    /// The decoder's reason. Only a value of the document in the binary can fail, since a document that arrives later
    /// is refused for it.
    pub fn typed(&self) -> Option<Result<&Arc<dyn Any + Send + Sync>, &Arc<str>>> {
        self.typed.as_deref().map(Result::as_ref)
    }
}

impl fmt::Debug for StoredValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.value.fmt(f)
    }
}
