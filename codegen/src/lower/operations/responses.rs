//! Writes statuses in one spelling (`2xx` becomes `2XX`) and removes invalid ones.

use super::bodies;
use super::missing::{self, Missing};
use crate::document::{Node, Object, Span, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::status::normal;

pub(super) fn run(operation: &mut Object, method: Span, context: &mut NodeContext<'_>) {
    let Some(responses) = operation.get_mut("responses").and_then(Node::as_object_mut) else {
        return;
    };
    for response in responses.values_mut() {
        missing::replace(response, Missing::Response, method, context);
    }
    if responses.keys().any(|key| normal(key).as_deref() != Some(key)) {
        let old = std::mem::take(responses);
        for mut entry in old {
            let extension = entry.key.starts_with("x-");
            match normal(&entry.key) {
                Some(status) => entry.key = status.into_owned().into(),
                None if extension => {}
                None => continue,
            }
            if !responses.contains_key(&entry.key) {
                responses.insert_entry(entry);
            }
        }
    }
    for response in responses.values_mut().filter_map(Node::as_object_mut) {
        bodies::content(response);
        bodies::headers(response);
        if let Some(Value::Object(links)) = response.get_mut("links").map(|links| &mut links.value) {
            links.retain(|_, link| link.get("$ref").is_none());
        }
    }
}
