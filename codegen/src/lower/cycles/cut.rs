//! Cuts edges of cycles, with a diagnostic where meaning is lost.

use super::edges::{Edge, Edges, Via, edges, schemas};
use super::graph;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Node, pointer};
use crate::lower::UNTYPED;
use crate::lower::schema::is_annotation;
use crate::lower::walk::canonical_component;

/// Cuts `A: {$ref: B}`, `B: {$ref: A}`. Nothing describes these schemas, so both become any JSON.
pub(super) fn aliases(root: &mut Node, out: &mut Diagnostics) {
    let mut edges = edges(root);
    edges.list.retain(|edge| edge.via == Via::Alias && edge.path.is_empty());
    let groups = graph::groups(&edges);
    let on_cycle = cyclic(&edges, &groups);
    for edge in on_cycle {
        let Some(name) = name(root, edge.from) else {
            continue;
        };
        let Some(schema) = component(root, &name) else {
            continue;
        };
        let span = schema.span;
        let message = format!("the schema `{name}` only refers back to itself");
        out.report(
            Diagnostic::new(&codes::ENDLESS_REFERENCE, span, message)
                .help("its values are any JSON; describe it instead of referring")
                .at(pointer::join("/components/schemas", &name)),
        );
        *schema = Node::object([(UNTYPED, Node::new(true, span))], span);
    }
}

fn cyclic<'e>(edges: &'e Edges, groups: &[usize]) -> Vec<&'e Edge> {
    edges.list.iter().filter(|edge| graph::is_inside(edge, groups)).collect()
}

/// Removes a union from its own members. What is left is the union of the others.
pub(super) fn unions(root: &mut Node, out: &mut Diagnostics) {
    let mut edges = edges(root);
    edges.list.retain(|edge| edge.via != Via::All);
    let closing = graph::closing(&edges);
    let cuts = closing.iter().filter_map(|position| edges.list.get(*position)).map(|edge| (edge, None)).collect();
    cut(root, cuts, out);
}

/// Cuts inheritance that leads back to its own subtype. Returns whether it did.
pub(super) fn inheritance(root: &mut Node, edges: &Edges, last: bool, out: &mut Diagnostics) -> bool {
    let groups = graph::groups(edges);
    let inside = cyclic(edges, &groups);
    let is_base = |position: usize| inside.iter().any(|edge| edge.from == position && edge.via == Via::Union);
    let bases: std::collections::BTreeSet<usize> = inside
        .iter()
        .map(|edge| edge.to)
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .filter(|to| is_base(*to))
        .collect();
    let subtypes: Vec<&Edge> =
        inside.iter().copied().filter(|edge| edge.via == Via::All && bases.contains(&edge.to)).collect();
    let cuts: Vec<(&Edge, Option<Node>)> = if last {
        inside.iter().map(|edge| (*edge, None)).collect()
    } else if subtypes.is_empty() {
        let closing = graph::closing(edges);
        let closing = closing.iter().filter_map(|position| edges.list.get(*position));
        closing.map(|edge| (edge, own(root, edge, &["allOf", "anyOf", "oneOf", "discriminator"]))).collect()
    } else {
        subtypes.into_iter().map(|edge| (edge, own(root, edge, &["anyOf", "oneOf", "discriminator"]))).collect()
    };
    let any = !cuts.is_empty();
    cut(root, cuts, out);
    any
}

/// The member's own keywords, without compositions. `None` if it has none, or if it is the whole
/// itself.
fn own(root: &Node, edge: &Edge, without: &[&str]) -> Option<Node> {
    if edge.via != Via::All || (edge.from == edge.to && edge.path.len() == 1) {
        return None;
    }
    let (_, mut part) = schemas(root)?.at(edge.to).map(|entry| (&entry.key, entry.value.clone()))?;
    let object = part.as_object_mut()?;
    for keyword in without {
        object.remove(keyword);
    }
    // The description of the base does not describe the subtype.
    object.retain(|key, _| !is_annotation(key));
    let says_something = object.keys().any(|key| key != "type" && key != "$ref");
    says_something.then_some(part)
}

fn cut(root: &mut Node, mut cuts: Vec<(&Edge, Option<Node>)>, out: &mut Diagnostics) {
    // From the back, so that the earlier indices stay valid.
    cuts.sort_by(|(left, _), (right, _)| (right.from, &right.path).cmp(&(left.from, &left.path)));
    let mut touched = Vec::new();
    for (edge, copy) in cuts {
        let (Some(whole), Some(part)) = (name(root, edge.from), name(root, edge.to)) else {
            continue;
        };
        let Some(schema) = component(root, &whole) else {
            continue;
        };
        report(schema, edge, &whole, &part, copy.is_some(), out);
        remove(schema, edge, copy);
        touched.push(whole);
    }
    touched.dedup();
    for name in touched {
        canonical_component(root, &name, out);
    }
}

fn report(schema: &Node, edge: &Edge, whole: &str, part: &str, copied: bool, out: &mut Diagnostics) {
    let mut place = pointer::join("/components/schemas", whole);
    let mut node = schema;
    for (keyword, index) in &edge.path {
        place = pointer::join(&pointer::join(&place, keyword), index.to_string());
        node = node.get(keyword).and_then(Node::as_array).and_then(|members| members.get(*index)).unwrap_or(node);
    }
    let message = format!("`{whole}` is composed of `{part}`, which is composed of `{whole}`");
    let diagnostic = Diagnostic::new(&codes::COMPOSITION_CYCLE, node, message).at(place);
    out.report(if copied {
        diagnostic
            .note()
            .help(format!("`{whole}` gets the other keywords of `{part}`, without the composition that leads back"))
    } else {
        diagnostic.help(format!("the reference to `{part}` is left out here; compose both of a schema that they share"))
    });
}

fn remove(schema: &mut Node, edge: &Edge, copy: Option<Node>) {
    let Some(((keyword, index), above)) = edge.path.split_last() else {
        if let Some(schema) = schema.as_object_mut() {
            schema.remove("$ref");
        }
        return;
    };
    let mut node = schema;
    for (keyword, index) in above {
        let Some(next) = node.get_mut(keyword).and_then(Node::as_array_mut).and_then(|list| list.get_mut(*index))
        else {
            return;
        };
        node = next;
    }
    let Some(members) = node.get_mut(keyword).and_then(Node::as_array_mut) else {
        return;
    };
    match copy {
        Some(copy) => {
            if let Some(member) = members.get_mut(*index) {
                *member = copy;
            }
        }
        None if *index < members.len() => {
            members.remove(*index);
        }
        None => {}
    }
    let empty = members.is_empty();
    if empty && let Some(node) = node.as_object_mut() {
        node.remove(keyword);
        if node.keys().all(is_annotation) {
            let span = schema_span(node);
            node.insert(UNTYPED, Node::new(true, span));
        }
    }
}

fn schema_span(object: &crate::document::Object) -> crate::document::Span {
    object.values().next().map_or_else(crate::document::Span::default, |value| value.span)
}

fn name(root: &Node, position: usize) -> Option<String> {
    Some(schemas(root)?.at(position)?.key.to_string())
}

fn component<'n>(root: &'n mut Node, name: &str) -> Option<&'n mut Node> {
    root.get_mut("components")?.get_mut("schemas")?.get_mut(name)
}
