//! Turns the errors of a provider's operations into the failures that its document describes.
//!
//! A provider defines its errors, and which of them each operation documents. All other error
//! handling is common to the providers and is here.

use std::borrow::Cow;
use std::error::Error;

use http::StatusCode;
use specwright_runtime::Never;
use specwright_runtime::server::{Failure, RejectionKind};

use crate::store::StoreError;

/// The error of an operation; `E` is the error type of the provider.
#[derive(Debug)]
pub(super) enum OperationError<E> {
    /// An error of the API.
    Api(E),
    /// The store has no room for more records.
    Full(StoreError),
    /// A failure of the sandbox: its store failed, or a record is malformed.
    Internal(Box<dyn Error + Send + Sync>),
}

/// The error type of a provider.
pub(super) trait ApiError {
    /// The kind and message of the rejection, for an operation that does not document the error.
    fn undocumented(self) -> (RejectionKind, Cow<'static, str>);
}

impl<E: ApiError> From<E> for OperationError<E> {
    fn from(error: E) -> Self {
        Self::Api(error)
    }
}

impl<E> From<StoreError> for OperationError<E> {
    fn from(error: StoreError) -> Self {
        if error.is_full() { Self::Full(error) } else { Self::Internal(error.into()) }
    }
}

impl<E> From<serde_json::Error> for OperationError<E> {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl<E: ApiError> OperationError<E> {
    /// The failure of an operation that does not document the error.
    pub(super) fn undocumented<D>(self) -> Failure<D> {
        match self {
            Self::Api(error) => {
                let (kind, detail) = error.undocumented();
                Failure::rejected(kind, detail)
            }
            Self::Full(error) => Failure::refused(StatusCode::INSUFFICIENT_STORAGE, error.to_string()),
            Self::Internal(error) => Failure::internal(error),
        }
    }
}

/// For operations that document no error.
impl<E: ApiError> From<OperationError<E>> for Failure<Never> {
    fn from(error: OperationError<E>) -> Self {
        error.undocumented()
    }
}

/// Maps the errors of a provider to the documented errors of its operations:
/// `GetUserError { PreludeError::NoUser => NotFound(no_user()) }`. Errors without an entry become
/// undocumented failures.
macro_rules! documented {
    ($($error:ident { $($source:pat => $variant:ident $(($body:expr))?),+ $(,)? })+) => {
        $(impl From<OperationError> for Failure<ops::$error> {
            fn from(error: OperationError) -> Self {
                match error {
                    $(OperationError::Api($source) => ops::$error::$variant $(($body))?.into(),)+
                    error => error.undocumented(),
                }
            }
        })+
    };
}

pub(super) use documented;
