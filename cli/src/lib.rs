//! Reads OpenAPI documents and writes typed Rust: clients, and server traits with an axum router.
//!
//! [`Generator`] is for build scripts and xtasks. The feature `cli` (on by default) adds the
//! program `specwright`, and its commands as functions in `commands`. The feature `macros` adds the
//! macro `api!`, which declares the module of a document.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod generator;

#[cfg(feature = "cli")]
pub mod commands;
#[cfg(feature = "cli")]
pub mod exit;
#[cfg(feature = "cli")]
pub mod fetch;
#[cfg(feature = "cli")]
pub mod git;
#[cfg(feature = "cli")]
pub mod progress;
#[cfg(feature = "cli")]
pub mod project;
#[cfg(feature = "cli")]
pub mod report;

pub use generator::{Error, Generator, RuntimeSource};
#[cfg(feature = "macros")]
pub use specwright_macros::api;
