//! Turns bytes into text, or says why they are not text.

use super::Limits;
use crate::diagnostics::{CodeInfo, codes};

/// Why bytes are not text.
pub(super) struct NotText {
    /// The code.
    pub code: &'static CodeInfo,
    /// The message.
    pub message: String,
    /// The help.
    pub help: &'static str,
    /// The part of the text that can be shown.
    pub text: String,
    /// The offset of the mistake in that text.
    pub offset: usize,
}

/// The number of bytes of a file that is not text that are kept for the excerpt.
const SHOWN: usize = 4096;

/// UTF-8 text without byte order mark.
pub(super) fn decode(bytes: Vec<u8>, limits: &Limits) -> Result<String, NotText> {
    if bytes.len() > limits.file_bytes {
        return Err(too_large(bytes.len(), limits));
    }
    if let Some(encoding) = wide_encoding(&bytes) {
        return Err(not_utf8(format!("the file is encoded as {encoding}"), String::new(), 0));
    }
    let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    let text = String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let valid = error.as_bytes().get(..offset).unwrap_or_default();
        let after = error.as_bytes().get(offset..).unwrap_or_default();
        let byte = after.first().copied().unwrap_or_default();
        let mut text = String::from_utf8_lossy(valid).into_owned();
        text.push_str(&String::from_utf8_lossy(after.get(..SHOWN).unwrap_or(after)));
        not_utf8(format!("byte 0x{byte:02X} is not UTF-8"), text, offset)
    })?;
    match text.bytes().position(|byte| byte == 0) {
        Some(offset) => Err(nul(text, offset)),
        None => Ok(text),
    }
}

fn too_large(size: usize, limits: &Limits) -> NotText {
    let limit = limits.file_bytes >> 20;
    NotText {
        code: &codes::FILE_TOO_LARGE,
        message: format!("the file has {size} bytes, more than the limit of {limit} MiB"),
        help: "split the document, or check that this is the file you mean",
        text: String::new(),
        offset: 0,
    }
}

fn nul(text: String, offset: usize) -> NotText {
    NotText {
        code: &codes::NOT_TEXT,
        message: "the file has a NUL character, so it is not text".to_owned(),
        help: "remove the character; if the file is compressed, unpack it first",
        text,
        offset,
    }
}

fn not_utf8(message: String, text: String, offset: usize) -> NotText {
    let code = &codes::NOT_UTF8;
    NotText { code, message, help: "save the file as UTF-8", text, offset }
}

/// UTF-16 and UTF-32, recognized by their byte order mark or by the zeros next to the first
/// character.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0, 0, 0xFE, 0xFF, ..] | [0xFF, 0xFE, 0, 0, ..] => Some("UTF-32"),
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] => Some("UTF-16"),
        [0, first, 0, second, ..] | [first, 0, second, 0, ..] if *first != 0 && *second != 0 => Some("UTF-16"),
        _ => None,
    }
}
