//! Why a value does not fit its schema.

use std::fmt;

/// The first property that does not fit, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The names of the properties that lead to it, innermost first.
    properties: Vec<String>,
    reason: Reason,
}

/// Why a value does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It has another type.
    Type {
        /// The type of the value.
        found: &'static str,
        /// The type in the schema.
        expected: String,
    },
    /// It is not in `enum`.
    NotListed,
    /// It is below or above a bound.
    OutOfBounds,
    /// It does not fit into an integer of this many bits.
    Width(u32),
    /// It has too few items or characters.
    TooFew(&'static str),
    /// It has too many items or characters.
    TooMany(&'static str),
    /// It does not match a pattern.
    Pattern(String),
    /// It is not in a format; the text is the reason.
    Format(String),
    /// It lacks a required property.
    Missing(String),
    /// It fits no member of `anyOf` or `oneOf`.
    NoMember(&'static str),
    /// It breaks this keyword.
    Keyword(&'static str),
}

impl Violation {
    /// The reason.
    #[must_use]
    pub fn reason(&self) -> &Reason {
        &self.reason
    }

    /// The violation as seen from an object that has the value in a property.
    #[must_use]
    pub(super) fn within(mut self, property: &str) -> Self {
        self.properties.push(property.to_owned());
        self
    }
}

impl From<Reason> for Violation {
    fn from(reason: Reason) -> Self {
        Self { properties: Vec::new(), reason }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for property in self.properties.iter().rev() {
            write!(out, "in `{property}`: ")?;
        }
        self.reason.fmt(out)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type { found, expected } => write!(out, "it is of type `{found}`, not `{expected}`"),
            Self::NotListed => out.write_str("it is not one of the values in `enum`"),
            Self::OutOfBounds => out.write_str("it is out of bounds"),
            Self::Width(bits) => write!(out, "it does not fit into {bits} bits"),
            Self::TooFew(what) => write!(out, "it has too few {what}"),
            Self::TooMany(what) => write!(out, "it has too many {what}"),
            Self::Pattern(pattern) => write!(out, "it does not match `{pattern}`"),
            Self::Format(reason) => write!(out, "it is {reason}"),
            Self::Missing(name) => write!(out, "the required property `{name}` is missing"),
            Self::NoMember(keyword) => write!(out, "it fits no member of `{keyword}`"),
            Self::Keyword(keyword) => write!(out, "it breaks `{keyword}`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Reason, Violation};

    #[test]
    fn a_violation_names_the_properties_that_lead_to_it() {
        let violation = Violation::from(Reason::TooMany("characters")).within("street").within("address");
        assert_eq!(violation.to_string(), "in `address`: in `street`: it has too many characters");
    }
}
