//! Reads OpenAPI documents and writes typed Rust: clients and server traits.
//!
//! The folders are the stages that a document passes through. Only [`pipeline`] defines their
//! order. They are built on [`source`], [`document`] and [`openapi`].
//!
//! **Invariant:** the same input gives the same bytes on every machine. This crate uses no clock,
//! no environment and no network, and iterates over no hash map. No input can make it panic, abort
//! or hang.
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
