//! The keys of every mapping whose keys are words of the language.

use super::Shape;

/// A key.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Key {
    pub(crate) name: &'static str,
    /// What its value holds.
    pub(crate) shape: Shape,
    /// What it means, for whoever hovers over it.
    pub(crate) says: &'static str,
    /// Whether it has to be written.
    pub(crate) is_required: bool,
}

const fn key(name: &'static str, shape: Shape, says: &'static str) -> Key {
    Key {
        name,
        shape,
        says,
        is_required: false,
    }
}

const fn required(name: &'static str, shape: Shape, says: &'static str) -> Key {
    Key {
        name,
        shape,
        says,
        is_required: true,
    }
}

/// The keys of a shape, in groups.
pub(super) const fn of(shape: Shape) -> &'static [&'static [Key]] {
    match shape {
        Shape::Document => &[DOCUMENT],
        Shape::Context => &[CONTEXT],
        Shape::Attribute => &[ATTRIBUTE],
        Shape::Segment => &[SEGMENT],
        Shape::Environment => &[ENVIRONMENT],
        Shape::Flag => &[ABOUT, DECIDING, OVERLAYS],
        Shape::Overlay => &[DECIDING],
        Shape::RetiredFlag => &[RETIRED],
        Shape::Override => &[OVERRIDE],
        Shape::Rule => &[RULE],
        Shape::Sample => &[SAMPLE],
        Shape::Rollout => &[ROLLOUT],
        Shape::Step => &[STEP],
        _ => &[],
    }
}

const DOCUMENT: &[Key] = &[
    key("$schema", Shape::Text, "Ignored; for editors."),
    required("version", Shape::Version, "The version of the language: 1."),
    key(
        "context",
        Shape::Context,
        "What the program knows about a request.",
    ),
    key("segments", Shape::Segments, "Reusable audiences, by name."),
    key(
        "environments",
        Shape::Environments,
        "The environments that flags may speak of, by name.",
    ),
    required("flags", Shape::Flags, "The flags, by key."),
    key(
        "retired",
        Shape::Retired,
        "Deleted keys, which can't be declared again.",
    ),
];

const CONTEXT: &[Key] = &[
    key(
        "targeting_key",
        Shape::Name,
        "The attribute that identifies the unit; `targeting_key` if none is named.",
    ),
    key("attributes", Shape::Attributes, "The attributes, by name."),
];

const ATTRIBUTE: &[Key] = &[
    required("type", Shape::AttributeType, "The type of its values."),
    key(
        "values",
        Shape::Texts,
        "The closed list of a string's values.",
    ),
    key(
        "required",
        Shape::Boolean,
        "A context in Rust that lacks it is a compile error.",
    ),
    key(
        "private",
        Shape::Boolean,
        "Keeps its value out of logs, traces and error texts.",
    ),
    key("description", Shape::Text, "What it is, for people."),
];

const SEGMENT: &[Key] = &[
    key("description", Shape::Text, "What it is, for people."),
    key(
        "members",
        Shape::Members,
        "The targeting keys of units that are in it.",
    ),
    key(
        "if",
        Shape::Condition,
        "Whoever it holds for is in the segment too.",
    ),
];

const ENVIRONMENT: &[Key] = &[
    key("description", Shape::Text, "What it is, for people."),
    key(
        "killed",
        Shape::Boolean,
        "The emergency stop of every flag in this environment.",
    ),
];

const ABOUT: &[Key] = &[
    key("description", Shape::Text, "What the flag is for."),
    key("owner", Shape::Text, "Who answers for it."),
    key("tags", Shape::Texts, "Labels to list it by."),
    key("link", Shape::Text, "Where there is more to read."),
    key(
        "metadata",
        Shape::Metadata,
        "Whatever else tools want to know: keys with text, numbers or truth values.",
    ),
    key(
        "kind",
        Shape::Kind,
        "What sort of flag it is; `release` if none is named.",
    ),
    key(
        "remove_by",
        Shape::Date,
        "The day by which the code should be gone. It never changes an answer.",
    ),
    key(
        "deprecated",
        Shape::Text,
        "Every use in Rust warns, and says this.",
    ),
    key(
        "expose",
        Shape::Expose,
        "Who may see its answer: `server`, or `client`, a front end too.",
    ),
    key(
        "allow",
        Shape::Texts,
        "The checker's warnings that don't apply here.",
    ),
    key(
        "rust_name",
        Shape::RustName,
        "The constant's name in Rust, where it doesn't come from the key.",
    ),
    key(
        "rust_type",
        Shape::Text,
        "The path of the type that a `json` value becomes.",
    ),
    key(
        "type",
        Shape::ValueType,
        "The type of its values; `boolean` without variants.",
    ),
    key(
        "variants",
        Shape::Variants,
        "What it can answer: names with values of the flag's type. A boolean has just `on` and `off`, and takes none.",
    ),
    key(
        "salt",
        Shape::Text,
        "The bucketing identity; keep it when renaming a flag and nobody moves. The key, if none is given.",
    ),
];

const DECIDING: &[Key] = &[
    key(
        "baseline",
        Shape::Variant,
        "The variant when nothing else decides, and for whoever is left out; `off` for booleans.",
    ),
    key(
        "killed",
        Shape::Boolean,
        "The emergency stop; nothing beats it.",
    ),
    key(
        "overrides",
        Shape::Overrides,
        "Variants with the units that get them whatever the rules say.",
    ),
    key(
        "enabled",
        Shape::Boolean,
        "The ordinary switch; overrides still hold when it is off.",
    ),
    key(
        "starts_at",
        Shape::Moment,
        "Everybody gets the baseline before it.",
    ),
    key(
        "ends_at",
        Shape::Moment,
        "Everybody gets the baseline from it on.",
    ),
    key(
        "prerequisites",
        Shape::Prerequisites,
        "Other flags with the variant, or the list of variants, that they must answer.",
    ),
    key(
        "rules",
        Shape::Rules,
        "The first rule whose condition holds decides.",
    ),
    key(
        "serve",
        Shape::Variant,
        "The variant that every unit gets that no rule caught.",
    ),
    key(
        "rollout",
        Shape::Rollout,
        "Who of the units that no rule caught is taken.",
    ),
    key(
        "split",
        Shape::Split,
        "What the taken get: variants with weights.",
    ),
    key(
        "by",
        Shape::Name,
        "The attribute to bucket by; the targeting key if none is named.",
    ),
];

const OVERLAYS: &[Key] = &[key(
    "environments",
    Shape::Overlays,
    "For each environment deciding keys, each replacing the flag's own whole.",
)];

const RETIRED: &[Key] = &[
    required("date", Shape::Date, "When it went."),
    key("note", Shape::Text, "Why, and what to use instead."),
];

const OVERRIDE: &[Key] = &[
    required("unit", Shape::Unit, "The unit's targeting key."),
    key("until", Shape::Moment, "It holds before this moment."),
    key("reason", Shape::Text, "Why, for people."),
];

const RULE: &[Key] = &[
    key("name", Shape::Name, "Its name, unique in the flag's rules."),
    required("if", Shape::Condition, "Whom it is for."),
    key("serve", Shape::Variant, "The variant that they get."),
    key("rollout", Shape::Rollout, "Who of them is taken."),
    key(
        "split",
        Shape::Split,
        "What the taken get: variants with weights.",
    ),
];

const SAMPLE: &[Key] = &[
    key(
        "from",
        Shape::Percent,
        "The lower end, included; 0% if none is given.",
    ),
    key(
        "to",
        Shape::Percent,
        "The upper end, excluded; 100% if none is given.",
    ),
    key("salt", Shape::Text, "A bucketing identity of its own."),
    key("by", Shape::Name, "The attribute to bucket by."),
];

const ROLLOUT: &[Key] = &[
    required("from", Shape::Percent, "The percentage up to the start."),
    required("to", Shape::Percent, "The percentage from the end on."),
    required("start", Shape::Moment, "When it begins to change."),
    required("end", Shape::Moment, "When it has changed."),
];

const STEP: &[Key] = &[
    required("at", Shape::Moment, "From this moment on …"),
    required("to", Shape::Percent, "… this percentage is taken."),
];
