//! The grammar of OpenAPI: what each kind of object may hold, with one row for each key.
//!
//! One grammar covers versions 3.0, 3.1 and 3.2: documents mix their idioms, and no version
//! contradicts another. Each row has its versions, for the rules that need them. A document of
//! version 2.0 is read with the functions that end with `_in`, which put the rows of 2.0 before
//! those of 3.

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

use crate::document::VersionLine;

/// The keywords that compose a schema of several others.
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

    /// The form of the value under `key`. `None` for unknown keys and extensions.
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

    /// The form of the value under `key` in a version. Documents of 2.0 have the keys of 3 as well,
    /// since they mix idioms too.
    #[must_use]
    pub fn form_in(self, key: &str, version: VersionLine) -> Option<Form> {
        self.former(key, version).map(|field| field.form).or_else(|| self.form(key))
    }

    /// The form of the value under `key` if it holds objects of the format.
    #[must_use]
    pub fn child(self, key: &str) -> Option<Form> {
        self.form(key).filter(|form| form.kind().is_some())
    }

    /// Like [`child`](Self::child), in a version.
    #[must_use]
    pub fn child_in(self, key: &str, version: VersionLine) -> Option<Form> {
        self.form_in(key, version).filter(|form| form.kind().is_some())
    }

    /// The keys with a fixed name that a version has.
    pub fn fields_in(self, version: VersionLine) -> impl Iterator<Item = &'static Field> {
        self.rows().iter().filter(move |field| match version {
            VersionLine::V2_0 => field.is_in(version),
            _ => field.is_current(),
        })
    }

    /// Whether an object has schema keywords. In 2.0, parameters and headers do.
    #[must_use]
    pub fn describes_values(self, version: VersionLine) -> bool {
        self == Self::Schema || (version == VersionLine::V2_0 && matches!(self, Self::Parameter | Self::Header))
    }

    /// The row of a key that only 2.0 has, if the document is written in it.
    fn former(self, key: &str, version: VersionLine) -> Option<&'static Field> {
        let is_former = |field: &&Field| !field.is_current() && field.key == key;
        (version == VersionLine::V2_0).then(|| self.rows().iter().find(is_former)).flatten()
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
