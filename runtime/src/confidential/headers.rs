//! Which headers may hold secrets, and how they are kept from being shown.

use http::{HeaderMap, HeaderName};

/// Whether one would expect a secret in a header of this name.
fn is_confidential(name: &HeaderName) -> bool {
    const MARKS: [&str; 9] =
        ["cookie", "token", "secret", "auth", "key", "session", "password", "credential", "signature"];
    MARKS.iter().any(|mark| name.as_str().contains(mark))
}

/// Marks headers by whose names one would expect a secret, so that `Debug` does not show them.
#[cfg(feature = "client")]
pub(crate) fn hide_secrets(headers: &mut HeaderMap) {
    for (name, value) in headers {
        if is_confidential(name) {
            value.set_sensitive(true);
        }
    }
}

/// Headers for `Debug`, without the values in which one would expect a secret.
#[cfg(feature = "server")]
pub(crate) struct Shown<'h>(pub(crate) &'h HeaderMap);

#[cfg(feature = "server")]
impl std::fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if is_confidential(name) {
                map.entry(name, &"Sensitive");
            } else {
                map.entry(name, value);
            }
        }
        map.finish()
    }
}
