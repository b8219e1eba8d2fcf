//! One change, what it is about, where it holds, and how much it moves.

use core::fmt;

use crate::Name;

/// Something that changes for someone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub subject: Subject,
    /// What changes: "rollout 25 % → 40 %".
    pub words: String,
    /// Where it holds.
    pub place: Place,
    /// What else there is to know about it, from the gravest down; mostly nothing.
    pub severe: Vec<Severe>,
}

/// What a change is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A flag.
    Flag(Name),
    /// A segment.
    Segment(Name),
    /// An environment.
    Environment(Name),
    /// An attribute of the context, or the targeting key.
    Attribute(Name),
}

impl Subject {
    /// The name of what it is about.
    pub fn name(&self) -> &Name {
        match self {
            Self::Flag(name)
            | Self::Segment(name)
            | Self::Environment(name)
            | Self::Attribute(name) => name,
        }
    }

    /// What it is, in a word.
    pub const fn what(&self) -> &'static str {
        match self {
            Self::Flag(_) => "flag",
            Self::Segment(_) => "segment",
            Self::Environment(_) => "environment",
            Self::Attribute(_) => "attribute",
        }
    }
}

/// Where a change holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// In every environment, and where none is chosen.
    Everywhere,
    /// In these environments; empty where it holds only for programs that choose none.
    In(Vec<Name>),
}

/// What makes a change more than an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Severe {
    /// Programs built from the old document can't follow it, or no longer compile; the words say which and why.
    Breaking(String),
    /// Every unit is dealt again: who was taken may not be any more, and variants are drawn anew.
    DealtAgain,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.subject {
            Subject::Flag(name) => write!(f, "`{name}`: ")?,
            other => write!(f, "{} `{}`: ", other.what(), other.name())?,
        }
        f.write_str(&self.words)?;
        match &self.place {
            Place::Everywhere => {}
            Place::In(names) if names.is_empty() => {
                f.write_str(" where no environment is chosen")?;
            }
            Place::In(names) => {
                let names: Vec<&str> = names.iter().map(Name::as_str).collect();
                write!(f, " in {}", names.join(", "))?;
            }
        }
        for severe in &self.severe {
            match severe {
                Severe::Breaking(why) => write!(f, "; breaking: {why}")?,
                Severe::DealtAgain => f.write_str("; everyone is dealt again")?,
            }
        }
        Ok(())
    }
}
