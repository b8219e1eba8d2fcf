//! Where an anchor or a tag stands, for which the parser has no place of its own.

use crate::Span;

/// Bytes before a node that are searched: properties stand right before it, but for space and comments.
const SEARCHED: usize = 1000;

/// The anchor (`&`) or the tag (`!`) before a node; the node itself, where it is very far.
pub(super) fn before(text: &str, node: Span, mark: char) -> Span {
    let end = node.start as usize;
    let start = (end.saturating_sub(SEARCHED)..=end).find(|start| text.is_char_boundary(*start));
    let start = start.unwrap_or(end);
    let before = text.get(start..end).unwrap_or("");
    let is_first = |place: &usize| {
        let before = before.get(..*place).unwrap_or("");
        before.is_empty() || before.ends_with([' ', '\t', '\n', '\r', ',', '[', '{', ':'])
    };
    let mut places = before.rmatch_indices(mark).map(|(place, _)| place);
    let Some(place) = places.find(is_first) else {
        return node;
    };
    let property = before.get(place..).unwrap_or("");
    let length = property.find([' ', '\t', '\n', '\r', ',', '[', ']', '{', '}']);
    let length = length.unwrap_or(property.len());
    Span::new(start + place, start + place + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_found_before_their_nodes() {
        for (text, node, mark, found) in [
            ("a: &x { b: 1 }", 6, '&', "&x"),
            ("a: &x\n  b: 1", 8, '&', "&x"),
            ("a: &x !t # c & d\n  b: 1", 19, '!', "!t"),
            ("a: &x !t\n  b: 1", 11, '&', "&x"),
            ("[&x , b]", 3, '&', "&x"),
            ("{ d: !important }", 16, '!', "!important"),
            ("a: x&y", 5, '&', ""),
        ] {
            let span = before(text, Span::new(node, node), mark);
            assert_eq!(text.get(span.range()), Some(found), "{text:?}");
        }
        let far = format!("a: &x{}b", " ".repeat(2000));
        let node = Span::new(2005, 2006);
        assert_eq!(before(&far, node, '&'), node);
    }
}
