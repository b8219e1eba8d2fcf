//! What is said about a flag for people.

use super::Finder;
use crate::definition::Flag;
use crate::quoted::Quoted;
use crate::{Code, Timestamp};

const DAY: i64 = 86_400_000;

pub(super) fn check(finder: &mut Finder<'_>, flag: &Flag) {
    let (about, key) = (flag.about(), &flag.key);
    for name in &about.allow {
        if Code::warning(name).is_none() {
            let message = format!(
                "there is no warning {} that `{key}` could allow",
                Quoted(name)
            );
            let known = Code::WARNINGS.iter().map(|code| code.id());
            let nearest = crate::nearest::nearest(name, known, &mut 100_000);
            let help = match nearest {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "take it out; docs/warnings.md has the names".into(),
            };
            finder.warn(Code::UnknownWarning, flag.span, message, help);
        }
    }
    if about.owner.is_none() {
        let message = format!("nobody answers for the flag `{key}`");
        finder.warn(
            Code::MissingOwner,
            flag.span,
            message,
            "write `owner: …`, a team or a person",
        );
    }
    if about.description.is_none() {
        let message = format!("nothing says what the flag `{key}` is for");
        finder.warn(
            Code::MissingDescription,
            flag.span,
            message,
            "write `description: …`",
        );
    }
    if let (Some(date), Some(at)) = (about.remove_by, finder.at) {
        let end = date.midnight().milliseconds().saturating_add(DAY);
        if at >= Timestamp::from_milliseconds(end) {
            let message = format!("the flag `{key}` should have been removed by {date}");
            let help = "take it out of the code and move its key to `retired`, or set another date";
            finder.warn(Code::PastRemoveBy, flag.span, message, help);
        }
    }
}
