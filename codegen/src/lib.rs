//! Reads OpenAPI documents and writes typed Rust: clients and server traits.
//!
//! The folders are the stages that a document passes through; their order is in [`pipeline`] and
//! nowhere else. [`source`], [`document`] and [`openapi`] are what they are built on.
//!
//! **Invariant:** the same input gives the same bytes on every machine: no clock, no environment,
//! no network and no iteration over a hash map in this crate. No input can panic it, abort it or
//! make it hang.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::todo,
    clippy::unimplemented,
    clippy::indexing_slicing
)]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test fails by panicking"
    )
)]

mod bundle;
pub mod config;
pub mod diagnostics;
pub mod document;
pub mod drift;
pub mod emit;
pub mod ir;
mod limits;
pub mod load;
pub mod lower;
pub mod openapi;
pub mod output;
pub mod overlay;
pub mod pipeline;
pub mod raise;
pub mod render;
pub mod source;
pub mod stability;
pub mod surface;
pub mod text;
pub mod validate;
pub mod values;
