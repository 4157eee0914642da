//! The excerpt that a message shows of the body of an undocumented error.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::confidential::is_confidential;
use crate::limits::SHOWN_EXCERPT;
use crate::media::Media;

/// The beginning of the body of an error, if it is JSON or text. JSON is shown without values whose
/// names suggest a secret. Other statuses carry data of the application, which no message repeats.
pub(super) fn shown(status: StatusCode, headers: &HeaderMap, excerpt: &[u8]) -> Option<String> {
    if status.as_u16() < 400 {
        return None;
    }
    let content_type = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let media = Media::parse(content_type);
    let text = match serde_json::from_slice(excerpt) {
        Ok(value) if media.is_json() => without_secrets(value).to_string(),
        // Cut off, or no JSON after all: names and values cannot be separated.
        _ if media.is_json() => return None,
        _ if media.essence().eq_ignore_ascii_case("text/plain") => String::from_utf8_lossy(excerpt).into_owned(),
        _ => return None,
    };
    Some(cut(text.trim()).trim().to_owned()).filter(|shown| !shown.is_empty())
}

/// One line of at most [`SHOWN_EXCERPT`] characters without control characters.
fn cut(text: &str) -> String {
    let mut shown: String =
        text.chars().take(SHOWN_EXCERPT).map(|char| if is_hidden(char) { ' ' } else { char }).collect();
    if text.chars().nth(SHOWN_EXCERPT).is_some() {
        shown.push('…');
    }
    shown
}

/// Line breaks and marks that could forge or reorder the lines of a log.
fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn without_secrets(value: Value) -> Value {
    match value {
        Value::Object(object) => {
            let properties = object.into_iter().map(|(name, value)| {
                let value = if is_confidential(&name) { Value::from("…") } else { without_secrets(value) };
                (name, value)
            });
            Value::Object(properties.collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_secrets).collect()),
        scalar => scalar,
    }
}

#[cfg(test)]
mod tests {
    use http::header::CONTENT_TYPE;
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::shown;

    fn of(status: u16, content_type: &'static str, body: &str) -> Option<String> {
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(content_type))]);
        shown(StatusCode::from_u16(status).unwrap(), &headers, body.as_bytes())
    }

    #[test]
    fn the_body_of_an_error_is_shown_without_secrets() {
        let body = r#"{"detail": "no such user", "apiKey": "k", "Access_Token": ["t"], "in": [{"password": 1}]}"#;
        let expected = r#"{"detail":"no such user","apiKey":"…","Access_Token":"…","in":[{"password":"…"}]}"#;
        let order = |text: String| serde_json::from_str::<serde_json::Value>(&text).unwrap();
        let shown = of(404, "application/problem+json", body).unwrap();
        assert_eq!(order(shown), order(expected.to_owned()));
        assert_eq!(of(502, "text/plain; charset=utf-8", " bad\r\ngateway\u{202e} "), Some("bad  gateway".to_owned()));
    }

    #[test]
    fn data_other_formats_and_what_is_cut_off_are_not_shown() {
        assert_eq!(of(202, "application/json", "{\"detail\": \"x\"}"), None);
        assert_eq!(of(500, "text/html", "<html>"), None);
        assert_eq!(of(500, "application/json", "{\"password\": \"x"), None);
        assert_eq!(of(500, "text/plain", " "), None);
        assert_eq!(of(500, "text/plain", &"x".repeat(1_000)).unwrap().chars().count(), 301);
    }
}
