//! Lists of texts, borrowed from whatever holds them.

use core::fmt;

use super::owned::PackedTexts;

/// A list of texts, borrowed from whatever holds it.
#[derive(Clone, Copy)]
pub struct Texts<'a>(List<'a>);

#[derive(Clone, Copy)]
enum List<'a> {
    Borrowed(&'a [&'a str]),
    Strings(&'a [String]),
    Packed(&'a PackedTexts),
    /// Every element is a text.
    Json(&'a [serde_json::Value]),
}

impl<'a> Texts<'a> {
    pub(super) fn packed(texts: &'a PackedTexts) -> Self {
        Self(List::Packed(texts))
    }

    /// The elements of a JSON array; `None` where one of them is no text.
    pub(super) fn json(values: &'a [serde_json::Value]) -> Option<Self> {
        let all_texts = values.iter().all(serde_json::Value::is_string);
        all_texts.then_some(Self(List::Json(values)))
    }

    /// Whether an element fulfils a test.
    #[inline]
    pub(crate) fn any(self, mut test: impl FnMut(&'a str) -> bool) -> bool {
        match self.0 {
            List::Borrowed(texts) => texts.iter().any(|text| test(text)),
            List::Strings(texts) => texts.iter().any(|text| test(text)),
            List::Packed(texts) => texts.iter().any(test),
            List::Json(values) => values
                .iter()
                .filter_map(serde_json::Value::as_str)
                .any(test),
        }
    }
}

impl<'a> From<&'a [&'a str]> for Texts<'a> {
    fn from(texts: &'a [&'a str]) -> Self {
        Self(List::Borrowed(texts))
    }
}

impl<'a, const N: usize> From<&'a [&'a str; N]> for Texts<'a> {
    fn from(texts: &'a [&'a str; N]) -> Self {
        Self(List::Borrowed(texts))
    }
}

impl<'a> From<&'a [String]> for Texts<'a> {
    fn from(texts: &'a [String]) -> Self {
        Self(List::Strings(texts))
    }
}

impl<'a> From<&'a Vec<String>> for Texts<'a> {
    fn from(texts: &'a Vec<String>) -> Self {
        Self(List::Strings(texts))
    }
}

impl<'a> From<&'a Vec<&'a str>> for Texts<'a> {
    fn from(texts: &'a Vec<&'a str>) -> Self {
        Self(List::Borrowed(texts))
    }
}

/// The elements may be private, so none is shown.
impl fmt::Debug for Texts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Texts(..)")
    }
}
