//! The program that flagstone's README shows.

use std::io::{self, Write};

use flagstone::feature_gate;

flagstone::include_flags!();
use flags::{ButtonColor, Context, Flags, Plan};

#[feature_gate("new_dashboard", fallback = old_dashboard)]
fn dashboard(name: &str) -> String {
    format!("the new dashboard for {name}")
}

fn old_dashboard(name: &str) -> String {
    format!("the old dashboard for {name}")
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let live = flags::live();
    #[cfg(feature = "http")]
    let live = live.source(flagstone::Http::new("https://flags.example/flags.yaml"));
    let _live = live.file("flags.yaml").start()?;
    let mut out = io::stdout().lock();
    for (user, plan) in [("u-17", Plan::Free), ("u-18", Plan::Premium)] {
        let context = Context::new(user).plan(plan);
        let page = flags::scope(&context).run(|| dashboard(user));
        let color = match Flags::BUTTON_COLOR.variant_for(&context) {
            ButtonColor::Control => "blue",
            ButtonColor::Treatment => "green",
        };
        writeln!(out, "{page}, with a {color} button")?;
    }
    Ok(())
}
