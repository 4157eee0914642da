//! Idempotency keys. A key is made once for a call and kept for all its attempts, so that a server
//! can distinguish a retry from a second call.

use http::{HeaderName, HeaderValue};

use super::request_builder::RequestBuilder;
use crate::descriptor::Location;
use crate::random;

/// The header to use if the document names none.
const USUAL: &str = "idempotency-key";

/// The idempotency header and key of a call, unless a parameter or option already sets that header.
pub(super) fn header(call: &RequestBuilder) -> Option<(HeaderName, HeaderValue)> {
    let chosen = call.options().and_then(|options| options.idempotency_key.as_ref());
    let documented = call.operation.idempotency_key;
    let name = match (chosen, documented) {
        (None, None) => return None,
        (_, documented) => documented.unwrap_or(USUAL),
    };
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    if let Some(key) = chosen {
        return Some((name, key.clone()));
    }
    (!is_set(call, &name)).then(|| HeaderValue::from_str(&made()).ok()).flatten().map(|key| (name, key))
}

/// Whether a call carries a key that identifies it to the server.
pub(super) fn is_marked(call: &RequestBuilder) -> bool {
    call.operation.idempotency_key.is_some() || call.options().is_some_and(|options| options.idempotency_key.is_some())
}

fn is_set(call: &RequestBuilder, name: &HeaderName) -> bool {
    let is_parameter = call
        .values
        .iter()
        .filter_map(|(index, _)| call.operation.parameters.get(*index))
        .any(|one| one.location == Location::Header && one.name.eq_ignore_ascii_case(name.as_str()));
    is_parameter || call.options().is_some_and(|options| options.headers.contains_key(name))
}

/// A random UUID (version 4).
fn made() -> String {
    let (high, low) = (random::bits(), random::bits());
    let version = (high & 0x0fff) | 0x4000;
    let variant = ((low >> 48) & 0x3fff) | 0x8000;
    let node = low & 0xffff_ffff_ffff;
    format!("{:08x}-{:04x}-{version:04x}-{variant:04x}-{node:012x}", high >> 32, (high >> 16) & 0xffff)
}

#[cfg(test)]
mod tests {
    use super::made;

    #[test]
    fn a_key_is_a_new_uuid() {
        let key = made();
        let lengths: Vec<usize> = key.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(key.split('-').nth(2).unwrap().starts_with('4'));
        assert!(key.split('-').nth(3).unwrap().starts_with(['8', '9', 'a', 'b']));
        assert_ne!(key, made());
    }
}
