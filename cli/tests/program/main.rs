//! Runs the built program as a user does, in a folder of its own.

mod folder;
mod generate;
mod module;
mod project;
mod schema;
