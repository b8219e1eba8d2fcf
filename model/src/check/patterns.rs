//! The regular expressions of a document, together within a bound.

use std::collections::HashMap;

use crate::{InvalidPattern, Pattern, limits};

/// Compiles each expression once, and stops compiling where all of them together would take too much.
#[derive(Debug)]
pub(super) struct Patterns {
    compiled: HashMap<Box<str>, Pattern>,
    /// Bytes that further expressions may take.
    bytes_left: usize,
}

/// Why an expression isn't taken.
pub(super) enum Refusal {
    /// It is wrong by itself.
    Invalid(InvalidPattern),
    /// It and the ones before it are too much.
    TooMuch,
}

impl Patterns {
    /// What an expression is thought to take at first; what it doesn't fit into is doubled.
    const SMALLEST: usize = 8 * 1024;

    /// No expressions yet, and room for so many bytes of them.
    pub(super) fn with_room_for(bytes: usize) -> Self {
        Self {
            compiled: HashMap::new(),
            bytes_left: bytes,
        }
    }

    pub(super) fn compile(&mut self, source: &str) -> Result<Pattern, Refusal> {
        if let Some(pattern) = self.compiled.get(source) {
            return Ok(pattern.clone());
        }
        let mut size = Self::SMALLEST;
        loop {
            // What is compiled doesn't say how large it is, only whether it fits. Doubling finds the size to within a
            // factor of two, at no more than twice the work.
            let Some(left) = self.bytes_left.checked_sub(size) else {
                self.bytes_left = 0;
                return Err(Refusal::TooMuch);
            };
            match Pattern::within(source, size) {
                Ok(pattern) => {
                    self.bytes_left = left;
                    self.compiled.insert(source.into(), pattern.clone());
                    return Ok(pattern);
                }
                Err(InvalidPattern::TooBig) if size < limits::PATTERN_COMPILED_BYTES => size *= 2,
                Err(invalid) => {
                    // The work is done, whatever came of it.
                    self.bytes_left = left;
                    return Err(Refusal::Invalid(invalid));
                }
            }
        }
    }
}

#[cfg(all(test, feature = "regex"))]
mod tests {
    use super::*;

    #[test]
    fn all_expressions_together_stay_within_the_bound() {
        let mut patterns = Patterns::with_room_for(1 << 20);
        let large = |index: usize| format!("x{index}(a{{100}}){{5}}");
        let taken = (0..1000).take_while(|index| patterns.compile(&large(*index)).is_ok());
        let taken = taken.count();
        assert!((5..100).contains(&taken), "{taken}");
        assert!(matches!(patterns.compile("more"), Err(Refusal::TooMuch)));
        assert!(patterns.compile(&large(0)).is_ok(), "it is there already");
    }

    #[test]
    fn what_is_refused_counts_as_well() {
        let mut patterns = Patterns::with_room_for(4 << 20);
        let mut is_too_big = |index| {
            let refusal = patterns.compile(&format!("x{index}\\w{{400}}")).err();
            matches!(refusal, Some(Refusal::Invalid(InvalidPattern::TooBig)))
        };
        assert_eq!((0..100).take_while(|index| is_too_big(*index)).count(), 4);
    }
}
