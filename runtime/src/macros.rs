//! Macros that generated types call: each says in a line how a type is written, and stands in for a page of impls.

mod enums;
mod newtypes;
mod object;
mod union;
