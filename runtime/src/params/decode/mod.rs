//! Text of parameters, in any style of `OpenAPI` → typed values. **Invariant:** the *type* decides
//! how the text is split (`a=1,2` is a list only for a type that asks for one), and percent-encoded
//! delimiters are part of the value.

mod item;
mod item_deserializer;
mod located;
mod split;
#[cfg(any(feature = "server", feature = "cassettes"))]
mod untyped;

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;
use serde::de::{DeserializeOwned, Deserializer, Visitor};

pub(crate) use self::item::{DecodeMode, Entries, Item, push_deep, push_entry};
use self::item_deserializer::forward_scalars;
pub(crate) use self::split::Encoded;
#[cfg(feature = "server")]
pub(crate) use self::untyped::item_as_json;
#[cfg(any(feature = "server", feature = "cassettes"))]
pub(crate) use self::untyped::parameter_as_json;
use crate::confidential::without_values;
use crate::descriptor::Parameter;
use crate::validation::validator::push_key;
use crate::validation::{MISSING, REPEATED};

/// A parameter cannot be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamDecodeError {
    /// The parameter is absent.
    Absent,
    /// The parameter is present but invalid.
    Invalid {
        /// The JSON Pointer of the invalid part; empty for the whole parameter.
        pointer: String,
        /// The kind of fault: `type`, another keyword, `syntax` or `repeated`.
        kind: &'static str,
        /// What the part must be.
        detail: String,
    },
}

impl fmt::Display for ParamDecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absent => f.write_str(MISSING),
            Self::Invalid { pointer, detail, .. } if pointer.is_empty() => f.write_str(detail),
            Self::Invalid { pointer, detail, .. } => write!(f, "{pointer}: {detail}"),
        }
    }
}

impl std::error::Error for ParamDecodeError {}

impl ParamDecodeError {
    /// The whole parameter is not written correctly; `detail` says how it must be written.
    pub(crate) fn invalid(detail: impl Into<String>) -> Self {
        Self::Invalid { pointer: String::new(), kind: "syntax", detail: detail.into() }
    }

    /// One value was expected, but there are several.
    fn repeated() -> Self {
        Self::Invalid { pointer: String::new(), kind: "repeated", detail: REPEATED.to_owned() }
    }

    /// The error of the parent that contains this part as `name`.
    fn within(self, name: &str) -> Self {
        let (inner, kind, detail) = match self {
            Self::Absent => (String::new(), "required", self.to_string()),
            Self::Invalid { pointer, kind, detail } => (pointer, kind, detail),
        };
        let mut pointer = String::new();
        push_key(&mut pointer, name);
        pointer.push_str(&inner);
        Self::Invalid { pointer, kind, detail }
    }

    /// The error of text that is not the expected JSON. The text is not repeated, because it may be
    /// confidential and long.
    fn json(error: &serde_json::Error) -> Self {
        let detail = format!("must be JSON of the documented type: {}", without_values(&error.to_string()));
        let kind = if error.is_data() { "type" } else { "syntax" };
        Self::Invalid { pointer: String::new(), kind, detail }
    }
}

impl serde::de::Error for ParamDecodeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let detail = without_values(&message.to_string());
        let kind = if detail.starts_with("must be one of ") { "enum" } else { "type" };
        Self::Invalid { pointer: String::new(), kind, detail }
    }

    fn missing_field(name: &'static str) -> Self {
        Self::Absent.within(name)
    }
}

/// How the text of a parameter is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Percent triplets, and `+` for a space, as in queries and forms.
    Query,
    /// Percent triplets, as in paths and cookies.
    Percent,
    /// No encoding, as in headers.
    Plain,
}

impl Encoding {
    /// Decodes text; `None` if it is not UTF-8.
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

/// Decodes a path parameter from its piece of the path.
///
/// # Errors
/// If the text is not valid for the type.
pub fn decode_path<T: DeserializeOwned>(
    parameter: &Parameter,
    raw: &str,
    encoding: Encoding,
) -> Result<T, ParamDecodeError> {
    in_path(parameter, raw, encoding, decode)
}

/// A path parameter, for a reader of its text.
pub(crate) fn in_path<R>(
    parameter: &Parameter,
    raw: &str,
    encoding: Encoding,
    read: impl FnOnce(&Encoded<'_>) -> R,
) -> R {
    read(&Encoded::new(parameter, encoding).texts(vec![raw]))
}

/// Decodes a query parameter from a raw query string. `claimed` says which names belong to other
/// parameters.
///
/// # Errors
/// If the parameter is absent or not valid for the type.
pub fn decode_query<T: DeserializeOwned>(
    parameter: &Parameter,
    query: &str,
    claimed: &dyn Fn(&str) -> bool,
) -> Result<T, ParamDecodeError> {
    in_query(parameter, query, claimed, decode)
}

/// A query parameter, for a reader of its text.
pub(crate) fn in_query<R>(
    parameter: &Parameter,
    query: &str,
    claimed: &dyn Fn(&str) -> bool,
    read: impl FnOnce(&Encoded<'_>) -> R,
) -> R {
    let pairs: Vec<(&str, &str)> = split::pairs(query, '&').collect();
    read(&Encoded::named(parameter, Encoding::Query, &pairs, claimed))
}

/// Whether a query contains a parameter, but without text: `?flag=` or `?flag`.
#[cfg(any(feature = "server", feature = "cassettes"))]
pub(crate) fn is_empty_in_query(parameter: &Parameter, query: &str) -> bool {
    let pairs: Vec<(&str, &str)> = split::pairs(query, '&').collect();
    let encoded = Encoded::named(parameter, Encoding::Query, &pairs, &|_| true);
    !encoded.texts.is_empty() && encoded.texts.iter().all(|text| text.is_empty())
}

/// Decodes the whole query string as one value.
///
/// # Errors
/// If the query string is empty or not valid for the type.
pub fn decode_query_string<T: DeserializeOwned>(parameter: &Parameter, query: &str) -> Result<T, ParamDecodeError> {
    as_query(parameter, query, decode)
}

/// The whole query string, for a reader of its text.
pub(crate) fn as_query<R>(
    parameter: &Parameter,
    query: &str,
    read: impl FnOnce(&Encoded<'_>) -> Result<R, ParamDecodeError>,
) -> Result<R, ParamDecodeError> {
    if query.is_empty() {
        return Err(ParamDecodeError::Absent);
    }
    let pairs: Vec<(&str, &str)> = split::pairs(query, '&').collect();
    let mut encoded = Encoded::new(parameter, Encoding::Query);
    encoded.texts.push(query);
    encoded.pairs = &pairs;
    encoded.exploded = true;
    read(&encoded)
}

/// Decodes a header from its lines.
///
/// # Errors
/// If the header is absent or not valid for the type.
pub fn decode_header<T: DeserializeOwned>(parameter: &Parameter, lines: Vec<&str>) -> Result<T, ParamDecodeError> {
    in_header(parameter, lines, decode)
}

/// A header, for a reader of its text.
pub(crate) fn in_header<R>(parameter: &Parameter, lines: Vec<&str>, read: impl FnOnce(&Encoded<'_>) -> R) -> R {
    read(&Encoded::new(parameter, Encoding::Plain).texts(lines))
}

/// Decodes lines, each of which is one value, into a list or as the first line.
pub(crate) fn decode_lines<T: DeserializeOwned>(lines: &[Cow<'_, str>]) -> Option<T> {
    let first = Item::Text(lines.first()?.clone());
    attempt(|mode| T::deserialize(Item::Texts(lines.to_vec()).with(mode)))
        .or_else(|_| attempt(|mode| T::deserialize(first.clone().with(mode))))
        .ok()
}

/// Decodes a cookie from the `Cookie` headers. `claimed` says which names belong to other
/// parameters.
///
/// # Errors
/// If the parameter is absent or not valid for the type.
pub fn decode_cookie<T: DeserializeOwned>(
    parameter: &Parameter,
    lines: &[&str],
    claimed: &dyn Fn(&str) -> bool,
) -> Result<T, ParamDecodeError> {
    in_cookies(parameter, lines, claimed, decode)
}

/// A cookie, for a reader of its text.
pub(crate) fn in_cookies<R>(
    parameter: &Parameter,
    lines: &[&str],
    claimed: &dyn Fn(&str) -> bool,
    read: impl FnOnce(&Encoded<'_>) -> R,
) -> R {
    let pairs: Vec<(&str, &str)> = lines.iter().flat_map(|line| split::pairs(line, ';')).collect();
    read(&Encoded::named(parameter, Encoding::Percent, &pairs, claimed))
}

/// The name and text of each cookie, as sent.
#[cfg(feature = "server")]
pub(crate) fn cookies(line: &str) -> impl Iterator<Item = (&str, &str)> {
    split::pairs(line, ';')
}

/// The name and text of each query pair, as sent.
pub(crate) fn query_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    split::pairs(query, '&')
}

/// Reads the text of a parameter as a type.
pub(crate) fn decode<T: DeserializeOwned>(encoded: &Encoded<'_>) -> Result<T, ParamDecodeError> {
    if encoded.json {
        let text = encoded.scalar()?;
        return crate::json::read_text(&text).map_err(|error| located::locate::<T>(&text, &error.error));
    }
    attempt(|mode| T::deserialize(ParamDeserializer { encoded, mode }))
}

/// Tries the modes in turn. If all fail, reports the error of the first one with its pointer.
pub(crate) fn attempt<T>(read: impl Fn(DecodeMode) -> Result<T, ParamDecodeError>) -> Result<T, ParamDecodeError> {
    let first = match read(DecodeMode::Guess) {
        Err(first @ ParamDecodeError::Invalid { .. }) => first,
        other => return other,
    };
    // What unions may read again is spent, so no other mode would get further.
    if crate::budget::is_spent() {
        return Err(first);
    }
    for mode in [DecodeMode::Text, DecodeMode::Lenient] {
        if let Ok(value) = read(mode) {
            return Ok(value);
        }
    }
    Err(read(DecodeMode::Located).err().unwrap_or(first))
}

/// A parameter as a deserializer, which splits the text as the type asks.
#[derive(Clone, Copy)]
struct ParamDeserializer<'e, 'r> {
    encoded: &'e Encoded<'r>,
    mode: DecodeMode,
}

impl<'e> ParamDeserializer<'e, '_> {
    fn scalar(self) -> Result<Item<'e>, ParamDecodeError> {
        self.encoded.scalar().map(Item::Text)
    }

    fn list(self) -> Result<Item<'e>, ParamDecodeError> {
        if self.encoded.is_deep() && self.encoded.texts.is_empty() {
            return self.object();
        }
        self.encoded.list(self.mode).map(Item::Texts)
    }

    fn object(self) -> Result<Item<'e>, ParamDecodeError> {
        self.encoded.object(self.mode).map(Item::Entries)
    }
}

impl<'de> Deserializer<'de> for ParamDeserializer<'_, '_> {
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
            // The pairs of an exploded object are mixed with all others. Only the type knows which
            // are its own.
            entries.retain(|key, _| fields.contains(&key.as_ref()));
            if entries.is_empty() {
                return Err(ParamDecodeError::Absent);
            }
        }
        item.with(self.mode).deserialize_struct(name, fields, visitor)
    }
}
