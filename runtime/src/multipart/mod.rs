//! Multipart bodies: typed fields and files ↔ parts between boundaries. The body is streamed if a
//! file is.

#[cfg(feature = "server")]
pub(crate) mod decode;
mod disposition;
mod encode;
mod file;
#[cfg(all(feature = "file-bodies", not(target_arch = "wasm32")))]
mod open;
#[cfg(feature = "server")]
pub(crate) mod pace;

pub use encode::Multipart;
pub use file::{File, Files};
