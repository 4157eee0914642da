//! What the format expects at a position in a document, for walks that also visit data and unknown
//! keys.

use super::{Form, Kind};
use crate::document::{VersionLine, pointer};

/// The node that the format expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Position {
    /// An object of a kind.
    Object(Kind),
    /// An object of a kind, or a list of such objects.
    ObjectOrList(Kind),
    /// A list of objects of a kind.
    List(Kind),
    /// Objects of a kind, under names that the document chooses.
    Named(Kind),
    /// Data whose content the format does not define.
    Data,
    /// A string, number or flag.
    Scalar,
    /// A key that the format does not know.
    Unknown,
}

impl Position {
    /// The whole document.
    pub const DOCUMENT: Self = Self::Object(Kind::OpenApi);

    /// The position of the value under a key, or of the list member at that index.
    #[must_use]
    pub fn below(self, key: &str) -> Self {
        self.below_in(key, VersionLine::V3_2)
    }

    /// Like [`below`](Self::below), in a version.
    #[must_use]
    pub fn below_in(self, key: &str, version: VersionLine) -> Self {
        match self {
            Self::List(kind) | Self::Named(kind) => Self::Object(kind),
            Self::ObjectOrList(kind) if pointer::index(key).is_some() => Self::Object(kind),
            Self::Object(kind) | Self::ObjectOrList(kind) => match kind.form_in(key, version) {
                Some(form) => Self::of(form),
                None if key.starts_with("x-") => Self::Data,
                None => Self::Unknown,
            },
            Self::Data => Self::Data,
            Self::Scalar | Self::Unknown if key.starts_with("x-") => Self::Data,
            Self::Scalar | Self::Unknown => Self::Unknown,
        }
    }

    /// The kind of the object that belongs here, if it is one object.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Object(kind) | Self::ObjectOrList(kind) => Some(kind),
            _ => None,
        }
    }

    fn of(form: Form) -> Self {
        match form {
            Form::One(kind) => Self::Object(kind),
            Form::OneOrMany(kind) => Self::ObjectOrList(kind),
            Form::Many(kind) => Self::List(kind),
            Form::Named(kind) => Self::Named(kind),
            Form::Anything | Form::List | Form::Map | Form::Texts | Form::TextMap => Self::Data,
            Form::Text | Form::Flag | Form::Number | Form::Count => Self::Scalar,
        }
    }
}
