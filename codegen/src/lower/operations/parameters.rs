//! Completes the parameters of an operation. It gets those of its path item, and its path
//! parameters are exactly the variables of its path.

use super::missing::{Missing, is_missing};
use super::{Template, bodies, template};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, Object, Span, Value};
use crate::openapi::context::NodeContext;
use crate::openapi::parameters::is_reserved_header;
use crate::raise::COLLECTION_FORMAT;

/// Adds the parameters of the path item that the operation does not define itself. Dangling
/// references are left out.
pub(super) fn merge(operation: &mut Object, shared: &[Node], span: Span, method: Span, context: &mut NodeContext<'_>) {
    let own = operation.get("parameters").and_then(Node::as_array).unwrap_or_default();
    let inherited =
        shared.iter().filter(|parameter| identity(parameter).is_none() || !own.iter().any(|own| same(own, parameter)));
    let all = inherited.chain(own).filter(|parameter| !is_missing(parameter, Missing::Parameter, method, context));
    let all: Vec<Node> = all.cloned().collect();
    operation.remove("parameters");
    if !all.is_empty() {
        operation.insert("parameters", Node::new(all, span));
    }
}

fn identity(parameter: &Node) -> Option<(&str, &str)> {
    Some((parameter.get("name")?.as_str()?, parameter.get("in")?.as_str()?))
}

fn same(left: &Node, right: &Node) -> bool {
    identity(left).is_some() && identity(left) == identity(right)
}

pub(super) fn run(operation: &mut Object, path: Option<Template<'_>>, span: Span, context: &mut NodeContext<'_>) {
    let mut list = match operation.remove("parameters").map(|node| node.value) {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    };
    list.retain_mut(|parameter| usable(parameter, context));
    distinct(&mut list, context);
    if let Some(path) = path {
        match_template(&mut list, path, span, context);
    } else {
        list.retain(|parameter| location_of(parameter) != "path");
    }
    for parameter in &mut list {
        complete(parameter, context);
    }
    if !list.is_empty() {
        operation.insert("parameters", Node::new(list, span));
    }
}

fn location_of(parameter: &Node) -> &str {
    parameter.get("in").and_then(Node::as_str).unwrap_or_default()
}

fn name_of(parameter: &Node) -> &str {
    parameter.get("name").and_then(Node::as_str).unwrap_or_default()
}

/// Whether a parameter can be sent. If not, the reason is reported.
fn usable(parameter: &mut Node, context: &mut NodeContext<'_>) -> bool {
    const LOCATIONS: [&str; 5] = ["path", "query", "header", "cookie", "querystring"];
    let name = name_of(parameter).to_owned();
    let written = location_of(parameter).to_owned();
    let known = LOCATIONS.into_iter().find(|location| location.eq_ignore_ascii_case(written.trim()));
    let Some(location) = known.filter(|_| !name.is_empty()) else {
        let message = if name.is_empty() {
            "the parameter has no name".to_owned()
        } else if written.is_empty() {
            format!("the parameter `{name}` has no `in`")
        } else {
            format!("a parameter cannot be in `{written}`")
        };
        context.report(
            Diagnostic::new(&codes::UNUSABLE_PARAMETER, &*parameter, message)
                .help("it is left out; a parameter has a `name`, and `in` is path, query, header or cookie"),
        );
        return false;
    };
    if let Some(node) = parameter.get_mut("in") {
        node.value = location.into();
    }
    if location == "header" && is_reserved_header(&name) {
        let message = format!("the format ignores a header parameter named `{name}`");
        let help = "use a security scheme, or media types under `content`";
        context.report(Diagnostic::new(&codes::RESERVED_HEADER, &*parameter, message).help(help));
        return false;
    }
    true
}

/// Keeps only the first of several parameters with the same name and location.
fn distinct(list: &mut Vec<Node>, context: &mut NodeContext<'_>) {
    let mut seen = std::collections::BTreeMap::new();
    list.retain(|parameter| {
        let location = location_of(parameter).to_owned();
        let name =
            if location == "header" { name_of(parameter).to_ascii_lowercase() } else { name_of(parameter).to_owned() };
        let first = *seen.entry((location.clone(), name.clone())).or_insert(parameter.span);
        if first == parameter.span {
            return true;
        }
        let message = format!("there are two {location} parameters named `{name}`");
        context.report(
            Diagnostic::new(&codes::DUPLICATE_PARAMETER, parameter, message)
                .label(first, "the first one")
                .help("the second one is ignored"),
        );
        false
    });
}

/// Makes the path parameters and the variables of the path the same set.
fn match_template(list: &mut Vec<Node>, path: Template<'_>, span: Span, context: &mut NodeContext<'_>) {
    let Template { text: path, span: key } = path;
    let Some(variables) = template::variables(path) else {
        let message = format!("the braces in `{path}` do not enclose names");
        context.report(
            Diagnostic::new(&codes::INVALID_PATH_TEMPLATE, key, message)
                .help("it is used literally, without parameters"),
        );
        list.retain(|parameter| location_of(parameter) != "path");
        return;
    };
    let is_known = |parameter: &Node| location_of(parameter) != "path" || variables.contains(&name_of(parameter));
    let missing: Vec<&str> = variables
        .iter()
        .copied()
        .filter(|name| !list.iter().any(|parameter| location_of(parameter) == "path" && name_of(parameter) == *name))
        .collect();
    let strangers = list.iter().filter(|parameter| !is_known(parameter)).count();
    // A single variable without a parameter and a single parameter without a variable belong
    // together.
    let renamed = match missing.as_slice() {
        [name] if strangers == 1 => Some(*name),
        _ => None,
    };
    list.retain_mut(|parameter| is_known(parameter) || stranger(parameter, path, renamed, context));
    if renamed.is_some() {
        return;
    }
    for name in missing {
        let message = format!("the path variable `{name}` has no parameter");
        let quoted = serde_json::Value::from(name);
        let repair = format!("parameters:\n- {{name: {quoted}, in: path, required: true, schema: {{type: string}}}}");
        context.report(
            Diagnostic::new(&codes::PATH_VARIABLE_WITHOUT_PARAMETER, key, message)
                .help("it is read as a string; add it to `parameters`")
                .overlay(crate::openapi::repair::update(&context.pointer(), &repair)),
        );
        list.push(string_parameter(name, span));
    }
}

fn stranger(parameter: &mut Node, path: &str, renamed: Option<&str>, context: &mut NodeContext<'_>) -> bool {
    let message = format!("the path `{path}` has no variable `{}`", name_of(parameter));
    let diagnostic = Diagnostic::new(&codes::PATH_PARAMETER_NOT_IN_PATH, &*parameter, message);
    let Some(name) = renamed else {
        context.report(diagnostic.help("the parameter is left out; correct its name, or the path"));
        return false;
    };
    context.report(diagnostic.help(format!("it is used for `{name}`, which has no parameter; use one name in both")));
    if let Some(node) = parameter.get_mut("name") {
        node.value = name.into();
    }
    true
}

fn string_parameter(name: &str, span: Span) -> Node {
    let text = |text: &str| Node::new(text, span);
    let schema = Node::object([("type", text("string"))], span);
    Node::object(
        [("name", text(name)), ("in", text("path")), ("required", Node::new(true, span)), ("schema", schema)],
        span,
    )
}

/// Makes a path parameter required, and gives each parameter a schema or a content and a style that
/// is valid at its location.
fn complete(parameter: &mut Node, context: &mut NodeContext<'_>) {
    let span = parameter.span;
    let location = location_of(parameter).to_owned();
    let name = name_of(parameter).to_owned();
    let Some(object) = parameter.as_object_mut() else {
        return;
    };
    if location == "path" && object.get("required").and_then(Node::as_bool) != Some(true) {
        let message = format!("the path parameter `{name}` is not `required: true`");
        context.report(
            Diagnostic::new(&codes::OPTIONAL_PATH_PARAMETER, span, message)
                .help("it is required anyway; write `required: true`"),
        );
        object.insert("required", Node::new(true, span));
    }
    style(object, &location, context);
    bodies::content(object);
    bodies::examples(object);
    if object.contains_key("schema") {
        object.remove("content");
    }
}

fn style(object: &mut Object, location: &str, context: &mut NodeContext<'_>) {
    let allowed: &[&str] = match location {
        "path" => &["simple", "label", "matrix"],
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "cookie" => &["form", "cookie"],
        _ => &["simple"],
    };
    let Some(style) = object.get("style") else {
        return;
    };
    let written = style.as_str().unwrap_or_default();
    if allowed.contains(&written) || object.contains_key(COLLECTION_FORMAT) {
        return;
    }
    let message = format!("a {location} parameter cannot have the style `{written}`");
    let usual = allowed.first().copied().unwrap_or_default();
    let help = format!("the style `{usual}` is used; allowed are {}", allowed.join(", "));
    context.report(Diagnostic::new(&codes::INVALID_STYLE, style, message).help(help));
    // `style: simple` in a query means a comma-separated list.
    let commas = written == "simple" && location == "query" && !object.contains_key("explode");
    let span = style.span;
    object.remove("style");
    if commas {
        object.insert("explode", Node::new(false, span));
    }
}
