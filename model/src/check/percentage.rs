//! Percentages, and what to write for what is none.

use super::read::{Reader, What};
use crate::quoted::Quoted;
use crate::tree::{Content, Node, Scalar, ScalarKind};
use crate::{Code, InvalidPercent, MicroPercent};

/// A percentage with its sign.
pub(super) fn percent(
    reader: &mut Reader<'_>,
    node: Node<'_>,
    what: What<'_>,
) -> Option<MicroPercent> {
    let Content::Scalar(Scalar {
        text,
        kind: ScalarKind::Text | ScalarKind::Integer | ScalarKind::Float,
    }) = node.content()
    else {
        let expected = format!("{what} is a percentage");
        reader.wrong_type(node, &expected, "for example `25%`");
        return None;
    };
    let invalid = match text.parse() {
        Ok(percent) => return Some(percent),
        Err(invalid) => invalid,
    };
    let (reason, help) = percent_remedy(text, invalid);
    let message = format!("{} is no percentage{reason}", Quoted(text));
    reader
        .report
        .error(Code::InvalidPercent, node.span, message, help);
    None
}

/// Why a text is no percentage, where that isn't plain to see, and what to write.
fn percent_remedy(text: &str, invalid: InvalidPercent) -> (&'static str, String) {
    let without_space: String = text.split_whitespace().collect();
    match invalid {
        InvalidPercent::NoSign if format!("{text}%").parse::<MicroPercent>().is_ok() => {
            (": its sign is missing", format!("write `{text}%`"))
        }
        InvalidPercent::TooFine => (
            ": it has at most six decimals",
            "a millionth of a percent is the finest".to_owned(),
        ),
        InvalidPercent::TooLarge => (": it is at most 100%", "for example `100%`".to_owned()),
        _ if text.starts_with('-') => (": it is at least 0%", "for example `0%`".to_owned()),
        _ if without_space.len() < text.len() && without_space.parse::<MicroPercent>().is_ok() => {
            ("", format!("write `{without_space}`, without the space"))
        }
        InvalidPercent::NoSign | InvalidPercent::Malformed => {
            ("", "for example `25%` or `0.5%`, up to `100%`".to_owned())
        }
    }
}
