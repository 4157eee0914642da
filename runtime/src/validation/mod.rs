//! Validation: checks values against the constraints of a document, which are constant
//! [`Constraints`]. **Invariant:** values are checked exactly as JSON Schema says (lengths in
//! characters, bounds without rounding), and an [`Invalid`] never repeats the value, which may be a
//! secret. Formats such as `date-time` are checked in `value/format`.

mod assertion;
mod check;
mod equal;
mod foreign;
#[cfg(feature = "validate")]
mod on_violation;
mod pattern;
mod std_types;
pub(crate) mod validator;

use std::borrow::Cow;
use std::fmt;

pub use assertion::Assertion;
#[cfg(feature = "server")]
pub(crate) use check::check_count;
pub use check::{check_bool, check_f64, check_integer, check_items, check_properties, check_str};
#[cfg(feature = "schemas")]
pub(crate) use equal::equal;
#[cfg(feature = "validate")]
pub use on_violation::OnViolation;
#[doc(hidden)]
pub use pattern::{Pattern, Verdict};
#[cfg(feature = "schemas")]
pub(crate) use pattern::{interned, verdict};
#[cfg(feature = "server")]
pub(crate) use validator::validate_lazily;
pub use validator::{Validate, Validator, Violation, validate};

/// The detail of a required part that is missing.
pub(crate) const MISSING: &str = "must be given";
/// The detail of a part that occurs several times where one is allowed.
pub(crate) const REPEATED: &str = "must be given once";

/// The constraints of a value beyond its type. Generated code lists only those that are set.
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
    /// `pattern`: an ECMA-262 expression that must match somewhere in the text. It is compiled once
    /// per process.
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
    /// `enum`, if no enum type is generated for it. Each value is JSON text, such as `1` or `"a"`.
    /// Empty if any value is allowed.
    pub allowed: &'static [&'static str],
    /// For each item of a list.
    pub items: Option<&'static Constraints>,
    /// For each value of a map.
    pub values: Option<&'static Constraints>,
    /// For the items of a tuple, in their order.
    pub prefix: &'static [&'static Constraints],
    /// Constraints that neither a type nor another field expresses.
    pub assertions: &'static [Assertion],
}

impl Constraints {
    /// No constraints.
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
        prefix: &[],
        assertions: &[],
    };
}

/// A numeric bound, as written in the document.
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

/// The reason why a value is invalid, such as `must have at least 3 characters`, but never the
/// value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    kind: &'static str,
    requirement: Cow<'static, str>,
    /// Whether the value may be valid, but the check could take too long.
    is_undecided: bool,
}

/// The kind of a fault that an application found and that is not a keyword of JSON Schema.
pub(crate) const CUSTOM: &str = "custom";

impl Invalid {
    /// An error that says what the value must be. It begins with `must`.
    #[must_use]
    pub fn new(requirement: impl Into<Cow<'static, str>>) -> Self {
        Self::of(CUSTOM, requirement)
    }

    pub(crate) fn of(kind: &'static str, requirement: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, requirement: requirement.into(), is_undecided: false }
    }

    /// A pattern that could take too long.
    pub(crate) fn undecided(requirement: String) -> Self {
        Self { is_undecided: true, ..Self::of("pattern", requirement) }
    }

    /// Whether the value could not be checked in time.
    #[cfg(feature = "schemas")]
    pub(crate) fn is_undecided(&self) -> bool {
        self.is_undecided
    }

    /// The keyword of JSON Schema that the value breaks, such as `minLength`, or `custom` if it is
    /// not a keyword.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.kind
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.requirement)
    }
}

impl std::error::Error for Invalid {}

/// A newtype without constraints cannot be invalid.
impl From<std::convert::Infallible> for Invalid {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}
