//! What the format says about parameters beyond their keys.

use super::grammar::Kind;

/// Whether a header parameter has to be ignored, since media types and security schemes describe
/// this header.
#[must_use]
pub fn is_reserved_header(name: &str) -> bool {
    ["accept", "content-type", "authorization"].iter().any(|reserved| reserved.eq_ignore_ascii_case(name))
}

/// The schema keywords that version 2.0 has directly on a parameter or header.
pub fn schema_keywords(kind: Kind) -> impl Iterator<Item = &'static str> {
    let of_schemas = |keyword: &&str| Kind::Schema.field(keyword).is_some();
    kind.rows().iter().filter(|row| !row.is_current()).map(|row| row.key).filter(of_schemas)
}

#[cfg(test)]
mod tests {
    use super::is_reserved_header;

    #[test]
    fn headers_that_media_types_and_security_describe_are_reserved_in_any_case() {
        assert!(is_reserved_header("Content-Type"));
        assert!(!is_reserved_header("Accept-Language"));
    }
}
