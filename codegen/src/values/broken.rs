//! Breaks the constraints of a valid value, one at a time.

use serde_json::{Number, Value};

use super::{Maker, properties, required};
use crate::document::{Node, pointer};
use crate::limits::{BROKEN_DEPTH, VALUE_CHARS};

/// A value that breaks one constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    /// The keyword whose constraint it breaks.
    pub keyword: &'static str,
    /// The JSON Pointer of the wrong part, or of the object that lacks a property.
    pub pointer: String,
    /// The whole value.
    pub value: Value,
}

pub(super) fn of<'d>(maker: &Maker<'d>, schema: &'d Node, valid: &Value) -> Vec<Broken> {
    let mut breaker = Breaker { maker, valid, found: Vec::new() };
    breaker.visit(schema, "", 0);
    breaker.found
}

struct Breaker<'m, 'd> {
    maker: &'m Maker<'d>,
    valid: &'m Value,
    found: Vec<Broken>,
}

impl<'d> Breaker<'_, 'd> {
    fn visit(&mut self, schema: &'d Node, at: &str, depth: usize) {
        let Some(value) = self.valid.pointer(at).filter(|_| depth <= BROKEN_DEPTH) else { return };
        let nodes = self.maker.nodes(schema);
        if nodes.iter().any(|node| node.get("oneOf").is_some() || node.get("anyOf").is_some()) {
            return;
        }
        for node in &nodes {
            match value {
                Value::String(text) => self.text(node, at, text),
                Value::Number(number) => self.number(node, at, number),
                Value::Array(items) => self.list(node, at, items),
                Value::Object(properties) => self.object(node, at, properties),
                Value::Null | Value::Bool(_) => {}
            }
        }
        self.listed(&nodes, at, value);
        self.kind(&nodes, at, value);
        if value.is_object() {
            for name in required(&nodes) {
                self.without(at, name);
            }
            for (name, schemas) in properties(&nodes) {
                if let Some(property) = schemas.first() {
                    self.visit(property, &pointer::join(at, name), depth + 1);
                }
            }
        }
        if value.is_array()
            && let Some(items) = nodes.iter().find_map(|node| node.get("items"))
            && !nodes.iter().any(|node| node.get("prefixItems").is_some())
        {
            self.visit(items, &pointer::join(at, "0"), depth + 1);
        }
    }

    /// Adds the whole value with a part replaced.
    fn replace(&mut self, keyword: &'static str, at: &str, part: Value) {
        let mut value = self.valid.clone();
        if let Some(place) = value.pointer_mut(at) {
            *place = part;
            self.found.push(Broken { keyword, pointer: at.to_owned(), value });
        }
    }

    fn without(&mut self, at: &str, name: &str) {
        let mut value = self.valid.clone();
        let removed = value.pointer_mut(at).and_then(Value::as_object_mut).and_then(|object| object.remove(name));
        if removed.is_some() {
            self.found.push(Broken { keyword: "required", pointer: pointer::join(at, name), value });
        }
    }

    /// Adds a value of another type, if the schema allows only one type.
    fn kind(&mut self, nodes: &[&'d Node], at: &str, value: &Value) {
        let typed = nodes.iter().any(|node| node.get("type").is_some());
        let other = match value {
            Value::String(_) | Value::Null => Value::Bool(true),
            Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => Value::from("not of the type"),
        };
        if typed {
            self.replace("type", at, other);
        }
    }

    /// Adds a value that `enum` does not list.
    fn listed(&mut self, nodes: &[&'d Node], at: &str, value: &Value) {
        let listed = nodes.iter().any(|node| node.get("enum").is_some());
        match value {
            Value::String(_) if listed => self.replace("enum", at, Value::from("not listed")),
            Value::Number(_) if listed => self.replace("enum", at, Value::from(98_765)),
            _ => {}
        }
    }

    fn object(&mut self, node: &'d Node, at: &str, properties: &serde_json::Map<String, Value>) {
        let count = |keyword: &str| node.get(keyword).and_then(Node::as_u64);
        let any = properties.values().next().cloned().unwrap_or(Value::Null);
        let with = |more: usize| {
            let new = (0..more).map(|index| (format!("more{index}"), any.clone()));
            Value::Object(properties.clone().into_iter().chain(new).collect())
        };
        let is_map = node.get("properties").is_none() && node.get("required").is_none();
        if count("minProperties").is_some_and(|least| least > 0) && is_map {
            self.replace("minProperties", at, Value::Object(serde_json::Map::new()));
        }
        if let Some(most) = count("maxProperties").filter(|most| is_map && *most < VALUE_CHARS) {
            let more = usize::try_from(most + 1).unwrap_or_default().saturating_sub(properties.len());
            self.replace("maxProperties", at, with(more));
        }
        if node.get("additionalProperties").and_then(Node::as_bool) == Some(false)
            && node.get("patternProperties").is_none()
        {
            self.replace("additionalProperties", at, with(1));
        }
        if let Some(values) = node.get("additionalProperties").filter(|_| is_map)
            && let Some(key) = properties.keys().next()
        {
            self.visit(values, &pointer::join(at, key), BROKEN_DEPTH);
        }
    }

    fn text(&mut self, node: &Node, at: &str, text: &str) {
        let count = |keyword: &str| node.get(keyword).and_then(Node::as_u64);
        if let Some(least) = count("minLength").filter(|least| *least > 0) {
            let short = text.chars().take(usize::try_from(least - 1).unwrap_or_default()).collect::<String>();
            self.replace("minLength", at, Value::from(short));
        }
        if let Some(most) = count("maxLength").filter(|most| *most < VALUE_CHARS) {
            let length = usize::try_from(most + 1).unwrap_or_default();
            let long = text.chars().chain("text".chars().cycle()).take(length).collect::<String>();
            self.replace("maxLength", at, Value::from(long));
        }
        if let Some(pattern) = node.get("pattern").and_then(Node::as_str)
            && let Some(wrong) = unmatched(pattern)
        {
            self.replace("pattern", at, Value::from(wrong));
        }
    }

    fn number(&mut self, node: &Node, at: &str, number: &Number) {
        let bound = |keyword: &str| node.get(keyword).and_then(Node::as_f64).filter(|bound| bound.abs() < 1.0e12);
        let whole = number.is_i64() || number.is_u64();
        for (keyword, step) in
            [("minimum", -1.0), ("maximum", 1.0), ("exclusiveMinimum", 0.0), ("exclusiveMaximum", 0.0)]
        {
            if let Some(wrong) = bound(keyword).and_then(|bound| super::json_number(bound + step, whole)) {
                self.replace(keyword, at, wrong);
            }
        }
        if let Some(step) = bound("multipleOf").filter(|step| !whole || *step > 1.0) {
            let wrong = number.as_f64().unwrap_or_default() + if whole { 1.0 } else { step / 2.0 };
            if let Some(wrong) = super::json_number(wrong, whole) {
                self.replace("multipleOf", at, wrong);
            }
        }
    }

    fn list(&mut self, node: &Node, at: &str, items: &[Value]) {
        let count = |keyword: &str| node.get(keyword).and_then(Node::as_u64);
        if let Some(least) = count("minItems").filter(|least| *least > 0) {
            let few = items.iter().take(usize::try_from(least - 1).unwrap_or_default()).cloned().collect();
            self.replace("minItems", at, Value::Array(few));
        }
        let Some(first) = items.first() else { return };
        if let Some(most) = count("maxItems").filter(|most| *most < VALUE_CHARS) {
            let length = usize::try_from(most + 1).unwrap_or_default();
            self.replace("maxItems", at, Value::Array(vec![first.clone(); length]));
        }
        if node.get("uniqueItems").and_then(Node::as_bool) == Some(true)
            && count("maxItems").is_none_or(|most| most > 1)
        {
            self.replace("uniqueItems", at, Value::Array(vec![first.clone(); 2]));
        }
    }
}

/// A text that does not match a pattern.
fn unmatched(pattern: &str) -> Option<&'static str> {
    use specwright_runtime::validation::Verdict;

    let candidates = ["", "!", "a", "A", "1", " ", "~~~~~~~~~~~~~~~~"];
    candidates.into_iter().find(|text| crate::openapi::fit::patterns::check(pattern, text) == Verdict::Differs)
}
