//! Turns `type`, `format` and bounds into a scalar that can hold every allowed value.

use super::conjunction::Flat;
use crate::document::{Node, Number};
use crate::ir::model::{Format, IntegerKind, Probe, Scalar};

/// The scalar for a string with a format. Unknown formats are plain text.
pub(super) fn string(format: Option<&str>) -> Scalar {
    match format {
        Some("date-time") => Scalar::Text(Format::DateTime),
        Some("date" | "full-date") => Scalar::Text(Format::Date),
        Some("time") => Scalar::Text(Format::Time),
        Some("duration") => Scalar::Text(Format::Duration),
        Some("uuid" | "guid") => Scalar::Text(Format::Uuid),
        Some("uri" | "url") => Scalar::Text(Format::Uri),
        Some("email") => Scalar::Text(Format::Email),
        Some("ipv4") => Scalar::Text(Format::Ipv4),
        Some("ipv6") => Scalar::Text(Format::Ipv6),
        Some("decimal") => Scalar::Text(Format::Decimal),
        Some("byte" | "base64") => Scalar::Text(Format::Byte),
        Some("password") => Scalar::Secret,
        _ => Scalar::String,
    }
}

/// The bits of a JSON type that has formats.
pub(super) fn json_bits(json_type: &str) -> u8 {
    match json_type {
        "string" => Probe::STRING,
        "integer" => Probe::INTEGER,
        "number" => Probe::NUMBER,
        _ => 0,
    }
}

/// The scalar for a number with a format.
pub(super) fn number(format: Option<&str>) -> Scalar {
    match format {
        Some(format) => integer_format(format).map_or(Scalar::Float64, Scalar::Integer),
        None => Scalar::Float64,
    }
}

/// The scalar for an integer with a format, wide enough for its bounds and named values.
pub(super) fn integer(flat: &Flat<'_>, format: Option<&str>) -> Scalar {
    let kind = format.and_then(integer_format).unwrap_or(IntegerKind::I64);
    let numbers = |keyword| flat.all(keyword).filter_map(Node::as_number);
    let values = flat.all("enum").filter_map(Node::as_array).flatten().filter_map(Node::as_number);
    let lower = numbers("minimum").chain(numbers("exclusiveMinimum"));
    let upper = numbers("maximum").chain(numbers("exclusiveMaximum"));
    let named: Vec<i128> = values.filter_map(Number::as_i128).collect();
    let least = lower.filter_map(whole).max();
    let greatest = upper.filter_map(whole).min();
    Scalar::Integer(widened(kind, least, greatest, &named))
}

/// A bound as a whole number. Tools that write bounds as floats round the largest integers up to
/// the next power of two.
fn whole(number: &Number) -> Option<i128> {
    let rounded = |power: u32| 1_i128 << power;
    match number.as_i128()? {
        whole if matches!(number, Number::Float(_)) && [63, 64].map(rounded).contains(&whole) => Some(whole - 1),
        whole => Some(whole),
    }
}

/// Widens the kind that the format names, if it cannot hold all values that the document allows.
fn widened(kind: IntegerKind, least: Option<i128>, greatest: Option<i128>, named: &[i128]) -> IntegerKind {
    let low = named.iter().copied().chain(least).min().unwrap_or(0);
    let high = named.iter().copied().chain(greatest).max().unwrap_or(0);
    let (min, max) = range(kind);
    if low >= min && high <= max {
        return kind;
    }
    if low >= i128::from(i64::MIN) && high <= i128::from(i64::MAX) {
        return IntegerKind::I64;
    }
    if least.is_some_and(|least| least >= 0) && high <= i128::from(u64::MAX) {
        return IntegerKind::U64;
    }
    IntegerKind::I128
}

fn range(kind: IntegerKind) -> (i128, i128) {
    match kind {
        IntegerKind::I8 => (i8::MIN.into(), i8::MAX.into()),
        IntegerKind::I16 => (i16::MIN.into(), i16::MAX.into()),
        IntegerKind::I32 => (i32::MIN.into(), i32::MAX.into()),
        IntegerKind::I64 => (i64::MIN.into(), i64::MAX.into()),
        IntegerKind::U8 => (0, u8::MAX.into()),
        IntegerKind::U16 => (0, u16::MAX.into()),
        IntegerKind::U32 => (0, u32::MAX.into()),
        IntegerKind::U64 => (0, u64::MAX.into()),
        IntegerKind::I128 => (i128::MIN, i128::MAX),
        IntegerKind::U128 => (0, i128::MAX),
    }
}

/// The least and the greatest integer that a server reads for a format, or without one.
#[must_use]
pub fn integer_range(format: Option<&str>) -> (i128, i128) {
    range(format.and_then(integer_format).unwrap_or(IntegerKind::I64))
}

fn integer_format(format: &str) -> Option<IntegerKind> {
    Some(match format {
        "int8" => IntegerKind::I8,
        "int16" => IntegerKind::I16,
        "int32" => IntegerKind::I32,
        "int64" | "long" | "unix-time" | "unixtime" | "timestamp" => IntegerKind::I64,
        "int128" => IntegerKind::I128,
        "uint8" => IntegerKind::U8,
        "uint16" => IntegerKind::U16,
        "uint32" => IntegerKind::U32,
        "uint" | "uint64" => IntegerKind::U64,
        "uint128" => IntegerKind::U128,
        _ => return None,
    })
}
