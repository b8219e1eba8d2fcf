//! One flag: what it can answer, and what is said about it.

use std::sync::Arc;

use super::{Condition, Deciding, EnvironmentIndex, index};
use crate::{Date, Name, Span};

index! {
    /// Which entry of [`Variants::list`]. For a boolean 0 is `off` and 1 is `on`.
    VariantIndex
}

impl VariantIndex {
    /// `off`, the first variant of every boolean.
    pub const OFF: Self = Self(0);
    /// `on`, the second variant of every boolean.
    pub const ON: Self = Self(1);
}

/// A flag.
#[derive(Debug, Clone)]
pub struct Flag {
    /// Its key.
    pub key: Name,
    /// Where its key stands.
    pub span: Span,
    /// What people and tools read, and evaluation doesn't.
    pub(crate) about: Option<Box<About>>,
    /// What it can answer.
    pub variants: Variants,
    /// The bucketing identity where it isn't the key.
    pub salt: Option<Box<str>>,
    /// What decides where no overlay says otherwise; its baseline is always there.
    pub base: Deciding,
    /// What decides in an environment, each at most once, in the document's order.
    pub overlays: Vec<(EnvironmentIndex, Deciding)>,
}

impl Flag {
    /// What is said about it for people and tools.
    pub fn about(&self) -> &About {
        static NOTHING: About = About::NOTHING;
        self.about.as_deref().unwrap_or(&NOTHING)
    }

    /// The bucketing identity.
    pub fn salt(&self) -> &str {
        self.salt.as_deref().unwrap_or(self.key.as_str())
    }

    /// The base and every overlay.
    pub fn decidings(&self) -> impl Iterator<Item = &Deciding> {
        core::iter::once(&self.base).chain(self.overlays.iter().map(|(_, overlay)| overlay))
    }

    /// Visits the condition of each rule, of the base and of every overlay.
    pub fn each_condition<'d>(&'d self, visit: &mut impl FnMut(&'d Condition)) {
        for rule in self
            .decidings()
            .flat_map(|deciding| deciding.rules.iter().flatten())
        {
            visit(&rule.condition);
        }
    }

    /// What the overlay of an environment replaces, where the flag has one.
    pub fn overlay(&self, environment: EnvironmentIndex) -> Option<&Deciding> {
        self.overlays
            .iter()
            .find(|(index, _)| *index == environment)
            .map(|(_, overlay)| overlay)
    }
}

/// What people and tools read of a flag.
#[derive(Debug, Clone)]
pub struct About {
    /// What it is for.
    pub description: Option<Box<str>>,
    /// Who answers for it.
    pub owner: Option<Box<str>>,
    /// Labels to list it by.
    pub tags: Vec<Box<str>>,
    /// Where there is more to read.
    pub link: Option<Box<str>>,
    /// Whatever else tools want to know; the values are scalars.
    pub metadata: Vec<(Box<str>, serde_json::Value)>,
    /// What sort of flag it is.
    pub kind: Kind,
    /// The day by which the code should be gone.
    pub remove_by: Option<Date>,
    /// Every use in Rust warns, and says this.
    pub deprecated: Option<Box<str>>,
    /// Who may see its answer.
    pub expose: Expose,
    /// The checker's warnings that don't apply here.
    pub allow: Vec<Box<str>>,
    /// The constant's name where it doesn't come from the key.
    pub rust_name: Option<Box<str>>,
    /// The path of the type that a `json` value becomes.
    pub rust_type: Option<Box<str>>,
}

impl About {
    const NOTHING: Self = Self {
        description: None,
        owner: None,
        tags: Vec::new(),
        link: None,
        metadata: Vec::new(),
        kind: Kind::Release,
        remove_by: None,
        deprecated: None,
        expose: Expose::Server,
        allow: Vec::new(),
        rust_name: None,
        rust_type: None,
    };
}

/// What sort of flag it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Kind {
    /// Hides unfinished or new work until it is out.
    #[default]
    Release,
    /// Compares variants.
    Experiment,
    /// Steers the running system.
    Operational,
    /// Decides who may.
    Permission,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [Self; 4] = [
        Self::Release,
        Self::Experiment,
        Self::Operational,
        Self::Permission,
    ];

    /// The kind's name in a document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Experiment => "experiment",
            Self::Operational => "operational",
            Self::Permission => "permission",
        }
    }
}

/// Who may see a flag's answer. Nobody outside ever sees its rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Expose {
    /// The service.
    #[default]
    Server,
    /// A front end too.
    Client,
}

impl Expose {
    /// Both, in the order of the documentation.
    pub const ALL: [Self; 2] = [Self::Server, Self::Client];

    /// The name in a document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Client => "client",
        }
    }
}

/// What a flag can answer: at least one variant, all values of one type. A boolean has `off` and `on`, in this order.
#[derive(Debug, Clone)]
pub struct Variants {
    /// The type of every value.
    pub ty: ValueType,
    /// The variants in the document's order. All boolean flags of a document share theirs.
    pub list: Arc<[Variant]>,
}

impl Variants {
    /// The variant of a name.
    pub fn find(&self, name: &str) -> Option<VariantIndex> {
        let index = self
            .list
            .iter()
            .position(|variant| variant.name.as_str() == name)?;
        Some(VariantIndex::new(index))
    }

    /// A variant of this flag.
    pub fn get(&self, index: VariantIndex) -> Option<&Variant> {
        self.list.get(index.get())
    }
}

/// A named value.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Its name.
    pub name: Name,
    /// What it holds.
    pub value: Value,
    /// Where its name stands; empty for a boolean's.
    pub span: Span,
}

/// What a variant holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Of a boolean flag.
    Boolean(bool),
    /// Text.
    String(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// Anything that JSON can say.
    Json(Arc<serde_json::Value>),
}

impl Value {
    /// The value as JSON.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Boolean(value) => (*value).into(),
            Self::String(value) => (**value).into(),
            Self::Integer(value) => (*value).into(),
            Self::Number(value) => (*value).into(),
            Self::Json(value) => (**value).clone(),
        }
    }
}

/// The type of a flag's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueType {
    /// On or off.
    Boolean,
    /// Text.
    String,
    /// A whole number of 64 bits, with sign.
    Integer,
    /// A finite floating-point number of 64 bits.
    Number,
    /// Anything that JSON can say.
    Json,
}

impl ValueType {
    /// Every type, in the order of the documentation.
    pub const ALL: [Self; 5] = [
        Self::Boolean,
        Self::String,
        Self::Integer,
        Self::Number,
        Self::Json,
    ];

    /// The type's name in a document.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Json => "json",
        }
    }
}
