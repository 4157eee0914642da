//! Removes `null` (and sets `nullable: true`), repeated values, and values of another type from
//! `enum`.

use super::members::is_of_type;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Object, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::KeywordSet;

/// The keywords that the pass works on.
pub(super) const ON: KeywordSet = KeywordSet::of(&["enum"]);

pub(super) fn run(node: &mut Node, context: &mut NodeContext<'_>) {
    let Some(schema) = node.as_object_mut() else {
        return;
    };
    let Some(entry) = schema.entry("enum") else {
        return;
    };
    let span = entry.key_span;
    if is_for_items(schema) {
        move_to_items(schema, context);
        return;
    }
    let Some(written) = schema.get("enum").and_then(Node::as_array) else {
        schema.remove("enum");
        return;
    };
    let values = distinct(written, schema, context);
    let only_null = written.iter().all(Node::is_null) && !written.is_empty();
    if only_null {
        schema.remove("enum");
        schema.remove("nullable");
        schema.insert("type", Node::new("null", span));
        return;
    }
    if written.iter().any(Node::is_null) {
        schema.insert("nullable", Node::new(true, span));
    }
    if values.is_empty() {
        schema.remove("enum");
    } else if let Some(list) = schema.get_mut("enum") {
        list.value = Value::Array(values);
    }
}

/// Moves the `enum` of `{type: array, items: {type: string}, enum: [a, b]}` to the items, since
/// only they can have these values.
fn is_for_items(schema: &Object) -> bool {
    let array = schema.get("type").and_then(Node::as_str) == Some("array");
    let kind = schema.get("items").and_then(|items| items.get("type")).and_then(Node::as_str);
    let free = schema.get("items").is_some_and(|items| items.get("enum").is_none());
    let values = schema.get("enum").and_then(Node::as_array).unwrap_or_default();
    let fit = kind.is_some_and(|kind| !values.is_empty() && values.iter().all(|value| is_of_type(&value.value, kind)));
    array && free && fit && kind != Some("array")
}

fn move_to_items(schema: &mut Object, context: &mut NodeContext<'_>) {
    let Some(entry) = schema.remove_entry("enum") else {
        return;
    };
    let message = "the values in `enum` are not of type `array`";
    context.report(
        Diagnostic::new(&codes::ENUM_VALUE_OF_OTHER_TYPE, &entry, message)
            .note()
            .help("they are read as the values of the items; move `enum` into `items`"),
    );
    if let Some(items) = schema.get_mut("items") {
        if let Some(object) = items.as_object_mut() {
            object.insert_entry(entry);
        }
        run(items, context);
    }
}

fn distinct(written: &[Node], schema: &Object, context: &mut NodeContext<'_>) -> Vec<Node> {
    let name = schema.get("type").and_then(Node::as_str);
    let mut seen = Seen::default();
    let mut values: Vec<Node> = Vec::with_capacity(written.len());
    for value in written.iter().filter(|value| !value.is_null()) {
        let Some(value) = of_type(value, name, context) else {
            continue;
        };
        if seen.is_new(&value, &values) {
            values.push(value);
        } else {
            let message = format!("the value {} occurs twice in `enum`", shown(&value));
            context.report(
                Diagnostic::new(&codes::DUPLICATE_ENUM_VALUE, &value, message).help("the second one is ignored"),
            );
        }
    }
    values
}

/// Finds repeated values. Strings are looked up in a set, since there may be thousands; other
/// values are compared.
#[derive(Default)]
struct Seen {
    strings: std::collections::BTreeSet<String>,
}

impl Seen {
    fn is_new(&mut self, value: &Node, before: &[Node]) -> bool {
        match value.as_str() {
            Some(text) => self.strings.insert(text.to_owned()),
            // The number of comparisons is bounded; later repetitions do no harm.
            None => before.len() > 2_000 || !before.contains(value),
        }
    }
}

/// The value in the type of the enum. In an enum of strings, YAML may have read `true` or `1` as
/// another type.
fn of_type(value: &Node, name: Option<&str>, context: &mut NodeContext<'_>) -> Option<Node> {
    let Some(name) = name else {
        return Some(value.clone());
    };
    if is_of_type(&value.value, name) {
        return Some(value.clone());
    }
    let text = match &value.value {
        Value::Number(number) if name == "string" => Some(number.to_string()),
        Value::Bool(flag) if name == "string" => Some(flag.to_string()),
        _ => None,
    };
    let message = format!("the value {} in `enum` is not of type `{name}`", shown(value));
    let diagnostic = Diagnostic::new(&codes::ENUM_VALUE_OF_OTHER_TYPE, value, message);
    if let Some(text) = text {
        let help = format!("it is read as the string {text:?}; quote it");
        context.report(diagnostic.note().help(help));
        return Some(Node::new(text, value.span));
    }
    context.report(diagnostic.help("it is left out; correct the value or the type"));
    None
}

fn shown(value: &Node) -> String {
    let text = value.to_json().to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
