//! Decides which parts of a value or a path may be shown.

use specwright_codegen::text::is_hidden;

use crate::web::log::is_secret;

/// Characters of a word.
const WORD: usize = 40;

/// Characters from which a word with digits may be a key.
const KEY: usize = 16;

/// Whether a text is a word of the API, such as `past_due`, rather than data of a person or a
/// secret. `pointer` names the properties that lead to it.
pub(super) fn is_word(pointer: &str, text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    !text.is_empty()
        && text.len() <= WORD
        && text.chars().all(is_plain)
        && !is_key(text)
        && !pointer.split('/').any(is_secret)
}

/// Whether a text looks like a key or an ID: long, with digits.
fn is_key(text: &str) -> bool {
    text.len() >= KEY && text.chars().any(|c| c.is_ascii_digit())
}

/// A path that no operation has, with what looks like IDs replaced by `{}`, so that it is one kind
/// and shows no data.
pub(super) fn masked(path: &str) -> String {
    let segment = |segment: &str| {
        let is_id = segment.chars().any(|c| c.is_ascii_digit() || is_hidden(c) || "%@~".contains(c))
            && !is_version(segment)
            || segment.len() > WORD;
        if is_id { "{}".to_owned() } else { segment.to_owned() }
    };
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// `v1`, `v2.1`
fn is_version(segment: &str) -> bool {
    let rest = segment.strip_prefix('v').unwrap_or_default();
    !rest.is_empty() && rest.len() < 6 && rest.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// A pointer whose indices are replaced by `*`, so that all items of a list are one place, and
/// whose keys that are data are replaced by `{}`.
pub(super) fn place(pointer: &str) -> String {
    let is_index = |token: &str| !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_digit());
    let tokens = pointer.split('/').map(|token| match token {
        _ if is_index(token) => "*",
        _ if is_data(token) => "{}",
        name => name,
    });
    tokens.collect::<Vec<_>>().join("/")
}

/// Whether the key of a map is an address or an ID rather than a name.
fn is_data(token: &str) -> bool {
    let digits = token.chars().filter(char::is_ascii_digit).count();
    token.contains('@') && token.contains('.') || token.len() >= 20 && digits >= 4
}

#[cfg(test)]
mod tests {
    use super::{is_word, masked, place};

    #[test]
    fn only_words_of_an_api_are_shown() {
        for word in ["trial", "past_due", "2026-01", "text/plain", "en-US"] {
            assert!(is_word("/body/plan", word), "{word}");
        }
        for other in ["", "Jane Doe", "jane@example.com", "sk_live_4eC39HqLyjWDarjt", "+15551234567", "a\u{202e}b"] {
            assert!(!is_word("/body/plan", other), "{other}");
        }
        assert!(!is_word("/body/access_token/kind", "trial"));
    }

    #[test]
    fn paths_and_places_have_no_ids() {
        assert_eq!(masked("/v1/users/7f3a/pets"), "/v1/users/{}/pets");
        assert_eq!(masked("/users/jane@example.com"), "/users/{}");
        assert_eq!(place("/body/items/12/2fa"), "/body/items/*/2fa");
        assert_eq!(place("/body/users/jane@example.com/@type"), "/body/users/{}/@type");
    }
}
