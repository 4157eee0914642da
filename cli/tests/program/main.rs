//! Runs the built program as a user does, in a temporary folder.

mod folder;
mod generate;
mod module;
mod project;
mod schema;
