//! What overlays take away unseen.

use super::Finder;
use crate::Code;
use crate::definition::{Flag, Rule};

/// An overlay's `rules` replace those of the base whole, so that one which the base names may be gone by mistake.
pub(super) fn check(finder: &mut Finder<'_>, flag: &Flag) {
    for (index, overlay) in &flag.overlays {
        let Some(rules) = &overlay.rules else {
            continue;
        };
        let dropped = flag.base.rules.iter().flatten().filter_map(|rule| {
            let name = rule.name.as_ref()?;
            let is_kept = |rule: &Rule| rule.name.as_ref() == Some(name);
            (!rules.iter().any(is_kept)).then(|| format!("`{name}`"))
        });
        let dropped: Vec<String> = dropped.collect();
        if dropped.is_empty() {
            continue;
        }
        let environment = finder.definition.environments.get(index.get());
        let environment = environment.map_or("", |environment| environment.name.as_str());
        let (what, plural) = (
            dropped.join(", "),
            if dropped.len() == 1 { "" } else { "s" },
        );
        let message = format!(
            "the rules of `{}` in `{environment}` drop the rule{plural} {what} of its base",
            flag.key
        );
        let help = "an overlay's `rules` replace all of the base's; repeat there what is to stay";
        let span = rules.first().map_or(flag.span, |rule| rule.span);
        finder.warn(Code::OverlayDropsRule, span, message, help);
    }
}
