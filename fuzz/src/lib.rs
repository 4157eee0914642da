//! The code of the fuzz targets: the functions that they run, and the properties that must hold for
//! every input.

#![forbid(unsafe_code)]

pub mod drift;
pub mod generator;
pub mod hostile;
pub mod plausible;
pub mod requests;

/// Splits bytes at the first NUL.
#[must_use]
pub fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    let middle = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    (&bytes[..middle], bytes.get(middle + 1..).unwrap_or_default())
}
