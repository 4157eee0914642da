//! New IDs, tokens and times, and members of JSON objects.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// Digits and lower-case letters.
pub(super) const BASE36: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// The alphabet of a ULID, in lower case.
pub(super) const CROCKFORD: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Hexadecimal digits.
pub(super) const HEX: &[u8] = b"0123456789abcdef";

/// A random string of `length` letters.
///
/// If the operating system provides no randomness, the letters are derived from the clock. A
/// duplicate ID is refused when it is written.
pub(super) fn random(letters: &[u8], length: usize) -> String {
    let mut bytes = vec![0_u8; length];
    if getrandom::fill(&mut bytes).is_err() {
        let mut seed = Timestamp::now().as_nanosecond().unsigned_abs();
        for byte in &mut bytes {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = seed.to_le_bytes()[7];
        }
    }
    let letter = |byte: &u8| char::from(letters[usize::from(*byte) % letters.len()]);
    bytes.iter().map(letter).collect()
}

/// A random UUID (version 4).
pub(super) fn uuid() -> String {
    let variant = random(b"89ab", 1);
    [
        random(HEX, 8),
        random(HEX, 4),
        format!("4{}", random(HEX, 3)),
        format!("{variant}{}", random(HEX, 3)),
        random(HEX, 12),
    ]
    .join("-")
}

/// The current time to the second, in the format that the providers use.
pub(super) fn now() -> String {
    Timestamp::from_second(seconds()).map_or_else(|_| String::new(), |now| now.to_string())
}

/// The current time in seconds since 1970.
pub(super) fn seconds() -> i64 {
    Timestamp::now().as_second()
}

/// The members of an object; empty for other values.
pub(super) fn members(value: Option<&Value>) -> Map<String, Value> {
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}

/// A string member of an object; an empty string if there is none.
pub(super) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
