//! JSON → typed values, with the integers of JSON Schema: `1.0` and `1e2` are whole numbers,
//! although serde refuses to read them as integers. **Invariant:** text that serde accepts costs
//! nothing extra. Only refused text is read again, with such numbers rewritten as integers. Floats
//! read them equally well, and no type is compiled twice.

use std::borrow::Cow;

use serde::de::{DeserializeOwned, Error as _};

use crate::budget::Text;

/// Longer integers fit no type, and a short text must not become long.
const MAX_DIGITS: usize = 39;

/// JSON could not be read.
#[derive(Debug)]
pub(crate) struct JsonError {
    pub(crate) error: serde_json::Error,
    /// The rewritten text, if the error refers to it.
    #[cfg_attr(
        not(feature = "client"),
        expect(dead_code, reason = "only clients report where in the text an error is")
    )]
    text: Option<String>,
}

impl JsonError {
    /// The text to which the error refers. `given` is the original.
    #[cfg(feature = "client")]
    pub(crate) fn text<'t>(&'t self, given: &'t [u8]) -> &'t [u8] {
        self.text.as_deref().map_or(given, str::as_bytes)
    }
}

/// Reads a value.
///
/// # Errors
/// If the text is not JSON, or not of the type.
pub(crate) fn read<T: DeserializeOwned>(json: &[u8]) -> Result<T, JsonError> {
    match std::str::from_utf8(json) {
        Ok(text) => read_text(text),
        Err(_) => Err(JsonError { error: not_text(json), text: None }),
    }
}

/// The error of JSON that is not UTF-8, with its position.
#[cold]
fn not_text(json: &[u8]) -> serde_json::Error {
    let read: Result<serde_json::Value, _> = serde_json::from_slice(json);
    read.err().unwrap_or_else(|| serde_json::Error::custom("it is not UTF-8"))
}

/// Reads a value from text. All strings in it are then known to be UTF-8.
///
/// # Errors
/// If the text is not JSON, or not of the type.
pub(crate) fn read_text<T: DeserializeOwned>(json: &str) -> Result<T, JsonError> {
    read_text_with(json, |text| serde_json::from_str(text))
}

/// Reads a value with `read`, which is called once or twice with the text.
///
/// # Errors
/// If the text is not JSON, or not of the type.
pub(crate) fn read_text_with<T>(
    json: &str,
    read: impl Fn(&str) -> Result<T, serde_json::Error>,
) -> Result<T, JsonError> {
    let _text = Text::of(json.len());
    let first = match read(json) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    let text = if first.is_data() { with_integers(json) } else { None };
    match text.as_deref().map(read) {
        None => Err(JsonError { error: first, text: None }),
        Some(Ok(value)) => Ok(value),
        Some(Err(error)) => Err(JsonError { error, text }),
    }
}

/// Rewrites whole numbers in JSON text as integers.
pub(crate) fn integral(json: &str) -> Cow<'_, str> {
    with_integers(json).map_or(Cow::Borrowed(json), Cow::Owned)
}

/// JSON with all whole numbers written as integers; `None` if they already are.
fn with_integers(json: &str) -> Option<String> {
    let bytes = json.as_bytes();
    let mut out = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => at = string_end(bytes, at),
            b'-' | b'0'..=b'9' => {
                let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
                let end = at + bytes[at..].iter().take_while(is_part).count();
                if let Some(integer) = integer(&json[at..end]) {
                    out.push_str(&json[copied..at]);
                    out.push_str(&integer);
                    copied = end;
                }
                at = end;
            }
            _ => at += 1,
        }
    }
    (copied > 0).then(|| {
        out.push_str(&json[copied..]);
        out
    })
}

/// `1.0` → `1`, `1.5e1` → `15`; `None` if the number is not whole, already an integer, or too long.
fn integer(number: &str) -> Option<String> {
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if mantissa == number && fraction.is_empty() {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let digits = format!("{whole}{fraction}");
    let digits = digits.trim_start_matches('0');
    if digits.is_empty() {
        return Some("0".to_owned());
    }
    let exponent: i64 = exponent.parse().ok()?;
    let shift = exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    let significant = digits.trim_end_matches('0');
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?.checked_add(shift)?;
    let zeros = usize::try_from(zeros).ok()?;
    let fits = significant.len().checked_add(zeros)? <= MAX_DIGITS;
    fits.then(|| format!("{sign}{significant}{}", "0".repeat(zeros)))
}

/// One past the closing quote of the string that opens at `open`.
pub(crate) fn string_end(json: &[u8], open: usize) -> usize {
    let mut at = open + 1;
    while let Some(byte) = json.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::{integral, read};

    #[test]
    fn whole_numbers_become_integers_and_nothing_else_changes() {
        for (json, expected) in [
            ("1.0", "1"),
            ("-1.50e1", "-15"),
            ("1E+2", "100"),
            ("1200e-2", "12"),
            ("0.0", "0"),
            ("-0e9", "0"),
            ("0.00e-5", "0"),
            ("1.5", "1.5"),
            ("1e-1", "1e-1"),
            ("7", "7"),
            ("1e38", &format!("1{}", "0".repeat(38))),
            ("1e39", "1e39"),
            ("1e99999999999999999999", "1e99999999999999999999"),
            (r#"{"1.0":"2.0 \" 3.0","a":[4.0,5.5,6e0]}"#, r#"{"1.0":"2.0 \" 3.0","a":[4,5.5,6]}"#),
            ("[12345678901234567890123456789.0]", "[12345678901234567890123456789]"),
        ] {
            assert_eq!(integral(json), expected, "{json}");
        }
    }

    #[test]
    fn a_whole_number_is_an_integer_and_a_fraction_is_not() {
        assert_eq!(read::<Vec<i64>>(b"[1.0, 1e2, 3]").unwrap(), [1, 100, 3]);
        assert_eq!(read::<u64>(b"18446744073709551615.0").unwrap(), u64::MAX);
        assert_eq!(read::<(u8, f64)>(b"[2.0, 3.0]").unwrap(), (2, 3.0));
        assert!(read::<i64>(b"1.5").is_err());
        assert!(read::<u8>(b"256.0").is_err());
        assert!(read::<String>(b"1.0").is_err());
    }

    #[test]
    fn an_error_refers_to_the_rewritten_text() {
        let json = br#"{"a":1.0,"b":"x"}"#;
        let error = read::<std::collections::BTreeMap<String, i64>>(json).unwrap_err();
        assert!(error.error.to_string().contains("string"), "{}", error.error);
        assert_eq!(error.text(json), br#"{"a":1,"b":"x"}"#);
    }
}
