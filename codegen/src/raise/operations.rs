//! Rewrites the operations of a path: their parameters, bodies and responses.

use super::forms::Form;
use super::role::Role;
use super::shared::Shared;
use super::{bodies, copies, media, parameters, responses, servers};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Node, Object, Span, pointer};
use crate::openapi::context::NodeContext;
use crate::openapi::operations::retain;
use crate::openapi::path::NodePath;

/// Rewrites the operations of a path item, and the parameters that they share.
pub(super) fn of_item(item: &mut Node, shared: &Shared<'_>, path: &NodePath<'_>, out: &mut Diagnostics) {
    let Some(object) = item.as_object_mut() else {
        return;
    };
    let inherited = object.get("parameters").and_then(Node::as_array).unwrap_or_default().to_vec();
    let at = path.key("parameters");
    retain(object, |key, operation| {
        let path = path.key(key.text);
        raise(operation, &Inherited { parameters: &inherited, path: &at }, shared, &path, out);
        true
    });
    if let Some(list) = object.get_mut("parameters").and_then(Node::as_array_mut) {
        let old = std::mem::take(list);
        for (index, mut parameter) in old.into_iter().enumerate() {
            if Role::of(shared.follow(&parameter)) == Role::Plain {
                parameters::raise(&mut parameter, &mut NodeContext::new(&at.index(index), out));
                list.push(parameter);
            }
        }
    }
}

/// The parameters of the path item.
struct Inherited<'i> {
    parameters: &'i [Node],
    path: &'i NodePath<'i>,
}

/// The result of rewriting the parameters of an operation.
#[derive(Default)]
struct Sorted {
    plain: Vec<Node>,
    /// The body parameter, as written.
    body: Option<Node>,
    form: Form,
}

fn raise(node: &mut Node, inherited: &Inherited<'_>, shared: &Shared<'_>, path: &NodePath<'_>, out: &mut Diagnostics) {
    let listed = |key| media::listed(node.get(key));
    let consumes = listed("consumes").unwrap_or_else(|| shared.consumes.clone());
    let produces = listed("produces").unwrap_or_else(|| shared.produces.clone());
    let servers = servers::of_operation(node, shared.root);
    let span = node.span;
    let Some(operation) = node.as_object_mut() else {
        return;
    };
    for key in ["consumes", "produces", "schemes"] {
        operation.remove(key);
    }
    if let Some(servers) = servers {
        operation.insert("servers", servers);
    }
    let sorted = sort(operation, inherited, shared, path, out);
    if let Some(list) = operation.get_mut("parameters").and_then(Node::as_array_mut) {
        *list = sorted.plain;
    }
    let body = match &sorted.body {
        Some(body) => Some(request_body(body, &consumes, shared)),
        None if !sorted.form.is_empty() => Some(sorted.form.body(&consumes, span)),
        None => None,
    };
    if let Some(body) = body.filter(|_| !operation.contains_key("requestBody")) {
        operation.insert("requestBody", body);
    }
    let at = path.key("responses");
    let all = operation.get_mut("responses").and_then(Node::as_object_mut);
    let is_status = |key: &str| !key.starts_with("x-");
    let count = all.as_ref().map_or(0, |all| all.keys().filter(|key| is_status(key)).count());
    for (status, response) in all.into_iter().flat_map(Object::iter_mut).filter(|(key, _)| is_status(key)) {
        // A `default` beside others is for errors.
        let is_error = status.starts_with(['4', '5']) || (status == "default" && count > 1);
        let at = at.key(status);
        responses::of_operation(response, &produces, is_error, shared, &mut NodeContext::new(&at, out));
    }
}

/// Sorts the parameters of an operation, and the body and form parameters of its path.
fn sort(
    operation: &Object,
    inherited: &Inherited<'_>,
    shared: &Shared<'_>,
    path: &NodePath<'_>,
    out: &mut Diagnostics,
) -> Sorted {
    let mut sorted = Sorted::default();
    let at = path.key("parameters");
    let own = operation.get("parameters").and_then(Node::as_array).unwrap_or_default();
    for (index, parameter) in own.iter().enumerate() {
        sorted.add(parameter, shared, &mut NodeContext::new(&at.index(index), out));
    }
    let is_own = |parameter: &Node| own.iter().any(|own| same(shared.follow(own), shared.follow(parameter)));
    let has_body = sorted.body.is_some();
    let has_form = !sorted.form.is_empty();
    for (index, parameter) in inherited.parameters.iter().enumerate().filter(|(_, one)| !is_own(one)) {
        let context = &mut NodeContext::new(inherited.path, out);
        match Role::of(shared.follow(parameter)) {
            Role::Body if !has_body && !has_form => sorted.add(parameter, shared, context),
            Role::Form if !has_body => sorted.add(parameter, shared, &mut context.within(&inherited.path.index(index))),
            _ => {}
        }
    }
    sorted
}

fn same(one: &Node, other: &Node) -> bool {
    let identity = |node: &Node| Some((node.get("name")?.as_str()?.to_owned(), Role::of(node)));
    identity(one).is_some() && identity(one) == identity(other)
}

impl Sorted {
    fn add(&mut self, parameter: &Node, shared: &Shared<'_>, context: &mut NodeContext<'_>) {
        let target = shared.follow(parameter);
        match Role::of(target) {
            Role::Plain => {
                let mut parameter = parameter.clone();
                parameters::raise(&mut parameter, context);
                self.plain.push(parameter);
            }
            Role::Body if self.body.is_none() && self.form.is_empty() => self.body = Some(parameter.clone()),
            Role::Form if self.body.is_none() => self.form.add(target, context),
            Role::Body | Role::Form => report_second(parameter, context),
        }
    }
}

/// Reports a parameter for a body that another parameter already describes.
fn report_second(parameter: &Node, context: &mut NodeContext<'_>) {
    let message = "an operation has one body: one body parameter, or form parameters";
    let diagnostic = Diagnostic::new(&codes::SWAGGER_2, parameter, message);
    context.report(diagnostic.help("the parameter is left out; describe one of the two"));
}

/// The request body of a body parameter. One that operations share stays a reference, unless this
/// operation consumes other media types than those of the whole document.
fn request_body(parameter: &Node, consumes: &[Node], shared: &Shared<'_>) -> Node {
    let Some((name, target)) = shared.named(parameter, "parameters") else {
        return bodies::body(shared.follow(parameter), consumes, shared);
    };
    if consumes == shared.consumes.as_slice() {
        return reference(&name, parameter.span);
    }
    let mut body = bodies::body(target, consumes, shared);
    copies::adopt(&mut body, "requestBodies", &name);
    body
}

fn reference(name: &str, span: Span) -> Node {
    let target = pointer::to_reference(&pointer::join("/components/requestBodies", name));
    Node::object([("$ref", Node::new(target, span))], span)
}
