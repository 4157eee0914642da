//! A body in a recording: JSON, text or bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::media;

/// A body. Without any of these, it is empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Content {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub json: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base64: Option<String>,
}

impl Content {
    /// The body of a message with this content type. JSON that cannot be parsed stays text.
    pub fn of(bytes: &Bytes, content_type: &str) -> Self {
        if bytes.is_empty() {
            return Self::default();
        }
        let json = media::is_json(content_type).then(|| serde_json::from_slice(bytes).ok()).flatten();
        // YAML has no value that differs from an absent one.
        if let Some(json) = json.filter(|json: &Value| !json.is_null()) {
            return Self { json: Some(json), ..Self::default() };
        }
        match std::str::from_utf8(bytes) {
            Ok(text) => Self { text: Some(text.to_owned()), ..Self::default() },
            Err(_) => Self { base64: Some(STANDARD.encode(bytes)), ..Self::default() },
        }
    }

    /// The bytes.
    pub fn bytes(&self) -> Result<Bytes, String> {
        if let Some(json) = &self.json {
            return serde_json::to_vec(json).map(Bytes::from).map_err(|error| error.to_string());
        }
        if let Some(text) = &self.text {
            return Ok(text.clone().into());
        }
        let bytes = STANDARD.decode(self.base64.as_deref().unwrap_or_default());
        bytes.map(Bytes::from).map_err(|error| format!("a body of the recording is no Base64: {error}"))
    }

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
