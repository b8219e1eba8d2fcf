//! The Rust names of what a document names: one rule, and what happens where two names become one.
//!
//! A text is cut into words at everything that is neither a letter nor a digit, and between a lower-case and an
//! upper-case letter. Words make `SCREAMING_SNAKE` constants, `PascalCase` types and variants, and `snake_case` methods.
//! What would begin with a digit gets a `_` in front. Nothing depends on the order in which a document names things.

use std::collections::{BTreeMap, BTreeSet};

/// The name of a flag's constant: its `rust_name`, or the key in upper case.
///
/// Two flags of one document with the same constant are an error, since only the author can say what the other one is to be called.
///
/// ```
/// use flagstone_model::rust_name;
///
/// assert_eq!(rust_name::constant("ui.dark-mode", None), "UI_DARK_MODE");
/// assert_eq!(rust_name::constant("newCheckout", None), "NEW_CHECKOUT");
/// assert_eq!(rust_name::constant("2fa", None), "_2FA");
/// assert_eq!(rust_name::constant("2fa", Some("TWO_FACTOR")), "TWO_FACTOR");
/// ```
pub fn constant(key: &str, rust_name: Option<&str>) -> String {
    rust_name.map_or_else(
        || startable(words(key).join("_").to_uppercase()),
        str::to_owned,
    )
}

/// The name of the type that is made for a key: of a flag's enum, or of an attribute's closed list.
///
/// ```
/// use flagstone_model::rust_name;
///
/// assert_eq!(rust_name::type_name("button_color", None), "ButtonColor");
/// assert_eq!(rust_name::type_name("2fa", Some("TWO_FACTOR")), "TwoFactor");
/// ```
pub fn type_name(key: &str, rust_name: Option<&str>) -> String {
    let name = startable(pascal(rust_name.unwrap_or(key)));
    if name == "Self" {
        "Self_".to_owned()
    } else {
        name
    }
}

/// The names of the types for keys that come from several places, in the order given. `taken` are names that the module
/// has anyway; what is taken, or stands in the list before, gets the suffix (`Plan` becomes `PlanVariant`), then a number.
///
/// ```
/// use flagstone_model::rust_name;
///
/// let names = rust_name::distinct_types(&["Plan", "Plan", "Context"], &["Context"], "Variant");
/// assert_eq!(names, ["Plan", "PlanVariant", "ContextVariant"]);
/// ```
pub fn distinct_types<S: AsRef<str>>(names: &[S], taken: &[&str], suffix: &str) -> Vec<String> {
    let mut used: BTreeSet<String> = taken.iter().map(|name| (*name).to_owned()).collect();
    names
        .iter()
        .map(|name| {
            let name = name.as_ref();
            let with_suffix = format!("{name}{suffix}");
            let free = [name, &with_suffix]
                .into_iter()
                .find(|name| !used.contains(*name));
            let free = free.map_or_else(|| numbered(&with_suffix, &used), str::to_owned);
            used.insert(free.clone());
            free
        })
        .collect()
}

/// The methods that set attributes, one for each name in the order given.
///
/// A keyword becomes a raw identifier, or gets a `_` where it can't be one; so does what a context has anyway. Of names
/// that become the same one the first in alphabetical order keeps it, and the others get numbers.
///
/// ```
/// use flagstone_model::rust_name;
///
/// let names = rust_name::methods(&["user_id", "user-id", "type", "self", "new"]);
/// assert_eq!(names, ["user_id_2", "user_id", "r#type", "self_", "new_"]);
/// ```
pub fn methods<S: AsRef<str>>(attributes: &[S]) -> Vec<String> {
    let named = |attribute: &str| method(attribute);
    distinct(attributes, named)
}

/// The variants of an enum, one for each name or closed-list value in the order given.
///
/// A text without letters and digits becomes `Value`. Of texts that become the same name the first in alphabetical
/// order keeps it, and the others get numbers.
///
/// ```
/// use flagstone_model::rust_name;
///
/// let names = rust_name::variants(&["variant_a", "high-contrast", "US", "us", "***"]);
/// assert_eq!(names, ["VariantA", "HighContrast", "Us", "Us2", "Value"]);
/// ```
pub fn variants<S: AsRef<str>>(names: &[S]) -> Vec<String> {
    distinct(names, |name| {
        let identifier = startable(pascal(name));
        match identifier.as_str() {
            "" => "Value".to_owned(),
            "Self" => "Self_".to_owned(),
            _ => identifier,
        }
    })
}

fn method(attribute: &str) -> String {
    let name = startable(words(attribute).join("_").to_lowercase());
    if OWN_METHODS.contains(&name.as_str()) || NEVER_RAW.contains(&name.as_str()) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name.as_str()) {
        format!("r#{name}")
    } else {
        name
    }
}

/// Gives each text a name of its own, without regard to the texts' order.
fn distinct<S: AsRef<str>>(texts: &[S], named: impl Fn(&str) -> String) -> Vec<String> {
    let sorted: BTreeMap<&str, String> = texts
        .iter()
        .map(|text| (text.as_ref(), named(text.as_ref())))
        .collect();
    // A name that some text has by itself never goes to another one with a number.
    let mut used: BTreeSet<String> = sorted.values().cloned().collect();
    let mut kept = BTreeSet::new();
    let mut given: BTreeMap<&str, String> = BTreeMap::new();
    for (text, name) in &sorted {
        let name = if kept.insert(name.clone()) {
            name.clone()
        } else {
            numbered(name, &used)
        };
        used.insert(name.clone());
        given.insert(text, name);
    }
    texts
        .iter()
        .map(|text| given.get(text.as_ref()).cloned().unwrap_or_default())
        .collect()
}

/// The name with the first number from 2 on that makes it a new one.
fn numbered(name: &str, used: &BTreeSet<String>) -> String {
    let is_snake = name.chars().all(|c| !c.is_uppercase());
    let joint = if is_snake || name.ends_with(|last: char| last.is_ascii_digit()) {
        "_"
    } else {
        ""
    };
    let name = name.strip_prefix("r#").unwrap_or(name);
    // Among one more number than there are names, one is free.
    (2..=used.len().saturating_add(2))
        .map(|number| format!("{name}{joint}{number}"))
        .find(|numbered| !used.contains(numbered))
        .unwrap_or_default()
}

fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in text.split(|c: char| !is_letter_or_digit(c)) {
        let mut start = 0;
        let mut before_is_lower = false;
        for (offset, character) in part.char_indices() {
            if before_is_lower && character.is_uppercase() {
                words.extend(part.get(start..offset));
                start = offset;
            }
            before_is_lower = character.is_lowercase();
        }
        words.extend(part.get(start..).filter(|word| !word.is_empty()));
    }
    words
}

fn pascal(text: &str) -> String {
    let mut name = String::new();
    for word in words(text) {
        let mut characters = word.chars();
        name.extend(characters.by_ref().take(1).flat_map(char::to_uppercase));
        name.extend(characters.flat_map(char::to_lowercase));
    }
    name
}

/// An identifier can't begin with a digit.
fn startable(name: String) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("_{name}")
    } else {
        name
    }
}

/// ASCII, and those letters of other alphabets that are sure to be letters of identifiers too; the rest parts words.
fn is_letter_or_digit(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || (character.is_alphabetic()
            && matches!(character,
                '\u{C0}'..='\u{24F}' | '\u{386}'..='\u{3FF}' | '\u{400}'..='\u{481}' | '\u{48A}'..='\u{52F}'
                | '\u{5D0}'..='\u{5EA}' | '\u{620}'..='\u{64A}' | '\u{3041}'..='\u{3096}'
                | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}'))
}

/// What a context can do besides taking attributes.
const OWN_METHODS: [&str; 3] = ["new", "anonymous", "clone"];

/// Keywords that have no raw form.
const NEVER_RAW: [&str; 3] = ["crate", "self", "super"];

/// The other keywords of edition 2024, those that are only reserved among them.
const KEYWORDS: [&str; 49] = [
    "abstract",
    "as",
    "async",
    "await",
    "become",
    "box",
    "break",
    "const",
    "continue",
    "do",
    "dyn",
    "else",
    "enum",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "override",
    "priv",
    "pub",
    "ref",
    "return",
    "static",
    "struct",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
    "macro_rules",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_rule_makes_every_name() {
        for (key, constant, type_name, method) in [
            (
                "new_dashboard",
                "NEW_DASHBOARD",
                "NewDashboard",
                "new_dashboard",
            ),
            (
                "new-dashboard",
                "NEW_DASHBOARD",
                "NewDashboard",
                "new_dashboard",
            ),
            ("ui.dark-mode", "UI_DARK_MODE", "UiDarkMode", "ui_dark_mode"),
            (
                "newDashboard",
                "NEW_DASHBOARD",
                "NewDashboard",
                "new_dashboard",
            ),
            ("HTTPServer", "HTTPSERVER", "Httpserver", "httpserver"),
            ("2fa", "_2FA", "_2fa", "_2fa"),
            ("1.5", "_1_5", "_15", "_1_5"),
            ("v2Beta", "V2BETA", "V2beta", "v2beta"),
            ("a__b-.c-", "A_B_C", "ABC", "a_b_c"),
            ("type", "TYPE", "Type", "r#type"),
            ("Self", "SELF", "Self_", "self_"),
            ("anonymous", "ANONYMOUS", "Anonymous", "anonymous_"),
        ] {
            assert_eq!(super::constant(key, None), constant, "{key}");
            assert_eq!(super::type_name(key, None), type_name, "{key}");
            assert_eq!(super::methods(&[key]), [method], "{key}");
        }
    }

    #[test]
    fn texts_that_become_one_name_are_told_apart_whatever_their_order() {
        for (texts, expected) in [
            (&["US", "us"][..], &["Us", "Us2"][..]),
            (&["us", "US"], &["Us2", "Us"]),
            (&["us", "US", "us2"], &["Us3", "Us", "Us2"]),
            (&["+1", "-1"], &["_1", "_1_2"]),
            (&["", "*", "Value"], &["Value", "Value2", "Value3"]),
            (&["größe", "日本", "Ⓐ"], &["Größe", "日本", "Value"]),
            (&["self"], &["Self_"]),
        ] {
            assert_eq!(variants(texts), expected, "{texts:?}");
        }
        assert_eq!(
            methods(&["Type", "type", "type_2"]),
            ["r#type", "type_3", "type_2"]
        );
    }

    #[test]
    fn types_of_several_sources_are_told_apart() {
        for (names, taken, expected) in [
            (&["Plan", "Color"][..], &[][..], &["Plan", "Color"][..]),
            (&["Flags"], &["Flags", "Context"], &["FlagsVariant"]),
            (&["A", "A", "A"], &[], &["A", "AVariant", "AVariant2"]),
        ] {
            assert_eq!(
                distinct_types(names, taken, "Variant"),
                expected,
                "{names:?}"
            );
        }
    }
}
