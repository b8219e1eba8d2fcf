//! Stable codes of diagnostics.

use core::fmt;

/// Makes the enum of codes with their identifiers and titles, one line each: those of mistakes, then those of warnings.
macro_rules! codes {
    ($($id:literal $name:ident $title:literal,)* ; $($warning_id:literal $warning:ident $warning_title:literal,)*) => {
        /// What a diagnostic reports. `docs/errors.md` explains each mistake, and `docs/warnings.md` each warning, with an
        /// example and its remedy.
        ///
        /// An identifier never changes its meaning; one that falls out of use stays unused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $title] $name,)*
            $(#[doc = $warning_title] $warning,)*
        }

        impl Code {
            /// Every code of a mistake, in the order of the identifiers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Every code of a warning, in the order of the documentation.
            pub const WARNINGS: &'static [Self] = &[$(Self::$warning,)*];

            /// The identifier: `E0101` of a mistake, `unused-segment` of a warning.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                    $(Self::$warning => $warning_id,)*
                }
            }

            /// What it is, in a few words.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
                    $(Self::$warning => $warning_title,)*
                }
            }
        }
    };
}

codes! {
    "E0001" Syntax "the text is not well formed",
    "E0002" Indentation "lines don't line up",
    "E0003" Tab "a tab where only spaces can be",
    "E0004" Anchor "an anchor, alias or merge key",
    "E0005" Tag "a tag",
    "E0006" NotUtf8 "bytes that aren't UTF-8",
    "E0007" ByteOrderMark "a byte-order mark",
    "E0008" JsonSyntax "the text is no JSON",
    "E0009" EmptyDocument "an empty document",
    "E0010" SeveralDocuments "more than one document",

    "E0101" UnknownKey "an unknown key",
    "E0102" DuplicateKey "a key twice",
    "E0103" MissingKey "a required key is missing",
    "E0104" WrongType "a value of the wrong type",
    "E0105" Unquoted "a number or truth value where text belongs",
    "E0106" BooleanWord "a word that isn't `true` or `false`",
    "E0107" UnsupportedVersion "another version of the language",
    "E0108" UnknownWord "a word that isn't one of those allowed",
    "E0109" Null "nothing where a value belongs",

    "E0201" InvalidName "an ill-formed name",
    "E0202" ReservedName "a reserved name",
    "E0203" RustNameCollision "two names that make the same name in Rust",
    "E0204" InvalidRustName "a name or path that isn't Rust",
    "E0205" RetiredKey "a retired key",
    "E0206" DuplicateRuleName "a rule's name twice",

    "E0301" UnknownAttribute "an unknown attribute",
    "E0302" UnknownSegment "an unknown segment",
    "E0303" UnknownEnvironment "an unknown environment",
    "E0304" UnknownVariant "an unknown variant",
    "E0305" UnknownFlag "an unknown flag",
    "E0306" UnknownOperator "an unknown operator",
    "E0307" OperatorType "an operator that doesn't fit the attribute's type",
    "E0308" NotInClosedList "a value outside the attribute's closed list",
    "E0309" BucketType "an attribute that can't be bucketed by",

    "E0401" InvalidPercent "not a percentage",
    "E0402" InvalidTime "not a time",
    "E0403" InvalidDate "not a date",
    "E0404" InvalidVersion "not a version",
    "E0405" InvalidPattern "not a regular expression",
    "E0406" InvalidNumber "a number out of range",
    "E0407" InvalidUnit "not a unit",

    "E0501" ServeAndRollout "`serve` beside what it excludes",
    "E0502" NothingToGive "nothing to give",
    "E0503" ZeroWeights "weights that sum to zero",
    "E0504" DuplicateUnit "a unit overridden twice",
    "E0505" Emptiness "an empty condition",
    "E0506" Circle "a circle",
    "E0507" ScheduleOrder "times out of order",
    "E0508" UnborrowedSplit "a split that nothing uses",
    "E0509" SampledTwice "a rollout of a sample of the same units",
    "E0510" MixedTypes "values of different types",
    "E0511" NotForThisType "a key that this type of flag doesn't have",

    "E0601" DocumentTooLarge "limit: bytes of a document",
    "E0602" TooManyFlags "limit: flags of a document",
    "E0603" TooManyRules "limit: rules of a flag",
    "E0604" TooDeep "limit: nesting",
    "E0605" TooManyEntries "limit: entries of a list",
    "E0606" PatternTooLong "limit: bytes of a regular expression",
    "E0607" PatternTooBig "limit: size of a compiled regular expression",
    "E0608" ChainTooLong "limit: a chain of references",
    "E0609" TooManyReferences "limit: references that one answer follows",
    "E0610" WeightsTooLarge "limit: the sum of weights",
    ;
    "rule-never-holds" RuleNeverHolds "a rule that can't hold",
    "unreachable-rule" UnreachableRule "a rule that an earlier one always catches",
    "rollout-shrinks-audience" RolloutShrinksAudience "a rule's rollout that keeps units from what follows",
    "rollout-gives-baseline" RolloutGivesBaseline "a rollout that gives what the baseline gives",
    "enabled-without-effect" EnabledWithoutEffect "a flag that is enabled and turns nothing on",
    "overlay-drops-rule" OverlayDropsRule "an overlay that drops a named rule",
    "unanchored-pattern" UnanchoredPattern "an expression that `ends_with` would say",
    "many-overrides" ManyOverrides "more than 100 overrides",
    "unused-segment" UnusedSegment "a segment that nothing uses",
    "unused-attribute" UnusedAttribute "an attribute that nothing uses",
    "unused-environment" UnusedEnvironment "an environment that nothing uses",
    "missing-owner" MissingOwner "a flag without an owner",
    "missing-description" MissingDescription "a flag without a description",
    "unknown-warning" UnknownWarning "an unknown warning under `allow`",
    "past-remove-by" PastRemoveBy "a flag that should be gone",
    "ended-override" EndedOverride "an override that has ended",
    "finished-schedule" FinishedSchedule "a schedule that has ended",
}

impl Code {
    /// The warning of a name.
    ///
    /// ```
    /// use flagstone_model::Code;
    ///
    /// assert_eq!(Code::warning("unused-segment"), Some(Code::UnusedSegment));
    /// assert_eq!(Code::warning("E0101"), None, "a mistake");
    /// ```
    pub fn warning(name: &str) -> Option<Self> {
        let mut warnings = Self::WARNINGS.iter();
        warnings.find(|code| code.id() == name).copied()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
