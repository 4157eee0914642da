//! Prints findings: for people, for machines, for the services that show results of CI.
//!
//! The rule it keeps: the same findings give the same bytes; nothing that a document says can break out of the format.

mod json;

pub use json::to_json;
