//! The grammar of OpenAPI: what each kind of object may hold, one row for each key.
//!
//! One grammar reads versions 3.0, 3.1 and 3.2: documents mix their idioms, and no version
//! contradicts another. Each row has its versions, for rules that need them. Only [`Kind::rows`]
//! returns the rows of 2.0 alone.

mod field;
mod form;
mod kind;
mod lookup;
mod objects;
mod position;
mod schema;

pub use field::{Field, Role, ValueType};
pub use form::Form;
pub use kind::Kind;
pub use lookup::{KeywordSet, constrains, is_annotation, is_bookkeeping, value_type};
pub use position::Position;

/// The keywords that make a schema of several others.
pub const COMPOSITIONS: [&str; 3] = ["allOf", "anyOf", "oneOf"];

impl Kind {
    /// The rows of all versions.
    #[must_use]
    pub fn rows(self) -> &'static [Field] {
        match self {
            Self::Schema => schema::SCHEMA,
            Self::Discriminator => schema::DISCRIMINATOR,
            Self::Xml => schema::XML,
            other => objects::rows(other),
        }
    }

    /// The keys with a fixed name that versions 3.0 to 3.2 have.
    pub fn fields(self) -> impl Iterator<Item = &'static Field> {
        self.rows().iter().filter(|field| field.is_current())
    }

    /// The row of a key that versions 3.0 to 3.2 have.
    #[must_use]
    pub fn field(self, key: &str) -> Option<&'static Field> {
        match self {
            Self::Schema => lookup::field(key),
            _ => self.fields().find(|field| field.key == key),
        }
    }

    /// The kind of the values under names that the document chooses.
    #[must_use]
    pub fn patterned(self) -> Option<Kind> {
        match self {
            Self::Paths | Self::Callback => Some(Self::PathItem),
            Self::Responses => Some(Self::Response),
            _ => None,
        }
    }

    /// The form of the value under `key`; `None` for unknown keys and extensions.
    #[must_use]
    pub fn form(self, key: &str) -> Option<Form> {
        if let Some(field) = self.field(key) {
            return Some(field.form);
        }
        if key.starts_with("x-") {
            return None;
        }
        self.patterned().map(Form::One)
    }

    /// The form of the value under `key` if it holds objects of the format.
    #[must_use]
    pub fn child(self, key: &str) -> Option<Form> {
        self.form(key).filter(|form| form.kind().is_some())
    }

    /// The folder of `components` for objects that a `$ref` may replace.
    #[must_use]
    pub fn folder(self) -> Option<&'static str> {
        let holds = |field: &&Field| field.form == Form::Named(self);
        Self::Components.rows().iter().find(holds).map(|field| field.key)
    }
}

#[cfg(test)]
mod tests;
