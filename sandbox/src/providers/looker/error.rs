//! Looker's errors, and the documented errors of its operations.

use std::borrow::Cow;

use generated_client::looker::operations as ops;
use generated_client::looker::types::{
    ErrorType, ErrorTypeRequired, ValidationError, ValidationErrorDetail, ValidationErrorRequired,
};
use specwright_runtime::server::{Failure, RejectionKind};

use crate::providers::error::{self, documented};

/// The URL of the documentation in Looker's errors.
pub(super) const HELP: &str = "https://cloud.google.com/looker/docs/";

pub(super) type OperationError = error::OperationError<LookerError>;

/// An error of Looker.
#[derive(Debug)]
pub(super) enum LookerError {
    Missing,
    Forbidden(&'static str),
    Invalid(Vec<FieldError>),
}

/// An invalid field.
#[derive(Debug)]
pub(super) struct FieldError {
    pub field: &'static str,
    pub code: &'static str,
    pub message: String,
}

impl LookerError {
    pub(super) fn invalid(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![FieldError { field, code, message: message.into() }])
    }
}

impl error::ApiError for LookerError {
    fn undocumented(self) -> (RejectionKind, Cow<'static, str>) {
        match self {
            Self::Missing => (RejectionKind::NotFound, "Not found".into()),
            Self::Forbidden(detail) => (RejectionKind::Forbidden, detail.into()),
            Self::Invalid(_) => (RejectionKind::Invalid, "Validation Failed".into()),
        }
    }
}

pub(super) fn error(message: &str) -> ErrorType {
    ErrorType::new(ErrorTypeRequired { message: Some(message.to_owned()), documentation_url: Some(HELP.to_owned()) })
}

fn validation(fields: Vec<FieldError>) -> ValidationError {
    let detail = |one: FieldError| {
        ValidationErrorDetail::new(HELP.to_owned()).field(one.field).code(one.code).message(one.message)
    };
    let required = ValidationErrorRequired {
        message: Some("Validation Failed".to_owned()),
        documentation_url: Some(HELP.to_owned()),
    };
    ValidationError::new(required).errors(fields.into_iter().map(detail).collect::<Vec<_>>())
}

/// The documented errors of each operation. `Missing` is 404 everywhere; the others occur only
/// where they are named.
macro_rules! errors {
    ($($error:ident $($also:ident)*;)*) => {
        $(errors!(@one $error $($also)*);)*
    };
    (@one $error:ident) => {
        documented! { $error { LookerError::Missing => NotFound(error("Not found")) } }
    };
    (@one $error:ident Forbidden) => {
        documented! { $error {
            LookerError::Missing => NotFound(error("Not found")),
            LookerError::Forbidden(text) => Forbidden(error(text)),
        } }
    };
    (@one $error:ident UnprocessableEntity) => {
        documented! { $error {
            LookerError::Missing => NotFound(error("Not found")),
            LookerError::Invalid(fields) => UnprocessableEntity(validation(fields)),
        } }
    };
    (@one $error:ident Forbidden UnprocessableEntity) => {
        documented! { $error {
            LookerError::Missing => NotFound(error("Not found")),
            LookerError::Forbidden(text) => Forbidden(error(text)),
            LookerError::Invalid(fields) => UnprocessableEntity(validation(fields)),
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
