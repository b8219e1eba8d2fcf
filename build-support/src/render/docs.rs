//! Doc comments of generated items.

use core::fmt::Write;

use flagstone_model::{Attribute, Flag, ValueType, VariantIndex};

/// Writes a doc comment, a line for each line of the text.
pub(crate) fn comment(rust: &mut String, indent: &str, text: &str) {
    for line in text.lines() {
        let line = line.trim_end();
        let space = if line.is_empty() { "" } else { " " };
        let _ = writeln!(rust, "{indent}///{space}{line}");
    }
}

/// What a flag's constant says: what the flag is for, then a table of what is known about it.
pub(crate) fn flag(flag: &Flag) -> String {
    let about = flag.about();
    let key = flag.key.as_str();
    let mut text = about
        .description
        .as_deref()
        .map_or_else(|| format!("The flag `{key}`."), prose);
    let mut rows = vec![
        ("key", format!("`{key}`")),
        ("type", format!("`{}`", flag.variants.ty.name())),
        ("baseline", format!("`{}`", baseline(flag))),
        ("kind", about.kind.name().to_owned()),
    ];
    if flag.variants.ty != ValueType::Boolean {
        rows.push(("variants", variants(flag)));
    }
    rows.extend(about.owner.as_deref().map(|owner| ("owner", cell(owner))));
    rows.extend(about.remove_by.map(|date| ("remove by", date.to_string())));
    rows.extend(about.link.as_deref().map(|link| ("see", cell(link))));
    text.push_str("\n\n| | |\n| --- | --- |");
    for (name, value) in rows {
        let _ = write!(text, "\n| {name} | {value} |");
    }
    text
}

/// The variants by their names; what each holds is said where it is declared.
fn variants(flag: &Flag) -> String {
    let names = flag
        .variants
        .list
        .iter()
        .map(|variant| format!("`{}`", variant.name));
    names.collect::<Vec<_>>().join(", ")
}

fn baseline(flag: &Flag) -> &str {
    let baseline = flag.base.rare().baseline.unwrap_or(VariantIndex::OFF);
    flag.variants
        .get(baseline)
        .map_or("off", |variant| variant.name.as_str())
}

/// What an attribute is, for its method and its field.
pub(crate) fn attribute(attribute: &Attribute) -> String {
    let name = attribute.name.as_str();
    let text = attribute
        .description
        .as_deref()
        .map_or_else(|| format!("The attribute `{name}`."), prose);
    let private = if attribute.private {
        " It is private: its value is never shown."
    } else {
        ""
    };
    format!("{text}{private}")
}

/// A text of the document as a paragraph of Markdown that says just that: a description may have brackets, tags and stars in it.
/// Addresses of the web become links, since rustdoc warns of those that don't.
pub(crate) fn prose(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(word).collect();
    let escaped = words.join(" ");
    let ends = escaped.ends_with(['.', '!', '?', ':', '…']);
    // What begins like a list or a rule would be one.
    let starts_plainly = escaped.starts_with(|first: char| first.is_alphanumeric() || first == '<')
        && !starts_like_list(&escaped);
    let lead = if starts_plainly || escaped.is_empty() {
        ""
    } else {
        "\u{200b}"
    };
    format!(
        "{lead}{escaped}{}",
        if ends || escaped.is_empty() { "" } else { "." }
    )
}

fn word(word: &str) -> String {
    if let Some((before, address)) = address(word) {
        return format!("{}<{address}>", escaped(before));
    }
    escaped(word)
}

/// What stands before an address of the web, and the address, where the word ends with one.
fn address(word: &str) -> Option<(&str, &str)> {
    let start = ["https://", "http://"]
        .iter()
        .find_map(|scheme| word.find(scheme))?;
    let (before, address) = word.split_at_checked(start)?;
    let is_plain =
        |c: char| !c.is_control() && !matches!(c, '<' | '>' | '`' | '|' | '\\' | '(' | ')');
    address.chars().all(is_plain).then_some((before, address))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars().filter(|character| !character.is_control()) {
        if matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&'
        ) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    // An address that is no link, because of what else is in the word, must not look like one.
    escaped.replace("://", ":\\//")
}

/// `1. text` begins an ordered list.
fn starts_like_list(text: &str) -> bool {
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    digits.len() < text.len() && digits.starts_with(['.', ')'])
}

/// A text of the document as a cell of a table.
fn cell(text: &str) -> String {
    let prose = prose(text);
    prose
        .strip_suffix('.')
        .filter(|_| !text.trim_end().ends_with('.'))
        .unwrap_or(&prose)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_is_no_markup() {
        for (text, escaped) in [
            ("Checkout in one page", "Checkout in one page."),
            ("Really?", "Really?"),
            ("see [notes] <b> a|b", "see \\[notes\\] \\<b\\> a\\|b."),
            ("two\nlines", "two lines."),
            ("- a list", "\u{200b}- a list."),
            ("1. one", "\u{200b}1. one."),
            (
                "see https://example.com/a_b",
                "see <https://example.com/a_b>.",
            ),
            ("(https://example.com)", "\u{200b}(https:\\//example.com)."),
            ("", ""),
        ] {
            assert_eq!(prose(text), escaped, "{text}");
        }
    }
}
