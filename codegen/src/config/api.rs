//! The document and the output of an API.

use serde::Deserialize;
use toml::Spanned;

use super::{ProviderConfig, Written};

/// One API of a project.
#[derive(Clone, Debug)]
pub struct ApiConfig {
    /// The document and the output.
    pub settings: ApiSettings,
    /// The choices about what is generated.
    pub choices: ProviderConfig,
}

/// The document and the output of an API. Paths are relative to the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApiSettings {
    /// The document: a file, a URL, or `-` for standard input.
    pub document: Written,
    /// SHA-256 of a fetched document, in lower-case hexadecimal. `generate` records it.
    pub sha256: Option<Written>,
    /// The document that `drift` compares with: a URL or a file.
    pub upstream: Option<Written>,
    /// An OpenAPI Overlay to apply to the document first.
    pub overlay: Option<Written>,
    /// Folders that the document may refer to, in addition to its own.
    #[serde(default)]
    pub allow_read: Vec<Written>,
    /// The folder of a crate.
    #[serde(rename = "crate")]
    pub package: Option<Written>,
    /// The folder of a module in an existing crate, such as `src/petstore`.
    pub module: Option<Written>,
    /// The name of the crate. The default is that of the API.
    pub name: Option<Written>,
    /// The sides to generate. The default is both sides in a crate, and the client in a module.
    pub sides: Option<Spanned<Vec<Side>>>,
    /// The source of `specwright-runtime`: a version, `path:DIR`, `git:URL` or `git:URL#REV`.
    pub runtime: Option<Written>,
}

/// A side of an API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// The client.
    Client,
    /// The server.
    Server,
}
