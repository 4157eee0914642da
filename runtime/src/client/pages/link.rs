//! The `Link` header (RFC 8288): finds the target with the relation `next`.

use http::HeaderMap;
use http::header::LINK;

/// The target of the first link with the relation `next`.
pub(super) fn next(headers: &HeaderMap) -> Option<&str> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(next_of)
}

/// The target in one header, which may list several links.
fn next_of(mut text: &str) -> Option<&str> {
    loop {
        let start = text.find('<')?;
        let (target, rest) = text.get(start + 1..)?.split_once('>')?;
        let end = end_of_parameters(rest);
        if is_next(&rest[..end]) {
            return Some(target.trim());
        }
        text = &rest[end..];
    }
}

/// Where the parameters of a link end, which is at a comma outside quotes.
fn end_of_parameters(text: &str) -> usize {
    let (mut quoted, mut escaped) = (false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

/// Whether one of the relations is `next`. Only the first `rel` counts.
fn is_next(parameters: &str) -> bool {
    let relation = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("rel").then(|| value.trim().trim_matches('"'))
    });
    relation.is_some_and(|names| names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("next")))
}

#[cfg(test)]
mod tests {
    use super::next_of;

    #[test]
    fn the_next_link_is_found() {
        for (text, expected) in [
            (
                "<https://a.example/?page=2>; rel=\"next\", <https://a.example/?page=9>; rel=\"last\"",
                "https://a.example/?page=2",
            ),
            ("</a>; rel=prev, </b>; rel=next", "/b"),
            ("</a,b>; title=\"x, y\\\"; z\"; REL=\"last Next\"", "/a,b"),
        ] {
            assert_eq!(next_of(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn anything_else_is_no_next_link() {
        for text in
            ["", "<", "<a", "<a>", "<a>; rel=\"prev\"", "<a>; rel=nextish", "rel=next", "<a>; rel=prev; rel=next"]
        {
            assert_eq!(next_of(text), None, "{text}");
        }
    }
}
