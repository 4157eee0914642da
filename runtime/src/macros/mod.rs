//! Macros for generated code. Each call is one line instead of a page of impls.

#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod digest;
mod enums;
mod newtypes;
mod object;
mod operation;
mod outcomes;
mod requires;
mod schemas;
mod setters;
mod union;
mod validation;
