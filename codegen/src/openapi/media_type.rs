//! Reads the keys of `content`: media types such as `text/plain; charset=utf-8`, and shorthands.

use std::borrow::Cow;

/// The shorthands that documents use for media types.
const SHORTHANDS: [(&str, &str); 7] = [
    ("*", "*/*"),
    ("json", "application/json"),
    ("text", "text/plain"),
    ("xml", "application/xml"),
    ("html", "text/html"),
    ("csv", "text/csv"),
    ("binary", "application/octet-stream"),
];

/// The media type without surrounding space and with shorthands expanded. `None` if it is not a
/// media type.
#[must_use]
pub fn normal(key: &str) -> Option<Cow<'_, str>> {
    let key = key.trim();
    if is_media_type(key) {
        return Some(key.into());
    }
    let long = SHORTHANDS.iter().find(|(short, _)| short.eq_ignore_ascii_case(key));
    if let Some((_, long)) = long {
        return Some((*long).into());
    }
    // `application/json, version=1` means a parameter. Of two media types, the first is used.
    let (first, rest) = key.split_once(',')?;
    let parameter = rest.split_once('=').is_some_and(|(name, _)| is_token(name.trim()));
    let meant = if parameter { format!("{first};{rest}") } else { first.trim().to_owned() };
    is_media_type(&meant).then_some(meant.into())
}

/// A media type without its parameters.
#[must_use]
pub fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// Whether a key is a media type exactly as written.
#[must_use]
pub fn is_media_type(key: &str) -> bool {
    let essence = key.split(';').next().unwrap_or_default().trim_end();
    essence.split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

fn is_token(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(allowed)
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn media_types_have_a_type_a_subtype_and_parameters() {
        assert_eq!(normal("application/json; charset=utf-8").as_deref(), Some("application/json; charset=utf-8"));
        assert_eq!(normal(" text/plain ").as_deref(), Some("text/plain"));
        assert_eq!(normal("*").as_deref(), Some("*/*"));
        assert_eq!(normal("application/json, v=1").as_deref(), Some("application/json; v=1"));
        assert_eq!(normal("text/xml,text/plain").as_deref(), Some("text/xml"));
        for none in ["", "words", "a/b/c", "application/", "a b/c"] {
            assert_eq!(normal(none), None, "{none}");
        }
    }
}
