//! The JSON names of the types of values, and serde's messages in these terms.

use serde_json::Value;

use super::Types;
#[cfg(feature = "server")]
use crate::validation::{MISSING, REPEATED};

impl Types {
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(2);
    pub(super) const INTEGER: Self = Self(4);
    pub(super) const NUMBER: Self = Self(8);
    pub(super) const STRING: Self = Self(16);
    pub(super) const ARRAY: Self = Self(32);
    pub(super) const OBJECT: Self = Self(64);
    pub(super) const ANY: Self = Self(127);

    const WORDS: [(Self, &'static str); 7] = [
        (Self::BOOLEAN, "boolean"),
        (Self::INTEGER, "integer"),
        (Self::NUMBER, "number"),
        (Self::STRING, "string"),
        (Self::ARRAY, "array"),
        (Self::OBJECT, "object"),
        (Self::NULL, "null"),
    ];

    /// The type with this name.
    pub(super) fn of_word(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(_, known)| *known == word).map(|(types, _)| *types)
    }

    /// The types of a value. A whole number is both an integer and a number.
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) if number.as_f64().is_none_or(|float| float.fract() == 0.0) => {
                Self::INTEGER.and(Self::NUMBER)
            }
            Value::Number(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// `string or null`
    pub(super) fn words(self) -> String {
        // Whole numbers are numbers, so both words would mean the same.
        let is_covered = |types: Self| types == Self::INTEGER && self.has(Self::NUMBER);
        let words = Self::WORDS.iter().filter(|(types, _)| self.has(*types) && !is_covered(*types));
        let words: Vec<&str> = words.map(|(_, word)| *word).collect();
        if words.is_empty() { "no value".to_owned() } else { words.join(" or ") }
    }
}

impl Default for Types {
    fn default() -> Self {
        Self::ANY
    }
}

/// The name of a value's type.
pub(super) fn found(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// A message of serde in the terms of JSON Schema.
#[cfg(feature = "server")]
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    pub(crate) kind: &'static str,
    pub(crate) detail: String,
    pub(crate) types: Option<(String, &'static str)>,
    /// The property that is missing or repeated.
    pub(crate) property: Option<String>,
}

/// Explains a message of serde, which no longer contains values of the request.
#[cfg(feature = "server")]
pub(crate) fn explained(message: &str) -> Explained {
    let explained = |kind, detail: &str| Explained { kind, detail: detail.to_owned(), types: None, property: None };
    let quoted = |rest: &str| rest.split('`').next().map(ToOwned::to_owned);
    if let Some(rest) = message.strip_prefix("missing field `") {
        return Explained { property: quoted(rest), ..explained("required", MISSING) };
    }
    if let Some(rest) = message.strip_prefix("duplicate field `") {
        return Explained { property: quoted(rest), ..explained("repeated", REPEATED) };
    }
    if message == "`null` is not allowed here" {
        return explained("type", "must not be null");
    }
    if message.starts_with("must be one of ") {
        return explained("enum", message);
    }
    let types = message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "));
    if let Some((found, expected)) = types
        && let (Some(found), Some(expected)) = (found_word(found), expected_word(expected))
    {
        let detail = format!("expected {expected}, found {found}");
        return Explained { types: Some((expected.to_owned(), found)), ..explained("type", &detail) };
    }
    explained("type", message)
}

#[cfg(feature = "server")]
fn found_word(found: &str) -> Option<&'static str> {
    let word = found.split([' ', ',']).next().unwrap_or_default();
    Some(match word {
        "null" | "unit" | "Option" => "null",
        "boolean" => "boolean",
        "integer" | "floating" => "number",
        "string" | "character" => "string",
        "sequence" => "array",
        "map" => "object",
        _ => return None,
    })
}

#[cfg(feature = "server")]
fn expected_word(expected: &str) -> Option<&'static str> {
    let word = expected.trim_start_matches("an ").trim_start_matches("a ").split([' ', ',', '(']).next()?;
    Some(match word {
        "i8" | "i16" | "i32" | "i64" | "i128" | "u8" | "u16" | "u32" | "u64" | "u128" => "integer",
        "f32" | "f64" | "number" => "number",
        "string" | "str" | "value" | "text" => "string",
        "boolean" | "bool" => "boolean",
        "sequence" | "list" | "tuple" => "array",
        "map" | "object" => "object",
        "unit" | "null" => "null",
        _ => return None,
    })
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::explained;

    #[test]
    fn messages_of_serde_use_the_terms_of_json_schema() {
        for (message, kind, detail) in [
            ("invalid type: string \"…\", expected f64", "type", "expected number, found string"),
            ("invalid type: floating point `…`, expected i64", "type", "expected integer, found number"),
            ("invalid type: map, expected a string", "type", "expected string, found object"),
            ("invalid type: null, expected an object (Pet)", "type", "expected object, found null"),
            ("invalid type: integer `…`, expected a value of Kind", "type", "expected string, found number"),
            ("missing field `a b`", "required", "must be given"),
            ("duplicate field `a`", "repeated", "must be given once"),
            ("must be one of a, b", "enum", "must be one of a, b"),
            ("no member of Pet fits", "type", "no member of Pet fits"),
        ] {
            let explained = explained(message);
            assert_eq!((explained.kind, explained.detail.as_str()), (kind, detail), "{message}");
        }
        assert_eq!(explained("missing field `a b`").property.as_deref(), Some("a b"));
    }
}
