//! Typed headers of answers: structs become headers and headers structs.

use http::{HeaderMap, HeaderName};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::descriptor::Parameter;
use crate::params::decode::decode_header;
use crate::params::{ParamValue, encode_header};

/// The documented headers of an answer, as a generated struct.
pub trait TypedHeaders {
    /// Reads them; what is absent or unreadable is `None`.
    fn read(headers: &HeaderMap) -> Self;

    /// Writes those that are there.
    fn write(&self, headers: &mut HeaderMap);
}

/// Reads one header; several lines of it are one list. `None` if it is absent or no `T`.
#[must_use]
pub fn read<T: DeserializeOwned>(headers: &HeaderMap, name: &str, explode: bool) -> Option<T> {
    let lines: Vec<_> = headers.get_all(name).iter().map(|line| String::from_utf8_lossy(line.as_bytes())).collect();
    let lines = lines.iter().map(AsRef::as_ref).collect();
    decode_header(&Parameter { explode, ..Parameter::HEADER }, lines).ok()
}

/// Writes one header. What cannot be a header (it would hold a line break) is left out.
pub fn write<T: Serialize>(headers: &mut HeaderMap, name: &'static str, explode: bool, value: &T) {
    let encoded = ParamValue::of(value).and_then(|value| encode_header(explode, &value));
    match (HeaderName::from_bytes(name.as_bytes()), encoded) {
        (Ok(name), Ok(Some(value))) => {
            headers.insert(name, value);
        }
        (_, Ok(None)) => {}
        (_, Ok(Some(_)) | Err(_)) => tracing::warn!(header = name, "a header of the answer cannot be written"),
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::{read, write};
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
}
