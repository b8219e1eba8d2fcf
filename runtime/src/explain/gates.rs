//! What is asked before the rules: the emergency stops, the overrides, the switch and the window.

use flagstone_model::{self as model, Override};

use super::explanation::{Decided, Step};
use super::flag::{is_overlaid, step, written};
use super::teller::{Teller, Telling};
use super::words::line;

impl Teller<'_> {
    pub(super) fn kills(&self, telling: Telling<'_>) -> Step {
        let base = &telling.flag.base;
        let overlay = telling
            .overlay
            .filter(|overlay| overlay.rare().killed == Some(true));
        if base.rare().killed == Some(true) {
            let place = telling.text.place(base.spans().killed);
            return Step {
                place,
                ..step(Decided::Killed, "the flag is killed")
            };
        }
        if let Some(overlay) = overlay {
            let place = telling.text.place(overlay.spans().killed);
            let says = "the flag is killed in this environment";
            return Step {
                place,
                is_overlaid: true,
                ..step(Decided::Killed, says)
            };
        }
        let environment = self.snapshot.environment().unwrap_or_default();
        let mut environments = telling.text.definition.environments.iter();
        let environment = environments.find(|known| known.name.as_str() == environment);
        if let Some(environment) = environment.filter(|environment| environment.killed) {
            let place = telling.text.place(environment.span);
            let says = format!("the environment {} is killed", environment.name);
            return Step {
                place,
                ..step(Decided::Killed, says)
            };
        }
        if self.snapshot.kills(telling.entry) {
            return step(
                Decided::Killed,
                "it is killed by hand, or by a later document",
            );
        }
        step(Decided::Killed, "nothing kills it")
    }

    pub(super) fn overrides(&self, telling: Telling<'_>) -> Step {
        let overrides = telling.effective.overrides;
        if overrides.is_empty() {
            return step(Decided::Override, "there are no overrides");
        }
        let slot = self.slot(telling.text, None);
        let unit = self.context.slot(slot).unit();
        let given = unit.with_text(|text| overrides.iter().find(|given| *given.unit == *text));
        let is_overlaid = is_overlaid(telling, |deciding| deciding.rare().overrides.is_some());
        let says = match given {
            None => "there is no unit that an override could name".into(),
            Some(None) => {
                let unit = self.unit(slot).unwrap_or_default();
                match overrides.len() {
                    1 => format!("the only override names another than {unit}"),
                    count => format!("none of the {count} overrides names {unit}"),
                }
            }
            Some(Some(given)) => self.overridden(telling, slot, given),
        };
        let place = given
            .flatten()
            .and_then(|given| telling.text.place(given.span));
        Step {
            place,
            is_overlaid,
            ..step(Decided::Override, says)
        }
    }

    fn overridden(&self, telling: Telling<'_>, slot: usize, given: &Override) -> String {
        let unit = self.unit(slot).unwrap_or_default();
        let variant = telling.flag.variants.get(given.variant);
        let variant = variant.map_or("", |variant| variant.name.as_str());
        let mut says = match given.until {
            Some(until) if until <= self.at => {
                format!("the override of {unit} to {variant} ended at {until}")
            }
            Some(until) => format!("{unit} is overridden to {variant} until {until}"),
            None => format!("{unit} is overridden to {variant}"),
        };
        if let Some(reason) = &given.reason {
            says.push_str(": ");
            says.push_str(&line(reason));
        }
        says
    }

    pub(super) fn window(&self, telling: Telling<'_>) -> Option<Step> {
        let effective = telling.effective;
        let (starts_at, ends_at): (Key, Key) = (|spans| spans.starts_at, |spans| spans.ends_at);
        let (says, key) = match (effective.starts_at, effective.ends_at) {
            (None, None) => return None,
            (Some(moment), _) if self.at < moment => (format!("it starts at {moment}"), starts_at),
            (_, Some(moment)) if self.at >= moment => (format!("it ended at {moment}"), ends_at),
            (_, Some(moment)) => (format!("it goes on until {moment}"), ends_at),
            (Some(moment), None) => (format!("it started at {moment}"), starts_at),
        };
        let (place, is_overlaid) = written(telling, key);
        Some(Step {
            place,
            is_overlaid,
            ..step(Decided::Window, says)
        })
    }
}

/// Where a deciding key stands.
type Key = fn(&model::DecidingSpans) -> model::Span;

pub(super) fn enabled(telling: Telling<'_>) -> Step {
    let says = if telling.effective.enabled {
        "it is enabled"
    } else {
        "it is switched off"
    };
    let (place, is_overlaid) = written(telling, |spans| spans.enabled);
    Step {
        place,
        is_overlaid,
        ..step(Decided::Enabled, says)
    }
}
