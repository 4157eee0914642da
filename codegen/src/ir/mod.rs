//! Builds the API in our terms from a lowered document.

pub mod model;
pub mod naming;
pub mod types;
