//! Macros that generated code calls: each says in a line what would be a page of impls.

#[cfg(feature = "client")]
mod client;
mod enums;
mod newtypes;
mod object;
mod union;
mod validation;
