//! Mistakes, as cargo's own errors. Cargo fails the build because of them and shows nothing else of the script.

use std::io::{self, Write};
use std::path::Path;

use flagstone_model::{Diagnostic, Loaded, SHOWN, Style, render_one};

use crate::paths::Environment;

/// A document to start from.
const START: &str = "\
version: 1
flags:
  new_dashboard:
    description: The rebuilt dashboard
    rollout: 25%
";

/// Reports what is wrong with a document: the first mistakes with their lines, and how many there are.
pub(crate) fn mistakes(cargo: &mut impl Write, loaded: &Loaded<'_>) -> io::Result<()> {
    for diagnostic in loaded.diagnostics().iter().take(SHOWN) {
        mistake(cargo, loaded, diagnostic)?;
    }
    if loaded.total() > SHOWN {
        let (name, total) = (loaded.source.name(), loaded.total());
        writeln!(
            cargo,
            "cargo::error={name}: {total} errors; the first {SHOWN} are shown"
        )?;
    }
    Ok(())
}

/// One line that says it all, for tools that show only the first, then the source line with the token underlined.
fn mistake(cargo: &mut impl Write, loaded: &Loaded<'_>, diagnostic: &Diagnostic) -> io::Result<()> {
    let position = loaded.source.position(diagnostic.span.start);
    let help = diagnostic
        .help
        .as_ref()
        .map_or_else(String::new, |help| format!("; {help}"));
    let place = format!(
        "{}:{}:{}",
        loaded.source.name(),
        position.line,
        position.column
    );
    writeln!(
        cargo,
        "cargo::error={place}: {}{help} [{}]",
        one_line(&diagnostic.message),
        diagnostic.code
    )?;
    let rendered = render_one(&loaded.source, diagnostic, Style::Plain);
    // The title, the place and the help are in the line above; what is left is the source line and what marks it.
    let excerpt: Vec<&str> = rendered
        .lines()
        .skip(2)
        .take_while(|line| !line.trim_start().starts_with("= help"))
        .collect();
    let margin = excerpt
        .iter()
        .rev()
        .take_while(|line| line.trim() == "|")
        .count();
    for line in excerpt.iter().take(excerpt.len().saturating_sub(margin)) {
        writeln!(cargo, "cargo::error={line}")?;
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// Reports a document that can't be read, and what one looks like where there is none.
pub(crate) fn unreadable(
    cargo: &mut impl Write,
    environment: &Environment,
    path: &Path,
    error: &io::Error,
) -> io::Result<()> {
    let tried = environment.package.join(path);
    if error.kind() != io::ErrorKind::NotFound {
        return writeln!(
            cargo,
            "cargo::error={} can't be read: {error}",
            tried.display()
        );
    }
    let name = path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.display().to_string(),
    );
    writeln!(
        cargo,
        "cargo::error=there is no {name} at {}; to start, write one there:",
        tried.display()
    )?;
    for line in START.lines() {
        writeln!(cargo, "cargo::error=    {line}")?;
    }
    Ok(())
}
