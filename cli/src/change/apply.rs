//! A changed text: shown, checked, and put in the file's place.

use std::io::{self, Write};

use flagstone_model::{Loaded, difference, load};

use super::wrong;
use crate::arguments::{Target, What};
use crate::document::Document;
use crate::failure::{Failure, Outcome, warn};
use crate::output::{self, Output, visible};
use crate::{patch, replace};

/// Shows what changes, and writes it where it is right. A kill is written into a document that was wrong before, too.
pub(super) fn apply(
    target: &Target,
    document: &Document,
    (before, after): (&str, &str),
    kill: Option<&What>,
) -> Result<Outcome, Failure> {
    let mut output = Output::standard();
    let name = document.name();
    let (old, new) = (document.load(), load(name, after.as_bytes()));
    if before == after {
        new.definition().ok_or_else(|| Failure::mistakes(&new))?;
        output.format(format_args!("{}: nothing to change", visible(name)));
        output.end_line()?;
        output.flush()?;
        return Ok(Outcome::Fine);
    }
    let colours = output::style(&io::stdout());
    patch::write(name, (before, after), colours, &mut output)?;
    let is_kill = kill.is_some_and(|what| wrong::may_replace(&old, &new, what));
    if new.definition().is_none() && !is_kill {
        output.flush()?;
        return Err(Failure::Refused {
            report: Box::new(Failure::mistakes(&new)),
            name: name.to_owned(),
            was_wrong: old.definition().is_none(),
        });
    }
    words(&old, &new, &mut output)?;
    if target.dry_run {
        output.format(format_args!("{}: not written (--dry-run)", visible(name)));
        output.end_line()?;
        output.flush()?;
        return Ok(Outcome::Fine);
    }
    replace::replace(&target.flags, after).map_err(|source| Failure::Unreplaceable {
        name: name.to_owned(),
        source,
    })?;
    output.flush()?;
    if new.definition().is_none() {
        warn(&format!(
            "{name} was wrong before and still is; programs take the kill all the same. See `flagstone check`"
        ));
    }
    Ok(Outcome::Fine)
}

/// Says what the change means.
fn words(
    old: &Loaded<'_>,
    new: &Loaded<'_>,
    output: &mut Output<impl Write>,
) -> Result<(), Failure> {
    let (Some(old), Some(new)) = (old.definition(), new.definition()) else {
        return Ok(());
    };
    for change in difference(old, new) {
        output.push(&visible(&change.to_string()));
        output.end_line()?;
    }
    Ok(())
}
