//! Prints the root of the generated files: `mod.rs` of a module in an existing crate, or `lib.rs`
//! of a crate of its own. Also describes what the manifest of either needs.
//!
//! **Invariant:** a crate compiles as printed, with any combination of its features, and without a
//! warning.

mod front;
mod module;
mod needs;
mod page;
mod readme;

pub use needs::{Dependency, DependencyNeed, FeatureNeed, Needs};

use super::{SourceFile, client, operations, schemas, security, server, shared, types};
use crate::ir::model::Api;

/// Which files are printed, and the path of the module that contains them.
#[derive(Clone, Debug)]
pub struct Layout {
    /// Path of the module, such as `generated_client::rownd`, or of the crate. Examples whose path
    /// starts with `crate` cannot be compiled from outside, so they are only shown.
    pub path: String,
    /// The client.
    pub client: Emission,
    /// The server.
    pub server: Emission,
    /// The document itself as `openapi.yaml`, for servers to serve.
    pub document: Emission,
    /// A program that tries the document's examples, for a crate of its own.
    pub examples: Emission,
}

impl Layout {
    /// Whether webhooks can be sent. A server sends them with the client's code.
    fn sends(&self) -> bool {
        self.client.is_printed() && self.server.is_printed()
    }
}

/// Whether a part of the output is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emission {
    /// Printed; client and server are each behind the feature of that name.
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

/// Files of a module in an existing crate with features `client` and `server`; paths are relative
/// to the folder of the module.
#[must_use]
pub fn bundled<'a>(api: &'a Api, layout: &'a Layout) -> Vec<SourceFile<'a>> {
    let mut files = vec![module::module(api, layout)];
    files.extend(sources(api, layout));
    files
}

/// Files of a module in an existing crate without such features; paths are relative to the folder
/// of the module.
#[must_use]
pub fn embedded<'a>(api: &'a Api, layout: &'a Layout) -> Vec<SourceFile<'a>> {
    let mut files = vec![module::open(api, layout)];
    files.extend(sources(api, layout));
    files
}

/// Files of a crate of its own without its manifest, which belongs to the owner of the crate. Paths
/// are relative to the crate's folder.
#[must_use]
pub fn standalone<'a>(api: &'a Api, layout: &'a Layout) -> Vec<SourceFile<'a>> {
    let mut files = vec![module::root(api, layout), readme::file(api, layout)];
    files
        .extend(sources(api, layout).into_iter().map(|file| SourceFile { path: format!("src/{}", file.path), ..file }));
    files
}

fn sources<'a>(api: &'a Api, layout: &'a Layout) -> Vec<SourceFile<'a>> {
    let mut files =
        vec![types::file(api), operations::file(api), operations::descriptors_file(api, layout.server.is_printed())];
    files.extend(shared::file(api));
    files.extend(security::file(api));
    if layout.client.is_printed() || layout.server.is_printed() {
        files.extend(schemas::files(api, layout.server.is_printed()));
    }
    if layout.client.is_printed() {
        files.push(client::file(api, &layout.path));
        files.extend(client::groups_file(api));
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
