//! Why Looker's operations do not succeed → their documented errors.

use std::borrow::Cow;

use generated_client::looker::operations as ops;
use generated_client::looker::types::{ErrorType, ValidationError, ValidationErrorDetail};
use specwright_runtime::server::{Failure, RejectionKind};

use crate::providers::fault::{self, documented};

/// Where Looker's errors say that they are explained.
pub(super) const HELP: &str = "https://cloud.google.com/looker/docs/";

pub(super) type Fault = fault::Fault<Refusal>;

/// What Looker refuses.
#[derive(Debug)]
pub(super) enum Refusal {
    Missing,
    Forbidden(&'static str),
    Invalid(Vec<Wrong>),
}

/// A field that is wrong.
#[derive(Debug)]
pub(super) struct Wrong {
    pub field: &'static str,
    pub code: &'static str,
    pub message: String,
}

impl Refusal {
    pub(super) fn wrong(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Wrong { field, code, message: message.into() }])
    }
}

impl fault::Refusal for Refusal {
    fn undocumented(self) -> (RejectionKind, Cow<'static, str>) {
        match self {
            Self::Missing => (RejectionKind::NotFound, "Not found".into()),
            Self::Forbidden(detail) => (RejectionKind::Forbidden, detail.into()),
            Self::Invalid(_) => (RejectionKind::Invalid, "Validation Failed".into()),
        }
    }
}

pub(super) fn error(message: &str) -> ErrorType {
    ErrorType::new(Some(message.to_owned()), Some(HELP.to_owned()))
}

fn validation(wrong: Vec<Wrong>) -> ValidationError {
    let detail = |one: Wrong| ValidationErrorDetail {
        field: Some(one.field.to_owned()).into(),
        code: Some(one.code.to_owned()).into(),
        message: Some(one.message).into(),
        documentation_url: Some(HELP.to_owned()),
    };
    let mut error = ValidationError::new(Some("Validation Failed".to_owned()), Some(HELP.to_owned()));
    error.errors = Some(wrong.into_iter().map(detail).collect()).into();
    error
}

/// What each error documents: `Missing` is a 404 everywhere, the others where they are named.
macro_rules! errors {
    ($($error:ident $($also:ident)*;)*) => {
        $(errors!(@one $error $($also)*);)*
    };
    (@one $error:ident) => {
        documented! { $error { Refusal::Missing => NotFound(error("Not found")) } }
    };
    (@one $error:ident Forbidden) => {
        documented! { $error {
            Refusal::Missing => NotFound(error("Not found")),
            Refusal::Forbidden(text) => Forbidden(error(text)),
        } }
    };
    (@one $error:ident UnprocessableEntity) => {
        documented! { $error {
            Refusal::Missing => NotFound(error("Not found")),
            Refusal::Invalid(wrong) => UnprocessableEntity(validation(wrong)),
        } }
    };
    (@one $error:ident Forbidden UnprocessableEntity) => {
        documented! { $error {
            Refusal::Missing => NotFound(error("Not found")),
            Refusal::Forbidden(text) => Forbidden(error(text)),
            Refusal::Invalid(wrong) => UnprocessableEntity(validation(wrong)),
        } }
    };
}

errors! {
    LoginError;
    LogoutError;
    MeError;
    AllUsersError;
    CreateUserError UnprocessableEntity;
    UserError;
    UpdateUserError Forbidden UnprocessableEntity;
    DeleteUserError Forbidden;
    UserAttributeUserValuesError;
    SetUserAttributeUserValueError Forbidden UnprocessableEntity;
    DeleteUserAttributeUserValueError Forbidden;
    AllUserAttributesError;
    CreateUserAttributeError Forbidden UnprocessableEntity;
    UserAttributeError;
    UpdateUserAttributeError Forbidden UnprocessableEntity;
    DeleteUserAttributeError Forbidden UnprocessableEntity;
    AllUserAttributeGroupValuesError;
    SetUserAttributeGroupValuesError Forbidden UnprocessableEntity;
    UpdateUserAttributeGroupValueError Forbidden UnprocessableEntity;
    DeleteUserAttributeGroupValueError Forbidden;
}
