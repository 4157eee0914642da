//! The result of one document: a row of the table and an object of the JSON output.

use std::process::Output;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How the generation of a document ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GenerationOutcome {
    /// A crate was generated.
    Generated,
    /// The document has errors, which were reported.
    Refused,
    /// The process died.
    Crashed,
    /// The process was killed at the time limit.
    Timeout,
}

/// Counts of the examples of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examples {
    /// In the document.
    pub total: usize,
    /// Valid by their schema.
    pub valid: usize,
    /// Valid, and encoded again to the same JSON after decoding.
    pub round_tripped: usize,
}

/// The result of one document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DocumentResult {
    /// Its path, as it was passed.
    pub document: String,
    /// The version of OpenAPI that it declares.
    pub openapi: String,
    /// Operations in the document.
    pub operations: usize,
    /// Operations in the client.
    pub client_operations: usize,
    /// Operations in the server.
    pub server_operations: usize,
    /// Generated types.
    pub models: usize,
    /// Schemas that constrain the type of their values.
    pub schemas: usize,
    /// The number of those that became any JSON.
    pub untyped_schemas: usize,
    /// Its diagnostics.
    pub diagnostics: Vec<Value>,
    /// How the generation ended.
    pub outcome: GenerationOutcome,
    /// Milliseconds from reading to the last file, without the start of the process.
    pub millis: u64,
    /// Peak memory of the process, in MiB.
    pub peak_rss_mib: u64,
    /// Whether the output compiles without warnings; `null` if it was not compiled.
    pub compiled: Option<bool>,
    /// Number of compiler warnings and errors.
    pub warnings: usize,
    /// CPU seconds of `cargo check` for the client alone, with its dependencies already compiled.
    pub check_cpu_seconds: Option<f64>,
    /// The examples, if they were tested.
    pub examples: Option<Examples>,
    /// The folder of the crate, if it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crate_folder: Option<String>,
}

impl DocumentResult {
    /// Whether it shows a bug of the generator: a crash, a hang, or output that does not compile.
    pub fn is_broken(&self) -> bool {
        matches!(self.outcome, GenerationOutcome::Crashed | GenerationOutcome::Timeout) || self.compiled == Some(false)
    }

    /// The result of a process that ended without printing one.
    pub fn failed(document: &str, outcome: GenerationOutcome, why: &str) -> Self {
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

    /// The result that a child printed, or the reason why it died.
    pub fn from_child(document: &str, output: &Output) -> Self {
        if output.status.success()
            && let Ok(result) = serde_json::from_slice(&output.stdout)
        {
            return result;
        }
        let stderr = String::from_utf8_lossy(&output.stderr);
        let last = stderr.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
        Self::failed(document, GenerationOutcome::Crashed, &format!("{}; {last}", output.status))
    }
}

/// A name for a folder and a crate, from a path: letters, digits and `-`.
pub fn slug(path: &str) -> String {
    let mut slug: String =
        path.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    while slug.contains("--") {
        slug = slug.replace("--", "-");
    }
    format!("c-{}", slug.trim_matches('-'))
}
