//! `flags.yaml`, to start from.

use super::plan::Todo;

/// A document with one flag of each common sort, and what the keys mean.
pub(super) const DOCUMENT: &str = include_str!("flags.yaml");

/// The document where there is none.
pub(super) fn todo(text: Option<&str>) -> Todo {
    match text {
        None => Todo::Write(DOCUMENT.to_owned()),
        Some(_) => Todo::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::DOCUMENT;

    #[test]
    fn the_document_is_right_and_canonical() {
        let loaded = flagstone_model::load("flags.yaml", DOCUMENT.as_bytes());
        assert!(loaded.definition().is_some(), "{:?}", loaded.diagnostics());
        assert_eq!(flagstone_model::format(DOCUMENT).as_deref(), Ok(DOCUMENT));
    }
}
