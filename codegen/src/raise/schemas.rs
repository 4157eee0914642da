//! Rewrites the parts of schemas that 2.0 writes differently: discriminators, files and
//! `x-nullable`.

use std::collections::BTreeMap;

use crate::document::{Entry, Node, Object, pointer, resolve_chain};
use crate::limits::BASE_CHAIN;
use crate::openapi::grammar::Kind;
use crate::openapi::path::NodePath;
use crate::openapi::walk::{Changer, change};

/// Extensions that give the discriminator value of a definition.
const TAG_VALUES: [&str; 2] = ["x-ms-discriminator-value", "x-discriminator-value"];

/// The discriminator values that definitions set themselves, by the name of the definition with the
/// discriminator: each value with its definition.
pub(super) type TagValues = BTreeMap<String, Vec<(Node, String)>>;

/// Collects the discriminator values that extensions give.
pub(super) fn tag_values(written: &Node) -> TagValues {
    let mut values = TagValues::new();
    for entry in written.get("definitions").and_then(Node::as_object).into_iter().flatten() {
        let value = TAG_VALUES.iter().find_map(|key| entry.value.get(key)).filter(|value| value.as_str().is_some());
        let Some(value) = value else { continue };
        for base in bases(written, &entry.key) {
            values.entry(base).or_default().push((value.clone(), entry.key.to_string()));
        }
    }
    values
}

/// The definitions with a discriminator that a definition is composed of, itself included.
fn bases(written: &Node, name: &str) -> Vec<String> {
    let definitions = written.get("definitions");
    let mut found = Vec::new();
    let mut seen = vec![name.to_owned()];
    let mut next = 0;
    while let Some(name) = seen.get(next).cloned().filter(|_| next < BASE_CHAIN) {
        next += 1;
        let Some(definition) = definitions.and_then(|definitions| definitions.get(&name)) else { continue };
        let members = definition.get("allOf").and_then(Node::as_array).unwrap_or_default();
        let is_base = |node: &Node| node.get("discriminator").is_some_and(|node| node.as_str().is_some());
        if is_base(definition) || members.iter().any(is_base) {
            found.push(name);
        }
        for (_, at) in members.iter().filter_map(|member| resolve_chain(written, member.reference()?)) {
            let name = at.strip_prefix("/definitions/").map(|name| pointer::unescape(name).into_owned());
            seen.extend(name.filter(|name| !seen.contains(name)));
        }
    }
    found
}

/// Rewrites the schemas of a document that is otherwise OpenAPI 3.
pub(super) fn raise(root: &mut Node, values: &TagValues) {
    change(root, &mut Schemas { values });
}

struct Schemas<'v> {
    values: &'v TagValues,
}

impl Changer for Schemas<'_> {
    fn enter(&mut self, kind: Kind, node: &mut Node, path: &NodePath<'_>) -> bool {
        if kind == Kind::Schema
            && let Some(schema) = node.as_object_mut()
        {
            file(schema);
            self.discriminator(schema, path);
        }
        true
    }
}

impl Schemas<'_> {
    /// `discriminator: kind` becomes `discriminator: {propertyName: kind}`.
    fn discriminator(&self, schema: &mut Object, path: &NodePath<'_>) {
        let Some(node) = schema.get_mut("discriminator").filter(|node| node.as_str().is_some()) else {
            return;
        };
        let span = node.span;
        let mut object = Object::new();
        object.insert("propertyName", node.clone());
        if let Some(mapping) = self.mapping(path) {
            object.insert("mapping", Node::new(mapping, span));
        }
        *node = Node::new(object, span);
    }

    /// The definitions by the discriminator values that extensions give, if there are any.
    fn mapping(&self, path: &NodePath<'_>) -> Option<Object> {
        let pointer = path.pointer();
        let mut tokens = pointer::tokens(&pointer)?;
        let is_definition = tokens.next()? == "components" && tokens.next()? == "schemas";
        let values = self.values.get(tokens.next()?.as_ref()).filter(|_| is_definition)?;
        let entries = values.iter().filter_map(|(value, name)| {
            let target = pointer::to_reference(&pointer::join("/components/schemas", name));
            Some(Entry { key: value.as_str()?.into(), key_span: value.span, value: Node::new(target, value.span) })
        });
        Some(entries.collect())
    }
}

/// Rewrites `x-nullable` as the keyword of 3.0. Documents of other versions keep the extension,
/// which lowering reads.
pub(super) fn nullable(root: &mut Node) {
    change(root, &mut Nullable);
}

struct Nullable;

impl Changer for Nullable {
    fn enter(&mut self, kind: Kind, node: &mut Node, _: &NodePath<'_>) -> bool {
        if let Some(schema) = node.as_object_mut().filter(|_| kind == Kind::Schema) {
            to_keyword(schema);
        }
        true
    }
}

/// Turns `x-nullable: true` into `nullable: true`, unless the schema has both.
fn to_keyword(schema: &mut Object) {
    if let Some(extension) = schema.remove_entry("x-nullable")
        && !schema.contains_key("nullable")
        && extension.value.as_bool() == Some(true)
    {
        schema.insert_entry(Entry { key: "nullable".into(), ..extension });
    }
}

/// Turns `type: file` into a string of bytes.
fn file(schema: &mut Object) {
    let Some(kind) = schema.get_mut("type").filter(|kind| kind.as_str() == Some("file")) else {
        return;
    };
    let span = kind.span;
    kind.value = "string".into();
    schema.insert("format", Node::new("binary", span));
}
