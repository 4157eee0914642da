//! A string of `provider.toml` with its span.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::ops::Range;

use serde::Deserialize;

/// A name as written, and its span. Two are equal if their texts are equal.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "toml::Spanned<String>")]
pub struct Written {
    /// As written.
    pub text: String,
    /// Bytes of `provider.toml`; `None` if it came from elsewhere.
    pub range: Option<Range<usize>>,
}

impl From<toml::Spanned<String>> for Written {
    fn from(spanned: toml::Spanned<String>) -> Self {
        Self { range: Some(spanned.span()), text: spanned.into_inner() }
    }
}

impl From<&str> for Written {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), range: None }
    }
}

impl PartialEq for Written {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Written {}

impl PartialOrd for Written {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Written {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}

impl AsRef<str> for Written {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

/// Lets maps with such keys be looked up by plain text.
impl Borrow<str> for Written {
    fn borrow(&self) -> &str {
        &self.text
    }
}
