//! The rows of the grammar: one for each key of an object or keyword of a schema.

use super::Form;
use crate::document::VersionLine;

/// One key that an object may have.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// The form of its value.
    pub form: Form,
    /// Whether the object is invalid without it.
    pub required: bool,
    /// The first version that has it.
    pub since: VersionLine,
    /// The last version that has it.
    pub until: VersionLine,
    /// For keywords of schemas: its effect on the values of the schema.
    pub role: Role,
    /// For keywords of schemas: the only type whose values it concerns.
    pub of: Option<ValueType>,
}

/// The effect of a keyword on the values of its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It limits the values, by itself or through other schemas.
    Constraint,
    /// It describes the values and limits nothing. `nullable` is here too: it is a property of one
    /// use of a schema, and each stage handles it before it looks at constraints.
    Annotation,
    /// It limits nothing, but says how to read a value: `discriminator`, `contentEncoding`.
    Hint,
    /// It concerns the schema and not its values: identity, definitions, notes to maintainers.
    Bookkeeping,
}

/// A type of values that some keywords are limited to. Values of other types pass them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ValueType {
    /// `object`
    Object,
    /// `array`
    Array,
    /// `string`
    String,
    /// `number` and `integer`
    Number,
}

impl ValueType {
    /// The names of this type under `type`, the widest first.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Object => &["object"],
            Self::Array => &["array"],
            Self::String => &["string"],
            Self::Number => &["number", "integer"],
        }
    }
}

/// A key that an object may have in all versions.
pub(super) const fn may(key: &'static str, form: Form) -> Field {
    Field {
        key,
        form,
        required: false,
        since: VersionLine::V2_0,
        until: VersionLine::V3_2,
        role: Role::Constraint,
        of: None,
    }
}

/// A key that an object must have in all versions.
pub(super) const fn must(key: &'static str, form: Form) -> Field {
    Field { required: true, ..may(key, form) }
}

impl Field {
    /// Sets the first version.
    pub(super) const fn since(self, since: VersionLine) -> Self {
        Self { since, ..self }
    }

    /// Sets the last version.
    pub(super) const fn until(self, until: VersionLine) -> Self {
        Self { until, ..self }
    }

    /// Marks the keyword as one that describes values.
    pub(super) const fn annotation(self) -> Self {
        Self { role: Role::Annotation, ..self }
    }

    /// Marks the keyword as one that says how to read values.
    pub(super) const fn hint(self) -> Self {
        Self { role: Role::Hint, ..self }
    }

    /// Marks the keyword as one that concerns the schema and not its values.
    pub(super) const fn bookkeeping(self) -> Self {
        Self { role: Role::Bookkeeping, ..self }
    }

    /// Limits the keyword to values of one type.
    pub(super) const fn of(self, of: ValueType) -> Self {
        Self { of: Some(of), ..self }
    }

    /// Whether a version has the key.
    #[must_use]
    pub fn is_in(&self, version: VersionLine) -> bool {
        self.since <= version && version <= self.until
    }

    /// Whether any version of OpenAPI 3 has the key.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.until >= VersionLine::V3_0
    }
}
