//! A number as the document writes it. Integers beyond 64 bits are not rounded.

use std::fmt;

/// A number. Integers beyond 64 bits and floats beyond `f64` keep their text.
#[derive(Clone, Debug)]
pub enum Number {
    /// Fits `i64`.
    Int(i64),
    /// Fits `u64` but not `i64`.
    Unsigned(u64),
    /// Written with a fraction or an exponent, and finite.
    Float(f64),
    /// A number in JSON notation that fits none of the above.
    Big(Box<str>),
}

impl Number {
    /// Reads JSON notation (`-12`, `1.5e3`); `None` if the text is not a number.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(int) = text.parse::<i64>() {
            return Some(Self::Int(int));
        }
        if let Ok(unsigned) = text.parse::<u64>() {
            return Some(Self::Unsigned(unsigned));
        }
        let digits = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
        let float = text.parse::<f64>().ok().filter(|_| digits)?;
        let integer = !text.contains(['.', 'e', 'E']);
        if integer || !float.is_finite() {
            return Some(Self::Big(big_text(text)));
        }
        Some(Self::Float(float))
    }

    /// The value as `i64`. Floats without a fraction count (`10.0` is 10).
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.as_i128().and_then(|int| i64::try_from(int).ok())
    }

    /// The value as `u64`. Floats without a fraction count.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128().and_then(|int| u64::try_from(int).ok())
    }

    /// The value as `i128`. Floats without a fraction count.
    #[must_use]
    pub fn as_i128(&self) -> Option<i128> {
        match self {
            Self::Int(int) => Some(i128::from(*int)),
            Self::Unsigned(int) => Some(i128::from(*int)),
            Self::Float(float) => integral(*float),
            Self::Big(text) => text.parse().ok(),
        }
    }

    /// The nearest `f64`; infinite if the number is too large.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest float is requested")]
    pub fn as_f64(&self) -> f64 {
        match self {
            Self::Int(int) => *int as f64,
            Self::Unsigned(int) => *int as f64,
            Self::Float(float) => *float,
            Self::Big(text) => text.parse().unwrap_or(f64::INFINITY),
        }
    }

    /// Whether the number has no fraction (`3`, `3.0`, `1e3`).
    #[must_use]
    pub fn is_integer(&self) -> bool {
        match self {
            Self::Int(_) | Self::Unsigned(_) => true,
            Self::Float(float) => float.fract() == 0.0,
            Self::Big(text) => !text.contains(['.', 'e', 'E']),
        }
    }

    /// The JSON number. A number that fits neither a 64-bit integer nor a float becomes a string.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Int(int) => (*int).into(),
            Self::Unsigned(int) => (*int).into(),
            Self::Float(float) => (*float).into(),
            Self::Big(text) => text.as_ref().into(),
        }
    }
}

/// JSON notation has neither a plus sign nor leading zeros.
fn big_text(text: &str) -> Box<str> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let digits = digits.trim_start_matches('0');
    let zero = if digits.starts_with(|first: char| first.is_ascii_digit()) { "" } else { "0" };
    format!("{sign}{zero}{digits}").into()
}

#[expect(clippy::cast_possible_truncation, reason = "the range was checked before")]
fn integral(float: f64) -> Option<i128> {
    let fits = float.fract() == 0.0 && float.abs() < 1e38;
    fits.then_some(float as i128)
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        match (self.as_i128(), other.as_i128()) {
            (Some(left), Some(right)) => left == right,
            (None, None) => match (self, other) {
                (Self::Big(left), Self::Big(right)) => left == right,
                _ => self.as_f64().total_cmp(&other.as_f64()).is_eq(),
            },
            _ => false,
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(int) => int.fmt(out),
            Self::Unsigned(int) => int.fmt(out),
            Self::Float(float) => write!(out, "{float:?}"),
            Self::Big(text) => out.write_str(text),
        }
    }
}
