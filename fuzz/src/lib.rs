//! What the fuzz targets do with their input, and what must hold whatever it is.

pub mod drift;
pub mod generator;
pub mod plausible;
pub mod requests;

/// What stands before the first NUL, and what after it.
#[must_use]
pub fn halves(bytes: &[u8]) -> (&[u8], &[u8]) {
    let middle = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    (&bytes[..middle], bytes.get(middle + 1..).unwrap_or_default())
}
