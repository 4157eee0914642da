//! Makes values for schemas in the canonical form: valid ones, and ones that break a single
//! constraint. Tests of servers, mocks and contract tests all use them.
//!
//! **Invariant:** a valid value fits its schema ([`Validator`]). If none can be made, there is
//! none, rather than a wrong one.

mod broken;
mod pattern;
#[cfg(test)]
mod tests;
mod text;

use std::collections::HashSet;

use serde_json::{Map, Number, Value};

pub use self::broken::Broken;
use crate::document::{Node, pointer, resolve};
use crate::limits::{VALUE_DEPTH, VALUE_DEPTH_OF_OPTIONAL, VALUE_ITEMS};
use crate::openapi::fit::{Reason, Validator};

/// Alternatives for which a value is made.
const ALTERNATIVES: usize = 16;

/// Makes values for the schemas of one document.
#[derive(Clone, Copy, Debug)]
pub struct Maker<'d> {
    root: &'d Node,
    /// Whether the values are for requests, and so lack read-only properties. Otherwise they are
    /// for responses, and lack write-only properties.
    request: bool,
}

impl<'d> Maker<'d> {
    /// A maker of values for requests.
    #[must_use]
    pub fn of_requests(root: &'d Node) -> Self {
        Self { root, request: true }
    }

    /// A maker of values for responses.
    #[must_use]
    pub fn of_responses(root: &'d Node) -> Self {
        Self { root, request: false }
    }

    /// A value of a schema, with its optional properties. `None` if none can be made.
    #[must_use]
    pub fn valid(&self, schema: &'d Node) -> Option<Value> {
        let value = self.make(&[schema], 0)?;
        self.fits(schema, &value).then_some(value)
    }

    /// Copies of a valid value, each of which breaks one constraint.
    #[must_use]
    pub fn broken(&self, schema: &'d Node, valid: &Value) -> Vec<Broken> {
        broken::of(self, schema, valid)
    }

    /// A value without the properties that are not sent in this direction.
    #[must_use]
    pub fn sent(&self, schema: &'d Node, value: Value) -> Value {
        self.sent_below(schema, value, 0)
    }

    fn sent_below(&self, schema: &'d Node, value: Value, depth: usize) -> Value {
        let nodes = self.nodes(schema);
        match value {
            _ if depth > VALUE_DEPTH => value,
            Value::Array(items) => {
                let item = nodes.iter().find_map(|node| node.get("items"));
                let Some(item) = item else { return Value::Array(items) };
                items.into_iter().map(|value| self.sent_below(item, value, depth + 1)).collect()
            }
            Value::Object(object) => {
                let alternatives = ["oneOf", "anyOf"].into_iter();
                let alternatives = alternatives
                    .flat_map(|keyword| nodes.iter().filter_map(move |node| node.get(keyword)?.as_array()))
                    .flatten()
                    .find(|member| self.fits(member, &Value::Object(object.clone())));
                let mut known = properties(&nodes);
                known.extend(alternatives.map(|member| properties(&self.nodes(member))).unwrap_or_default());
                let sent = object.into_iter().filter_map(|(name, value)| {
                    let schemas = known.iter().filter(|(known, _)| **known == name).flat_map(|(_, schemas)| schemas);
                    let mut value = value;
                    for schema in schemas {
                        if self.is_hidden(schema) {
                            return None;
                        }
                        value = self.sent_below(schema, value, depth + 1);
                    }
                    Some((name, value))
                });
                Value::Object(sent.collect())
            }
            value => value,
        }
    }

    fn fits_all(&self, schemas: &[&'d Node], value: &Value) -> bool {
        schemas.iter().all(|schema| self.fits(schema, value))
    }

    fn fits(&self, schema: &'d Node, value: &Value) -> bool {
        let node = Node::from_json(value, schema.span);
        match Validator::new(self.root).with_formats().validate(schema, &node) {
            Ok(()) => true,
            // A required property that is not sent in this direction.
            Err(violation) => matches!(violation.reason(), Reason::Missing(_)),
        }
    }

    /// The nodes that a value must satisfy: the schema, the targets of its references, and the
    /// members of `allOf`.
    fn nodes(&self, schema: &'d Node) -> Vec<&'d Node> {
        let (mut nodes, mut seen) = (Vec::new(), HashSet::new());
        let mut open = vec![schema];
        while let Some(node) = open.pop() {
            if !seen.insert(std::ptr::from_ref(node).addr()) {
                continue;
            }
            open.extend(node.get("allOf").and_then(Node::as_array).unwrap_or_default().iter().rev());
            open.extend(node.reference().and_then(|reference| resolve(self.root, reference)));
            nodes.push(node);
        }
        nodes
    }

    /// A value of several schemas at once: a property can have one in each member of `allOf`.
    fn make(&self, schemas: &[&'d Node], depth: usize) -> Option<Value> {
        if depth > VALUE_DEPTH {
            return None;
        }
        let mut nodes: Vec<&'d Node> = Vec::new();
        for node in schemas.iter().flat_map(|schema| self.nodes(schema)) {
            if !nodes.iter().any(|known| std::ptr::eq(*known, node)) {
                nodes.push(node);
            }
        }
        if let Some(value) = self.listed(schemas, &nodes) {
            return Some(value);
        }
        let alternatives: Vec<&'d Node> = ["oneOf", "anyOf"]
            .into_iter()
            .flat_map(|keyword| nodes.iter().filter_map(move |node| node.get(keyword)?.as_array()))
            .flatten()
            .collect();
        if !alternatives.is_empty() {
            return self.alternative(&nodes, &alternatives, depth);
        }
        self.of_type(&nodes, depth)
    }

    /// The value that a schema provides itself: from `enum`, an example, or the default.
    fn listed(&self, schemas: &[&'d Node], nodes: &[&'d Node]) -> Option<Value> {
        let list = |keyword: &'static str| nodes.iter().filter_map(move |node| node.get(keyword)?.as_array()).flatten();
        let single = ["example", "default"].into_iter();
        let single = single.flat_map(|keyword| nodes.iter().filter_map(move |node| node.get(keyword)));
        let shown = list("examples").chain(single).map(Node::to_json).filter(|value| !is_rounded(nodes, value));
        let mut values = list("enum").map(Node::to_json).chain(shown).filter(|value| !value.is_null());
        values.find(|value| self.fits_all(schemas, value))
    }

    /// A value of an alternative, with the properties beside the alternatives. The first one for
    /// which a value can be made is taken, unless its value fits further ones and that of another
    /// alternative does not: `oneOf` allows one only.
    fn alternative(&self, nodes: &[&'d Node], alternatives: &[&'d Node], depth: usize) -> Option<Value> {
        let base = nodes.iter().any(|node| node.get("properties").is_some()).then(|| self.of_type(nodes, depth));
        let made = alternatives.iter().filter_map(|alternative| {
            let mut value = self.make(&[alternative], depth + 1)?;
            let own = value.clone();
            self.tag(nodes, alternative, &mut value);
            // The member may list other tag values than the discriminator implies.
            if !self.fits(alternative, &value) {
                value = own;
            }
            if let (Value::Object(own), Some(Some(Value::Object(more)))) = (&mut value, base.clone()) {
                for (key, value) in more {
                    own.entry(key).or_insert(value);
                }
            }
            Some(value)
        });
        let mut first = None;
        for value in made.take(ALTERNATIVES) {
            if alternatives.iter().filter(|other| self.fits(other, &value)).take(2).count() < 2 {
                return Some(value);
            }
            first.get_or_insert(value);
        }
        first
    }

    /// Gives a member the tag value that selects it.
    fn tag(&self, nodes: &[&'d Node], alternative: &'d Node, value: &mut Value) {
        let own = self.nodes(alternative);
        let Some(discriminator) = nodes.iter().chain(&own).find_map(|node| node.get("discriminator")) else { return };
        let (Some(property), Some(reference)) =
            (discriminator.get("propertyName").and_then(Node::as_str), alternative.reference())
        else {
            return;
        };
        let name = pointer::last_token(reference);
        let is_target = |target: &str| target == reference || target == name;
        let mapping = discriminator.get("mapping").and_then(Node::as_object).into_iter().flatten();
        let mut mapped = mapping.filter(|entry| entry.value.as_str().is_some_and(is_target));
        let tag = mapped.next().map_or(name, |entry| &*entry.key);
        if let Some(Value::String(text)) = value.get_mut(property) {
            tag.clone_into(text);
        }
        if let Some(Value::Number(number)) = value.get_mut(property)
            && let Ok(tag) = tag.parse::<i64>()
        {
            *number = tag.into();
        }
    }

    fn of_type(&self, nodes: &[&'d Node], depth: usize) -> Option<Value> {
        let kind = nodes.iter().filter_map(|node| node.get("type")?.as_str()).next_back();
        match kind {
            Some("string") => text::make(nodes).map(Value::from),
            Some("integer") => number(nodes, true),
            Some("number") => number(nodes, false),
            Some("boolean") => Some(Value::Bool(true)),
            Some("null") => Some(Value::Null),
            Some("array") => self.list(nodes, depth),
            Some("object") => self.object(nodes, depth),
            _ if nodes.iter().any(|node| node.get("properties").is_some()) => self.object(nodes, depth),
            _ => Some(Value::from("any")),
        }
    }

    fn list(&self, nodes: &[&'d Node], depth: usize) -> Option<Value> {
        let prefix = nodes.iter().find_map(|node| node.get("prefixItems")?.as_array()).unwrap_or_default();
        let mut items: Vec<Value> =
            prefix.iter().map(|item| self.make(&[item], depth + 1)).collect::<Option<Vec<Value>>>()?;
        let least = counts(nodes, "minItems").max().unwrap_or(0).max(u64::from(prefix.is_empty()));
        let least = least.min(counts(nodes, "maxItems").min().unwrap_or(u64::MAX));
        let item = nodes.iter().find_map(|node| node.get("items"));
        for _ in items.len() as u64..least.min(VALUE_ITEMS) {
            let made = match item {
                Some(item) => self.make(&[item], depth + 1),
                None => Some(Value::from("any")),
            };
            match made {
                Some(value) => items.push(value),
                // An optional item that would never end.
                None if counts(nodes, "minItems").max().unwrap_or(0) == 0 => break,
                None => return None,
            }
        }
        Some(Value::Array(items))
    }

    fn object(&self, nodes: &[&'d Node], depth: usize) -> Option<Value> {
        let required: HashSet<&str> = required(nodes).collect();
        let mut object = Map::new();
        let known = properties(nodes);
        for (name, schemas) in &known {
            let (name, is_required) = (*name, required.contains(name));
            if schemas.iter().any(|property| self.is_hidden(property))
                || (!is_required && depth >= VALUE_DEPTH_OF_OPTIONAL)
            {
                continue;
            }
            match self.make(schemas, depth + 1).filter(|value| self.fits_all(schemas, value)) {
                Some(value) => drop(object.insert(name.to_owned(), value)),
                None if is_required => return None,
                None => {}
            }
        }
        for name in required.iter().filter(|name| !known.iter().any(|(known, _)| known == *name)) {
            object.entry(*name).or_insert_with(|| Value::from("any"));
        }
        self.fill(nodes, &mut object, depth)?;
        Some(Value::Object(object))
    }

    /// Adds properties with made-up names until there are enough.
    fn fill(&self, nodes: &[&'d Node], object: &mut Map<String, Value>, depth: usize) -> Option<()> {
        let least = counts(nodes, "minProperties").max().unwrap_or(0).min(VALUE_ITEMS);
        let additional = nodes.iter().find_map(|node| node.get("additionalProperties"));
        for index in object.len() as u64..least {
            let value = match additional.filter(|node| node.as_object().is_some()) {
                Some(schema) => self.make(&[schema], depth + 1)?,
                None => Value::from("any"),
            };
            object.insert(format!("key{index}"), value);
        }
        Some(())
    }

    /// Whether a property is not sent in this direction.
    fn is_hidden(&self, property: &'d Node) -> bool {
        let keyword = if self.request { "readOnly" } else { "writeOnly" };
        self.nodes(property).iter().any(|node| node.get(keyword).and_then(Node::as_bool) == Some(true))
    }
}

fn required<'d>(nodes: &[&'d Node]) -> impl Iterator<Item = &'d str> {
    nodes.iter().filter_map(|node| node.get("required")?.as_array()).flatten().filter_map(Node::as_str)
}

/// The properties of some nodes, each with its schemas, the most specific one first.
fn properties<'d>(nodes: &[&'d Node]) -> Vec<(&'d str, Vec<&'d Node>)> {
    let mut found: Vec<(&'d str, Vec<&'d Node>)> = Vec::new();
    for entry in nodes.iter().filter_map(|node| node.get("properties")?.as_object()).flatten() {
        match found.iter_mut().find(|(name, _)| **name == *entry.key) {
            Some((_, schemas)) => schemas.push(&entry.value),
            None => found.push((&entry.key, vec![&entry.value])),
        }
    }
    found
}

fn counts<'d>(nodes: &[&'d Node], keyword: &'static str) -> impl Iterator<Item = u64> + use<'d> {
    let counts: Vec<u64> = nodes.iter().filter_map(|node| node.get(keyword)?.as_u64()).collect();
    counts.into_iter()
}

/// A number within its bounds: the least one, or else the greatest.
/// Whether a value is an integer that no type holds: tools round the greatest integer of 64 bits up. A
/// bound or a format gives the schema a larger type.
fn is_rounded(nodes: &[&Node], value: &Value) -> bool {
    let says = |keyword: &str| nodes.iter().any(|node| node.get(keyword).is_some());
    value.as_f64().is_some_and(|number| number.abs() > 9.2e18)
        && value.as_i64().is_none()
        && nodes.iter().any(|node| node.get("type").and_then(Node::as_str) == Some("integer"))
        && !["format", "minimum", "maximum"].into_iter().any(says)
}

fn number(nodes: &[&Node], whole: bool) -> Option<Value> {
    let bound = |keyword: &str| nodes.iter().filter_map(|node| node.get(keyword)?.as_f64()).collect::<Vec<_>>();
    let step = bound("multipleOf").into_iter().reduce(f64::max).filter(|step| *step > 0.0);
    let unit = step.unwrap_or(1.0);
    let above = bound("exclusiveMinimum").into_iter().map(|low| low + if whole { 1.0 } else { unit / 2.0 });
    let below = bound("exclusiveMaximum").into_iter().map(|high| high - if whole { 1.0 } else { unit / 2.0 });
    let low = bound("minimum").into_iter().chain(above).reduce(f64::max);
    let high = bound("maximum").into_iter().chain(below).reduce(f64::min);
    let value = match (low, high) {
        (Some(low), _) => (low / unit).ceil() * unit,
        (None, Some(high)) => (high.min(1.0) / unit).floor() * unit,
        (None, None) => unit,
    };
    let value = if step.is_none() && !whole { low.or(high).unwrap_or(value) } else { value };
    json_number(value, whole)
}

fn json_number(value: f64, whole: bool) -> Option<Value> {
    if whole && value.abs() < 9.0e15 {
        #[expect(clippy::cast_possible_truncation, reason = "within the exact range of a double")]
        let number = value as i64;
        return Some(Value::from(number));
    }
    Number::from_f64(value).map(Value::Number)
}
