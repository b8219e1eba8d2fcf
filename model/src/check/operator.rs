//! The operators of conditions: which there are, which types have them, and what other languages call them.

use crate::AttributeType;
use crate::definition::Comparison;

/// Every operator of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Exists,
    Equals,
    NotEquals,
    In,
    NotIn,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,
    Matches,
    Gt,
    Gte,
    Lt,
    Lte,
    Before,
    After,
}

impl Operator {
    const ALL: [(&'static str, Self); 16] = [
        ("exists", Self::Exists),
        ("equals", Self::Equals),
        ("not_equals", Self::NotEquals),
        ("in", Self::In),
        ("not_in", Self::NotIn),
        ("contains", Self::Contains),
        ("not_contains", Self::NotContains),
        ("starts_with", Self::StartsWith),
        ("ends_with", Self::EndsWith),
        ("matches", Self::Matches),
        ("gt", Self::Gt),
        ("gte", Self::Gte),
        ("lt", Self::Lt),
        ("lte", Self::Lte),
        ("before", Self::Before),
        ("after", Self::After),
    ];

    /// What other languages write, without case and separators.
    const SYNONYMS: [(&'static str, &'static str, Self); 32] = [
        ("=", "equals", Self::Equals),
        ("==", "equals", Self::Equals),
        ("===", "equals", Self::Equals),
        ("eq", "equals", Self::Equals),
        ("equal", "equals", Self::Equals),
        ("is", "equals", Self::Equals),
        ("!=", "not_equals", Self::NotEquals),
        ("<>", "not_equals", Self::NotEquals),
        ("!==", "not_equals", Self::NotEquals),
        ("ne", "not_equals", Self::NotEquals),
        ("neq", "not_equals", Self::NotEquals),
        ("not", "not_equals", Self::NotEquals),
        ("isnot", "not_equals", Self::NotEquals),
        ("oneof", "in", Self::In),
        ("anyof", "in", Self::In),
        ("nin", "not_in", Self::NotIn),
        ("notoneof", "not_in", Self::NotIn),
        ("includes", "contains", Self::Contains),
        ("has", "contains", Self::Contains),
        ("prefix", "starts_with", Self::StartsWith),
        ("beginswith", "starts_with", Self::StartsWith),
        ("suffix", "ends_with", Self::EndsWith),
        ("regex", "matches", Self::Matches),
        ("like", "matches", Self::Matches),
        (">", "gt", Self::Gt),
        ("greaterthan", "gt", Self::Gt),
        (">=", "gte", Self::Gte),
        ("ge", "gte", Self::Gte),
        ("<", "lt", Self::Lt),
        ("lessthan", "lt", Self::Lt),
        ("<=", "lte", Self::Lte),
        ("le", "lte", Self::Lte),
    ];

    /// The operators of `now`.
    pub(super) const OF_NOW: [&'static str; 6] = ["gt", "gte", "lt", "lte", "before", "after"];

    pub(super) fn find(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, operator)| *operator)
    }

    /// What to write for a word of other languages, where the language has it and the type as well.
    pub(super) fn meant_by(word: &str, fits: impl Fn(Self) -> bool) -> Option<String> {
        // No word of the table is longer.
        if word.len() > 16 {
            return None;
        }
        let mut word = word.to_ascii_lowercase();
        word.retain(|character| !matches!(character, '_' | '-' | ' '));
        match word.as_str() {
            "between" if fits(Self::Gte) => {
                Some("write both ends: `{ gte: …, lte: … }`".to_owned())
            }
            "isset" | "defined" | "present" => Some("write `exists: true`".to_owned()),
            "isnull" | "missing" | "notexists" => Some("write `exists: false`".to_owned()),
            _ => Self::SYNONYMS
                .iter()
                .find(|(synonym, _, operator)| *synonym == word && fits(*operator))
                .map(|(_, name, _)| format!("write `{name}`")),
        }
    }

    /// The names of the operators that a type has.
    pub(super) fn names_fitting(ty: AttributeType) -> impl Iterator<Item = &'static str> + Clone {
        Self::ALL
            .iter()
            .filter(move |(_, operator)| operator.fits(ty))
            .map(|(name, _)| *name)
    }

    /// How it compares with a moment or another thing that has an order.
    pub(super) fn comparison(self) -> Option<Comparison> {
        match self {
            Self::Gt | Self::After => Some(Comparison::Greater),
            Self::Gte => Some(Comparison::GreaterOrEqual),
            Self::Lt | Self::Before => Some(Comparison::Less),
            Self::Lte => Some(Comparison::LessOrEqual),
            _ => None,
        }
    }

    pub(super) fn fits(self, ty: AttributeType) -> bool {
        let is_text_search = matches!(self, Self::StartsWith | Self::EndsWith | Self::Matches);
        let is_part = matches!(self, Self::Contains | Self::NotContains);
        let is_equality = matches!(self, Self::Equals | Self::NotEquals);
        let is_list = matches!(self, Self::In | Self::NotIn);
        let is_order = matches!(self, Self::Gt | Self::Gte | Self::Lt | Self::Lte);
        let is_temporal = matches!(self, Self::Before | Self::After);
        self == Self::Exists
            || match ty {
                AttributeType::String => is_equality || is_list || is_part || is_text_search,
                AttributeType::Strings => is_part,
                AttributeType::Integer | AttributeType::Number | AttributeType::Semver => {
                    is_equality || is_list || is_order
                }
                AttributeType::Timestamp => is_equality || is_list || is_order || is_temporal,
                AttributeType::Boolean => is_equality,
            }
    }
}
