//! Stable codes of diagnostics.

/// What kind of mistake a diagnostic reports. The number never changes its meaning; numbers that fall out of use stay unused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Code {
    /// The text is no YAML or JSON.
    Syntax,
}
