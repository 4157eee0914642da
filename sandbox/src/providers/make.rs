//! New ids, tokens and times.

use jiff::Timestamp;
use serde_json::{Map, Value};

/// Digits and lower-case letters.
pub(super) const BASE36: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
/// The letters of a ULID, in lower case.
pub(super) const CROCKFORD: &[u8] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Hexadecimal digits.
pub(super) const HEX: &[u8] = b"0123456789abcdef";

/// A text of `length` letters by chance.
///
/// The operating system's randomness is always there on the systems this runs on; without it the
/// letters come from the clock, and an id that is taken already is refused where it is written.
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

/// The time, to the second, as the providers write it.
pub(super) fn now() -> String {
    Timestamp::from_second(seconds()).map_or_else(|_| String::new(), |now| now.to_string())
}

/// The time in seconds since 1970.
pub(super) fn seconds() -> i64 {
    Timestamp::now().as_second()
}

/// The members of an object; none of anything else.
pub(super) fn members(value: Option<&Value>) -> Map<String, Value> {
    value.and_then(Value::as_object).cloned().unwrap_or_default()
}

/// A text in an object, empty if there is none.
pub(super) fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
