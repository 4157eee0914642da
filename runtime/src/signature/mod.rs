//! Signatures of webhooks: HMAC-SHA256 over the raw body, as Standard Webhooks and well-known
//! vendors define them. **Invariant:** codes are compared in constant time, and no message contains
//! a key or a code.

mod scheme;

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, HeaderName, HeaderValue};
use sha2::Sha256;

pub use self::scheme::{Encoding, KeyText, Part, SignatureScheme, Timestamp};
use crate::value::Secret;

/// The maximum difference between the time of a signature and the clock, in either direction.
const TOLERANCE: Duration = Duration::from_secs(300);

/// The number of signatures in a header that are compared. A sender that changes keys sends two.
const MOST: usize = 16;

/// Signs webhooks, and verifies the signatures of webhooks that arrive.
///
/// ```
/// use std::time::SystemTime;
/// use specwright_runtime::Secret;
/// use specwright_runtime::signature::{SignatureScheme, Signatures};
///
/// let key = Secret::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
/// let signatures = Signatures::new(&SignatureScheme::STANDARD_WEBHOOKS, &key).unwrap();
/// let headers = signatures.sign("msg_1", b"{}", SystemTime::now());
/// assert!(signatures.verify(&headers, b"{}", SystemTime::now()).is_ok());
/// assert!(signatures.verify(&headers, b"[]", SystemTime::now()).is_err());
/// ```
#[derive(Clone)]
pub struct Signatures {
    scheme: &'static SignatureScheme,
    /// The first one signs; all of them verify.
    keys: Vec<Hmac<Sha256>>,
    tolerance: Duration,
}

/// Shows no keys.
impl fmt::Debug for Signatures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { scheme, keys, tolerance } = self;
        f.debug_struct("Signatures")
            .field("header", &scheme.header)
            .field("keys", &keys.len())
            .field("tolerance", tolerance)
            .finish()
    }
}

/// A key that is not written in the form of the scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidKey;

impl fmt::Display for InvalidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the key must be Base64, with or without `whsec_` before it, and not be empty")
    }
}

impl std::error::Error for InvalidKey {}

/// Why a webhook is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SignatureError {
    /// A header is missing, repeated or cannot be read.
    Header(&'static str),
    /// The signature is older than the tolerance, or from the future.
    Stale,
    /// No signature was made with any of the keys.
    Wrong,
}

impl fmt::Display for SignatureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Header(name) => write!(f, "the header `{name}` must be given once, with a signature"),
            Self::Stale => f.write_str("the signature is too old, or the clocks differ"),
            Self::Wrong => f.write_str("the signature does not match the body"),
        }
    }
}

impl std::error::Error for SignatureError {}

impl Signatures {
    /// Signatures of a scheme with one key.
    ///
    /// # Errors
    /// If the key is not written in the form of the scheme.
    pub fn new(scheme: &'static SignatureScheme, key: &Secret) -> Result<Self, InvalidKey> {
        Ok(Self { scheme, keys: vec![mac(scheme, key)?], tolerance: TOLERANCE })
    }

    /// Also accepts the signatures of another key, while keys are being changed.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn and_key(mut self, key: &Secret) -> Result<Self, InvalidKey> {
        self.keys.push(mac(self.scheme, key)?);
        Ok(self)
    }

    /// Sets the maximum age of a signature. The default is five minutes. Schemes without a time
    /// ignore it.
    #[must_use]
    pub fn tolerance(self, tolerance: Duration) -> Self {
        Self { tolerance, ..self }
    }

    /// Verifies the signature of a body as received.
    ///
    /// # Errors
    /// If it is missing, too old, or does not match this body.
    pub fn verify(&self, headers: &HeaderMap, body: &[u8], now: SystemTime) -> Result<(), SignatureError> {
        let scheme = self.scheme;
        let signed = once(headers, scheme.header)?;
        let id = scheme.id.map(|name| once(headers, name)).transpose()?.unwrap_or_default();
        let time = match scheme.timestamp {
            Timestamp::None => "",
            Timestamp::Header(name) => once(headers, name)?,
            Timestamp::Entry(prefix) => scheme
                .entries(signed)
                .find_map(|entry| entry.strip_prefix(prefix))
                .ok_or(SignatureError::Header(scheme.header))?,
        };
        if scheme.timestamp != Timestamp::None {
            let seconds = time.parse().map_err(|_| SignatureError::Header(scheme.header))?;
            self.check_time(seconds, now)?;
        }
        let codes = scheme.entries(signed).filter_map(|entry| entry.strip_prefix(scheme.prefix)).take(MOST);
        let mut codes = codes.filter_map(|text| scheme.encoding.decode(text));
        // The comparison takes constant time for each code and key.
        let is_right =
            |code: Vec<u8>| self.keys.iter().any(|key| self.code(key, id, time, body).verify_slice(&code).is_ok());
        if codes.any(is_right) { Ok(()) } else { Err(SignatureError::Wrong) }
    }

    /// The headers that sign a body. `id` is the ID of the message, for schemes that have one. It
    /// is the same for each attempt to deliver the message.
    #[must_use]
    pub fn sign(&self, id: &str, body: &[u8], now: SystemTime) -> HeaderMap {
        let scheme = self.scheme;
        let time = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs().to_string();
        let mut headers = HeaderMap::new();
        let mut add = |name: &'static str, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(HeaderName::from_static(name), value);
            }
        };
        if let Some(name) = scheme.id {
            add(name, id);
        }
        let mut entries = Vec::new();
        match scheme.timestamp {
            Timestamp::None => {}
            Timestamp::Header(name) => add(name, &time),
            Timestamp::Entry(prefix) => entries.push(format!("{prefix}{time}")),
        }
        if let Some(key) = self.keys.first() {
            let code = self.code(key, id, &time, body).finalize().into_bytes();
            entries.push(format!("{}{}", scheme.prefix, scheme.encoding.encode(&code)));
        }
        add(scheme.header, &entries.join(scheme.separator.unwrap_or_default()));
        headers
    }

    /// The header with the ID of a message.
    #[cfg(all(feature = "client", not(target_arch = "wasm32")))]
    pub(crate) fn id_header(&self) -> Option<&'static str> {
        self.scheme.id
    }

    fn check_time(&self, seconds: u64, now: SystemTime) -> Result<(), SignatureError> {
        let now = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        if now.abs_diff(seconds) <= self.tolerance.as_secs() { Ok(()) } else { Err(SignatureError::Stale) }
    }

    fn code(&self, key: &Hmac<Sha256>, id: &str, time: &str, body: &[u8]) -> Hmac<Sha256> {
        let mut mac = key.clone();
        for part in self.scheme.parts {
            mac.update(match part {
                Part::Text(text) => text.as_bytes(),
                Part::Id => id.as_bytes(),
                Part::Timestamp => time.as_bytes(),
                Part::Body => body,
            });
        }
        mac
    }
}

fn mac(scheme: &SignatureScheme, key: &Secret) -> Result<Hmac<Sha256>, InvalidKey> {
    let text = key.expose();
    let bytes = match scheme.key {
        KeyText::Utf8 => text.as_bytes().to_vec(),
        KeyText::Base64 => STANDARD.decode(text.strip_prefix("whsec_").unwrap_or(text)).map_err(|_| InvalidKey)?,
    };
    let bytes = zeroize::Zeroizing::new(bytes);
    if bytes.is_empty() {
        return Err(InvalidKey);
    }
    Hmac::new_from_slice(&bytes).map_err(|_| InvalidKey)
}

/// The value of a header that is given once.
fn once<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, SignatureError> {
    let mut values = headers.get_all(name).iter();
    match (values.next().map(HeaderValue::to_str), values.next()) {
        (Some(Ok(value)), None) => Ok(value),
        _ => Err(SignatureError::Header(name)),
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    use http::HeaderMap;

    use super::{InvalidKey, SignatureError, SignatureScheme, Signatures};
    use crate::value::Secret;

    fn at(seconds: u64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(seconds)
    }

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn the_vectors_of_the_vendors_are_verified() {
        // From the specification of Standard Webhooks.
        let standard = headers(&[
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ]);
        let key = Secret::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signatures = Signatures::new(&SignatureScheme::STANDARD_WEBHOOKS, &key).unwrap();
        assert_eq!(signatures.verify(&standard, br#"{"test": 2432232314}"#, at(1_614_265_330)), Ok(()));
        // From GitHub's documentation.
        let github = headers(&[(
            "x-hub-signature-256",
            "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
        )]);
        let signatures =
            Signatures::new(&SignatureScheme::GITHUB, &Secret::from("It's a Secret to Everybody")).unwrap();
        assert_eq!(signatures.verify(&github, b"Hello, World!", at(0)), Ok(()));
        // From Slack's documentation.
        let slack = headers(&[
            ("x-slack-request-timestamp", "1531420618"),
            ("x-slack-signature", "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
        ]);
        let body = "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&\
                    channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&\
                    response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&\
                    trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
        let signatures =
            Signatures::new(&SignatureScheme::SLACK, &Secret::from("8f742231b10e8888abcd99yyyzzz85a5")).unwrap();
        assert_eq!(signatures.verify(&slack, body.as_bytes(), at(1_531_420_618)), Ok(()));
    }

    #[test]
    fn what_is_signed_is_verified_by_every_scheme_and_nothing_else_is() {
        for scheme in SignatureScheme::ALL {
            let key = Secret::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
            let signatures = Signatures::new(scheme, &key).unwrap();
            let signed = signatures.sign("msg_1", b"{}", at(1_000));
            assert_eq!(signatures.verify(&signed, b"{}", at(1_000)), Ok(()), "{}", scheme.header);
            assert_eq!(signatures.verify(&signed, b"{ }", at(1_000)), Err(SignatureError::Wrong));
            let other = Signatures::new(scheme, &Secret::from("whsec_AAAA9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).unwrap();
            assert_eq!(other.verify(&signed, b"{}", at(1_000)), Err(SignatureError::Wrong));
            let both = other.and_key(&key).unwrap();
            assert_eq!(both.verify(&signed, b"{}", at(1_000)), Ok(()), "keys change");
            assert_eq!(both.verify(&HeaderMap::new(), b"{}", at(1_000)), Err(SignatureError::Header(scheme.header)));
            assert!(!format!("{both:?}").contains("whsec"));
        }
    }

    #[test]
    fn an_old_signature_is_refused() {
        let key = Secret::from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let signatures = Signatures::new(&SignatureScheme::STRIPE, &key).unwrap();
        let signed = signatures.sign("", b"{}", at(10_000));
        for (now, expected) in [
            (10_300, Ok(())),
            (9_700, Ok(())),
            (10_301, Err(SignatureError::Stale)),
            (9_699, Err(SignatureError::Stale)),
        ] {
            assert_eq!(signatures.verify(&signed, b"{}", at(now)), expected, "{now}");
        }
        let short = signatures.tolerance(Duration::from_secs(10));
        assert_eq!(short.verify(&signed, b"{}", at(10_011)), Err(SignatureError::Stale));
    }

    #[test]
    fn a_key_is_written_as_its_scheme_has_it() {
        for (scheme, key) in [(&SignatureScheme::STANDARD_WEBHOOKS, "not base64!"), (&SignatureScheme::GITHUB, "")] {
            assert_eq!(Signatures::new(scheme, &Secret::from(key)).err(), Some(InvalidKey));
        }
    }
}
