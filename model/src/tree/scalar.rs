//! Scalars, by the core schema of YAML 1.2: `on`, `off`, `yes` and `no` are text.

/// Text, a number, a truth value or null, with the text it was written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scalar<'s> {
    /// The text; what escapes stand for is put in.
    pub text: &'s str,
    /// What it is.
    pub kind: ScalarKind,
}

/// What a scalar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScalarKind {
    /// Text.
    Text,
    /// Nothing, `null` or `~`.
    Null,
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer,
    /// A number with a point or an exponent, infinity, or not a number.
    Float,
}

impl ScalarKind {
    /// What it is, for an error text: "a number".
    pub fn describe(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Null => "nothing (null)",
            Self::Boolean(_) => "a truth value",
            Self::Integer | Self::Float => "a number",
        }
    }

    /// What a plain scalar of YAML is, by the core schema.
    pub(crate) fn of_plain(text: &str) -> Self {
        let Some(first) = text.bytes().next() else {
            return Self::Null;
        };
        // Nearly every plain scalar is a word; one look at its first byte tells it from the rest.
        match first {
            b'0'..=b'9' | b'+' | b'-' | b'.' => Self::of_number_like(text),
            b'n' | b'N' | b'~' if matches!(text, "null" | "Null" | "NULL" | "~") => Self::Null,
            b't' | b'T' if matches!(text, "true" | "True" | "TRUE") => Self::Boolean(true),
            b'f' | b'F' if matches!(text, "false" | "False" | "FALSE") => Self::Boolean(false),
            _ => Self::Text,
        }
    }

    fn of_number_like(text: &str) -> Self {
        let digits_only =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let radix = |prefix: &str, is_digit: fn(&u8) -> bool| {
            text.strip_prefix(prefix)
                .is_some_and(|rest| !rest.is_empty() && rest.as_bytes().iter().all(is_digit))
        };
        if digits_only(unsigned)
            || radix("0o", |byte| matches!(byte, b'0'..=b'7'))
            || radix("0x", u8::is_ascii_hexdigit)
        {
            return Self::Integer;
        }
        if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN")
        {
            return Self::Float;
        }
        if is_decimal_float(unsigned) {
            Self::Float
        } else {
            Self::Text
        }
    }
}

/// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?` of the core schema, without the sign.
fn is_decimal_float(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let exponent_fits = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !exponent.is_empty() && digits(exponent)
    });
    let (whole, decimals) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let has_digits = !whole.is_empty() || !decimals.is_empty();
    exponent_fits && has_digits && digits(whole) && digits(decimals)
}

impl Scalar<'_> {
    /// The whole number, where it is one that fits 64 bits with sign.
    pub fn integer(&self) -> Option<i64> {
        if self.kind != ScalarKind::Integer {
            return None;
        }
        if let Some(octal) = self.text.strip_prefix("0o") {
            return i64::from_str_radix(octal, 8).ok();
        }
        if let Some(hexadecimal) = self.text.strip_prefix("0x") {
            return i64::from_str_radix(hexadecimal, 16).ok();
        }
        self.text.parse().ok()
    }

    /// The finite number of 64 bits that is nearest, where it is a number.
    pub fn number(&self) -> Option<f64> {
        let number = match self.kind {
            ScalarKind::Integer => match self.integer() {
                #[expect(
                    clippy::cast_precision_loss,
                    reason = "the nearest number is what is asked for"
                )]
                Some(integer) => integer as f64,
                // Beyond 64 bits; hexadecimal and octal ones that large are no numbers of anybody's.
                None => self.text.parse().ok()?,
            },
            // Infinities and what is not a number are written with a point first, and read as nothing finite.
            ScalarKind::Float => self.text.parse().ok()?,
            ScalarKind::Text | ScalarKind::Null | ScalarKind::Boolean(_) => return None,
        };
        number.is_finite().then_some(number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_are_what_the_core_schema_says() {
        use ScalarKind::{Boolean, Float, Integer, Null, Text};
        for (text, kind) in [
            ("", Null),
            ("~", Null),
            ("null", Null),
            ("nULL", Text),
            ("true", Boolean(true)),
            ("FALSE", Boolean(false)),
            ("tRUE", Text),
            ("on", Text),
            ("off", Text),
            ("yes", Text),
            ("no", Text),
            ("y", Text),
            ("0", Integer),
            ("-12", Integer),
            ("+12", Integer),
            ("017", Integer),
            ("0o17", Integer),
            ("0o8", Text),
            ("0x1F", Integer),
            ("0xG", Text),
            ("-0x1", Text),
            ("1_000", Text),
            ("1.", Float),
            (".5", Float),
            ("1e3", Float),
            ("1e", Text),
            ("1.5e-7", Float),
            (".", Text),
            ("-", Text),
            ("+", Text),
            ("-.inf", Float),
            (".nan", Float),
            ("-.nan", Text),
            ("2.10", Float),
            ("1.2.3", Text),
            ("2026-01-01", Text),
            ("25%", Text),
            ("u-17", Text),
            ("2fa", Text),
            ("e5", Text),
        ] {
            assert_eq!(ScalarKind::of_plain(text), kind, "{text:?}");
        }
    }

    #[test]
    fn numbers_have_the_value_they_say() {
        for (text, integer, number) in [
            ("017", Some(17), Some(17.0)),
            ("0o17", Some(15), Some(15.0)),
            ("0x1F", Some(31), Some(31.0)),
            (
                "-9223372036854775808",
                Some(i64::MIN),
                Some(-9_223_372_036_854_775_808.0),
            ),
            (
                "9223372036854775808",
                None,
                Some(9_223_372_036_854_775_808.0),
            ),
            ("5.0", None, Some(5.0)),
            ("1e400", None, None),
            (".inf", None, None),
            ("-.inf", None, None),
            (".nan", None, None),
            ("word", None, None),
        ] {
            let scalar = Scalar {
                text,
                kind: ScalarKind::of_plain(text),
            };
            assert_eq!(
                (scalar.integer(), scalar.number()),
                (integer, number),
                "{text}"
            );
        }
    }
}
