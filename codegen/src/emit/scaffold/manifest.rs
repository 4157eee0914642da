//! Writes the `Cargo.toml` of a crate of its own.

use std::fmt::Write as _;

use super::Layout;
use crate::ir::model::Api;

/// Version of progenitor's runtime, which has the trait of the printed `Client`.
const PROGENITOR_CLIENT: &str = "0.15.1";

/// Features that only add conversions, which the runtime has.
const CONVERSIONS: [&str; 6] = ["chrono", "decimal", "jiff", "time", "url", "uuid"];

/// The facts of a `Cargo.toml` that a document does not have.
#[derive(Clone, Debug)]
pub struct Manifest {
    /// Name of the package.
    pub name: String,
    /// Where `specwright-runtime` comes from.
    pub runtime: Dependency,
}

/// Where a dependency comes from.
#[derive(Clone, Debug)]
pub enum Dependency {
    /// A folder relative to the new crate, with `/`.
    Path(String),
    /// A version requirement.
    Version(String),
}

impl Dependency {
    fn toml(&self) -> String {
        match self {
            Self::Path(path) => format!("path = {}", quoted(path)),
            Self::Version(version) => format!("version = {}", quoted(version)),
        }
    }
}

/// The text of `Cargo.toml`.
pub(super) fn text(api: &Api, layout: &Layout, manifest: &Manifest) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(
        text,
        "[package]\nname = {name}\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.90\"\ndescription = {description}\npublish = false\n\n",
        name = quoted(&manifest.name),
        description = quoted(&description(api)),
    );
    text.push_str(&features(layout));
    let _ = write!(
        text,
        "\n[dependencies]\nspecwright-runtime = {{ {runtime}, default-features = false{features} }}\n",
        runtime = manifest.runtime.toml(),
        features = needed(api),
    );
    if layout.client.is_printed() {
        let _ = writeln!(text, "progenitor-client = {{ version = \"{PROGENITOR_CLIENT}\", optional = true }}");
    }
    text.push_str("serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n");
    text.push_str("\n# A workspace of its own, wherever it is.\n[workspace]\n");
    text
}

/// The features of the runtime that the types need.
fn needed(api: &Api) -> String {
    let names: Vec<String> = api.runtime_features.iter().map(|name| quoted(name)).collect();
    if names.is_empty() { String::new() } else { format!(", features = [{}]", names.join(", ")) }
}

fn features(layout: &Layout) -> String {
    let mut names = Vec::new();
    let mut lines = String::new();
    if layout.client.is_printed() {
        names.extend(["\"client\"", "\"rustls\""]);
        lines.push_str(
            "# The client, over HTTP and HTTPS.\nclient = [\"specwright-runtime/client\", \"dep:progenitor-client\"]\n",
        );
        lines.push_str("rustls = [\"specwright-runtime/rustls\"]\n");
    }
    if layout.server.is_printed() {
        lines.push_str("# The server: traits and router.\nserver = [\"specwright-runtime/server\"]\n");
        if !layout.client.is_printed() {
            names.push("\"server\"");
        }
    }
    lines.push_str("# Conversions of formatted text from and to the types of these crates.\n");
    for name in CONVERSIONS {
        let _ = writeln!(lines, "{name} = [\"specwright-runtime/{name}\"]");
    }
    format!("[features]\ndefault = [{}]\n{lines}", names.join(", "))
}

fn description(api: &Api) -> String {
    let title = api.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let title = crate::text::line(&title);
    format!("Client and server of {title}, generated from its OpenAPI document")
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
