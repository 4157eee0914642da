//! Strips the properties of a value that are not sent in one direction, and checks that its schema
//! names the others.

use crate::document::{Node, Object, Value, resolve_chain};
use crate::ir::model::Usage;
use crate::limits::EXAMPLE_DEPTH;

/// Strips and checks values that are sent in one direction.
#[derive(Clone, Copy, Debug)]
pub(super) struct DirectionFilter<'d> {
    root: &'d Node,
    usage: Usage,
}

impl<'d> DirectionFilter<'d> {
    pub fn new(root: &'d Node, usage: Usage) -> Self {
        Self { root, usage }
    }

    /// The value without the properties that are not sent.
    pub fn strip(self, schema: &'d Node, value: &Node) -> Node {
        let mut value = value.clone();
        self.cut(schema, &mut value, 0);
        value
    }

    fn cut(self, schema: &'d Node, value: &mut Node, depth: usize) {
        if depth > EXAMPLE_DEPTH {
            return;
        }
        let parts = self.parts(schema);
        if let Some(items) = value.as_array_mut() {
            for part in &parts {
                if let Some(schema) = part.get("items") {
                    for item in items.iter_mut() {
                        self.cut(schema, item, depth + 1);
                    }
                }
            }
            return;
        }
        let Some(object) = value.as_object_mut() else { return };
        for part in &parts {
            let properties = part.get("properties").and_then(Node::as_object);
            object.retain(|key, member| {
                let Some(schema) = properties.and_then(|properties| properties.get(key)) else { return true };
                if self.is_stripped(schema) {
                    return false;
                }
                self.cut(schema, member, depth + 1);
                true
            });
            if let Some(schema) = part.get("additionalProperties") {
                for (key, member) in object.iter_mut() {
                    if properties.is_none_or(|properties| !properties.contains_key(key)) {
                        self.cut(schema, member, depth + 1);
                    }
                }
            }
        }
    }

    /// Whether each property of the value, at any depth, has a schema.
    pub fn is_named(self, schema: &'d Node, value: &Node) -> bool {
        self.named(schema, value, 0)
    }

    fn named(self, schema: &'d Node, value: &Node, depth: usize) -> bool {
        if depth > EXAMPLE_DEPTH {
            return true;
        }
        let parts = self.parts(schema);
        match &value.value {
            Value::Array(items) => parts
                .iter()
                .filter_map(|part| part.get("items"))
                .all(|schema| items.iter().all(|item| self.named(schema, item, depth + 1))),
            Value::Object(object) => self.members_are_named(&parts, object, depth),
            _ => true,
        }
    }

    fn members_are_named(self, parts: &[&'d Node], object: &Object, depth: usize) -> bool {
        let closed: Vec<&Node> = parts.iter().copied().filter(|part| part.get("properties").is_some()).collect();
        let is_open = closed.is_empty()
            || parts.iter().any(|part| {
                part.get("patternProperties").is_some()
                    || part.get("additionalProperties").is_some_and(|schema| schema.get("not").is_none())
            });
        object.iter().all(|entry| {
            let mut schemas = closed.iter().filter_map(|part| part.get("properties")?.get(&entry.key)).peekable();
            if schemas.peek().is_none() {
                return is_open;
            }
            schemas.any(|schema| self.named(schema, &entry.value, depth + 1))
        })
    }

    fn is_stripped(self, schema: &'d Node) -> bool {
        let flag = |node: &Node, key| node.get(key).and_then(Node::as_bool) == Some(true);
        let key = match (self.usage.request, self.usage.response) {
            (true, false) => "readOnly",
            (false, true) => "writeOnly",
            _ => return false,
        };
        flag(schema, key)
            || schema.reference().and_then(|to| resolve_chain(self.root, to)).is_some_and(|(node, _)| flag(node, key))
    }

    /// The schema, the target of its reference, and the members of its compositions.
    fn parts(self, schema: &'d Node) -> Vec<&'d Node> {
        let mut parts = Vec::new();
        let mut open = vec![(schema, 0)];
        while let Some((schema, depth)) = open.pop() {
            if depth > EXAMPLE_DEPTH || parts.len() > 256 {
                continue;
            }
            parts.push(schema);
            let target = schema.reference().and_then(|to| resolve_chain(self.root, to));
            open.extend(target.map(|(node, _)| (node, depth + 1)));
            for key in ["allOf", "oneOf", "anyOf"] {
                let members = schema.get(key).and_then(Node::as_array).unwrap_or_default();
                open.extend(members.iter().map(|member| (member, depth + 1)));
            }
        }
        parts
    }
}
