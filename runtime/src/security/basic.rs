//! HTTP Basic credentials.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::value::Secret;

/// Credentials of `Authorization: Basic`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Basic {
    /// The user name, which must not contain a colon.
    pub username: String,
    /// The password.
    pub password: Secret,
}

impl Basic {
    /// Credentials with this user name and password.
    #[must_use]
    pub fn new(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { username: username.into(), password: password.into() }
    }

    /// The text after `Basic ` in the header; `None` if the user name contains a colon, because a
    /// colon would end it.
    #[must_use]
    pub fn encode(&self) -> Option<Secret> {
        if self.username.contains(':') {
            return None;
        }
        let plain = Zeroizing::new(format!("{}:{}", self.username, self.password.expose()));
        Some(Secret::new(STANDARD.encode(plain.as_bytes())))
    }

    /// Reads the text after `Basic ` in the header; `None` if it is not Base64 of UTF-8 text with a
    /// colon.
    #[must_use]
    pub fn decode(encoded: &str) -> Option<Self> {
        let plain = Zeroizing::new(STANDARD.decode(encoded.trim()).ok()?);
        let (username, password) = std::str::from_utf8(&plain).ok()?.split_once(':')?;
        Some(Self::new(username, password))
    }
}

#[cfg(test)]
mod tests {
    use super::Basic;

    #[test]
    fn a_password_may_hold_colons_and_a_name_may_not() {
        let basic = Basic::new("Aladdin", "open:sesame");
        let encoded = basic.encode().unwrap();
        assert_eq!(encoded.expose(), "QWxhZGRpbjpvcGVuOnNlc2FtZQ==");
        assert_eq!(Basic::decode(encoded.expose()), Some(basic));
        assert_eq!(Basic::new("a:b", "c").encode(), None);
    }
}
