//! Text as JSON writes it.

use std::fmt::{self, Write as _};

/// A text in quotes, with everything escaped that has to be.
pub(crate) struct JsonText<'t>(pub(crate) &'t str);

impl fmt::Display for JsonText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        let mut rest = self.0;
        while let Some(place) = rest.find(|c: char| c < ' ' || c == '"' || c == '\\') {
            let (plain, escaped) = rest.split_at(place);
            f.write_str(plain)?;
            let mut characters = escaped.chars();
            match characters.next() {
                Some('\n') => f.write_str("\\n")?,
                Some('\t') => f.write_str("\\t")?,
                Some('\r') => f.write_str("\\r")?,
                Some(c @ ('"' | '\\')) => write!(f, "\\{c}")?,
                Some(c) => write!(f, "\\u{:04x}", u32::from(c))?,
                None => {}
            }
            rest = characters.as_str();
        }
        f.write_str(rest)?;
        f.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use super::JsonText;

    #[test]
    fn every_character_comes_back() {
        let every: String = (0..=0x2fff).filter_map(char::from_u32).collect();
        for text in ["", "plain", "\"\\\u{0}\n", "größe \u{1f600}", &every] {
            let written = JsonText(text).to_string();
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
            assert!(!written.contains('\n'), "a line stays a line");
        }
    }
}
