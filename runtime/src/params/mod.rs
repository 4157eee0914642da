//! Parameters: typed values → [`ParamValue`]s → text in one of the styles of `OpenAPI`.
//! **Invariant:** a value never escapes its path segment, query pair, header line or cookie.

pub mod decode;
#[cfg(any(feature = "server", feature = "cassettes"))]
mod faults;
mod header;
mod path;
mod percent;
mod query;
#[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
pub(crate) mod response_headers;
#[cfg(any(feature = "server", feature = "cassettes"))]
pub(crate) mod segment;
#[cfg(any(feature = "server", feature = "cassettes"))]
pub(crate) mod sent;
mod serialize;

use std::fmt;

pub use header::{encode_cookie, encode_header};
pub use path::{PathError, encode_path};
pub use percent::{encode_component, push_form, push_reserved};
pub(crate) use query::deep_pairs;
pub use query::{encode_query, encode_query_string};
use serde::Serialize;

/// The value of a parameter without its Rust type, as the styles see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// `null`, or an absent option: always left out.
    Null,
    /// A string, number or boolean.
    Scalar(String),
    /// An array.
    List(Vec<ParamValue>),
    /// An object, in the order of its properties.
    Object(Vec<(String, ParamValue)>),
}

/// A value that cannot be sent as a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamError(String);

impl ParamError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParamError {}

impl ParamValue {
    /// Converts a typed value.
    ///
    /// # Errors
    /// If no parameter can express it, such as a map whose keys are not text.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, ParamError> {
        value.serialize(serialize::ParamSerializer::default())
    }

    /// Serializes a typed value as JSON, for parameters with `content`.
    ///
    /// # Errors
    /// If it cannot be serialized.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, ParamError> {
        serde_json::to_string(value).map(Self::Scalar).map_err(|error| ParamError::new(error.to_string()))
    }

    /// The text of a scalar; `None` for anything else.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Scalar(text) => Some(text),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }
}

/// A value without nesting. Every style except `deepObject` can write only such values.
enum FlatValue<'v> {
    Scalar(&'v str),
    List(Vec<&'v str>),
    Object(Vec<(&'v str, &'v str)>),
}

impl ParamValue {
    /// The value without its nulls; `None` if the value itself is null.
    fn flat(&self) -> Result<Option<FlatValue<'_>>, ParamError> {
        Ok(Some(match self {
            Self::Null => return Ok(None),
            Self::Scalar(text) => FlatValue::Scalar(text),
            Self::List(items) => {
                FlatValue::List(items.iter().filter_map(|item| scalar(item).transpose()).collect::<Result<_, _>>()?)
            }
            Self::Object(entries) => FlatValue::Object(
                entries
                    .iter()
                    .filter_map(|(key, item)| Some(scalar(item).transpose()?.map(|text| (key.as_str(), text))))
                    .collect::<Result<_, _>>()?,
            ),
        }))
    }
}

/// Items with a delimiter between them.
///
/// # Errors
/// If an item contains the delimiter, because no reader could then separate the items.
pub(crate) fn joined(texts: &[&str], delimiter: &str) -> Result<String, ParamError> {
    without(texts, delimiter)?;
    Ok(texts.join(delimiter))
}

fn without(texts: &[&str], delimiter: &str) -> Result<(), ParamError> {
    let clash = texts.iter().any(|text| text.contains(delimiter));
    let message = || ParamError::new(format!("an item holds `{delimiter}`, which separates the items"));
    if clash { Err(message()) } else { Ok(()) }
}

fn scalar(value: &ParamValue) -> Result<Option<&str>, ParamError> {
    match value {
        ParamValue::Null => Ok(None),
        ParamValue::Scalar(text) => Ok(Some(text)),
        ParamValue::List(_) | ParamValue::Object(_) => {
            Err(ParamError::new("an array or object inside it can only be written in the style `deepObject`"))
        }
    }
}
