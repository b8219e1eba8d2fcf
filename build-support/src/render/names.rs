//! The Rust names of everything that is generated, each given once.

use flagstone_model::{Attribute, AttributeIndex, Definition, Flag, ValueType, rust_name};

/// The names of types that the generated module has anyway.
const TAKEN: [&str; 6] = [
    "Flags",
    "Flag",
    "Context",
    "Required",
    "Anonymous",
    "Schema",
];

/// Names, each in the order of what is named.
#[derive(Debug)]
pub(crate) struct Names {
    /// The constants of the flags.
    pub(crate) constants: Vec<String>,
    /// The types of the flags' answers: `bool`, or the name of an enum.
    pub(crate) answers: Vec<String>,
    /// The methods of the attributes.
    pub(crate) methods: Vec<String>,
    /// The enums of the attributes that have a closed list of values.
    pub(crate) lists: Vec<Option<String>>,
}

impl Names {
    pub(crate) fn new(definition: &Definition) -> Self {
        let flags = &definition.flags;
        let attributes = &definition.context.attributes;
        let constants = flags
            .iter()
            .map(|flag| rust_name::constant(flag.key.as_str(), flag.about().rust_name.as_deref()))
            .collect();
        // Closed lists come first: there is nowhere to say another name for them.
        let lists = lists(attributes);
        let answers = answers(flags, &lists);
        let attribute_names: Vec<&str> = attributes
            .iter()
            .map(|attribute| attribute.name.as_str())
            .collect();
        Self {
            constants,
            answers,
            methods: rust_name::methods(&attribute_names),
            lists,
        }
    }

    pub(crate) fn method(&self, attribute: AttributeIndex) -> &str {
        self.methods.get(attribute.get()).map_or("", String::as_str)
    }

    pub(crate) fn list(&self, attribute: AttributeIndex) -> Option<&str> {
        self.lists.get(attribute.get()).and_then(Option::as_deref)
    }
}

/// The enums of the attributes.
fn lists(attributes: &[Attribute]) -> Vec<Option<String>> {
    let listed: Vec<(&str, String)> = attributes
        .iter()
        .filter(|attribute| attribute.values.is_some())
        .map(|attribute| {
            let name = attribute.name.as_str();
            (name, rust_name::type_name(name, None))
        })
        .collect();
    let mut types = types(&listed, &TAKEN, "Value").into_iter();
    attributes
        .iter()
        .map(|attribute| attribute.values.as_ref().and_then(|_| types.next()))
        .collect()
}

/// The types of the flags' answers, beside the enums of the attributes.
fn answers(flags: &[Flag], lists: &[Option<String>]) -> Vec<String> {
    let taken: Vec<&str> = TAKEN
        .into_iter()
        .chain(lists.iter().flatten().map(String::as_str))
        .collect();
    let multivariate: Vec<(&str, String)> = flags
        .iter()
        .filter(|flag| flag.variants.ty != ValueType::Boolean)
        .map(|flag| {
            let key = flag.key.as_str();
            let name = rust_name::type_name(key, flag.about().rust_name.as_deref());
            (key, name)
        })
        .collect();
    let mut types = types(&multivariate, &taken, "Variant").into_iter();
    flags
        .iter()
        .map(|flag| match flag.variants.ty {
            ValueType::Boolean => "bool".to_owned(),
            _ => types.next().unwrap_or_default(),
        })
        .collect()
}

/// Types for names of the document. They are told apart in alphabetical order, since that of the document has no meaning.
fn types(wanted: &[(&str, String)], taken: &[&str], suffix: &str) -> Vec<String> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by_key(|index| wanted.get(*index).map(|(name, _)| *name));
    let sorted: Vec<&String> = order
        .iter()
        .filter_map(|index| wanted.get(*index).map(|(_, ty)| ty))
        .collect();
    let distinct = rust_name::distinct_types(&sorted, taken, suffix);
    let mut types: Vec<(usize, String)> = order.into_iter().zip(distinct).collect();
    types.sort_unstable();
    types.into_iter().map(|(_, ty)| ty).collect()
}
