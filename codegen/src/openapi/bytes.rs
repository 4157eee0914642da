//! Maps the keywords that describe bytes in OpenAPI 3.1 to the formats of 3.0.

/// The format that means the same as `contentEncoding` and `contentMediaType`, if there is one.
#[must_use]
pub fn format(encoding: Option<&str>, media_type: Option<&str>) -> Option<&'static str> {
    match encoding.map(str::to_ascii_lowercase).as_deref() {
        Some("base64") => Some("byte"),
        Some("base64url") => Some("base64url"),
        Some("binary") => Some("binary"),
        Some(_) => None,
        None => media_type.filter(|media_type| is_bytes(media_type)).map(|_| "binary"),
    }
}

/// Whether a media type describes bytes that are not text.
#[must_use]
pub fn is_bytes(media_type: &str) -> bool {
    let media_type = media_type.to_ascii_lowercase();
    let kinds = ["image/", "audio/", "video/", "font/"];
    let exact = ["application/octet-stream", "application/pdf", "application/zip", "application/gzip", "*/*"];
    kinds.iter().any(|kind| media_type.starts_with(kind)) || exact.contains(&media_type.as_str())
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn an_encoding_overrides_the_media_type() {
        assert_eq!(format(Some("BASE64"), Some("image/png")), Some("byte"));
        assert_eq!(format(Some("base64url"), None), Some("base64url"));
        assert_eq!(format(Some("quoted-printable"), Some("image/png")), None);
        assert_eq!(format(None, Some("image/png")), Some("binary"));
        assert_eq!(format(None, Some("text/plain")), None);
    }
}
