//! The modes in which a schema is read: as a response, a request, or a multipart body.

use super::conjunction::Flat;
use crate::ir::model::{Reading, Usage};

/// How a schema is read when a type is made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Mode {
    /// Without write-only properties.
    Response,
    /// Without read-only properties.
    Request,
    /// A multipart body: a request whose binary properties are parts with bytes.
    Form,
    /// Read in the same way in both directions.
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

    /// The mode in which a component with this name has its plain name, whether or not it is used:
    /// `User` is the form in responses, and `CreateUserRequest` is the form in requests.
    pub(super) fn usual(name: &str) -> Self {
        let name = name.to_lowercase();
        if ["request", "input", "form"].iter().any(|word| name.ends_with(word)) {
            Self::Request
        } else {
            Self::Response
        }
    }

    /// The word that distinguishes a type in this mode from the one that has the plain name.
    pub(super) fn word(self, name: &str) -> Option<&'static str> {
        match self {
            Self::Any => None,
            Self::Form if name.to_lowercase().ends_with("form") => Some("multipart"),
            Self::Form => Some("form"),
            mode if mode == Self::usual(name) => None,
            Self::Request => Some("request"),
            Self::Response => Some("response"),
        }
    }

    /// The mode of the values inside a value.
    pub(super) fn inner(self) -> Self {
        if self == Self::Form { Self::Request } else { self }
    }

    /// Whether a property is sent in this direction.
    pub(super) fn carries(self, property: &Flat<'_>) -> bool {
        let flag = |keyword| property.conjuncts.iter().any(|conjunct| conjunct.flag(keyword));
        match self {
            Self::Response => !flag("writeOnly"),
            Self::Request | Self::Form => !flag("readOnly"),
            Self::Any => true,
        }
    }
}
