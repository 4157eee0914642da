//! Reads `source.toml`: the origin of a document, and how well it is verified.

use serde::Deserialize;

use super::{ConfigError, parse_toml};

/// The origin of a document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The page or file that publishes the document.
    pub url: String,
    /// URL of the document, or of a page that contains it, if it can be fetched and differs from
    /// `url`.
    #[serde(default)]
    pub document: Option<String>,
    /// The form in which upstream publishes the document, and how to get it, if nothing can be
    /// fetched.
    #[serde(default)]
    pub upstream: Option<String>,
    /// `info.version` of the document when it was fetched.
    pub version: String,
    /// The day on which it was fetched, as `YYYY-MM-DD`, if known.
    #[serde(default)]
    pub retrieved: Option<String>,
    /// SHA-256 of the document's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// Licence of the document, as an SPDX expression, or `unknown`.
    pub licence: String,
    /// How well the document is verified.
    pub verification: Verification,
    /// Other remarks for readers.
    #[serde(default)]
    pub note: Option<String>,
}

/// How well a document is verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verification {
    /// Byte for byte as upstream publishes it.
    Published,
    /// Written by us from upstream's documentation.
    Transcribed,
    /// Checked against the running service.
    Observed,
}

impl Source {
    /// Reads `source.toml`.
    ///
    /// # Errors
    /// If the text is not TOML, or a key is missing or does not exist. The error has the location.
    pub fn parse(path: &str, text: &str) -> Result<Self, ConfigError> {
        parse_toml(path, text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_key_is_named() {
        let error = Source::parse("source.toml", "url = \"https://example.com\"\n").unwrap_err();
        assert!(error.message.starts_with("missing field"), "{error}");
    }

    #[test]
    fn a_source_is_read() {
        let source = Source::parse(
            "source.toml",
            "url = \"https://example.com\"\nversion = \"1\"\nsha256 = \"00\"\nlicence = \"unknown\"\nverification = \"published\"\n",
        )
        .unwrap();
        assert_eq!(source.verification, Verification::Published);
        assert_eq!(source.retrieved, None);
    }
}
