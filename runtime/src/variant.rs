//! What a flag can answer, as a Rust type.

use crate::value::{Switch, ValueKind};

/// The answers of one flag: `bool`, or the enum that the build script writes for the flag.
///
/// A variant's ordinal is its place in the document that the program was built from; for `bool` it is 0 for `off` and 1 for `on`.
///
/// ```
/// use flagstone::Variant;
///
/// assert_eq!(bool::NAMES, ["off", "on"]);
/// assert_eq!(bool::from_ordinal(1), Some(true));
/// assert_eq!(bool::from_ordinal(2), None);
/// assert_eq!(true.name(), "on");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not what a flag answers",
    note = "a boolean flag answers `bool`; a flag with variants answers the enum generated for it in `flags`"
)]
pub trait Variant: Copy + core::fmt::Debug + PartialEq + Send + Sync + 'static {
    /// The variants' names, by ordinal.
    const NAMES: &'static [&'static str];
    /// The variant of ordinal 0.
    const FIRST: Self;
    /// How the flag's values are read.
    type Value: ValueKind;

    /// The variant of an ordinal.
    fn from_ordinal(ordinal: u32) -> Option<Self>;

    /// The variant's place in the document that the program was built from.
    fn ordinal(self) -> u32;

    /// The variant's name in the document.
    fn name(self) -> &'static str {
        let index = usize::try_from(self.ordinal()).unwrap_or(usize::MAX);
        Self::NAMES.get(index).copied().unwrap_or_default()
    }
}

impl Variant for bool {
    const NAMES: &'static [&'static str] = &["off", "on"];
    const FIRST: Self = false;
    type Value = Switch;

    #[inline]
    fn from_ordinal(ordinal: u32) -> Option<Self> {
        match ordinal {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        }
    }

    #[inline]
    fn ordinal(self) -> u32 {
        u32::from(self)
    }
}
