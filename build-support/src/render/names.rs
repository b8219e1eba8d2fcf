//! The Rust names of everything that is generated, each given once.

use flagstone_model::{AttributeIndex, Definition, ValueType, rust_name};

/// The names of types that the generated module has anyway.
const TAKEN: [&str; 5] = ["Flags", "Flag", "Context", "Required", "Schema"];

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
            .map(|flag| rust_name::constant(flag.key.as_str(), flag.about.rust_name.as_deref()))
            .collect();
        // Closed lists come first: there is nowhere to say another name for them.
        let listed = attributes
            .iter()
            .filter(|attribute| attribute.values.is_some());
        let multivariate = flags
            .iter()
            .filter(|flag| flag.variants.ty != ValueType::Boolean);
        let wanted: Vec<String> = listed
            .map(|attribute| rust_name::type_name(attribute.name.as_str(), None))
            .chain(multivariate.map(|flag| {
                rust_name::type_name(flag.key.as_str(), flag.about.rust_name.as_deref())
            }))
            .collect();
        let mut types = rust_name::distinct_types(&wanted, &TAKEN, "Variant").into_iter();
        let lists = attributes
            .iter()
            .map(|attribute| attribute.values.as_ref().and_then(|_| types.next()))
            .collect();
        let answers = flags.iter().map(|flag| match flag.variants.ty {
            ValueType::Boolean => "bool".to_owned(),
            _ => types.next().unwrap_or_default(),
        });
        let attribute_names: Vec<&str> = attributes
            .iter()
            .map(|attribute| attribute.name.as_str())
            .collect();
        Self {
            constants,
            answers: answers.collect(),
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
