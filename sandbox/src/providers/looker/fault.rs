//! Why Looker's operations do not succeed → their documented errors.

use api_runtime::server::{Failure, RejectionKind};
use generated_client::looker::operations as ops;
use generated_client::looker::types::{ErrorType, ValidationError, ValidationErrorDetail};

use crate::store::StoreError;

/// Where Looker's errors say that they are explained.
pub(super) const HELP: &str = "https://cloud.google.com/looker/docs/";

/// Why a method does not succeed.
#[derive(Debug)]
pub(super) enum Fault {
    Missing,
    Forbidden(&'static str),
    Invalid(Vec<Wrong>),
    Store(StoreError),
    Unreadable(serde_json::Error),
}

/// A field that is wrong.
#[derive(Debug)]
pub(super) struct Wrong {
    pub field: &'static str,
    pub code: &'static str,
    pub message: String,
}

impl Fault {
    pub(super) fn wrong(field: &'static str, code: &'static str, message: impl Into<String>) -> Self {
        Self::Invalid(vec![Wrong { field, code, message: message.into() }])
    }

    /// The failure of an operation that does not document this one.
    fn undocumented<E>(self) -> Failure<E> {
        match self {
            Self::Missing => Failure::refused(RejectionKind::NotFound, "Not found"),
            Self::Forbidden(detail) => Failure::refused(RejectionKind::Forbidden, detail),
            Self::Invalid(_) => Failure::refused(RejectionKind::Invalid, "Validation Failed"),
            Self::Store(error) => Failure::internal(error),
            Self::Unreadable(error) => Failure::internal(error),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error)
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

/// `From<Fault>` for failures: `Missing` is a documented 404 everywhere, the others where they are named.
macro_rules! documented {
    ($($error:ident $([$($also:ident)+])?;)*) => {
        $(impl From<Fault> for Failure<ops::$error> {
            fn from(fault: Fault) -> Self {
                match fault {
                    Fault::Missing => ops::$error::NotFound(error("Not found")).into(),
                    $($(documented!(@pattern $also, fault_value) =>
                        documented!(@answer $also, $error, fault_value).into(),)+)?
                    fault => fault.undocumented(),
                }
            }
        })*
    };
    (@pattern Forbidden, $value:ident) => { Fault::Forbidden($value) };
    (@pattern UnprocessableEntity, $value:ident) => { Fault::Invalid($value) };
    (@answer Forbidden, $error:ident, $value:ident) => { ops::$error::Forbidden(error($value)) };
    (@answer UnprocessableEntity, $error:ident, $value:ident) => {
        ops::$error::UnprocessableEntity(validation($value))
    };
}

documented! {
    LoginError;
    LogoutError;
    MeError;
    AllUsersError;
    CreateUserError [UnprocessableEntity];
    UserError;
    UpdateUserError [Forbidden UnprocessableEntity];
    DeleteUserError [Forbidden];
    UserAttributeUserValuesError;
    SetUserAttributeUserValueError [Forbidden UnprocessableEntity];
    DeleteUserAttributeUserValueError [Forbidden];
    AllUserAttributesError;
    CreateUserAttributeError [Forbidden UnprocessableEntity];
    UserAttributeError;
    UpdateUserAttributeError [Forbidden UnprocessableEntity];
    DeleteUserAttributeError [Forbidden UnprocessableEntity];
    AllUserAttributeGroupValuesError;
    SetUserAttributeGroupValuesError [Forbidden UnprocessableEntity];
    UpdateUserAttributeGroupValueError [Forbidden UnprocessableEntity];
    DeleteUserAttributeGroupValueError [Forbidden];
}
