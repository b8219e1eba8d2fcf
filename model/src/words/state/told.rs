//! The words themselves.

use super::{Aspect, Part, Standing};
use crate::definition::{
    Distribution, Effective, Flag, Rollout, Rule, Taken, ValueType, VariantIndex,
};
use crate::words::condition::text;
use crate::words::share::percentage_at;
use crate::words::{Speaker, age, arms, bare_rollout, percent};
use crate::{MicroPercent, Timestamp};

/// A flag that is being told of.
pub(super) struct Told<'d> {
    pub(super) speaker: Speaker<'d>,
    pub(super) flag: &'d Flag,
    pub(super) effective: Effective<'d>,
    pub(super) at: Timestamp,
}

impl Told<'_> {
    pub(super) fn standing(&self, is_environment_killed: bool) -> Standing {
        let effective = &self.effective;
        if effective.killed {
            Standing::Killed
        } else if is_environment_killed {
            Standing::EnvironmentKilled
        } else if !effective.enabled {
            Standing::Disabled
        } else if effective.starts_at.is_some_and(|start| self.at < start) {
            Standing::NotStarted
        } else if effective.ends_at.is_some_and(|end| self.at >= end) {
            Standing::Ended
        } else {
            Standing::Live
        }
    }

    pub(super) fn summary(&self, standing: Standing) -> String {
        let stopped = match standing {
            Standing::Killed => "killed".to_owned(),
            Standing::EnvironmentKilled => "killed with its environment".to_owned(),
            Standing::Disabled => "switched off".to_owned(),
            Standing::Ended => match self.effective.ends_at {
                Some(end) => format!("ended {}", age(end, self.at)),
                None => String::new(),
            },
            Standing::NotStarted => match self.effective.starts_at {
                Some(start) => format!("starts {}: {}", age(start, self.at), self.given()),
                None => String::new(),
            },
            Standing::Live => return self.live(),
        };
        let is_killed = matches!(standing, Standing::Killed | Standing::EnvironmentKilled);
        match self.overrides() {
            Some(overrides) if !is_killed => format!("{stopped}; {overrides}"),
            _ => stopped,
        }
    }

    fn live(&self) -> String {
        let mut said = vec![self.given()];
        let prerequisites = self.effective.prerequisites.iter();
        said.extend(prerequisites.map(|prerequisite| {
            let answers = self
                .speaker
                .answers(&prerequisite.flag, &prerequisite.variants);
            format!("where {answers}")
        }));
        said.extend(self.overrides());
        if let Some(end) = self.effective.ends_at {
            said.push(format!("ends {}", age(end, self.at)));
        }
        said.join("; ")
    }

    /// "2 overrides", of those that hold.
    fn overrides(&self) -> Option<String> {
        let holds = |until: Option<Timestamp>| until.is_none_or(|until| self.at < until);
        let overrides = self.effective.overrides.iter();
        match overrides.filter(|entry| holds(entry.until)).count() {
            0 => None,
            1 => Some("1 override".to_owned()),
            count => Some(format!("{count} overrides")),
        }
    }

    /// What rules and distribution give: "25 % of users; staff always".
    fn given(&self) -> String {
        let rules = self.effective.rules.iter();
        let mut said: Vec<String> = rules.map(|rule| self.short_rule(rule)).collect();
        let is_alone = said.is_empty();
        let rest = self.distribution(self.effective.distribution().ok().flatten(), "users");
        match &*rest {
            "nobody" if !is_alone => said.push("nobody else".to_owned()),
            "everyone" if !is_alone => said.push("everyone else".to_owned()),
            _ => said.insert(0, rest),
        }
        said.join("; ")
    }

    /// What a rule gives, for the summary: "staff always", "50 % of rich-countries".
    fn short_rule(&self, rule: &Rule) -> String {
        let whom = if let Some(name) = &rule.name {
            name.to_string()
        } else {
            let words = self.speaker.condition(&rule.condition);
            words
                .strip_prefix("in ")
                .map(str::to_owned)
                .unwrap_or(words)
        };
        let said = self.distribution(self.effective.distribution_of(rule).ok(), &whom);
        match &*said {
            "everyone" => format!("{whom} always"),
            "nobody" => format!("{whom} never"),
            _ => said,
        }
    }

    /// What a distribution gives of whom: "everyone", "nobody", "25 % of users", or more.
    fn distribution(&self, distribution: Option<Distribution<'_>>, whom: &str) -> String {
        match distribution {
            None => self.all(self.effective.baseline, whom),
            Some(Distribution::Serve(variant)) => self.all(variant, whom),
            Some(Distribution::Share { rollout, taken }) => {
                let percentage =
                    rollout.map_or(MicroPercent::HUNDRED, |it| percentage_at(it, self.at));
                let said = self.share(percentage, taken, whom);
                match rollout {
                    None | Some(Rollout::Fixed(_)) => said,
                    Some(moving) => format!("{said} ({})", bare_rollout(moving)),
                }
            }
        }
    }

    fn all(&self, variant: VariantIndex, whom: &str) -> String {
        match (self.effective.ty, variant) {
            (ValueType::Boolean, VariantIndex::ON) => "everyone".to_owned(),
            (ValueType::Boolean, _) => "nobody".to_owned(),
            _ if whom == "users" => format!("everyone {}", self.variant(variant)),
            _ => format!("{whom}: {}", self.variant(variant)),
        }
    }

    fn share(&self, percentage: MicroPercent, taken: Taken<'_>, whom: &str) -> String {
        if percentage == MicroPercent::ZERO {
            return self.all(self.effective.baseline, whom);
        }
        let is_all = percentage == MicroPercent::HUNDRED;
        let by = match self.effective.by {
            Some(by) => format!(" by {}", self.speaker.attribute(by)),
            None => String::new(),
        };
        let part = format!("{} of {whom}{by}", percent(percentage));
        let baseline = self.variant(self.effective.baseline);
        match taken {
            Taken::One(variant) if is_all => self.all(variant, whom),
            Taken::One(VariantIndex::ON)
                if self.effective.ty == ValueType::Boolean
                    && self.effective.baseline == VariantIndex::OFF =>
            {
                part
            }
            Taken::One(variant) => {
                format!("{part} {}, the rest {baseline}", self.variant(variant))
            }
            Taken::Split(split) => {
                let arms = arms(self.flag, split);
                match (is_all, whom) {
                    (true, "users") => format!("{arms}{by}"),
                    (true, _) => format!("{whom}: {arms}{by}"),
                    (false, _) => format!("{part}: {arms}; the rest {baseline}"),
                }
            }
        }
    }

    fn variant(&self, index: VariantIndex) -> &str {
        let variant = self.flag.variants.get(index);
        variant.map_or("?", |variant| variant.name.as_str())
    }

    pub(super) fn parts(&self) -> Vec<Part> {
        let effective = &self.effective;
        let overrides = effective.overrides.iter().map(|entry| {
            let (unit, variant) = (text(&entry.unit), self.variant(entry.variant));
            let until = entry.until.map(|until| format!(", until {until}"));
            let reason = entry.reason.as_deref().map(|reason| format!(" ({reason})"));
            let (until, reason) = (until.unwrap_or_default(), reason.unwrap_or_default());
            let words = format!("{unit} gets {variant}{until}{reason}");
            self.part(Aspect::Override, words, entry.until)
        });
        let start = effective
            .starts_at
            .map(|start| self.part(Aspect::Start, start.to_string(), Some(start)));
        let end = effective
            .ends_at
            .map(|end| self.part(Aspect::End, end.to_string(), Some(end)));
        let prerequisites = effective.prerequisites.iter().map(|entry| {
            let words = self.speaker.answers(&entry.flag, &entry.variants);
            self.part(Aspect::Prerequisite, format!("only where {words}"), None)
        });
        let mut parts: Vec<Part> = overrides
            .chain(start)
            .chain(end)
            .chain(prerequisites)
            .collect();
        for rule in effective.rules {
            let distribution = effective.distribution_of(rule).ok();
            parts.push(self.part(Aspect::Rule, self.rule(rule, distribution), None));
            parts.extend(self.steps(distribution));
        }
        let distribution = effective.distribution().ok().flatten();
        let rest = self.distribution(distribution, "users");
        parts.push(self.part(Aspect::Distribution, rest, None));
        parts.extend(self.steps(distribution));
        parts
    }

    /// A rule as a line: "beta: in staff → on".
    fn rule(&self, rule: &Rule, distribution: Option<Distribution<'_>>) -> String {
        let condition = self.speaker.condition(&rule.condition);
        let name = rule.name.as_ref().map(|name| format!("{name}: "));
        let gives = match distribution {
            Some(Distribution::Serve(variant)) => self.variant(variant).to_owned(),
            other => {
                let said = self.distribution(other, "them");
                said.strip_prefix("them: ")
                    .map(str::to_owned)
                    .unwrap_or(said)
            }
        };
        format!("{}{condition} → {gives}", name.unwrap_or_default())
    }

    /// The moments at which a distribution changes.
    fn steps(&self, distribution: Option<Distribution<'_>>) -> Vec<Part> {
        let Some(Distribution::Share { rollout, .. }) = distribution else {
            return Vec::new();
        };
        let moments = match rollout {
            None | Some(Rollout::Fixed(_)) => Vec::new(),
            Some(Rollout::Linear {
                from,
                to,
                start,
                end,
            }) => vec![(*start, *from), (*end, *to)],
            Some(Rollout::Steps(steps)) => steps.iter().map(|step| (step.at, step.to)).collect(),
        };
        let step = |(moment, percentage): (Timestamp, MicroPercent)| {
            let words = format!("{} at {moment}", percent(percentage));
            self.part(Aspect::Step, words, Some(moment))
        };
        moments.into_iter().map(step).collect()
    }

    fn part(&self, aspect: Aspect, words: String, moment: Option<Timestamp>) -> Part {
        Part {
            aspect,
            words,
            age: moment.map(|moment| age(moment, self.at)),
        }
    }
}
