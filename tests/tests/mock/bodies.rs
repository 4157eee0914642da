//! Request bodies as bytes, and the parts of their values.

use serde_json::{Map, Value};
use specwright_codegen::document::pointer;
use specwright_codegen::ir::model::BodyKind;
use specwright_mock::document::Operation;
use specwright_runtime::descriptor::FormField;

use crate::draws::Draws;

/// A value as one content of the body, with its media type.
pub fn body(operation: &Operation, content: usize, value: &Value) -> Option<(String, Vec<u8>)> {
    let content = operation.ir.body.as_ref()?.contents.get(content)?;
    let media = content.media.text.replace("*/*", "a/b").replace('*', "x");
    let bytes = match &content.kind {
        BodyKind::Json(_) => value.to_string().into_bytes(),
        BodyKind::Form { fields, .. } => {
            let fields: Vec<FormField> = fields
                .iter()
                .map(|field| FormField {
                    name: String::leak(field.wire.clone()),
                    json: field.json,
                    ..FormField::DEFAULT
                })
                .collect();
            specwright_runtime::form::encode(value, &fields).ok()?.into_bytes()
        }
        BodyKind::Multipart { .. } => return Some((format!("{media}; boundary=b"), multipart(value))),
        BodyKind::Text(_) | BodyKind::Binary => text(value).into_bytes(),
        BodyKind::Lines(_) => format!("{value}\n").into_bytes(),
        BodyKind::Events(_) => format!("data: {value}\n\n").into_bytes(),
    };
    Some((media, bytes))
}

fn multipart(value: &Value) -> Vec<u8> {
    let mut out = String::new();
    for (name, value) in value.as_object().unwrap_or(&Map::new()) {
        let items: Vec<&Value> = value.as_array().map_or_else(|| vec![value], |items| items.iter().collect());
        for item in items {
            out.push_str(&format!("--b\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{}\r\n", text(item)));
        }
    }
    out.push_str("--b--\r\n");
    out.into_bytes()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// The pointers of all parts of a value that are not objects.
pub fn leaves(value: &Value) -> Vec<String> {
    parts(value, &|value| !value.is_object())
}

/// The pointers of all objects.
pub fn objects(value: &Value) -> Vec<String> {
    parts(value, &Value::is_object)
}

fn parts(value: &Value, wanted: &dyn Fn(&Value) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((at, value)) = open.pop() {
        match value {
            Value::Object(entries) => open.extend(entries.iter().map(|(key, value)| (pointer::join(&at, key), value))),
            Value::Array(items) => {
                open.extend(items.iter().enumerate().map(|(index, value)| (format!("{at}/{index}"), value)));
            }
            _ => {}
        }
        if wanted(value) {
            found.push(at);
        }
    }
    found
}

/// Replaces or removes a random part.
pub fn change(body: &mut Option<(usize, Value)>, wrong: Value, draws: &mut Draws) {
    let Some((_, value)) = body else { return };
    let places = parts(value, &|_| true);
    let at = draws.of(&places).clone();
    let parent =
        at.rsplit_once('/').map(|(parent, key)| (parent.to_owned(), key.replace("~1", "/").replace("~0", "~")));
    if draws.below(3) == 0
        && let Some((parent, key)) = parent
        && let Some(object) = value.pointer_mut(&parent).and_then(Value::as_object_mut)
    {
        object.remove(&key);
        return;
    }
    if let Some(part) = value.pointer_mut(&at) {
        *part = wrong;
    }
}
