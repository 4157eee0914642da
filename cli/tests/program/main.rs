//! Runs the built program as a user does, in a temporary folder.

mod folder;
mod generate;
#[cfg(feature = "mock")]
mod mock;
mod module;
mod project;
mod schema;
