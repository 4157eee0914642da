//! Text of a parameter, in any style of `OpenAPI` → a typed value.
//!
//! The rule kept here: the *type* says how the text is taken apart (`a=1,2` is a list only for a type that asks for one), so
//! nothing is guessed that the type knows; delimiters that were percent-encoded belong to the value.

mod item;
mod located;
mod split;

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;
use serde::de::{DeserializeOwned, Deserializer, Visitor};

use self::item::forward_scalars;
pub(crate) use self::item::{Item, Mode};
use self::split::Encoded;
pub(crate) use self::split::{Entries, push_deep, push_entry};
use crate::confidential::without_values;
use crate::descriptor::Parameter;
use crate::validation::validate::push_key;

/// Why a parameter cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamDecodeError {
    /// It is not there.
    Absent,
    /// It is there but cannot be read.
    Invalid {
        /// Which part of it, as a JSON Pointer; empty for the whole.
        pointer: String,
        /// What that must be.
        detail: String,
    },
}

impl fmt::Display for ParamDecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str("must be given"),
            Self::Invalid { pointer, detail } if pointer.is_empty() => f.write_str(detail),
            Self::Invalid { pointer, detail } => write!(f, "{pointer}: {detail}"),
        }
    }
}

impl std::error::Error for ParamDecodeError {}

impl ParamDecodeError {
    /// The whole is not what this text says it must be.
    pub(crate) fn invalid(detail: impl Into<String>) -> Self {
        Self::Invalid { pointer: String::new(), detail: detail.into() }
    }

    /// The error of what holds this under a name.
    fn within(self, name: &str) -> Self {
        let (inner, detail) = match self {
            Self::Absent => (String::new(), self.to_string()),
            Self::Invalid { pointer, detail } => (pointer, detail),
        };
        let mut pointer = String::new();
        push_key(&mut pointer, name);
        pointer.push_str(&inner);
        Self::Invalid { pointer, detail }
    }

    /// A text that was to be JSON; what it holds is not repeated, for it may be confidential, and long.
    fn json(error: &serde_json::Error) -> Self {
        Self::invalid(format!("must be JSON of the documented type: {}", without_values(&error.to_string())))
    }
}

impl serde::de::Error for ParamDecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::invalid(without_values(&message.to_string()))
    }

    fn missing_field(name: &'static str) -> Self {
        Self::Absent.within(name)
    }
}

/// How the texts of a parameter are encoded where it travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Percent triplets, and `+` for a blank: queries and forms.
    Query,
    /// Percent triplets: paths and cookies.
    Percent,
    /// As it is: headers.
    Plain,
}

impl Encoding {
    /// The text behind the encoding; `None` if it is not UTF-8.
    #[must_use]
    pub fn decode(self, raw: &str) -> Option<Cow<'_, str>> {
        let raw = match self {
            Self::Plain => return Some(Cow::Borrowed(raw)),
            Self::Query if raw.contains('+') => Cow::Owned(raw.replace('+', " ")),
            Self::Query | Self::Percent => Cow::Borrowed(raw),
        };
        if !raw.contains('%') {
            return Some(raw);
        }
        match raw {
            Cow::Borrowed(raw) => percent_decode_str(raw).decode_utf8().ok(),
            Cow::Owned(raw) => percent_decode_str(&raw).decode_utf8().ok().map(|text| Cow::Owned(text.into_owned())),
        }
    }
}

/// Reads a path parameter from its piece of the path.
///
/// # Errors
/// If the text is not of the type.
pub fn decode_path<T: DeserializeOwned>(
    parameter: &Parameter,
    raw: &str,
    encoding: Encoding,
) -> Result<T, ParamDecodeError> {
    decode(&Encoded::new(parameter, encoding).texts(vec![raw]))
}

/// Reads a query parameter from a raw query string; `claimed` tells which names belong to other parameters.
///
/// # Errors
/// If it is not there or not of the type.
pub fn decode_query<T: DeserializeOwned>(
    parameter: &Parameter,
    query: &str,
    claimed: &dyn Fn(&str) -> bool,
) -> Result<T, ParamDecodeError> {
    let pairs: Vec<(&str, &str)> = split::pairs(query, '&').collect();
    decode(&Encoded::named(parameter, Encoding::Query, &pairs, claimed))
}

/// Reads the whole query string as one value.
///
/// # Errors
/// If it is empty or not of the type.
pub fn decode_query_string<T: DeserializeOwned>(parameter: &Parameter, query: &str) -> Result<T, ParamDecodeError> {
    if query.is_empty() {
        return Err(ParamDecodeError::Absent);
    }
    let pairs: Vec<(&str, &str)> = split::pairs(query, '&').collect();
    let mut encoded = Encoded::new(parameter, Encoding::Query);
    encoded.texts.push(query);
    encoded.pairs = &pairs;
    encoded.exploded = true;
    decode(&encoded)
}

/// Reads a header from its lines.
///
/// # Errors
/// If there is none or it is not of the type.
pub fn decode_header<T: DeserializeOwned>(parameter: &Parameter, lines: Vec<&str>) -> Result<T, ParamDecodeError> {
    decode(&Encoded::new(parameter, Encoding::Plain).texts(lines))
}

/// Reads a cookie from the `Cookie` headers; `claimed` tells which names belong to other parameters.
///
/// # Errors
/// If it is not there or not of the type.
pub fn decode_cookie<T: DeserializeOwned>(
    parameter: &Parameter,
    lines: &[&str],
    claimed: &dyn Fn(&str) -> bool,
) -> Result<T, ParamDecodeError> {
    let pairs: Vec<(&str, &str)> = lines.iter().flat_map(|line| split::pairs(line, ';')).collect();
    decode(&Encoded::named(parameter, Encoding::Percent, &pairs, claimed))
}

/// Name and text of each cookie, both as they were sent.
#[cfg(feature = "server")]
pub(crate) fn cookies(line: &str) -> impl Iterator<Item = (&str, &str)> {
    split::pairs(line, ';')
}

/// Name and text of each pair of a query, both as they were sent.
pub(crate) fn query_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    split::pairs(query, '&')
}

fn decode<T: DeserializeOwned>(encoded: &Encoded<'_>) -> Result<T, ParamDecodeError> {
    if encoded.json {
        let text = encoded.scalar()?;
        return crate::json::read(text.as_bytes()).map_err(|misread| located::misfit::<T>(&text, &misread.error));
    }
    attempt(|mode| T::deserialize(Whole { encoded, mode }))
}

/// Tries the modes in turn and reports the error of the first, with its place.
pub(crate) fn attempt<T>(read: impl Fn(Mode) -> Result<T, ParamDecodeError>) -> Result<T, ParamDecodeError> {
    let first = match read(Mode::Guess) {
        Err(first @ ParamDecodeError::Invalid { .. }) => first,
        other => return other,
    };
    for mode in [Mode::Text, Mode::Lenient] {
        if let Ok(value) = read(mode) {
            return Ok(value);
        }
    }
    Err(read(Mode::Located).err().unwrap_or(first))
}

/// A parameter as a deserializer: takes the texts apart as the type asks.
#[derive(Clone, Copy)]
struct Whole<'e, 'r> {
    encoded: &'e Encoded<'r>,
    mode: Mode,
}

impl<'e> Whole<'e, '_> {
    fn scalar(self) -> Result<Item<'e>, ParamDecodeError> {
        self.encoded.scalar().map(Item::Text)
    }

    fn list(self) -> Result<Item<'e>, ParamDecodeError> {
        self.encoded.list(self.mode).map(Item::Texts)
    }

    fn object(self) -> Result<Item<'e>, ParamDecodeError> {
        self.encoded.object(self.mode).map(Item::Entries)
    }
}

impl<'de> Deserializer<'de> for Whole<'_, '_> {
    type Error = ParamDecodeError;

    forward_scalars!(scalar);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        let item = match (self.encoded.texts.len(), self.encoded.is_deep()) {
            (0, true) => self.object(),
            (0 | 1, _) => self.scalar(),
            _ => self.list(),
        };
        item?.with(self.mode).deserialize_any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        if name == crate::text::OR_NUMBER {
            return self.deserialize_string(visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        self.list()?.with(self.mode).deserialize_seq(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ParamDecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        self.object()?.with(self.mode).deserialize_map(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        let mut item = self.object()?;
        if let Item::Entries(entries) = &mut item
            && self.encoded.takes_other_pairs()
        {
            // The pairs of an exploded object stand among all others: only the type knows which are its own.
            entries.retain(|key, _| fields.contains(&key.as_ref()));
            if entries.is_empty() {
                return Err(ParamDecodeError::Absent);
            }
        }
        item.with(self.mode).deserialize_struct(name, fields, visitor)
    }
}
