//! Reads scalars as the Rust types of generated code do.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use serde_json::Value;
use specwright_codegen::ir::model::{Format, IntegerKind, Scalar};
use specwright_runtime::object::number::{self, FromNumber};
use specwright_runtime::value::{Decimal, FormatError, format};
use specwright_runtime::{Never, Null};

use super::value::Content;

pub(super) fn read<'de, D: Deserializer<'de>>(
    scalar: Scalar,
    reads_text: bool,
    deserializer: D,
) -> Result<Content, D::Error> {
    match scalar {
        Scalar::Bool => bool::deserialize(deserializer).map(Content::Bool),
        Scalar::Integer(kind) => integer(kind, reads_text, deserializer),
        Scalar::Float64 => either::<f64, D>(reads_text, deserializer).map(Content::Float),
        Scalar::Text(_) if reads_text => {
            number::read::<Decimal, D>(deserializer).map(|digits| Content::Text(digits.into_inner()))
        }
        Scalar::String | Scalar::Text(_) | Scalar::Secret => String::deserialize(deserializer).map(Content::Text),
        Scalar::Null => Null::deserialize(deserializer).map(|Null| Content::Null),
        Scalar::Never => {
            // This fails for every value.
            Never::deserialize(deserializer)?;
            Err(D::Error::custom("the document allows no value here"))
        }
        Scalar::Binary => Err(D::Error::custom("a file is only read from a form")),
        Scalar::Foreign(_) => Value::deserialize(deserializer).map(Content::Any),
    }
}

/// Text that the type of another crate parses when it is read.
pub(super) fn read_foreign<'de, D: Deserializer<'de>>(
    format: Option<Format>,
    deserializer: D,
) -> Result<Content, D::Error> {
    let Some(format) = format else { return Value::deserialize(deserializer).map(Content::Any) };
    let text = String::deserialize(deserializer)?;
    check(format, &text).map_err(D::Error::custom)?;
    Ok(Content::Text(text))
}

/// Whether a text is in a format.
pub(super) fn check(kind: Format, text: &str) -> Result<(), FormatError> {
    fn is<F: specwright_runtime::value::Format>(text: &str) -> Result<(), FormatError> {
        F::check(text)
    }
    match kind {
        Format::DateTime => is::<format::DateTime>(text),
        Format::Date => is::<format::Date>(text),
        Format::Time => is::<format::Time>(text),
        Format::Duration => is::<format::Duration>(text),
        Format::Uuid => is::<format::Uuid>(text),
        Format::Uri => is::<format::Uri>(text),
        Format::Email => is::<format::Email>(text),
        Format::Ipv4 => is::<format::Ipv4>(text),
        Format::Ipv6 => is::<format::Ipv6>(text),
        Format::Decimal => is::<format::Decimal>(text),
        Format::Byte => is::<format::Base64>(text),
    }
}

fn either<'de, T: Deserialize<'de> + FromNumber, D: Deserializer<'de>>(
    reads_text: bool,
    deserializer: D,
) -> Result<T, D::Error> {
    if reads_text { number::read(deserializer) } else { T::deserialize(deserializer) }
}

fn integer<'de, D: Deserializer<'de>>(
    kind: IntegerKind,
    reads_text: bool,
    deserializer: D,
) -> Result<Content, D::Error> {
    Ok(Content::Integer(match kind {
        IntegerKind::I8 => either::<i8, D>(reads_text, deserializer)?.into(),
        IntegerKind::I16 => either::<i16, D>(reads_text, deserializer)?.into(),
        IntegerKind::I32 => either::<i32, D>(reads_text, deserializer)?.into(),
        IntegerKind::I64 => either::<i64, D>(reads_text, deserializer)?.into(),
        IntegerKind::I128 => either::<i128, D>(reads_text, deserializer)?,
        IntegerKind::U8 => either::<u8, D>(reads_text, deserializer)?.into(),
        IntegerKind::U16 => either::<u16, D>(reads_text, deserializer)?.into(),
        IntegerKind::U32 => either::<u32, D>(reads_text, deserializer)?.into(),
        IntegerKind::U64 => either::<u64, D>(reads_text, deserializer)?.into(),
        IntegerKind::U128 => {
            let value = either::<u128, D>(reads_text, deserializer)?;
            return Ok(i128::try_from(value).map_or(Content::Large(value), Content::Integer));
        }
    }))
}
