//! Marks the unions whose members are events told apart by their names, with the schema of the data
//! in place of the text that contains it; and moves the schema of a whole event to `itemSchema`.
//!
//! OpenAPI 3.2 describes a whole event: `event`, `data`, `id` and `retry`. Many documents of earlier
//! versions do so under `schema`.

use super::EVENTS_BY_NAME;
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Entry, Node, Object, Span, resolve_chain};
use crate::openapi::grammar::Kind;
use crate::openapi::media_type::essence;
use crate::openapi::path::NodePath;
use crate::openapi::walk::walk;

/// The media type of events.
const EVENTS: &str = "text/event-stream";

/// The fields of an event.
const FIELDS: [&str; 4] = ["event", "data", "id", "retry"];

pub(super) fn run(document: &mut Document, _: &mut Diagnostics) {
    let root = &document.root;
    let mut changes = Vec::new();
    walk(root, &mut |kind, node, path| {
        let is_content = path.above().and_then(NodePath::last_key) == Some("content");
        let is_events = path.last_key().is_some_and(|key| essence(key).eq_ignore_ascii_case(EVENTS));
        if kind != Kind::MediaType || !is_content || !is_events {
            return;
        }
        let target = node.reference().and_then(|reference| resolve_chain(root, reference));
        let (media_type, at) = target.unwrap_or_else(|| (node, path.pointer()));
        changes.extend(change(root, media_type, &at));
    });
    for change in changes {
        change.apply(&mut document.root);
    }
}

/// A change of one media type.
enum Change {
    /// The schema at a pointer is a union of events by name.
    Mark(String),
    /// The media type at a pointer has this schema of a whole event.
    Item(String, Node),
}

impl Change {
    fn apply(self, root: &mut Node) {
        match self {
            Self::Mark(at) => {
                if let Some(node) = root.pointer_mut(&at) {
                    let span = node.span;
                    if let Some(schema) = node.as_object_mut() {
                        schema.insert(EVENTS_BY_NAME, Node::new(true, span));
                    }
                }
            }
            Self::Item(at, schema) => {
                if let Some(media_type) = root.pointer_mut(&at).and_then(Node::as_object_mut) {
                    media_type.remove("schema");
                    media_type.insert("itemSchema", schema);
                }
            }
        }
    }
}

fn change(root: &Node, media_type: &Node, at: &str) -> Vec<Change> {
    let item = media_type.get("itemSchema");
    let Some(written) = item.or_else(|| media_type.get("schema")) else { return Vec::new() };
    let (schema, place) = match written.reference().and_then(|reference| resolve_chain(root, reference)) {
        Some(found) => found,
        None => (written, format!("{at}/{}", if item.is_some() { "itemSchema" } else { "schema" })),
    };
    let Some(object) = schema.as_object().filter(|object| !object.contains_key(EVENTS_BY_NAME)) else {
        return Vec::new();
    };
    if let Some(union) = Union::of(root, object, item.is_some()) {
        if union.is_plain() {
            return vec![Change::Mark(place)];
        }
        return vec![Change::Item(at.to_owned(), union.rewritten(schema.span))];
    }
    if item.is_none() && is_whole_event(object) {
        return vec![Change::Item(at.to_owned(), written.clone())];
    }
    Vec::new()
}

/// Whether an object has the fields of an event and no others. One with `data` alone has to require
/// it.
fn is_whole_event(object: &Object) -> bool {
    let properties = object.get("properties").and_then(Node::as_object);
    let Some(properties) = properties.filter(|properties| properties.contains_key("data")) else { return false };
    let required = object.get("required").and_then(Node::as_array).unwrap_or_default();
    let is_required = required.iter().any(|name| name.as_str() == Some("data"));
    only_fields(properties) && (properties.len() > 1 || is_required)
}

fn only_fields(properties: &Object) -> bool {
    properties.keys().all(|key| FIELDS.contains(&key))
}

/// A union of events.
struct Union<'d> {
    /// The keywords beside the members.
    shared: &'d Object,
    members: Vec<Member<'d>>,
}

/// A member, with its own properties.
struct Member<'d> {
    schema: &'d Object,
    /// The schema of what the text in `data` contains.
    content: Option<&'d Node>,
}

impl<'d> Union<'d> {
    /// The union of a schema, if each of its members names its event.
    fn of(root: &'d Node, shared: &'d Object, is_item: bool) -> Option<Self> {
        let list = ["oneOf", "anyOf"].into_iter().find_map(|keyword| shared.get(keyword)?.as_array())?;
        let members = list.iter().map(|member| Member::of(root, member)).collect::<Option<Vec<_>>>()?;
        let properties =
            || members.iter().map(|member| member.schema).chain([shared]).filter_map(|schema| properties(schema));
        let has_data = properties().any(|properties| properties.contains_key("data"));
        let is_events = is_item || properties().all(only_fields);
        (members.len() > 1 && has_data && is_events).then_some(Self { shared, members })
    }

    /// Whether the union describes the events as they are read.
    fn is_plain(&self) -> bool {
        properties(self.shared).is_none() && self.members.iter().all(|member| member.content.is_none())
    }

    /// The union with the properties of each member in one place.
    fn rewritten(&self, span: Span) -> Node {
        let members: Vec<Node> = self.members.iter().map(|member| self.member(member, span)).collect();
        let discriminator = Node::object([("propertyName", Node::new("event", span))], span);
        let mut union = Object::new();
        for entry in ["title", "description"].into_iter().filter_map(|key| self.shared.entry(key)) {
            union.insert_entry(entry.clone());
        }
        union.insert("oneOf", Node::new(members, span));
        union.insert("discriminator", discriminator);
        union.insert(EVENTS_BY_NAME, Node::new(true, span));
        Node::new(union, span)
    }

    fn member(&self, member: &Member<'d>, span: Span) -> Node {
        let of = |schema: &'d Object, key: &str| properties(schema).and_then(|properties| properties.entry(key));
        let mut fields = Object::new();
        for key in FIELDS {
            let entry = match (of(self.shared, key), of(member.schema, key)) {
                (Some(_), Some(own)) if key == "event" => own.clone(),
                (Some(shared), Some(own)) => {
                    let both = vec![shared.value.clone(), own.value.clone()];
                    let value = Node::object([("allOf", Node::new(both, own.value.span))], own.value.span);
                    Entry { value, ..own.clone() }
                }
                (Some(only), None) | (None, Some(only)) => only.clone(),
                (None, None) => continue,
            };
            match member.content.filter(|_| key == "data") {
                Some(content) => fields.insert_entry(Entry { value: content.clone(), ..entry }),
                None => fields.insert_entry(entry),
            };
        }
        let required = |schema: &'d Object| schema.get("required").and_then(Node::as_array).unwrap_or_default();
        let mut names = vec![Node::new("event", span)];
        let listed = required(self.shared).iter().chain(required(member.schema));
        names.extend(listed.filter(|name| name.as_str() == Some("data")).take(1).cloned());
        let keys = ["description", "deprecated"].into_iter();
        let mut schema: Object = keys.filter_map(|key| member.schema.entry(key).cloned()).collect();
        // The name of the event is a better name for the type than a title.
        if let Some(title) = member.schema.entry("title").filter(|_| !schema.contains_key("description")) {
            schema.insert_entry(Entry { key: "description".into(), ..title.clone() });
        }
        schema.insert("type", Node::new("object", span));
        schema.insert("required", Node::new(names, span));
        schema.insert("properties", Node::new(fields, span));
        Node::new(schema, span)
    }
}

impl<'d> Member<'d> {
    /// A member that names its event.
    fn of(root: &'d Node, written: &'d Node) -> Option<Self> {
        let follow = |node: &'d Node| match node.reference() {
            Some(reference) => resolve_chain(root, reference).map_or(node, |(target, _)| target),
            None => node,
        };
        let schema = follow(written).as_object()?;
        let own = properties(schema)?;
        let name = follow(own.get("event")?);
        let is_named = name.get("const").is_some_and(|name| name.as_str().is_some())
            || name
                .get("enum")
                .and_then(Node::as_array)
                .is_some_and(|names| names.iter().all(|one| one.as_str().is_some()));
        let content = own.get("data").and_then(|data| follow(data).get("contentSchema"));
        is_named.then_some(Self { schema, content })
    }
}

fn properties(schema: &Object) -> Option<&Object> {
    schema.get("properties")?.as_object()
}
