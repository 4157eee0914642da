//! The reasons why there is no next page although the response refers to one.

use std::fmt;

use super::call_info::{self, CallInfo};

/// The next page cannot be requested. The pages before it are complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    pub(super) operation: &'static str,
    pub(super) kind: PageErrorKind,
    pub(super) call: Box<CallInfo>,
}

/// Why the next page cannot be requested.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageErrorKind {
    /// Its URL has another host, port or scheme, and the credentials do not belong there.
    ForeignOrigin,
    /// Its URL is not valid.
    InvalidUrl,
    /// It is a page that has already been received.
    Repeated,
    /// There are more pages than this limit.
    TooMany(u32),
    /// The start token belongs to a different kind of walk than this operation's.
    OtherWalk,
}

impl PageError {
    /// `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Why the next page cannot be requested.
    #[must_use]
    pub fn kind(&self) -> &PageErrorKind {
        &self.kind
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the next page of `{}` was not requested: ", self.operation)?;
        match &self.kind {
            PageErrorKind::ForeignOrigin => f.write_str(
                "its URL has another host, port or scheme, and following it would send the credentials there",
            ),
            PageErrorKind::InvalidUrl => f.write_str("its URL is not valid"),
            PageErrorKind::Repeated => f.write_str("it has already been received, so the pages would never end"),
            PageErrorKind::TooMany(limit) => {
                write!(f, "there are more than {limit} pages; raise the limit with `max_pages` if that is right")
            }
            PageErrorKind::OtherWalk => f.write_str("the start token belongs to another operation"),
        }?;
        call_info::append(Some(&self.call), f)
    }
}

impl std::error::Error for PageError {}
