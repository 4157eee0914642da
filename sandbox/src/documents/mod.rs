//! A provider's `OpenAPI` document → its operations by path, and an example of any response that it
//! describes.
//!
//! The rule kept here: an example comes from the document where it has one, and is else made from
//! the schema; making it ends, however the schemas refer to each other.

mod example;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::providers::Provider;

/// A document that can be asked.
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
    /// What it answers, by status as the document writes it.
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
    /// The document of a provider; an empty one if it cannot be read, which a test rules out.
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

    /// The operation of a request; literal segments come before parameters.
    pub(crate) fn operation(&self, method: &str, path: &str) -> Option<&Operation> {
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let fits = |operation: &&Operation| {
            operation.method == method
                && operation.segments.len() == segments.len()
                && operation.segments.iter().zip(&segments).all(|(one, text)| one.fits(text))
        };
        let literals = |operation: &&Operation| {
            let is_literal = |one: &&Segment| matches!(one, Segment::Literal(_));
            operation.segments.iter().filter(is_literal).count()
        };
        self.operations.iter().filter(fits).max_by_key(literals)
    }

    /// An example of what an operation answers with this status, exactly or as `4XX` or `default`.
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

    /// The document as this sandbox keeps it: its own address as the only server, at each operation
    /// what the sandbox may response beyond the provider's document, and numbers where they are
    /// read as ids.
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
                for (status, description) in OURS {
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

    /// Whether it describes this status itself.
    pub(crate) fn has(&self, status: &str) -> bool {
        self.responses.contains_key(status)
    }
}

impl Segment {
    fn fits(&self, text: &str) -> bool {
        match self {
            Self::Literal(literal) => literal == text,
            Self::Parameter => !text.is_empty(),
        }
    }
}

fn segment(text: &str) -> Segment {
    if text.starts_with('{') { Segment::Parameter } else { Segment::Literal(text.to_owned()) }
}

/// What any operation may response here, in addition to what its document says.
const OURS: &[(&str, &str)] = &[
    ("400", "the request cannot be read"),
    ("401", "the credentials are missing or unknown"),
    ("403", "the credentials are for something else, or the field is not writable"),
    ("404", "there is no such thing"),
    ("408", "the body is too slow"),
    ("409", "it is taken"),
    ("413", "the body is too long"),
    ("414", "the path is too long"),
    ("415", "the body is in no documented media type"),
    ("422", "the request is not what the document describes"),
    ("501", "the sandbox does not implement this"),
    ("503", "a failure that `--fail-rate` asked for"),
];
