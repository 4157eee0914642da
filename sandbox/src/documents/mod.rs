//! A provider's `OpenAPI` document: finds operations by path and makes examples of responses.
//!
//! **Invariant:** an example is the document's own if there is one. Otherwise it is made from the
//! schema, which also terminates for recursive schemas.

mod example;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::providers::Provider;

/// A parsed document.
#[derive(Debug)]
pub(crate) struct Document {
    value: Value,
    operations: Vec<Operation>,
}

/// An operation of a document.
#[derive(Debug)]
pub(crate) struct Operation {
    method: String,
    segments: Vec<Segment>,
    pub id: String,
    /// The responses, by status as written in the document.
    responses: BTreeMap<String, Value>,
}

#[derive(Debug)]
enum Segment {
    Literal(String),
    Parameter,
}

/// An example of a response.
#[derive(Debug)]
pub(crate) struct Example {
    /// Content type and text, if the response has a body.
    pub body: Option<(String, String)>,
    pub headers: Vec<(String, String)>,
}

impl Document {
    /// The document of a provider. It is empty if the document cannot be parsed, which a test rules
    /// out.
    pub(crate) fn of(provider: Provider) -> Self {
        let value: Value = serde_yaml::from_str(provider.document()).unwrap_or_default();
        let mut operations = Vec::new();
        for (path, item) in value["paths"].as_object().into_iter().flatten() {
            for (method, operation) in item.as_object().into_iter().flatten() {
                let Some(responses) = operation["responses"].as_object() else {
                    continue;
                };
                operations.push(Operation {
                    method: method.to_ascii_uppercase(),
                    segments: path.split('/').skip(1).map(segment).collect(),
                    id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
                    responses: responses.clone().into_iter().collect(),
                });
            }
        }
        Self { value, operations }
    }

    /// The operation of a request. Literal segments take precedence over parameters.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let matches = |operation: &&Operation| {
            operation.method == method
                && operation.segments.len() == segments.len()
                && operation.segments.iter().zip(&segments).all(|(one, text)| one.matches(text))
        };
        let literals = |operation: &&Operation| {
            let is_literal = |one: &&Segment| matches!(one, Segment::Literal(_));
            operation.segments.iter().filter(is_literal).count()
        };
        self.operations.iter().filter(matches).max_by_key(literals)
    }

    /// An example of the response with a status, which may be documented as `4XX` or `default`.
    pub(crate) fn example(&self, operation: &Operation, status: u16) -> Option<Example> {
        let class = format!("{}XX", status / 100);
        let keys = [status.to_string(), class, "default".to_owned()];
        let response = keys.iter().find_map(|key| operation.responses.get(key))?;
        let response = example::resolve(&self.value, response);
        let content = response["content"].as_object().and_then(|content| content.iter().next());
        let body = content.map(|(media, content)| {
            let value = example::of_content(&self.value, content);
            let text = match value {
                Value::String(text) if !media.contains("json") => text,
                value => value.to_string(),
            };
            (media.clone(), text)
        });
        let headers = response["headers"].as_object().into_iter().flatten();
        let headers = headers.map(|(name, header)| {
            let value = example::of_content(&self.value, example::resolve(&self.value, header));
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            (name.clone(), text)
        });
        Some(Example { body, headers: headers.collect() })
    }

    /// The document as the sandbox implements it: with the sandbox's address as the only server,
    /// with the responses that the sandbox adds to each operation, and with IDs that may be
    /// numbers.
    pub(crate) fn effective(&self, provider: Provider, base_url: &str) -> Value {
        let mut value = self.value.clone();
        value["servers"] = json!([{"url": base_url, "description": "this sandbox"}]);
        for name in provider.ids_as_numbers() {
            if let Some(schema) = value["components"]["schemas"][name].as_object_mut() {
                schema.remove("type");
                let whole = json!({"type": "integer", "minimum": i64::MIN, "maximum": u64::MAX});
                schema.insert("anyOf".to_owned(), json!([{"type": "string"}, whole]));
                schema.insert("x-sandbox".to_owned(), json!(true));
            }
        }
        for item in value["paths"].as_object_mut().into_iter().flat_map(|paths| paths.values_mut()) {
            let operations = item.as_object_mut().into_iter().flat_map(|item| item.values_mut());
            for operation in operations.filter(|one| one.get("responses").is_some()) {
                for (status, description) in ADDED_RESPONSES {
                    if operation["responses"].get(*status).is_none() {
                        operation["responses"][*status] = json!({"description": description, "x-sandbox": true});
                    }
                }
            }
        }
        value
    }
}

impl Operation {
    /// The statuses that the document describes.
    pub(crate) fn statuses(&self) -> Vec<&str> {
        self.responses.keys().map(String::as_str).collect()
    }

    /// Whether it describes this status itself, and not only as a class or default.
    pub(crate) fn has(&self, status: &str) -> bool {
        self.responses.contains_key(status)
    }
}

impl Segment {
    fn matches(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == text,
            Self::Parameter => !text.is_empty(),
        }
    }
}

fn segment(text: &str) -> Segment {
    if text.starts_with('{') { Segment::Parameter } else { Segment::Literal(text.to_owned()) }
}

/// The responses that the sandbox adds to every operation.
const ADDED_RESPONSES: &[(&str, &str)] = &[
    ("400", "the request cannot be read"),
    ("401", "the credentials are missing or unknown"),
    ("403", "the credentials are for another resource, or the field is read-only"),
    ("404", "the resource does not exist"),
    ("408", "the body took too long"),
    ("409", "it already exists"),
    ("413", "the body is too long"),
    ("414", "the path is too long"),
    ("415", "the media type of the body is not documented"),
    ("422", "the request is invalid by the document"),
    ("501", "the sandbox does not implement this"),
    ("503", "a failure requested by `--fail-rate`"),
];
