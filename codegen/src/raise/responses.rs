//! Turns the schema and the examples of a response into `content`.

use super::bodies::usual;
use super::copies;
use super::media;
use super::parameters;
use super::shared::Shared;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object, Span};
use crate::openapi::context::NodeContext;

/// Rewrites a response that is produced in the given media types.
pub(super) fn raise(response: &mut Node, produces: &[Node], shared: &Shared<'_>, context: &mut NodeContext<'_>) {
    let span = response.span;
    let Some(object) = response.as_object_mut() else {
        return;
    };
    let headers = object.get_mut("headers").and_then(Node::as_object_mut);
    for (name, header) in headers.into_iter().flat_map(Object::iter_mut) {
        let above = context.path().key("headers");
        parameters::header(header, &mut context.within(&above.key(name)));
    }
    let examples = object.remove_entry("examples");
    let Some(Entry { key_span, value: schema, .. }) =
        object.remove_entry("schema").filter(|_| !object.contains_key("content"))
    else {
        report_rest(examples.as_ref(), &[], context);
        return;
    };
    let types = types(produces, examples.as_ref(), &schema, span, shared);
    let media_types = media::content(&types, key_span, |media_type| {
        let mut of_type = Object::new();
        of_type.insert("schema", schema.clone());
        if let Some(example) = example_of(examples.as_ref(), media_type) {
            of_type.insert_entry(Entry { key: "example".into(), ..example.clone() });
        }
        of_type
    });
    object.insert("content", media_types);
    report_rest(examples.as_ref(), &types, context);
}

/// Rewrites a response of an operation. One that operations share stays a reference, unless this
/// operation produces other media types than those of the whole document.
/// An error that no media type of the operation can hold is JSON.
pub(super) fn of_operation(
    response: &mut Node,
    produces: &[Node],
    is_error: bool,
    shared: &Shared<'_>,
    context: &mut NodeContext<'_>,
) {
    let json;
    let is_structured = || shared.follow(response).get("schema").is_some_and(|schema| is_structured(schema, shared));
    let produces = if is_error && produces.iter().all(media::is_opaque) && !produces.is_empty() && is_structured() {
        json = json_of(&shared.produces, response.span);
        json.as_slice()
    } else {
        produces
    };
    if response.reference().is_none() {
        raise(response, produces, shared, context);
        return;
    }
    if produces == shared.produces.as_slice() {
        return;
    }
    if let Some((name, target)) =
        shared.named(response, "responses").filter(|(_, target)| target.get("schema").is_some())
    {
        let mut copy = target.clone();
        raise(&mut copy, produces, shared, context);
        copies::adopt(&mut copy, "responses", &name);
        *response = copy;
    }
}

/// The media types of the whole document if they can hold an object, or else JSON.
fn json_of(produces: &[Node], span: Span) -> Vec<Node> {
    let is_opaque = produces.iter().any(media::is_opaque) || produces.is_empty();
    if is_opaque { vec![Node::new(media::JSON, span)] } else { produces.to_vec() }
}

/// Whether the values of a schema are objects or lists.
fn is_structured(schema: &Node, shared: &Shared<'_>) -> bool {
    let schema = shared.follow(schema);
    match schema.get("type").and_then(Node::as_str) {
        Some(kind) => matches!(kind, "object" | "array"),
        None => schema.get("properties").is_some() || schema.get("allOf").is_some(),
    }
}

/// The media types of a response: those that the operation names, those of its examples, or the
/// usual one.
fn types(produces: &[Node], examples: Option<&Entry>, schema: &Node, span: Span, shared: &Shared<'_>) -> Vec<Node> {
    if !produces.is_empty() {
        return produces.to_vec();
    }
    let named = examples.and_then(|examples| examples.value.as_object()).into_iter().flatten();
    let named = named.filter(|entry| entry.key.contains('/')).map(|entry| Node::new(&*entry.key, entry.key_span));
    let named: Vec<Node> = named.collect();
    if named.is_empty() { vec![Node::new(usual(Some(schema), shared), span)] } else { named }
}

fn example_of<'e>(examples: Option<&'e Entry>, media_type: &Node) -> Option<&'e Entry> {
    let examples = examples?.value.as_object()?;
    examples.iter().find(|example| media::is(media_type, crate::openapi::media_type::essence(&example.key)))
}

/// Reports the examples that do not belong to any media type.
fn report_rest(examples: Option<&Entry>, types: &[Node], context: &mut NodeContext<'_>) {
    for example in examples.and_then(|examples| examples.value.as_object()).into_iter().flatten() {
        let essence = crate::openapi::media_type::essence(&example.key);
        if types.iter().any(|one| media::is(one, essence)) || example.key.starts_with("x-") {
            continue;
        }
        let message = format!("the example `{}` is of no media type that the operation produces", example.key);
        let help = "it is left out; add the media type to `produces`, or remove the example";
        context.report_at("examples", Diagnostic::new(&codes::SWAGGER_2, example, message).note().help(help));
    }
}
