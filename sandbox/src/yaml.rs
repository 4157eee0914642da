//! YAML → JSON values, for records that anyone may send.
//!
//! **Invariant:** the time is proportional to the text, and nothing beyond the limits of depth and
//! number is read. Aliases, tags and duplicate keys are refused.

use std::borrow::Cow;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle};
use serde_json::{Map, Number, Value};

use crate::limits::{IMPORT_DEPTH, IMPORT_VALUES};

/// An array or object that is not complete.
enum Open {
    Array(Vec<Value>),
    Object { members: Map<String, Value>, key: Option<String> },
}

/// Reads one YAML document.
///
/// # Errors
/// The fault, with its line and column.
pub(crate) fn read(text: &str) -> Result<Value, String> {
    let mut parser = Parser::new_from_str(text);
    let mut open: Vec<Open> = Vec::new();
    let mut root = None;
    let mut values = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| at(error.marker(), error.info()))?;
        let fail = |detail: &str| at(&span.start, detail);
        let value = match event {
            Event::DocumentStart(_) if root.is_some() => return Err(fail("there is more than one document")),
            Event::Alias(_) => return Err(fail("aliases are not supported")),
            Event::SequenceStart(_, None) => {
                open.push(Open::Array(Vec::new()));
                None
            }
            Event::MappingStart(_, None) => {
                open.push(Open::Object { members: Map::new(), key: None });
                None
            }
            Event::Scalar(text, style, _, None) => match open.last_mut() {
                Some(Open::Object { members, key: key @ None }) => {
                    if members.contains_key(text.as_ref()) {
                        return Err(fail(&format!("the key `{text}` occurs twice")));
                    }
                    *key = Some(text.into_owned());
                    None
                }
                _ => Some(scalar(text, style).ok_or_else(|| fail("the number is too large"))?),
            },
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::Array(items)) => Some(Value::Array(items)),
                Some(Open::Object { members, .. }) => Some(Value::Object(members)),
                None => None,
            },
            Event::SequenceStart(..) | Event::MappingStart(..) | Event::Scalar(..) => {
                return Err(fail("tags are not supported"));
            }
            _ => None,
        };
        if open.len() > IMPORT_DEPTH {
            return Err(fail(&format!("values are nested more than {IMPORT_DEPTH} levels deep")));
        }
        let Some(value) = value else { continue };
        values += 1;
        if values > IMPORT_VALUES {
            return Err(fail(&format!("there are more than {IMPORT_VALUES} values")));
        }
        match open.last_mut() {
            None => root = Some(value),
            Some(Open::Array(items)) => items.push(value),
            Some(Open::Object { members, key }) => {
                let key = key.take().ok_or_else(|| fail("a key is not text"))?;
                members.insert(key, value);
            }
        }
    }
    Ok(root.unwrap_or_default())
}

fn at(marker: &Marker, detail: &str) -> String {
    format!("line {}, column {}: {detail}", marker.line(), marker.col() + 1)
}

/// A scalar according to the core schema of YAML 1.2, except that digits with a leading zero are
/// text, as exports write it; `None` if it is a number that JSON cannot express.
fn scalar(text: Cow<'_, str>, style: ScalarStyle) -> Option<Value> {
    if style != ScalarStyle::Plain {
        return Some(Value::String(text.into_owned()));
    }
    let digits = text.trim_start_matches(['-', '+']);
    let padded = digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit() || first == '.')
        && digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    Some(match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        ".inf" | "-.inf" | "+.inf" | ".nan" | ".Inf" | ".NaN" | ".INF" | ".NAN" => return None,
        number if is_number && !padded => {
            let number = number.trim_start_matches('+');
            if let Ok(whole) = number.parse::<i64>() {
                Value::from(whole)
            } else if let Ok(whole) = number.parse::<u64>() {
                Value::from(whole)
            } else if let Ok(float) = number.parse::<f64>() {
                Value::Number(Number::from_f64(float)?)
            } else {
                Value::String(text.into_owned())
            }
        }
        _ => radix(&text).unwrap_or_else(|| Value::String(text.into_owned())),
    })
}

/// `0x1f` or `0o17`.
fn radix(text: &str) -> Option<Value> {
    let (digits, radix) = match text.split_at_checked(2)? {
        ("0x", digits) => (digits, 16),
        ("0o", digits) => (digits, 8),
        ("0b", digits) => (digits, 2),
        _ => return None,
    };
    u64::from_str_radix(digits, radix).ok().filter(|_| !digits.starts_with('+')).map(Value::from)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::read;

    #[test]
    fn exported_records_are_read_back() {
        let value = json!({
            "a/b": {"id": {"text": ["", "~", "null", "true", "1", "-1.5", "1e3", "0777", "0x1f", ".inf", "+1", "a: b", "- a", " x ", "é\n\tb", "#", "&a", "*a", "!t", "<<", "1_000", "2020-01-01"],
                "numbers": [0, -1, 1.5, 1e300, u64::MAX, i64::MIN], "others": [null, true, false, {}, []]}},
            "<<": {"1": 1},
        });
        assert_eq!(read(&serde_yaml::to_string(&value).unwrap()).unwrap(), value);
        assert_eq!(read(&value.to_string()).unwrap(), value);
        assert_eq!(read("").unwrap(), Value::Null);
    }

    #[test]
    fn costly_text_is_refused_with_its_location() {
        let refused = |text: &str| read(text).unwrap_err();
        for open in ["[", "{a: ", "- ", "? ", "[{a: ", "a:\n "] {
            let error = refused(&open.repeat(300_000));
            assert!(error.starts_with("line "), "{open}: {error}");
        }
        assert_eq!(refused(&"[".repeat(100)), "line 1, column 65: values are nested more than 64 levels deep");
        assert!(refused(&"- 1\n".repeat(1_000_001)).contains("more than 1000000 values"));
        assert_eq!(refused("a: 1\nb: 2\na: 3\n"), "line 3, column 1: the key `a` occurs twice");
        assert!(refused("a: &x 1\nb: *x\n").contains("aliases"));
        assert!(refused("a: !!binary aGk=\n").contains("tags"));
        assert!(refused("[1e400]").contains("too large"));
        assert!(refused("a: 1\n---\nb: 2\n").contains("more than one document"));
        assert!(refused("? [a]\n: 1\n").contains("not text"));
    }
}
