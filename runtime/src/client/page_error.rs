//! Why there is no next page although the response asks for one.

use std::fmt;

/// The next page cannot be asked for. The pages before it are complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageError {
    pub(super) operation: &'static str,
    pub(super) kind: PageErrorKind,
}

/// Why the next page cannot be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageErrorKind {
    /// Its URL is on another host, port or scheme, to which the credentials do not belong.
    ForeignOrigin,
    /// Its URL is not a URL.
    InvalidUrl,
    /// It would be a page that came before.
    Repeated,
    /// There are more pages than this limit.
    TooMany(u32),
    /// The token to start at is of another kind of walk than this operation's.
    OtherWalk,
}

impl PageError {
    /// `operationId`.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Why the next page cannot be asked for.
    #[must_use]
    pub fn kind(&self) -> &PageErrorKind {
        &self.kind
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the next page of `{}` was not asked for: ", self.operation)?;
        match &self.kind {
            PageErrorKind::ForeignOrigin => f.write_str(
                "its URL is on another host, port or scheme, and following it would carry the credentials there",
            ),
            PageErrorKind::InvalidUrl => f.write_str("its URL is not valid"),
            PageErrorKind::Repeated => f.write_str("it has come before, so the pages would never end"),
            PageErrorKind::TooMany(limit) => {
                write!(f, "there are more than {limit} pages; raise the limit with `max_pages` if that is right")
            }
            PageErrorKind::OtherWalk => f.write_str("the token to start at is not of this operation"),
        }
    }
}

impl std::error::Error for PageError {}
