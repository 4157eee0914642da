//! stub
pub mod decode;
