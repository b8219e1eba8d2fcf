//! The tour: who sees what and why, and what happens when the file changes while the program runs.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::flags::{self, Context, Flags};
use crate::shop::{self, VISITORS, Visitor};

/// The document that the program was built from.
const FLAGS_YAML: &str = include_str!("../../flags.yaml");

pub(crate) fn tell(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    writeln!(
        out,
        "\n1. Who sees what. The flags are in the program; nothing was loaded.\n"
    )?;
    who_sees_what(out)?;
    writeln!(out, "\n2. And why.\n")?;
    why(out)?;

    let folder = Folder::create()?;
    let file = folder.path.join("flags.yaml");
    fs::write(&file, FLAGS_YAML)?;
    let _live = flags::live().file(&file).start()?;
    writeln!(
        out,
        "\n3. A copy of flags.yaml, followed while the program runs.\n"
    )?;
    changes(out, &file)?;
    writeln!(
        out,
        "\nDone. Edit flags.yaml yourself with `cargo run --example quickstart -- --watch`.\n"
    )?;
    Ok(())
}

fn who_sees_what(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    writeln!(
        out,
        "   {:<8} {:<32} {:<18} {:<23} button   page",
        "visitor", "is", "dashboard", "checkout"
    )?;
    for visitor in &VISITORS {
        let context = Context::from(visitor);
        // One scope for each request: every gate inside asks about this visitor, and all see one snapshot.
        let (dashboard, checkout, button) =
            flags::scope(&context).run(|| (shop::dashboard(), shop::checkout(), shop::button()));
        let page = Flags::PAGE_SIZE.value_for(&context);
        let who = describe(visitor);
        writeln!(
            out,
            "   {:<8} {who:<32} {dashboard:<18} {checkout:<23} {button:<8} {page}",
            visitor.id
        )?;
    }
    Ok(())
}

fn describe(visitor: &Visitor) -> String {
    let staff = if visitor.email.is_some() {
        ", staff"
    } else {
        ""
    };
    let days = if visitor.account_age_days == 1 {
        "day"
    } else {
        "days"
    };
    format!(
        "{}, {}, {} {days}{staff}",
        visitor.plan, visitor.country, visitor.account_age_days
    )
}

fn why(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    for visitor in &VISITORS {
        let answer = Flags::NEW_CHECKOUT.evaluate_for(&Context::from(visitor));
        let rule = match answer.rule {
            Some(rule) => format!(
                ", rule {} \"{}\"",
                rule.index,
                rule.name.as_deref().unwrap_or("")
            ),
            None => String::new(),
        };
        let state = if answer.variant { "on" } else { "off" };
        writeln!(
            out,
            "   new_checkout is {state:<3} for {:<7} {}{rule}",
            visitor.id, answer.reason
        )?;
    }
    Ok(())
}

fn changes(out: &mut impl Write, file: &Path) -> Result<(), Box<dyn Error>> {
    let before = with_dashboard();
    writeln!(
        out,
        "   rollout: 25%           {:>4} of 1000 visitors see the new dashboard",
        before.len()
    )?;

    let raised = FLAGS_YAML.replacen("rollout: 25%", "rollout: 60%", 1);
    write_and_wait(file, &raised)?;
    let after = with_dashboard();
    let kept = before
        .iter()
        .filter(|visitor| after.contains(visitor))
        .count();
    writeln!(
        out,
        "   rollout: 60%           {:>4} of 1000; of the {} before, {kept} still do",
        after.len(),
        before.len()
    )?;

    let broken = raised.replacen("rollout: 60%", "rollout: 6O%", 1);
    write_and_wait(file, &broken)?;
    let held = with_dashboard().len();
    writeln!(
        out,
        "   rollout: 6O%           {held:>4} of 1000: the mistake is refused, the last good holds, and the log says\n"
    )?;
    if let Some(failure) = flags::status().last_error {
        for line in failure.report.lines() {
            writeln!(
                out,
                "       {}",
                line.replace(&*file.to_string_lossy(), "flags.yaml")
            )?;
        }
    }

    let killed = broken.replacen("    rollout: 6O%", "    killed: true\n    rollout: 6O%", 1);
    write_and_wait(file, &killed)?;
    let left = with_dashboard().len();
    writeln!(
        out,
        "\n   and killed: true       {left:>4} of 1000: a kill arrives, even from a file with a mistake in it"
    )?;

    write_and_wait(file, &raised)?;
    writeln!(
        out,
        "   rollout: 60%           {:>4} of 1000: mended, and in force again",
        with_dashboard().len()
    )?;
    Ok(())
}

/// The numbers of the visitors, of a thousand, who see the new dashboard.
fn with_dashboard() -> Vec<u32> {
    let sees =
        |number: &u32| Flags::NEW_DASHBOARD.is_enabled_for(&Context::new(&format!("u-{number}")));
    (0..1000).filter(sees).collect()
}

/// Writes the file as an editor does, and waits until the program has taken notice.
fn write_and_wait(file: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    let seen = |status: flagstone::Status| status.reloads + status.refusals;
    let before = seen(flags::status());
    fs::write(file, text)?;
    let deadline = Instant::now() + Duration::from_secs(10);
    while seen(flags::status()) == before {
        if Instant::now() > deadline {
            return Err("the change of the file was not noticed within ten seconds".into());
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// A folder of this run's own, removed at its end.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn create() -> std::io::Result<Self> {
        let path =
            std::env::temp_dir().join(format!("flagstone-quickstart-{}", std::process::id()));
        fs::create_dir_all(&path)?;
        Ok(Self { path })
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left behind in the folder for temporary files harms nobody.
        let _ = fs::remove_dir_all(&self.path);
    }
}
