//! Constraints of a document as data: constant [`Constraints`] and a value → what the value breaks.
//!
//! The rule kept here: a value is validated exactly as JSON Schema says (lengths in characters, bounds without
//! rounding), and an [`Invalid`] never repeats the value, which may be a secret.

mod check;
mod pattern;
mod std_types;
pub(crate) mod validate;

use std::borrow::Cow;
use std::fmt;

pub use check::{check_bool, check_f64, check_integer, check_items, check_properties, check_str};
#[cfg(feature = "server")]
pub(crate) use validate::validate_lazily;
pub use validate::{Validate, Validator, Violation, validate};

/// What a value must satisfy beyond its type. Generated code prints the fields that ask something.
///
/// ```
/// use specwright_runtime::validation::{Constraints, check_str};
///
/// const NAME: &Constraints = &Constraints { min_length: Some(1), pattern: Some("^[a-z]+$"), ..Constraints::NONE };
/// assert!(check_str(NAME, "abc").is_ok());
/// assert_eq!(check_str(NAME, "").unwrap_err().to_string(), "must have at least 1 character");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `minLength`, in characters.
    pub min_length: Option<u64>,
    /// `maxLength`, in characters.
    pub max_length: Option<u64>,
    /// `pattern`: an ECMA-262 expression that must match somewhere in the text; compiled once per process.
    pub pattern: Option<&'static str>,
    /// `minimum`.
    pub minimum: Option<Bound>,
    /// `maximum`.
    pub maximum: Option<Bound>,
    /// `exclusiveMinimum`.
    pub exclusive_minimum: Option<Bound>,
    /// `exclusiveMaximum`.
    pub exclusive_maximum: Option<Bound>,
    /// `multipleOf`.
    pub multiple_of: Option<Bound>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// `enum`, where no enum type is printed for it: each value as JSON text, such as `1` or `"a"`; empty: any.
    pub allowed: &'static [&'static str],
    /// For each item of a list.
    pub items: Option<&'static Constraints>,
    /// For each value of a map.
    pub values: Option<&'static Constraints>,
}

impl Constraints {
    /// Constraints that allow everything.
    pub const NONE: Self = Self {
        min_length: None,
        max_length: None,
        pattern: None,
        minimum: None,
        maximum: None,
        exclusive_minimum: None,
        exclusive_maximum: None,
        multiple_of: None,
        min_items: None,
        max_items: None,
        unique_items: false,
        min_properties: None,
        max_properties: None,
        allowed: &[],
        items: None,
        values: None,
    };
}

/// A numeric bound, kept as the document wrote it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// A whole number.
    Integer(i128),
    /// Another number.
    Float(f64),
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(bound) => bound.fmt(f),
            Self::Float(bound) => bound.fmt(f),
        }
    }
}

/// Why a value is not one that the document allows, such as `must have at least 3 characters`; never the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid(Cow<'static, str>);

impl Invalid {
    /// An error that says what the value must be: `must …`.
    #[must_use]
    pub fn new(demand: impl Into<Cow<'static, str>>) -> Self {
        Self(demand.into())
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Invalid {}

/// Making a newtype cannot fail where the document asks nothing of it.
impl From<std::convert::Infallible> for Invalid {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
