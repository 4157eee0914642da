//! What is known of one document: a row of the table, an object of the JSON.

use std::process::Output;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How the generation of a document ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Files came out.
    Generated,
    /// The document has errors, and they were named.
    Refused,
    /// The process died.
    Crashed,
    /// The process was given up.
    Timeout,
}

/// Examples of a document, as far as they were tried.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examples {
    /// Found in the document.
    pub total: usize,
    /// Valid against their own schema.
    pub valid: usize,
    /// Valid, decoded into the generated type and encoded back to the same JSON.
    pub round_tripped: usize,
}

/// One document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// Path as given.
    pub document: String,
    /// Version it says it is written in.
    pub openapi: String,
    /// Operations in the document.
    pub operations: usize,
    /// Operations in the client.
    pub client_operations: usize,
    /// Operations in the server.
    pub server_operations: usize,
    /// Generated types.
    pub models: usize,
    /// Schemas with a shape.
    pub schemas: usize,
    /// Of these, the ones that came out as any-JSON.
    pub untyped_schemas: usize,
    /// What was said about it.
    pub diagnostics: Vec<Value>,
    /// How the generation ended.
    pub outcome: Outcome,
    /// Milliseconds from reading to the last file, without process start.
    pub millis: u64,
    /// Most memory the process held, in MiB.
    pub peak_rss_mib: u64,
    /// Whether the output compiles without warnings; `null` if that was not tried.
    pub compiled: Option<bool>,
    /// Warnings and errors of the compiler.
    pub warnings: usize,
    /// CPU seconds of `cargo check` for the client alone, dependencies warm.
    pub check_cpu_seconds: Option<f64>,
    /// Examples, if they were tried.
    pub examples: Option<Examples>,
    /// Where the crate was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crate_folder: Option<String>,
}

impl Row {
    /// A row for a document of which nothing is known but how it ended.
    pub fn failed(document: &str, outcome: Outcome, why: &str) -> Self {
        Self {
            document: document.to_owned(),
            openapi: String::new(),
            operations: 0,
            client_operations: 0,
            server_operations: 0,
            models: 0,
            schemas: 0,
            untyped_schemas: 0,
            diagnostics: vec![serde_json::json!({
                "code": "process", "severity": "error", "effect": null, "pointer": "", "line": 0, "column": 0,
                "message": why,
            })],
            outcome,
            millis: 0,
            peak_rss_mib: 0,
            compiled: None,
            warnings: 0,
            check_cpu_seconds: None,
            examples: None,
            crate_folder: None,
        }
    }

    /// The row that a child printed, or the way in which it died.
    pub fn from_child(document: &str, output: &Output) -> Self {
        if output.status.success()
            && let Ok(row) = serde_json::from_slice(&output.stdout)
        {
            return row;
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let last = said.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        Self::failed(document, Outcome::Crashed, &format!("{}; {last}", output.status))
    }
}

/// A folder and crate name from a path: letters, digits and `-`.
pub fn slug(path: &str) -> String {
    let mut slug: String =
        path.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    while slug.contains("--") {
        slug = slug.replace("--", "-");
    }
    format!("c-{}", slug.trim_matches('-'))
}
