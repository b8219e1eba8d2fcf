//! Regular expressions that say less clearly, or less strictly, what `ends_with` would say.

use super::Finder;
use crate::Code;
use crate::definition::{Condition, Test, TextTest};

pub(super) fn check(finder: &mut Finder<'_>, condition: &Condition) {
    condition.each(&mut |condition| {
        let Condition::Attribute(test) = condition else {
            return;
        };
        let Test::Text(TextTest::Matches(patterns)) = &test.test else {
            return;
        };
        for pattern in patterns {
            let Some(end) = End::of(pattern.as_str()) else {
                continue;
            };
            let (source, wanted) = (pattern.as_str(), serde_json::Value::from(end.text));
            let message = if end.is_anchored {
                format!("`{source}` is an expression for what a text ends with")
            } else {
                format!("`{source}` matches anywhere in a text, not only at its end")
            };
            let help = format!("write `ends_with: {wanted}`");
            finder.warn(Code::UnanchoredPattern, test.span, message, help);
        }
    });
}

/// What a text must end with.
struct End {
    text: String,
    /// Whether the expression says that it is the end.
    is_anchored: bool,
}

impl End {
    /// The end that an expression means: plain characters up to `$`; or, since such a text is the end of an address,
    /// plain characters behind `@`.
    fn of(pattern: &str) -> Option<Self> {
        let (pattern, is_anchored) = match pattern.strip_suffix('$') {
            Some(rest) if !rest.ends_with('\\') => (rest, true),
            _ => (pattern, false),
        };
        let is_address = pattern.starts_with('@');
        if !is_anchored && !is_address {
            return None;
        }
        let mut text = String::new();
        let mut characters = pattern.chars();
        while let Some(c) = characters.next() {
            match c {
                '\\' => text.push(characters.next().filter(char::is_ascii_punctuation)?),
                // Whoever writes an address forgets what a bare dot means.
                '.' if is_address => text.push('.'),
                '.' | '^' | '$' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' => {
                    return None;
                }
                c => text.push(c),
            }
        }
        (!text.is_empty()).then_some(Self { text, is_anchored })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_ends_are_recognised() {
        for (pattern, end) in [
            (r"@example\.com", Some("@example.com")),
            ("@example.com", Some("@example.com")),
            (r"@example\.com$", Some("@example.com")),
            (r"\.pdf$", Some(".pdf")),
            ("beta$", Some("beta")),
            ("beta", None),
            (".pdf$", None),
            (r"^@example\.com$", None),
            ("^beta$", None),
            (r"@example\.(com|org)", None),
            (r"@\w+", None),
            (r"cost: 5\$", None),
            ("$", None),
        ] {
            let found = End::of(pattern).map(|end| end.text);
            assert_eq!(found.as_deref(), end, "{pattern}");
        }
    }
}
