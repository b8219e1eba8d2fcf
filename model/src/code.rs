//! Stable codes of diagnostics.

use core::fmt;

/// Makes the enum of codes with their identifiers and titles, one line each.
macro_rules! codes {
    ($($id:literal $name:ident $title:literal,)*) => {
        /// What kind of mistake a diagnostic reports. `docs/errors.md` explains each, with an example and its remedy.
        ///
        /// An identifier never changes its meaning; one that falls out of use stays unused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $title] $name,)*
        }

        impl Code {
            /// Every code, in the order of the identifiers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The identifier, such as `E0101`.
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            /// What the mistake is, in a few words.
            pub const fn title(self) -> &'static str {
                match self {
                    $(Self::$name => $title,)*
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
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
