//! Typed headers of responses and of files: structs ↔ headers.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::descriptor::{Parameter, Style};
use crate::params::decode::decode_header;
use crate::params::{ParamError, ParamValue, encode_header};

/// The documented headers of a response or a file, as a generated struct.
pub trait TypedHeaders {
    /// Reads the headers; absent and unreadable ones are `None`.
    fn read(headers: &HeaderMap) -> Self;

    /// Writes the headers that have a value.
    fn write(&self, headers: &mut HeaderMap);
}

/// Reads one header; several lines are one list. `None` if it is absent or not a `T`.
#[must_use]
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, name: &str, explode: bool) -> Option<T> {
    let lines: Vec<_> = headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    let lines = lines.iter().map(AsRef::as_ref).collect();
    decode_header(&Parameter { explode, ..Parameter::HEADER }, lines).ok()
}

/// Reads one JSON header. `None` if it is absent, repeated or not a `T`.
#[must_use]
pub fn read_json<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    let mut lines = headers.get_all(name).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    crate::json::read(line.as_bytes()).ok()
}

/// Writes one header. A value that cannot be a header, because of a line break, is left out.
pub fn write<T: Serialize>(headers: &mut HeaderMap, name: &'static str, explode: bool, value: &T) {
    insert(headers, name, ParamValue::of(value).and_then(|value| encode_header(Style::Simple, explode, &value)));
}

/// Writes one JSON header, if there is a value. A value that cannot be serialized is left out.
pub fn write_json<T: Serialize>(headers: &mut HeaderMap, name: &'static str, value: Option<&T>) {
    if let Some(value) = value {
        insert(headers, name, ParamValue::json(value).and_then(|text| encode_header(Style::Simple, false, &text)));
    }
}

fn insert(headers: &mut HeaderMap, name: &'static str, encoded: Result<Option<HeaderValue>, ParamError>) {
    match (HeaderName::from_bytes(name.as_bytes()), encoded) {
        (Ok(name), Ok(Some(value))) => {
            headers.insert(name, value);
        }
        (_, Ok(None)) => {}
        (_, Ok(Some(_)) | Err(_)) => tracing::warn!(header = name, "a header cannot be written"),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::{read, read_json, write, write_json};
    use crate::value::DateTime;

    #[test]
    fn headers_round_trip_by_type() {
        let mut headers = HeaderMap::new();
        write(&mut headers, "x-count", false, &Some(3));
        write(&mut headers, "x-tags", false, &vec!["a", "b"]);
        write(&mut headers, "x-none", false, &None::<u8>);
        write(&mut headers, "x-evil", false, &"a\r\nb: c");
        assert_eq!(headers.len(), 2);
        assert_eq!(read::<i64>(&headers, "x-count", false), Some(3));
        assert_eq!(read::<String>(&headers, "X-Count", false).as_deref(), Some("3"));
        assert_eq!(read::<Vec<String>>(&headers, "x-tags", false).unwrap(), ["a", "b"]);
        assert_eq!(read::<bool>(&headers, "x-count", false), None);
        assert_eq!(read::<DateTime>(&headers, "x-none", false), None);
    }
    #[test]
    fn json_headers_round_trip_and_stay_on_one_line() {
        let mut headers = HeaderMap::new();
        let text = vec!["a,b\r\nc: d".to_owned(), "é".to_owned()];
        write_json(&mut headers, "x-list", Some(&text));
        write_json(&mut headers, "x-none", None::<&u8>);
        assert_eq!(headers.len(), 1);
        assert_eq!(headers["x-list"].as_bytes(), r#"["a,b\r\nc: d","é"]"#.as_bytes());
        assert_eq!(read_json::<Vec<String>>(&headers, "x-list"), Some(text));
        assert_eq!(read_json::<Vec<u8>>(&headers, "x-list"), None);
        assert_eq!(read_json::<u8>(&headers, "x-none"), None);
        headers.append("x-list", "[]".parse().unwrap());
        assert_eq!(read_json::<Vec<String>>(&headers, "x-list"), None, "two lines are not one JSON text");
    }
}
