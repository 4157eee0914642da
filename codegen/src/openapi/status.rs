//! Reads the keys of `responses`: statuses, ranges such as `4XX`, and `default`.

use std::borrow::Cow;

/// The status in its usual spelling. `None` if it is not a status.
#[must_use]
pub fn normal(key: &str) -> Option<Cow<'_, str>> {
    let key = key.trim();
    if key.eq_ignore_ascii_case("default") {
        return Some("default".into());
    }
    let [first @ b'1'..=b'5', rest @ ..] = key.as_bytes() else {
        return None;
    };
    match rest {
        [b'0'..=b'9', b'0'..=b'9'] | b"XX" => Some(key.into()),
        [b'x' | b'X', b'x' | b'X'] => Some(format!("{}XX", char::from(*first)).into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::normal;

    #[test]
    fn statuses_have_three_digits_from_100_to_599() {
        assert_eq!(normal("200").as_deref(), Some("200"));
        assert_eq!(normal("4xx").as_deref(), Some("4XX"));
        assert_eq!(normal("Default").as_deref(), Some("default"));
        for none in ["99", "600", "6XX", "20X", "", "2000", "2é"] {
            assert_eq!(normal(none), None, "{none}");
        }
    }
}
