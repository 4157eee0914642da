//! A request body: a media type in which it can be sent, and JSON values → bytes in that media type.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};
use specwright_codegen::document::Node;
use specwright_runtime::media::{covers, is_json};

use super::parameter::{fits, scalar};
use super::target;

/// The boundary between the parts of a form. No value that is made contains it.
const BOUNDARY: &str = "specwright-contract-boundary";

/// A media type in which a value can be sent.
#[derive(Clone, Copy, Debug)]
pub(super) struct Content<'d> {
    root: &'d Node,
    media: &'d str,
    kind: Kind,
    pub(super) schema: &'d Node,
    encoding: Option<&'d Node>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Json,
    /// URL-encoded pairs.
    Form,
    Multipart,
    Text,
}

/// A body as it is sent.
#[derive(Clone, Debug)]
pub(super) struct Encoded {
    pub(super) content_type: String,
    pub(super) bytes: Vec<u8>,
}

impl<'d> Content<'d> {
    /// The content of a media type; `None` if no value can be sent in it.
    pub(super) fn of(root: &'d Node, media: &'d str, content: &'d Node) -> Option<Self> {
        let kind = match media {
            media if is_json(media) => Kind::Json,
            media if covers(media, "application/x-www-form-urlencoded") && !media.contains('*') => Kind::Form,
            media if covers(media, "multipart/form-data") && !media.contains('*') => Kind::Multipart,
            media if covers(media, "text/plain") => Kind::Text,
            _ => return None,
        };
        let schema = content.get("schema")?;
        Some(Self { root, media, kind, schema, encoding: content.get("encoding") })
    }

    /// The value in this media type; `None` if it cannot be written in it.
    pub(super) fn encode(&self, value: &Value) -> Option<Encoded> {
        let media = if self.media.contains('*') { "text/plain" } else { self.media };
        let encoded = |content_type: &str, bytes: String| Encoded {
            content_type: content_type.to_owned(),
            bytes: bytes.into_bytes(),
        };
        Some(match self.kind {
            Kind::Json => encoded(media, value.to_string()),
            Kind::Text => encoded(media, scalar(value)?),
            Kind::Form => encoded(media, self.pairs(value.as_object()?)?),
            Kind::Multipart => {
                let content_type = format!("multipart/form-data; boundary={BOUNDARY}");
                encoded(&content_type, self.parts(value.as_object()?)?)
            }
        })
    }

    /// Whether a server could read the value as a valid one, because text has no JSON type. `name`
    /// is the property that is wrong.
    pub(super) fn reads(&self, value: &Value, name: &str) -> bool {
        match (self.kind, value) {
            (Kind::Json, _) => false,
            (Kind::Text, value) => scalar(value)
                .is_none_or(|text| readings(&text).into_iter().any(|reading| fits(self.root, self.schema, &reading))),
            (_, Value::Object(properties)) => self.reads_property(properties, name),
            _ => true,
        }
    }

    fn reads_property(&self, properties: &Map<String, Value>, name: &str) -> bool {
        let Some(value) = properties.get(name) else { return false };
        let mut candidates: Vec<Option<Value>> = match value {
            Value::Null => vec![Some(Value::from("")), None],
            Value::Array(items) if items.is_empty() => vec![None],
            Value::Array(items) => match items.as_slice() {
                [only] => scalar(only).map_or_else(Vec::new, |text| readings(&text)).into_iter().map(Some).collect(),
                several => {
                    let texts: Option<Vec<String>> = several.iter().map(scalar).collect();
                    let of = |read: fn(&String) -> Value| texts.iter().map(|all| all.iter().map(read).collect()).next();
                    let json =
                        |text: &String| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()));
                    vec![of(|text| Value::from(text.as_str())), of(json)]
                }
            },
            Value::Object(_) => Vec::new(),
            value => scalar(value).map_or_else(Vec::new, |text| readings(&text)).into_iter().map(Some).collect(),
        };
        // A field without text may be one that is absent.
        if value.as_str() == Some("") {
            candidates.push(None);
        }
        candidates.into_iter().any(|candidate| {
            let mut read = properties.clone();
            match candidate {
                Some(candidate) => read.insert(name.to_owned(), candidate),
                None => read.remove(name),
            };
            fits(self.root, self.schema, &Value::Object(read))
        })
    }

    /// `name=text&…`: a list as one pair for each item.
    fn pairs(&self, properties: &Map<String, Value>) -> Option<String> {
        let mut pairs = Vec::new();
        for (name, value) in properties {
            let encoding = self.encoding_of(name);
            let is_json = encoding.and_then(|one| one.get("contentType")?.as_str()).is_some_and(is_json);
            let has_style = ["style", "explode"].iter().any(|key| encoding.is_some_and(|one| one.get(key).is_some()));
            let texts = match value {
                Value::Null => continue,
                value if is_json => vec![value.to_string()],
                _ if has_style => return None,
                Value::Array(items) => items.iter().map(scalar).collect::<Option<Vec<_>>>()?,
                Value::Object(_) => vec![value.to_string()],
                value => vec![scalar(value)?],
            };
            let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
            pairs.extend(texts.iter().map(|text| format!("{name}={}", utf8_percent_encode(text, NON_ALPHANUMERIC))));
        }
        Some(pairs.join("&"))
    }

    /// The parts of a form: files with a name, objects as JSON, and a part for each item of a list.
    fn parts(&self, properties: &Map<String, Value>) -> Option<String> {
        let mut out = String::new();
        for (name, value) in properties {
            // A name with quotes or line breaks would need rules of its own.
            if name.contains(['"', '\\']) || name.chars().any(char::is_control) {
                return None;
            }
            let schema = self.property(name);
            let (items, schema) = match value {
                Value::Null => continue,
                Value::Array(items) => (items.as_slice(), schema.and_then(|schema| schema.get("items"))),
                value => (std::slice::from_ref(value), schema),
            };
            let schema = schema.map(|schema| target(self.root, schema));
            let is_file = schema.and_then(|schema| schema.get("format")?.as_str()) == Some("binary");
            let documented = self.encoding_of(name).and_then(|one| one.get("contentType")?.as_str());
            let documented =
                documented.and_then(|media| media.split(',').map(str::trim).find(|one| !one.contains('*')));
            for item in items {
                let (file, fallback) = match (is_file, item) {
                    (true, _) => ("; filename=\"file\"", Some("application/octet-stream")),
                    (false, Value::Object(_) | Value::Array(_)) => ("", Some("application/json")),
                    (false, _) => ("", None),
                };
                let text = scalar(item).unwrap_or_else(|| item.to_string());
                let media =
                    documented.or(fallback).map_or_else(String::new, |media| format!("content-type: {media}\r\n"));
                let head = format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n{media}");
                out.extend([&head, "\r\n", &text, "\r\n"]);
            }
        }
        Some(format!("{out}--{BOUNDARY}--\r\n"))
    }

    fn property(&self, name: &str) -> Option<&'d Node> {
        let schema = target(self.root, self.schema);
        let members = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
        let mut nodes = std::iter::once(schema).chain(members.iter().map(|member| target(self.root, member)));
        let property = nodes.find_map(|node| node.get("properties")?.get(name));
        property.map(|property| target(self.root, property))
    }

    fn encoding_of(&self, name: &str) -> Option<&'d Node> {
        self.encoding.and_then(|encoding| encoding.get(name))
    }
}

/// What text may mean: itself, the JSON that it is, or a list with one of them.
pub(super) fn readings(text: &str) -> Vec<Value> {
    let json: Option<Value> = serde_json::from_str(text).ok();
    let own = std::iter::once(Value::from(text)).chain(json);
    own.flat_map(|value| [value.clone(), Value::Array(vec![value])]).collect()
}
