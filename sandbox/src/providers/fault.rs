//! Why the work of an operation does not succeed → the failure of the operation.
//!
//! The rule kept here: a provider says what it refuses, and which of it an operation documents; everything else about
//! failing is the same for all of them and stands here.

use std::borrow::Cow;
use std::error::Error;

use specwright_runtime::Never;
use specwright_runtime::server::{Failure, RejectionKind};

use crate::store::StoreError;

/// Why work does not succeed; `R` is what the provider refuses.
#[derive(Debug)]
pub(super) enum Fault<R> {
    /// The provider refuses it.
    Refused(R),
    /// The sandbox cannot do it: its store failed, or a record is not what it should be.
    Broken(Box<dyn Error + Send + Sync>),
}

/// What a provider refuses.
pub(super) trait Refusal {
    /// What kind of refusal it is, and what to say, where the operation does not document it.
    fn undocumented(self) -> (RejectionKind, Cow<'static, str>);
}

impl<R: Refusal> From<R> for Fault<R> {
    fn from(refusal: R) -> Self {
        Self::Refused(refusal)
    }
}

impl<R> From<StoreError> for Fault<R> {
    fn from(error: StoreError) -> Self {
        Self::Broken(error.into())
    }
}

impl<R> From<serde_json::Error> for Fault<R> {
    fn from(error: serde_json::Error) -> Self {
        Self::Broken(error.into())
    }
}

impl<R: Refusal> Fault<R> {
    /// The failure of an operation that does not document this.
    pub(super) fn undocumented<E>(self) -> Failure<E> {
        match self {
            Self::Refused(refusal) => {
                let (kind, detail) = refusal.undocumented();
                Failure::rejected(kind, detail)
            }
            Self::Broken(error) => Failure::internal(error),
        }
    }
}

/// Operations that document no error.
impl<R: Refusal> From<Fault<R>> for Failure<Never> {
    fn from(fault: Fault<R>) -> Self {
        fault.undocumented()
    }
}

/// Which refusals the errors of operations document: `GetUserError { Refusal::Missing => NotFound(missing()) }`. They become
/// that variant of the operation's error, and all others what is undocumented.
macro_rules! documented {
    ($($error:ident { $($refusal:pat => $variant:ident $(($body:expr))?),+ $(,)? })+) => {
        $(impl From<Fault> for Failure<ops::$error> {
            fn from(fault: Fault) -> Self {
                match fault {
                    $(Fault::Refused($refusal) => ops::$error::$variant $(($body))?.into(),)+
                    fault => fault.undocumented(),
                }
            }
        })+
    };
}

pub(super) use documented;
