//! Workflow commands, which GitHub shows beside the lines of a change.

use std::fmt::{self, Write as _};

/// A text in a workflow command. Properties also escape what separates them.
pub(crate) struct Escaped<'t> {
    text: &'t str,
    is_property: bool,
}

impl<'t> Escaped<'t> {
    pub(crate) fn property(text: &'t str) -> Self {
        Self {
            text,
            is_property: true,
        }
    }

    pub(crate) fn message(text: &'t str) -> Self {
        Self {
            text,
            is_property: false,
        }
    }
}

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.text.chars() {
            match c {
                '%' => f.write_str("%25")?,
                '\r' => f.write_str("%0D")?,
                '\n' => f.write_str("%0A")?,
                ':' if self.is_property => f.write_str("%3A")?,
                ',' if self.is_property => f.write_str("%2C")?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Escaped;

    #[test]
    fn what_a_command_reads_is_escaped() {
        for (text, message, property) in [
            ("write `25%`", "write `25%25`", "write `25%25`"),
            ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
            ("c:\\x, y", "c:\\x, y", "c%3A\\x%2C y"),
        ] {
            assert_eq!(Escaped::message(text).to_string(), message);
            assert_eq!(Escaped::property(text).to_string(), property);
        }
    }
}
