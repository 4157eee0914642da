//! Prints what holds the generated files together: `mod.rs` below a crate of ours, or a crate of its own with its `Cargo.toml`.
//!
//! The rule kept here: a crate compiles as it is printed, with any combination of its features, without a warning.

mod manifest;
mod module;

pub use manifest::{Dependency, Manifest};

use super::{SourceFile, client, operations, security, server, types};
use crate::ir::model::Api;

/// Which files are printed, and how users name the module that holds them.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Path of the module, such as `generated_client::rownd`, or of the crate.
    pub path: String,
    /// Whether there is a client.
    pub client: Emission,
    /// Whether there is a server.
    pub server: Emission,
    /// Whether the document itself stands beside the files as `openapi.yaml`, for servers to serve.
    pub document: Emission,
    /// Whether a crate of its own gets a program that tries the document's examples.
    pub examples: Emission,
}

impl Layout {
    /// Whether there is what an implementation needs to call applications: it serves, and it sends as clients do.
    fn sends(&self) -> bool {
        self.client.is_printed() && self.server.is_printed()
    }
}

/// Whether one face of an API is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emission {
    /// Printed, behind the feature of its name.
    #[default]
    Printed,
    /// Left out.
    Omitted,
}

impl Emission {
    pub(crate) fn is_printed(self) -> bool {
        self == Self::Printed
    }
}

/// Files of a provider below a crate of ours; paths are relative to the provider's folder.
#[must_use]
pub fn bundled<'a>(api: &'a Api, layout: &'a Layout) -> Vec<SourceFile<'a>> {
    let mut files = vec![module::module(api, layout)];
    files.extend(sources(api, layout));
    files
}

/// Files of a crate of its own; paths are relative to its folder.
#[must_use]
pub fn standalone<'a>(api: &'a Api, layout: &'a Layout, manifest: &Manifest) -> Vec<SourceFile<'a>> {
    let mut files = vec![SourceFile::text("Cargo.toml", manifest::text(api, layout, manifest))];
    files.push(module::root(api, layout));
    files
        .extend(sources(api, layout).into_iter().map(|file| SourceFile { path: format!("src/{}", file.path), ..file }));
    files
}

fn sources<'a>(api: &'a Api, layout: &'a Layout) -> Vec<SourceFile<'a>> {
    let mut files = vec![types::file(api), operations::file(api)];
    files.extend(security::file(api));
    if layout.client.is_printed() {
        files.push(client::file(api, &layout.path));
    }
    if layout.server.is_printed() {
        files.push(server::file(api));
        files.extend(server::webhooks_file(api));
    }
    if layout.sends() {
        files.extend(client::sender_file(api, &layout.path));
    }
    files
}
