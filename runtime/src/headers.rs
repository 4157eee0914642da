//! Typed headers of responses and of files: structs ↔ headers.

use http::header::SET_COOKIE;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::descriptor::{Parameter, Style};
use crate::params::decode::{decode_header, decode_lines};
use crate::params::{ParamError, ParamValue, encode_header};

/// The documented headers of a response or a file, as a generated struct.
pub trait TypedHeaders {
    /// Reads the headers; absent and unreadable ones are `None`.
    fn read(headers: &HeaderMap) -> Self;

    /// Writes the headers that have a value.
    fn write(&self, headers: &mut HeaderMap);
}

/// Reads one header. Several lines form one list. `None` if it is absent or not a `T`.
#[must_use]
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, name: &str, explode: bool) -> Option<T> {
    let lines: Vec<_> = headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    if is_set_cookie(name) {
        return decode_lines(&lines);
    }
    let lines = lines.iter().map(AsRef::as_ref).collect();
    decode_header(&Parameter { explode, ..Parameter::HEADER }, lines).ok()
}

/// Whether each line of a header is one value. This is the only header that is never a list with
/// commas (RFC 9110, 5.3; RFC 6265, 3), because its dates contain commas.
fn is_set_cookie(name: &str) -> bool {
    name.eq_ignore_ascii_case(SET_COOKIE.as_str())
}

/// Reads one JSON header. `None` if it is absent, repeated or not a `T`.
#[must_use]
pub fn read_json<T: DeserializeOwned>(headers: &HeaderMap, name: &str) -> Option<T> {
    let mut lines = headers.get_all(name).iter();
    let (Some(line), None) = (lines.next(), lines.next()) else { return None };
    crate::json::read(line.as_bytes()).ok()
}

/// Writes one header. A value that cannot be a header because it contains a line break is left out.
pub fn write<T: Serialize>(headers: &mut HeaderMap, name: &'static str, explode: bool, value: &T) {
    match ParamValue::of(value) {
        Ok(ParamValue::List(cookies)) if is_set_cookie(name) => {
            for cookie in &cookies {
                let line = encode_header(Style::Simple, explode, cookie);
                if let Ok(Some(line)) = line {
                    headers.append(SET_COOKIE, line);
                } else {
                    insert(headers, name, line);
                }
            }
        }
        value => insert(headers, name, value.and_then(|value| encode_header(Style::Simple, explode, &value))),
    }
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
    fn each_cookie_has_a_line_of_its_own() {
        let mut headers = HeaderMap::new();
        let cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2; Path=/"].map(str::to_owned).to_vec();
        write(&mut headers, "Set-Cookie", false, &Some(cookies.clone()));
        assert_eq!(headers.get_all("set-cookie").iter().count(), 2);
        assert_eq!(read::<Vec<String>>(&headers, "Set-Cookie", false), Some(cookies.clone()));
        assert_eq!(read::<String>(&headers, "Set-Cookie", false).as_ref(), cookies.first());
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
