//! An explanation for people: a line for each step, and below it what was compared with what.
//!
//! Of what doesn't hold only what failed is shown, and of alternatives that hold only the one that does; JSON has all.

use core::fmt;

use super::explanation::{Check, Explained, Explanation, Place, Share, Step, Told};

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} answers {}",
            self.flag.key.escape_debug(),
            variant(&self.flag)
        )?;
        reason(f, &self.flag)?;
        if let Some(environment) = &self.environment {
            write!(f, " in {}", environment.escape_debug())?;
        }
        writeln!(f, " at {}", self.at)?;
        below(f, &self.flag, 0)
    }
}

fn variant(flag: &Explained) -> &str {
    flag.variant.as_deref().unwrap_or("nothing")
}

fn reason(f: &mut fmt::Formatter<'_>, flag: &Explained) -> fmt::Result {
    write!(f, " ({}", flag.reason)?;
    if let Some(error) = flag.error {
        write!(f, ", {error}")?;
    }
    f.write_str(")")
}

/// What stands below the line that names a flag and its answer.
fn below(f: &mut fmt::Formatter<'_>, flag: &Explained, depth: usize) -> fmt::Result {
    let instead = match flag.told {
        Told::Before => "as told where it is first met",
        Told::NoDocument => "the document isn't at hand that says why",
        Told::TooDeep => "which is told no further",
        Told::InFull => return in_full(f, flag, depth),
    };
    line(f, depth, ' ', instead, None)
}

fn in_full(f: &mut fmt::Formatter<'_>, flag: &Explained, depth: usize) -> fmt::Result {
    if let Some(place) = &flag.place {
        indent(f, depth)?;
        write!(f, "{}:{}", place.document.escape_debug(), place.line)?;
        if let Some(overlay) = flag
            .overlay
            .as_ref()
            .filter(|overlay| !overlay.keys.is_empty())
        {
            let keys = overlay.keys.join(", ");
            write!(f, "; in {} the overlay says: {keys}", overlay.environment)?;
        }
        writeln!(f)?;
    }
    flag.steps
        .iter()
        .try_for_each(|step| show_step(f, step, depth))
}

fn show_step(f: &mut fmt::Formatter<'_>, step: &Step, depth: usize) -> fmt::Result {
    let mark = if step.decides { '→' } else { '·' };
    indent(f, depth)?;
    write!(f, "{mark} {}", step.says)?;
    show_place(f, step.place.as_ref(), step.is_overlaid)?;
    // Of a rule that holds every entry does; of one that doesn't, the last that was looked at.
    let holds = step.checks.iter().all(|check| check.holds);
    show_checks(f, &step.checks, holds, depth + 1)?;
    match &step.share {
        Some(share) => show_share(f, step, share, depth + 1),
        None => Ok(()),
    }
}

fn show_share(f: &mut fmt::Formatter<'_>, step: &Step, share: &Share, depth: usize) -> fmt::Result {
    if share.says != step.says {
        line(f, depth, '→', &share.says, None)?;
    }
    let Some(stand) = share.stand else {
        return Ok(());
    };
    indent(f, depth + usize::from(share.says != step.says))?;
    write!(f, "  it {}", stand.words())?;
    if !stand.is_taken {
        write!(f, "; a rollout of {} would take it", stand.taken_from)?;
    }
    writeln!(f)
}

fn show_checks(
    f: &mut fmt::Formatter<'_>,
    checks: &[Check],
    holds: bool,
    depth: usize,
) -> fmt::Result {
    let is_only = checks.len() == 1;
    let telling = checks
        .iter()
        .filter(|check| is_only || check.holds == holds);
    for check in telling {
        let mark = if check.holds { '✓' } else { '✗' };
        let found = check.found.as_deref().map(|found| format!("; {found}"));
        let says = format!("{}{}", check.entry, found.unwrap_or_default());
        line(f, depth, mark, &says, check.place.as_ref())?;
        show_checks(f, &check.checks, check.holds, depth + 1)?;
        if let Some(flag) = &check.flag {
            indent(f, depth + 1)?;
            write!(f, "{} answers {}", flag.key, variant(flag))?;
            reason(f, flag)?;
            writeln!(f)?;
            below(f, flag, depth + 1)?;
        }
    }
    Ok(())
}

fn line(
    f: &mut fmt::Formatter<'_>,
    depth: usize,
    mark: char,
    says: &str,
    place: Option<&Place>,
) -> fmt::Result {
    indent(f, depth)?;
    write!(f, "{mark} {says}")?;
    show_place(f, place, false)
}

fn show_place(f: &mut fmt::Formatter<'_>, place: Option<&Place>, is_overlaid: bool) -> fmt::Result {
    if let Some(place) = place {
        let whose = if is_overlaid { " of the overlay" } else { "" };
        write!(f, " (line {}{whose})", place.line)?;
    }
    writeln!(f)
}

fn indent(f: &mut fmt::Formatter<'_>, depth: usize) -> fmt::Result {
    write!(f, "{:width$}", "", width = 2 + depth * 4)
}
