//! The versions of OpenAPI.

use std::fmt;

/// A group of versions with the same keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VersionLine {
    /// Swagger 2.0
    V2_0,
    /// 3.0.x
    V3_0,
    /// 3.1.x
    V3_1,
    /// 3.2.x
    V3_2,
}

/// The value of `openapi` or `swagger`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The group to which it belongs.
    pub line: VersionLine,
    /// The text as written: `3.1.0`.
    pub text: String,
}

impl Version {
    /// Reads `3.1.0`; `None` if the version is not supported.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.trim().splitn(3, '.');
        let line = match (parts.next()?, parts.next()?) {
            ("3", "0") => VersionLine::V3_0,
            ("3", "1") => VersionLine::V3_1,
            ("3", "2") => VersionLine::V3_2,
            _ => return None,
        };
        Some(Self { line, text: text.to_owned() })
    }

    /// Swagger 2.0.
    #[must_use]
    pub fn swagger() -> Self {
        Self { line: VersionLine::V2_0, text: "2.0".to_owned() }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text)
    }
}
