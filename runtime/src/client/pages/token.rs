//! Tokens: the position where a stream of pages or items continues, as text that can be saved.

use std::fmt;
use std::str::FromStr;

/// The position of a page.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum Position {
    /// The page that the unchanged call requests.
    Start,
    /// The page after this token, which is sent in its parameter.
    Token(String),
    /// The page that starts at this item, or that has this number.
    Number(u64),
    /// The page at this path and query, on the same origin.
    Url(String),
}

/// Where a stream of pages or items continues. Save it as text with `to_string` and read it with
/// `parse`. `Debug` hides it, because a server may put anything into its tokens.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use specwright_runtime::client::PageToken;
///
/// let token: PageToken = "0 token QXB0".parse()?;
/// assert_eq!(token.to_string(), "0 token QXB0");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct PageToken {
    pub(super) position: Position,
    /// The number of items of the page that have been taken.
    pub(super) taken: usize,
}

impl PageToken {
    pub(super) fn at(position: Position) -> Self {
        Self { position, taken: 0 }
    }
}

impl fmt::Display for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.taken)?;
        match &self.position {
            Position::Start => f.write_str("start"),
            Position::Token(token) => write!(f, "token {token}"),
            Position::Number(number) => write!(f, "number {number}"),
            Position::Url(url) => write!(f, "url {url}"),
        }
    }
}

impl FromStr for PageToken {
    type Err = InvalidPageToken;

    fn from_str(text: &str) -> Result<Self, InvalidPageToken> {
        let (taken, rest) = text.split_once(' ').ok_or(InvalidPageToken)?;
        let taken = taken.parse().map_err(|_| InvalidPageToken)?;
        let position = match rest.split_once(' ').unwrap_or((rest, "")) {
            ("start", "") => Position::Start,
            ("token", text) => Position::Token(text.to_owned()),
            ("number", number) => Position::Number(number.parse().map_err(|_| InvalidPageToken)?),
            ("url", url) if url.starts_with('/') => Position::Url(url.to_owned()),
            _ => return Err(InvalidPageToken),
        };
        Ok(Self { position, taken })
    }
}

impl fmt::Debug for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageToken").field("taken", &self.taken).finish_non_exhaustive()
    }
}

/// A text is not a [`PageToken`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidPageToken;

impl fmt::Display for InvalidPageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not a page token; use the text that `PageToken::to_string` returns")
    }
}

impl std::error::Error for InvalidPageToken {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_as_text() {
        for position in [
            Position::Start,
            Position::Token("a b/+=".to_owned()),
            Position::Number(u64::MAX),
            Position::Url("/v1/users?after=7".to_owned()),
        ] {
            let token = PageToken { position, taken: 3 };
            assert!(token.to_string().parse::<PageToken>().unwrap() == token, "{token}");
        }
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "token a", "x token a", "0 url https://evil.example/", "0 number -1", "0 other"] {
            assert_eq!(text.parse::<PageToken>().unwrap_err(), InvalidPageToken, "{text}");
        }
    }
}
