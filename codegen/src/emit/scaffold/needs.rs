//! Says which features and dependencies generated code needs. `output/manifest` writes the manifest.

use super::Layout;
use crate::ir::model::Api;

/// Version of progenitor's runtime, which defines the trait of the printed `Client`.
const PROGENITOR_CLIENT: &str = "0.15.1";

/// Features that only add conversions. The runtime defines them.
const CONVERSIONS: [(&str, &str); 6] = [
    ("chrono", "specwright-runtime/chrono"),
    ("decimal", "specwright-runtime/decimal"),
    ("jiff", "specwright-runtime/jiff"),
    ("time", "specwright-runtime/time"),
    ("url", "specwright-runtime/url"),
    ("uuid", "specwright-runtime/uuid"),
];

/// Features of the client that the runtime defines.
const OF_CLIENT: [(&str, &str); 10] = [
    ("http2", "HTTP/2 for the client."),
    ("gzip", "Responses may be compressed with gzip."),
    ("brotli", "Responses may be compressed with Brotli."),
    ("zstd", "Responses may be compressed with Zstandard."),
    ("native-tls", "HTTPS for the client with the TLS of the system, in place of `rustls`."),
    ("system-proxy", "The client uses the proxy of the system."),
    ("blocking", "Calls that block the thread, for programs that are not asynchronous."),
    ("file-bodies", "Bodies from files, with their length and media type."),
    ("logins", "Logins with a code (OAuth 2), and HTTP digest."),
    ("cassettes", "Recorded exchanges for tests."),
];

/// Where a dependency comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dependency {
    /// A folder, absolute or relative to the crate, with `/`.
    Path(String),
    /// A version requirement.
    Version(String),
    /// A git repository, with a revision or its default branch.
    Git {
        /// The URL.
        url: String,
        /// A commit, tag or branch.
        revision: Option<String>,
    },
}

/// What the manifest of generated code needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needs {
    /// One sentence about a crate with this code alone.
    pub description: String,
    /// Features of a crate of its own; a module has none.
    pub features: Vec<FeatureNeed>,
    /// Dependencies, sorted by name.
    pub dependencies: Vec<DependencyNeed>,
}

/// A feature of a generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeatureNeed {
    /// Its name.
    pub name: String,
    /// One line about it.
    pub comment: String,
    /// What it enables.
    pub enables: Vec<String>,
    /// Whether it is a default.
    pub is_default: bool,
}

/// A dependency of generated code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DependencyNeed {
    /// The package.
    pub name: &'static str,
    /// Where it comes from, if the manifest does not already say so.
    pub source: Dependency,
    /// Whether the generator fixes the version; otherwise, the owner can choose any version.
    pub is_paired: bool,
    /// Features that must be enabled.
    pub features: Vec<&'static str>,
    /// Whether the default features are disabled.
    pub is_bare: bool,
    /// Whether a feature of the crate enables it.
    pub is_optional: bool,
}

impl DependencyNeed {
    /// A package with its default features. The owner can choose any version from this one on.
    #[must_use]
    pub fn of_version(name: &'static str, version: &str) -> Self {
        Self {
            name,
            source: Dependency::Version(version.to_owned()),
            is_paired: false,
            features: Vec::new(),
            is_bare: false,
            is_optional: false,
        }
    }
}

impl Needs {
    /// The needs of a crate of its own.
    #[must_use]
    pub fn of_crate(api: &Api, layout: &Layout, runtime: &Dependency) -> Self {
        let runtime =
            DependencyNeed { source: runtime.clone(), ..DependencyNeed::of_version("specwright-runtime", "") };
        let runtime =
            DependencyNeed { is_paired: true, is_bare: true, features: api.runtime_features.clone(), ..runtime };
        Self::new(api, all_features(api, layout).collect(), runtime, layout)
    }

    /// The needs of a module in a crate that has no features for it.
    #[must_use]
    pub fn of_module(api: &Api, layout: &Layout, runtime: &Dependency) -> Self {
        let of_client = if layout.client.is_printed() { &["client", "rustls"][..] } else { &[] };
        let of_server = if layout.server.is_printed() { &["server"][..] } else { &[] };
        let signed = if layout.server.is_printed() && is_signed(api) { &["signatures"][..] } else { &[] };
        let features = [of_client, of_server, signed, &api.runtime_features].concat();
        let runtime = DependencyNeed {
            source: runtime.clone(),
            features,
            ..DependencyNeed::of_version("specwright-runtime", "")
        };
        let runtime = DependencyNeed { is_paired: true, is_bare: true, ..runtime };
        Self::new(api, Vec::new(), runtime, layout)
    }

    fn new(api: &Api, features: Vec<FeatureNeed>, runtime: DependencyNeed, layout: &Layout) -> Self {
        let mut dependencies = Vec::new();
        if layout.client.is_printed() {
            let progenitor = DependencyNeed::of_version("progenitor-client", PROGENITOR_CLIENT);
            dependencies.push(DependencyNeed { is_paired: true, is_optional: !features.is_empty(), ..progenitor });
        }
        dependencies.push(DependencyNeed { features: vec!["derive"], ..DependencyNeed::of_version("serde", "1") });
        dependencies.push(DependencyNeed::of_version("serde_json", "1"));
        dependencies.push(runtime);
        Self { description: description(api), features, dependencies }
    }
}

impl FeatureNeed {
    fn new(name: &str, comment: &str, enables: &[&str]) -> Self {
        let enables = enables.iter().map(|name| (*name).to_owned()).collect();
        Self { name: name.to_owned(), comment: comment.to_owned(), enables, is_default: false }
    }

    /// A feature of the runtime under the same name.
    fn of_runtime(name: &str, comment: &str) -> Self {
        Self::new(name, comment, &[&format!("specwright-runtime/{name}")])
    }
}

/// The features of a crate of its own.
pub(super) fn all_features(api: &Api, layout: &Layout) -> impl Iterator<Item = FeatureNeed> + use<> {
    sides(api, layout).into_iter().chain(tags(api)).chain(conversions())
}

/// The features of client and server. A server always has every operation.
fn sides(api: &Api, layout: &Layout) -> Vec<FeatureNeed> {
    let mut features = Vec::new();
    if layout.client.is_printed() {
        let enables = ["specwright-runtime/client", "dep:progenitor-client"];
        let client = FeatureNeed::new("client", "The client, over HTTP and HTTPS.", &enables);
        let rustls = FeatureNeed::new("rustls", "HTTPS for the client.", &["specwright-runtime/rustls"]);
        features.extend([client, rustls].map(|feature| FeatureNeed { is_default: true, ..feature }));
        features.extend(OF_CLIENT.iter().map(|(name, comment)| FeatureNeed::of_runtime(name, comment)));
    }
    if layout.server.is_printed() {
        let mut enables = vec!["specwright-runtime/server"];
        enables.extend(is_signed(api).then_some("specwright-runtime/signatures"));
        enables.extend(api.features.is_some().then_some("full"));
        let server = FeatureNeed::new("server", "The server: traits and router.", &enables);
        features.push(FeatureNeed { is_default: !layout.client.is_printed(), ..server });
    }
    if layout.client.is_printed() || layout.server.is_printed() {
        let comment = "Checks what is sent against the document; meant for tests.";
        features.push(FeatureNeed::new("validate", comment, &["specwright-runtime/validate"]));
    }
    features
}

/// Whether the server's part verifies signatures of webhooks.
fn is_signed(api: &Api) -> bool {
    api.webhooks.as_ref().is_some_and(|webhooks| webhooks.signature.is_some())
}

/// The features for tags, and one that enables all of them.
fn tags(api: &Api) -> Vec<FeatureNeed> {
    let Some(features) = &api.features else { return Vec::new() };
    let names: Vec<&str> = features.features.iter().map(|feature| feature.name.as_str()).collect();
    let full = FeatureNeed { is_default: true, ..FeatureNeed::new("full", "Every operation.", &names) };
    let of_tags = features.features.iter().map(|feature| {
        let tags: Vec<String> = feature.tags.iter().map(|tag| format!("`{}`", crate::text::line(tag))).collect();
        FeatureNeed::new(&feature.name, &format!("Operations with the tag {}.", tags.join(" or ")), &[])
    });
    [full].into_iter().chain(of_tags).collect()
}

fn conversions() -> impl Iterator<Item = FeatureNeed> {
    let comment = "Conversions between formatted text and the types of a crate.";
    CONVERSIONS.iter().map(move |(name, enables)| FeatureNeed::new(name, comment, &[enables]))
}

fn description(api: &Api) -> String {
    let title = api.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = crate::text::line(&title);
    format!("Client and server of {title}, generated from its OpenAPI document")
}
