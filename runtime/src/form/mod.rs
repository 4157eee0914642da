//! `application/x-www-form-urlencoded` bodies: structs and maps ↔ pairs.

mod decode;
mod encode;

pub use decode::decode;
#[cfg(feature = "server")]
pub(crate) use decode::{entries, push};
pub use encode::encode;
pub(crate) use encode::pairs;

/// The media type.
pub const MEDIA: &str = "application/x-www-form-urlencoded";
