//! Documents for the benchmarks of the generator: the bundled ones, and a large synthetic one.

use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::{Document, FileReader, MemoryReader, Reader};
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::pipeline;

/// The number of resources of the synthetic document; each has five operations and two schemas.
const RESOURCES: usize = 200;

/// A document and its configuration.
pub struct Input {
    /// The path of the document.
    pub path: String,
    /// Reads the document.
    pub reader: Box<dyn Reader>,
    /// The path of its overlay.
    pub overlay: Option<String>,
    /// The configuration.
    pub config: ProviderConfig,
    /// The parts that are emitted.
    pub layout: Layout,
}

/// The names of all inputs.
pub const NAMES: [&str; 5] = ["looker", "prelude", "rownd", "stateset", "synthetic"];

impl Input {
    /// A bundled document, or the `synthetic` one.
    ///
    /// # Panics
    ///
    /// If there is no input with this name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        if name == "synthetic" { Self::synthetic() } else { Self::bundled(name) }
    }

    fn bundled(name: &str) -> Self {
        let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", "specs", name].iter().collect();
        let toml = std::fs::read_to_string(folder.join("provider.toml")).expect("a configuration");
        let config = ProviderConfig::parse("provider.toml", &toml).expect("a valid configuration");
        let file = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let overlay = Path::new(&file("overlay.yaml")).is_file().then(|| file("overlay.yaml"));
        Self { path: file(config.spec()), reader: Box::new(FileReader), overlay, layout: layout(name), config }
    }

    fn synthetic() -> Self {
        let text = serde_json::to_vec_pretty(&synthetic()).expect("JSON");
        Self {
            path: "synthetic.json".to_owned(),
            reader: Box::new(MemoryReader::new().with("synthetic.json", text)),
            overlay: None,
            config: ProviderConfig { module: "synthetic".to_owned(), ..ProviderConfig::default() },
            layout: layout("synthetic"),
        }
    }

    /// The document after its overlay.
    ///
    /// # Panics
    ///
    /// If it can't be read.
    #[must_use]
    pub fn read(&self) -> Document {
        pipeline::read(&self.path, &*self.reader, self.overlay.as_deref()).expect("a document").document
    }
}

fn layout(name: &str) -> Layout {
    Layout {
        path: format!("crate::{name}"),
        client: Emission::Printed,
        server: Emission::Printed,
        document: Emission::Omitted,
        examples: Emission::Omitted,
    }
}

/// A document with a thousand operations and the features of real ones: shared schemas, enums,
/// lists, formats, documentation, errors and an API key.
fn synthetic() -> Value {
    let (mut paths, mut schemas) = (Map::new(), Map::new());
    schemas.insert("Problem".to_owned(), json!({
        "type": "object", "required": ["code"],
        "properties": { "code": { "type": "string", "enum": ["not_found", "invalid", "forbidden"] }, "message": { "type": "string" } },
    }));
    for index in 0..RESOURCES {
        schemas.insert(format!("Resource{index}"), resource(index));
        schemas.insert(
            format!("Resource{index}List"),
            json!({
                "type": "object", "required": ["data"], "properties": {
                    "data": { "type": "array", "items": reference(&format!("Resource{index}")) },
                    "next": { "type": ["string", "null"], "description": "Where the next page starts." },
                },
            }),
        );
        paths.insert(format!("/resources{index}"), collection(index));
        paths.insert(format!("/resources{index}/{{id}}"), member(index));
    }
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Synthetic", "version": "1", "description": "A thousand operations." },
        "security": [{ "key": [] }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } },
        },
    })
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn resource(index: usize) -> Value {
    json!({
        "type": "object",
        "description": format!("The resource {index}: what it is, and what it is *for*."),
        "required": ["id", "kind", "created_at"],
        "properties": {
            "id": { "type": "string", "readOnly": true, "description": "Made by the service." },
            "kind": { "type": "string", "enum": ["small", "medium", "large"] },
            "name": { "type": "string", "minLength": 1, "maxLength": 64, "example": "First" },
            "count": { "type": "integer", "format": "int64", "minimum": 0 },
            "ratio": { "type": ["number", "null"] },
            "active": { "type": "boolean", "default": true },
            "tags": { "type": "array", "items": { "type": "string" }, "maxItems": 20 },
            "labels": { "type": "object", "additionalProperties": { "type": "string" } },
            "created_at": { "type": "string", "format": "date-time" },
            "parent": reference(&format!("Resource{}", index / 2)),
            "address": { "type": "object", "required": ["city"], "properties": {
                "city": { "type": "string" }, "street": { "type": "string" }, "zip": { "type": "string", "pattern": "^[0-9]{5}$" },
            } },
        },
    })
}

fn responses(status: &str, schema: Option<Value>) -> Value {
    let mut response = json!({ "description": "It went well." });
    if let Some(schema) = schema {
        response["content"] = json!({ "application/json": { "schema": schema } });
    }
    let problem =
        json!({ "description": "It did not.", "content": { "application/json": { "schema": reference("Problem") } } });
    json!({ status: response, "400": problem, "404": problem })
}

fn body(index: usize) -> Value {
    json!({ "required": true, "content": { "application/json": { "schema": reference(&format!("Resource{index}")) } } })
}

fn collection(index: usize) -> Value {
    json!({
        "get": {
            "operationId": format!("listResources{index}"), "summary": "List them",
            "parameters": [
                { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 100 } },
                { "name": "kind", "in": "query", "schema": { "type": "array", "items": { "type": "string" } } },
                { "name": "X-Trace", "in": "header", "schema": { "type": "string" } },
            ],
            "responses": responses("200", Some(reference(&format!("Resource{index}List")))),
        },
        "post": {
            "operationId": format!("createResource{index}"), "summary": "Create one", "requestBody": body(index),
            "responses": responses("201", Some(reference(&format!("Resource{index}")))),
        },
    })
}

fn member(index: usize) -> Value {
    let one = Some(reference(&format!("Resource{index}")));
    json!({
        "parameters": [{ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } }],
        "get": { "operationId": format!("getResource{index}"), "summary": "Read one", "responses": responses("200", one.clone()) },
        "put": {
            "operationId": format!("putResource{index}"), "summary": "Replace one", "requestBody": body(index),
            "responses": responses("200", one),
        },
        "delete": { "operationId": format!("deleteResource{index}"), "summary": "Remove one", "responses": responses("204", None) },
    })
}

#[cfg(test)]
mod tests {
    use specwright_codegen::pipeline::{Packaging, generate};

    use super::*;

    #[test]
    fn the_synthetic_document_has_a_thousand_operations_and_is_wholly_understood() {
        let input = Input::named("synthetic");
        let generated =
            generate(&input.path, &*input.reader, None, &input.config, &input.layout, Packaging::Module).expect("Rust");
        let codes: Vec<&str> = generated.generation.diagnostics.iter().map(|one| one.code.id).collect();
        assert_eq!(codes, ["paged-operation"; RESOURCES]);
        assert_eq!(generated.generation.statistics.kept, 5 * RESOURCES);
    }
}
