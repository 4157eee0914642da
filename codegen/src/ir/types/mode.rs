//! The modes in which a schema is read: by direction, and as a multipart body.

use super::schema::Flat;
use crate::ir::model::{Reading, Usage};

/// The reading of a schema that a type is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mode {
    /// Without write-only properties.
    Response,
    /// Without read-only properties.
    Request,
    /// A multipart body: a request whose binary properties are parts with bytes.
    Form,
    /// All readings are the same.
    Any,
}

impl Mode {
    /// What the model calls it.
    pub(super) fn reading(self) -> Reading {
        match self {
            Self::Request => Reading::Request,
            Self::Form => Reading::Form,
            Self::Response | Self::Any => Reading::Usual,
        }
    }

    pub(super) fn of(usage: Usage) -> Self {
        if usage.request && !usage.response { Self::Request } else { Self::Response }
    }

    /// How the parts of a value are read.
    pub(super) fn inner(self) -> Self {
        if self == Self::Form { Self::Request } else { self }
    }

    /// Whether a property travels in this direction.
    pub(super) fn carries(self, property: &Flat<'_>) -> bool {
        let flag = |keyword| property.conjuncts.iter().any(|conjunct| conjunct.flag(keyword));
        match self {
            Self::Response => !flag("writeOnly"),
            Self::Request | Self::Form => !flag("readOnly"),
            Self::Any => true,
        }
    }
}
