//! The signature schemes: which headers they use, what they sign, and how the code is written.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// How a vendor signs its webhooks. An application can define its own scheme.
#[derive(Debug)]
pub struct SignatureScheme {
    /// The header that contains the signature, in lower case.
    pub header: &'static str,
    /// The header that contains the ID of the message.
    pub id: Option<&'static str>,
    /// Where to find the time of the signature, in seconds since 1970.
    pub timestamp: Timestamp,
    /// The parts that are signed.
    pub parts: &'static [Part],
    /// The separator between entries of the header, if there can be several.
    pub separator: Option<&'static str>,
    /// The text that precedes a code.
    pub prefix: &'static str,
    /// How a code is written.
    pub encoding: Encoding,
    /// How a key is written.
    pub key: KeyText,
}

/// Where to find the time of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timestamp {
    /// Nowhere. Anyone who has seen a webhook can repeat it.
    None,
    /// In a header.
    Header(&'static str),
    /// In an entry of the signature's header that begins with this text.
    Entry(&'static str),
}

/// A part of the text that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Fixed text.
    Text(&'static str),
    /// The ID of the message.
    Id,
    /// The time.
    Timestamp,
    /// The body as it is sent.
    Body,
}

/// How a code is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Hexadecimal, in lower case.
    Hex,
    /// Base64 with padding.
    Base64,
}

/// How a key is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyText {
    /// The bytes of the text.
    Utf8,
    /// Base64, optionally preceded by `whsec_`.
    Base64,
}

impl SignatureScheme {
    /// [Standard Webhooks](https://www.standardwebhooks.com), as `Svix`, `OpenAI` and others use them.
    pub const STANDARD_WEBHOOKS: Self = Self {
        header: "webhook-signature",
        id: Some("webhook-id"),
        timestamp: Timestamp::Header("webhook-timestamp"),
        parts: &[Part::Id, Part::Text("."), Part::Timestamp, Part::Text("."), Part::Body],
        separator: Some(" "),
        prefix: "v1,",
        encoding: Encoding::Base64,
        key: KeyText::Base64,
    };

    /// Stripe: `Stripe-Signature: t=1492774577,v1=5257a8…`.
    pub const STRIPE: Self = Self {
        header: "stripe-signature",
        id: None,
        timestamp: Timestamp::Entry("t="),
        parts: &[Part::Timestamp, Part::Text("."), Part::Body],
        separator: Some(","),
        prefix: "v1=",
        encoding: Encoding::Hex,
        key: KeyText::Utf8,
    };

    /// GitHub: `X-Hub-Signature-256: sha256=757107…`.
    pub const GITHUB: Self = Self {
        header: "x-hub-signature-256",
        id: None,
        timestamp: Timestamp::None,
        parts: &[Part::Body],
        separator: None,
        prefix: "sha256=",
        encoding: Encoding::Hex,
        key: KeyText::Utf8,
    };

    /// Slack: `X-Slack-Signature: v0=a2114d…`.
    pub const SLACK: Self = Self {
        header: "x-slack-signature",
        id: None,
        timestamp: Timestamp::Header("x-slack-request-timestamp"),
        parts: &[Part::Text("v0:"), Part::Timestamp, Part::Text(":"), Part::Body],
        separator: None,
        prefix: "v0=",
        encoding: Encoding::Hex,
        key: KeyText::Utf8,
    };

    /// Shopify: `X-Shopify-Hmac-Sha256: XWmrwM…`.
    pub const SHOPIFY: Self = Self {
        header: "x-shopify-hmac-sha256",
        id: None,
        timestamp: Timestamp::None,
        parts: &[Part::Body],
        separator: None,
        prefix: "",
        encoding: Encoding::Base64,
        key: KeyText::Utf8,
    };

    /// Every scheme.
    pub const ALL: [&'static Self; 5] =
        [&Self::STANDARD_WEBHOOKS, &Self::STRIPE, &Self::GITHUB, &Self::SLACK, &Self::SHOPIFY];

    /// The entries of the signature's header.
    pub(super) fn entries<'h>(&self, value: &'h str) -> impl Iterator<Item = &'h str> + use<'h> {
        let separator = self.separator;
        let mut rest = Some(value);
        std::iter::from_fn(move || {
            let text = rest.take()?;
            match separator.and_then(|separator| text.split_once(separator)) {
                Some((entry, after)) => {
                    rest = Some(after);
                    Some(entry.trim())
                }
                None => Some(text.trim()),
            }
        })
    }
}

impl Encoding {
    pub(super) fn encode(self, code: &[u8]) -> String {
        match self {
            Self::Hex => code.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(digit).collect(),
            Self::Base64 => STANDARD.encode(code),
        }
    }

    pub(super) fn decode(self, text: &str) -> Option<Vec<u8>> {
        match self {
            Self::Base64 => STANDARD.decode(text).ok(),
            Self::Hex => {
                let digits: Option<Vec<u8>> =
                    text.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
                let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
                Some(digits.chunks(2).map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit)).collect())
            }
        }
    }
}

fn digit(value: u8) -> char {
    char::from_digit(u32::from(value), 16).unwrap_or('0')
}
