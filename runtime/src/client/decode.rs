//! Explains why a body could not be decoded. The explanation has the path of the error but no
//! values. The path is found by scanning the text, because a wrapping deserializer would compile
//! every type a second time.

use std::fmt;
use std::fmt::Write as _;

use crate::confidential::without_values;
use crate::json::{JsonError, string_end};
use crate::limits::SHOWN_DEPTH;
use crate::media::Media;

/// A body could not be decoded. The message has the position of the error, but repeats no values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodeError(String);

impl DecodeError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}

/// Explains why a body is not the expected JSON.
pub(super) fn explain(bytes: &[u8], error: &JsonError, content_type: &str) -> DecodeError {
    let (bytes, error) = (error.text(bytes), &error.error);
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return DecodeError::new("it is empty where JSON was expected");
    }
    let mut message = without_values(&error.to_string());
    if error.is_data() && error.line() > 0 {
        let path = path_to(bytes, offset(bytes, error.line(), error.column()));
        if !path.is_empty() {
            let _ = write!(message, ", in `{path}`");
        }
    }
    let media = Media::parse(content_type);
    if !media.is_json() && !error.is_data() {
        let _ = write!(message, "; its content type is `{}`", media.essence());
    }
    DecodeError::new(message)
}

/// Explains why a body of text or pairs could not be decoded.
pub(super) fn refuse(error: &dyn fmt::Display) -> DecodeError {
    DecodeError::new(without_values(&error.to_string()))
}

/// Lines and columns count from 1; column 0 is the end of the previous line.
fn offset(bytes: &[u8], line: usize, column: usize) -> usize {
    let start = bytes.split_inclusive(|byte| *byte == b'\n').take(line - 1).map(<[u8]>::len).sum::<usize>();
    (start + column).min(bytes.len())
}

enum Step {
    Key(String),
    Index(usize),
}

/// The JSON Pointer of the innermost value that begins before `end`.
fn path_to(bytes: &[u8], end: usize) -> String {
    let mut path: Vec<Step> = Vec::new();
    let mut key: Option<String> = None;
    let mut at = 0;
    while at < end && path.len() < SHOWN_DEPTH {
        match bytes[at] {
            b'"' => {
                let close = string_end(bytes, at);
                key = Some(String::from_utf8_lossy(&bytes[at + 1..close.saturating_sub(1).max(at + 1)]).into_owned());
                at = close;
                continue;
            }
            b':' => {
                if let (Some(Step::Key(current)), Some(key)) = (path.last_mut(), key.take()) {
                    *current = key;
                }
            }
            b'{' => path.push(Step::Key(String::new())),
            b'[' => path.push(Step::Index(0)),
            // An error at the closing bracket of an object still belongs to the object.
            b'}' | b']' if at + 1 < end => {
                path.pop();
            }
            b',' if at + 1 < end => {
                if let Some(Step::Index(index)) = path.last_mut() {
                    *index += 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    if end > 0 && matches!(bytes.get(end - 1), Some(b'}' | b']')) {
        path.pop();
    }
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) => {
                let _ = write!(out, "/{}", key.replace('~', "~0").replace('/', "~1"));
            }
            Step::Index(index) => {
                let _ = write!(out, "/{index}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde::de::DeserializeOwned;

    use super::explain;
    use crate::json::read;

    #[derive(Debug, Deserialize)]
    struct User {
        #[expect(dead_code, reason = "read by serde only")]
        id: u32,
    }

    fn failure<T: DeserializeOwned + std::fmt::Debug>(text: &str) -> String {
        let error = read::<T>(text.as_bytes()).unwrap_err();
        explain(text.as_bytes(), &error, "application/json").to_string()
    }

    #[test]
    fn the_message_has_the_path_and_not_the_value() {
        let message = failure::<BTreeMap<String, Vec<User>>>("{\"a/b\": [{\"id\": 1},\n {\"id\": \"hunter2\"}]}");
        assert_eq!(message, "invalid type: string \"…\", expected u32 at line 2 column 17, in `/a~1b/1/id`");
    }

    #[test]
    fn a_missing_property_is_reported_at_its_object() {
        let message = failure::<Vec<User>>("[{\"id\": 1}, {\"x\": [1, {}]}]");
        assert_eq!(message, "missing field `id` at line 1 column 26, in `/1`");
    }

    #[test]
    fn a_body_that_is_not_json_is_reported_as_such() {
        assert_eq!(failure::<User>(" "), "it is empty where JSON was expected");
        let error = read::<User>(b"<html>").unwrap_err();
        let message = explain(b"<html>", &error, "text/html; charset=utf-8").to_string();
        assert_eq!(message, "expected value at line 1 column 1; its content type is `text/html`");
        assert!(failure::<User>("{\"id\": 1").starts_with("EOF while parsing"));
    }
}
