//! JSON Pointers as text: `/paths/~1users~1{id}/get`.

use std::borrow::Cow;

/// A key in the notation of a pointer: `~` becomes `~0`, and `/` becomes `~1`.
#[must_use]
pub fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        return key.replace('~', "~0").replace('/', "~1").into();
    }
    key.into()
}

/// The key that a token of a pointer represents.
#[must_use]
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') {
        return token.replace("~1", "/").replace("~0", "~").into();
    }
    token.into()
}

/// The pointer to the value of `key`, or to the member at that index, in the node at `parent`.
#[must_use]
pub fn join(parent: &str, key: impl AsRef<str>) -> String {
    let key = escape(key.as_ref());
    let mut pointer = String::with_capacity(parent.len() + 1 + key.len());
    pointer.push_str(parent);
    pointer.push('/');
    pointer.push_str(&key);
    pointer
}

/// The keys of a pointer; `None` if it is neither empty nor starts with `/`.
pub fn tokens(pointer: &str) -> Option<impl DoubleEndedIterator<Item = Cow<'_, str>>> {
    let rest = match pointer.strip_prefix('/') {
        Some(rest) => Some(rest),
        None if pointer.is_empty() => None,
        None => return None,
    };
    Some(rest.into_iter().flat_map(|rest| rest.split('/')).map(unescape))
}

/// The index that a token represents; `None` if it has a leading zero or a sign.
#[must_use]
pub fn index(token: &str) -> Option<usize> {
    let plain = token == "0" || (!token.starts_with(['0', '+']));
    token.parse().ok().filter(|_| plain)
}

/// The pointer in a reference to this document: `#/a/b%20c` is `/a/b c`, and `#` is the empty
/// pointer. `None` if the reference names another file or an anchor.
#[must_use]
pub fn of_reference(reference: &str) -> Option<Cow<'_, str>> {
    let fragment = reference.strip_prefix('#')?;
    let pointer = percent_decode(fragment);
    (pointer.is_empty() || pointer.starts_with('/')).then_some(pointer)
}

/// The last token of a reference as it is written, which names the schema that it refers to.
#[must_use]
pub(crate) fn last_token(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}

/// The reference to a pointer: `/a/b c` is `#/a/b%20c`.
#[must_use]
pub fn to_reference(pointer: &str) -> String {
    let mut reference = String::with_capacity(pointer.len() + 1);
    reference.push('#');
    for char in pointer.chars() {
        match char {
            '%' => reference.push_str("%25"),
            ' ' => reference.push_str("%20"),
            '"' => reference.push_str("%22"),
            _ => reference.push(char),
        }
    }
    reference
}

/// Decodes percent-encoded text such as `%41`. If the result is not UTF-8, the text is returned
/// unchanged.
#[must_use]
pub fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escaped = (*first == b'%').then(|| after.split_at_checked(2)).flatten();
        let decoded = escaped.and_then(|(digits, after)| Some((hex(digits)?, after)));
        let (byte, after) = decoded.unwrap_or((*first, after));
        bytes.push(byte);
        rest = after;
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Decodes each token on its own, so that a slash that it encodes is part of a key: `/a%2Fb` is
/// `/a~1b`.
#[must_use]
pub fn percent_decode_tokens(pointer: &str) -> String {
    let tokens = pointer.split('/').map(|token| percent_decode(token).replace('/', "~1"));
    tokens.collect::<Vec<_>>().join("/")
}

fn hex(digits: &[u8]) -> Option<u8> {
    let text = std::str::from_utf8(digits).ok().filter(|text| !text.starts_with('+'))?;
    u8::from_str_radix(text, 16).ok()
}
