//! Gives the inline schemas of component parameters, headers, bodies and responses names in
//! `components.schemas`.
//!
//! These components are inlined into each operation that uses them, but must have a single type.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node, Object, Span, Value, pointer};

const FOLDERS: [(&str, &str); 4] =
    [("parameters", "Parameter"), ("headers", "Header"), ("requestBodies", "Body"), ("responses", "Response")];

pub(super) fn run(document: &mut Document, _: &mut Diagnostics) {
    let Some(components) = document.root.get_mut("components").and_then(Node::as_object_mut) else {
        return;
    };
    let mut namer = Namer::new(components);
    for (folder, suffix) in FOLDERS {
        let Some(folder) = components.get_mut(folder).and_then(Node::as_object_mut) else {
            continue;
        };
        for (name, component) in folder.iter_mut() {
            namer.component(component, name, suffix);
        }
    }
    namer.store(components);
}

struct Namer {
    /// The names in use, in the form in which types compare them: letters and digits, in lower
    /// case.
    taken: BTreeSet<String>,
    new: Vec<(String, Node)>,
}

impl Namer {
    fn new(components: &Object) -> Self {
        let schemas = components.get("schemas").and_then(Node::as_object);
        Self { taken: schemas.into_iter().flat_map(Object::keys).map(plain).collect(), new: Vec::new() }
    }

    fn component(&mut self, node: &mut Node, name: &str, suffix: &str) {
        // Elsewhere the key is unknown to the format, and its value is data.
        if matches!(suffix, "Parameter" | "Header")
            && let Some(schema) = node.get_mut("schema")
        {
            self.schema(schema, name, suffix, 0);
        }
        let mut named: Vec<(Node, String)> = Vec::new();
        let content = node.get_mut("content").and_then(Node::as_object_mut);
        for media in content.into_iter().flat_map(Object::values_mut) {
            for slot in ["schema", "itemSchema"] {
                let Some(schema) = media.get_mut(slot) else {
                    continue;
                };
                let before = schema.clone();
                if let Some((_, reference)) = named.iter().find(|(same, _)| *same == before) {
                    *schema = reference_to(reference, schema.span);
                    continue;
                }
                self.schema(schema, name, suffix, 0);
                let reference = schema.reference();
                if let Some(reference) = reference.filter(|_| before.reference().is_none()) {
                    named.push((before, reference.to_owned()));
                }
            }
        }
        if suffix != "Response" {
            return;
        }
        let headers = node.get_mut("headers").and_then(Node::as_object_mut);
        for (header, value) in headers.into_iter().flat_map(Object::iter_mut) {
            if let Some(schema) = value.get_mut("schema") {
                self.schema(schema, &format!("{name}_{header}"), "Header", 0);
            }
        }
    }

    fn schema(&mut self, schema: &mut Node, name: &str, suffix: &str, depth: usize) {
        if depth > 16 || schema.reference().is_some() {
            return;
        }
        for (slot, kind) in [("items", "array"), ("additionalProperties", "object")] {
            let list = schema.get("type").and_then(Node::as_str) == Some(kind) && schema.get("properties").is_none();
            if list && let Some(inner) = schema.get_mut(slot) {
                self.schema(inner, &format!("{name}_item"), suffix, depth + 1);
                return;
            }
        }
        if needs_a_name(schema) {
            let name = self.fresh(name, suffix);
            let reference =
                reference_to(&pointer::to_reference(&pointer::join("/components/schemas", &name)), schema.span);
            self.new.push((name, std::mem::replace(schema, reference)));
        }
    }

    fn fresh(&mut self, name: &str, suffix: &str) -> String {
        let mut wish = name.to_owned();
        let mut number = 1;
        while !self.taken.insert(plain(&wish)) {
            wish = if number == 1 { format!("{name}{suffix}") } else { format!("{name}{suffix}{number}") };
            number += 1;
        }
        wish
    }

    fn store(self, components: &mut Object) {
        let Some(span) = self.new.first().map(|(_, schema)| schema.span) else {
            return;
        };
        if !components.contains_key("schemas") {
            components.insert("schemas", Node::new(Value::Object(Object::new()), span));
        }
        let Some(schemas) = components.get_mut("schemas").and_then(Node::as_object_mut) else {
            return;
        };
        for (name, schema) in self.new {
            schemas.insert(name, schema);
        }
    }
}

/// Whether a schema becomes a type. Objects, unions and enums do; others are written in place.
fn needs_a_name(schema: &Node) -> bool {
    ["properties", "patternProperties", "allOf", "anyOf", "oneOf", "enum", "prefixItems"]
        .iter()
        .any(|keyword| schema.get(keyword).is_some())
}

fn reference_to(reference: &str, span: Span) -> Node {
    Node::object([("$ref", Node::new(reference, span))], span)
}

fn plain(name: &str) -> String {
    name.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
