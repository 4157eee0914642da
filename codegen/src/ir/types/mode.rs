//! The modes in which a schema is read: as a response, a request, or a multipart body.

use super::schema::Flat;
use crate::ir::model::{Reading, Usage};

/// How a schema is read when a type is made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mode {
    /// Without write-only properties.
    Response,
    /// Without read-only properties.
    Request,
    /// A multipart body: a request whose binary properties are parts with bytes.
    Form,
    /// Read alike in both directions.
    Any,
}

impl Mode {
    /// The mode in terms of the model.
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

    /// The mode of the values inside a value.
    pub(super) fn inner(self) -> Self {
        if self == Self::Form { Self::Request } else { self }
    }

    /// Whether this direction carries a property.
    pub(super) fn carries(self, property: &Flat<'_>) -> bool {
        let flag = |keyword| property.conjuncts.iter().any(|conjunct| conjunct.flag(keyword));
        match self {
            Self::Response => !flag("writeOnly"),
            Self::Request | Self::Form => !flag("readOnly"),
            Self::Any => true,
        }
    }
}
