//! Parameters: a typed value becomes a [`ParamValue`], and that becomes text in one of the styles of `OpenAPI`.
//!
//! A value never leaves its place: not its path segment, not its query pair, not its header line, not its cookie.

pub mod decode;
mod header;
mod path;
mod percent;
mod query;
mod serialize;

use std::fmt;

pub use header::{encode_cookie, encode_header};
pub use path::{PathError, encode_path};
pub use percent::{encode_component, push_form, push_reserved};
pub use query::{encode_query, encode_query_string};
use serde::Serialize;

/// The value of a parameter, free of its Rust type: what styles are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParamValue {
    /// `null`, or an absent option: left out wherever it stands.
    Null,
    /// A text, number or boolean.
    Scalar(String),
    /// An array.
    List(Vec<ParamValue>),
    /// An object, in the order of its properties.
    Object(Vec<(String, ParamValue)>),
}

/// A value that cannot travel as a parameter.
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
    /// The parts of a typed value.
    ///
    /// # Errors
    /// If it holds what no parameter can say, such as a map whose keys are not text.
    pub fn of<T: Serialize + ?Sized>(value: &T) -> Result<Self, ParamError> {
        value.serialize(serialize::ToParam::default())
    }

    /// A typed value written as JSON, for parameters that are described by `content`.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Self, ParamError> {
        serde_json::to_string(value).map(Self::Scalar).map_err(|error| ParamError::new(error.to_string()))
    }
}

/// What a value is without nested parts: what every style but `deepObject` can write.
enum Flat<'v> {
    Scalar(&'v str),
    List(Vec<&'v str>),
    Object(Vec<(&'v str, &'v str)>),
}

impl ParamValue {
    /// The value without its nulls; `None` if it is null itself.
    fn flat(&self) -> Result<Option<Flat<'_>>, ParamError> {
        Ok(Some(match self {
            Self::Null => return Ok(None),
            Self::Scalar(text) => Flat::Scalar(text),
            Self::List(items) => {
                Flat::List(items.iter().filter_map(|item| scalar(item).transpose()).collect::<Result<_, _>>()?)
            }
            Self::Object(entries) => Flat::Object(
                entries
                    .iter()
                    .filter_map(|(key, item)| Some(scalar(item).transpose()?.map(|text| (key.as_str(), text))))
                    .collect::<Result<_, _>>()?,
            ),
        }))
    }
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
