//! Keys of `responses` are statuses from 100 to 599, ranges such as `4XX`, or `default`.

use std::borrow::Cow;

use super::Finding;
use super::grammar::Kind;
use super::place::Place;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::Node;

/// The one spelling of a status; `None` when it is none.
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

pub(super) fn check(kind: Kind, node: &Node, place: &Place<'_>, found: &mut Finding<'_, '_>) {
    if kind != Kind::Responses {
        return;
    }
    for entry in node.as_object().into_iter().flatten() {
        if normal(&entry.key).is_none() && !entry.key.starts_with("x-") {
            let message = format!("`{}` is no status of a response", entry.key);
            found.report_at(
                &entry.key,
                Diagnostic::new(&codes::INVALID_STATUS, entry, message)
                    .overlay(super::overlay::remove(&place.key(&entry.key).pointer()))
                    .help(
                        "the response is left out; use a number from 100 to 599, a range such as `4XX`, or `default`",
                    ),
            );
        }
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
