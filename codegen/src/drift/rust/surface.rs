//! Turns an `Api` into its public surface: each item with its signature as text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::drift::finding::Location;
use crate::drift::model::template;
use crate::ir::model::{
    Api, BodyKind, Extra, Header, Operation, Origin, Presence, RequestBody, ResponseBody, ResponseCase, Shape, TypeDef,
    TypeKind, TypeTable, TypeUse,
};

/// One item of the surface.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    /// The name, the types and whatever else affects callers.
    pub(super) text: String,
    /// Whether existing code still compiles when the item is added.
    pub(super) additive: bool,
}

/// All items of a generated API.
#[derive(Clone, Debug, Default)]
pub(super) struct Surface {
    /// By key, such as `type␟Pet␟name` or `op␟GET /pets␟in␟param␟query␟limit`.
    pub(super) items: BTreeMap<String, Item>,
    /// The names of the types by the pointer that they come from.
    pub(super) origins: BTreeMap<String, Vec<String>>,
    /// Where the documents define types and operations, by the keys of those.
    pub(super) places: BTreeMap<String, Location>,
    /// The names of the types by the file and line where their schemas begin.
    pub(super) lines: BTreeMap<(String, u32), Vec<String>>,
}

impl Surface {
    fn add(&mut self, key: &[&str], text: String, additive: bool) {
        self.items.insert(key.join("\u{1f}"), Item { text, additive });
    }

    fn place(&mut self, key: &[&str], origin: &Origin) {
        let (file, pointer) = (origin.file.clone(), origin.pointer.clone());
        self.places.insert(key.join("\u{1f}"), Location { file, line: origin.line, column: 1, pointer });
    }
}

/// An operation in keys: the method, and the path without variable names.
pub(super) fn operation_key(label: &str) -> String {
    match label.split_once(' ') {
        Some((method, path)) => format!("{method} {}", template(path).0),
        None => label.to_owned(),
    }
}

/// The surface of an API.
pub(super) fn surface(api: &Api) -> Surface {
    let mut surface = Surface::default();
    surface.add(&["module"], api.module.as_str().to_owned(), false);
    for server in &api.servers {
        let arguments: Vec<&str> = server.variables.iter().map(|variable| variable.name.as_str()).collect();
        let text = format!("{} ({})", server.url, arguments.join(", "));
        surface.add(&["server", server.constant.as_str()], text, true);
    }
    for (_, definition) in api.types.iter() {
        add_type(&mut surface, &api.types, definition);
    }
    for operation in &api.operations {
        let label = format!("{} {}", operation.method.0, operation.path.raw);
        add_operation(&mut surface, api, operation, &operation_key(&label));
    }
    for webhook in api.called_back() {
        let label = format!("{} {}", webhook.operation.method.0, webhook.wire);
        add_operation(&mut surface, api, &webhook.operation, &operation_key(&label));
    }
    for credential in &api.credentials {
        let schemes = credential.schemes.iter().filter_map(|scheme| api.schemes.get(*scheme));
        let fields: Vec<String> = schemes.map(|scheme| format!("{}: {:?}", scheme.name, scheme.kind)).collect();
        surface.add(&["credentials", credential.variant.as_str()], fields.join(", "), false);
    }
    surface
}

fn add_type(surface: &mut Surface, table: &TypeTable, definition: &TypeDef) {
    let name = definition.name.as_str();
    surface.place(&["type", name], &definition.origin);
    let line = (definition.origin.file.clone(), definition.origin.line);
    surface.lines.entry(line).or_default().push(name.to_owned());
    surface.origins.entry(definition.origin.pointer.clone()).or_default().push(name.to_owned());
    let key = |part: &str| ["type".to_owned(), name.to_owned(), part.to_owned()];
    let mut head = String::new();
    match &definition.kind {
        TypeKind::Struct(body) => {
            head.push_str("struct");
            if let Extra::Kept { name: field, value, .. } = &body.extra {
                // No property of a document has this key.
                surface.add(&["type", name, "\u{1e}extra"], format!("{field}: {}", written(table, value)), true);
            }
            for field in &body.fields {
                let optional = field.presence == Presence::Optional;
                let constant = if field.constant.is_some() { " constant" } else { "" };
                let need = if optional { "optional" } else { "required" };
                let boxed = if field.boxed { " boxed" } else { "" };
                let text = format!("{}: {}{boxed} {need}{constant}", field.name, written(table, &field.ty));
                let [kind, owner, part] = key(&field.wire);
                surface.add(&[&kind, &owner, &part], text, optional || field.constant.is_some());
            }
        }
        TypeKind::Enum(body) => {
            let _ = write!(head, "enum open: {}", body.open);
            for variant in &body.variants {
                surface.add(&["type", name, &variant.wire], variant.name.as_str().to_owned(), body.open);
            }
        }
        TypeKind::IntegerEnum(body) => {
            let _ = write!(head, "enum of integers open: {}", body.open);
            for (variant, value, _) in &body.variants {
                surface.add(&["type", name, &value.to_string()], variant.as_str().to_owned(), body.open);
            }
        }
        TypeKind::Union(body) => {
            head.push_str("union");
            for variant in &body.variants {
                let text = format!("{} boxed: {}", written(table, &variant.ty), variant.boxed);
                surface.add(&["type", name, variant.name.as_str()], text, false);
            }
        }
        TypeKind::Newtype(body) => {
            let _ =
                write!(head, "newtype {} constrained: {}", written(table, &body.inner), !body.inner.rules.is_empty());
        }
        TypeKind::Alias(target) => {
            let _ = write!(head, "alias {}", written(table, target));
        }
    }
    surface.add(&["type", name], head, true);
}

/// A type as text: close enough to Rust to tell two types apart.
fn written(table: &TypeTable, ty: &TypeUse) -> String {
    let text = match &ty.shape {
        Shape::Named(id) => table.get(*id).name.as_str().to_owned(),
        Shape::Scalar(scalar) => format!("{scalar:?}"),
        Shape::List(item) => format!("Vec<{}>", written(table, item)),
        Shape::Map(value) => format!("Map<{}>", written(table, value)),
        Shape::Tuple(items) => {
            format!("({})", items.iter().map(|item| written(table, item)).collect::<Vec<_>>().join(", "))
        }
        Shape::Any => "Value".to_owned(),
    };
    if ty.nullable { format!("Nullable<{text}>") } else { text }
}

fn add_operation(surface: &mut Surface, api: &Api, operation: &Operation, key: &str) {
    let table = &api.types;
    let names = [&operation.builder, &operation.input, &operation.success, &operation.error];
    let names: Vec<&str> = names.iter().map(|name| name.as_str()).collect();
    surface.add(&["op", key], format!("{} {}", operation.name, names.join(" ")), true);
    surface.place(&["op", key], &operation.origin);
    for (position, parameter) in operation.parameters.iter().enumerate() {
        let location = format!("{:?}", parameter.location).to_lowercase();
        // Servers always receive a value for a parameter with a default.
        let need = match (parameter.required, &parameter.default) {
            (true, _) => "required",
            (false, Some(_)) => "defaulted",
            (false, None) => "optional",
        };
        let mut text = format!("{}: {} {need}", parameter.name, written(table, &parameter.ty));
        let mut wire = parameter.wire.as_str();
        if location == "path" {
            // Path parameters are arguments, so their order matters.
            let _ = write!(text, " at {position}");
            wire = parameter.name.as_str();
        }
        // An optional parameter is one more setter. A request without a required one does not
        // compile.
        surface.add(&["op", key, "in", "param", &location, wire], text, !parameter.required);
    }
    if let Some(body) = &operation.body {
        surface.add(&["op", key, "in", "body"], request_body(api, body), !body.required);
    }
    let responses = operation.responses.success.iter().chain(&operation.responses.error);
    for outcome in responses {
        let variant = outcome.variant.as_str();
        surface.add(&["op", key, "out", variant], response(api, outcome), false);
        for header in headers_of(api, outcome.headers) {
            let text = format!("{}: {}", header.name, written(table, &header.ty));
            surface.add(&["op", key, "out", variant, &header.wire], text, !header.required);
        }
    }
    let anyone = operation.security.iter().filter(|alternative| alternative.credential.is_none()).count();
    let security = match (operation.security.len(), anyone) {
        (0, _) => "open",
        (all, anyone) if all == anyone => "open",
        (_, 0) => "secured",
        _ => "optional",
    };
    surface.add(&["op", key, "security"], security.to_owned(), false);
}

fn request_body(api: &Api, body: &RequestBody) -> String {
    let table = &api.types;
    let mut text = format!("required: {}", body.required);
    for content in &body.contents {
        let kind = match &content.kind {
            BodyKind::Json(ty) => format!("json {}", written(table, ty)),
            BodyKind::Form { ty, .. } => format!("form {}", written(table, ty)),
            BodyKind::Multipart { ty, parts } => {
                let groups = parts.iter().filter(|part| part.headers.is_some());
                let groups = groups.map(|part| format!(" {} [{}]", part.field, headers(api, part.headers)));
                format!("multipart {}{}", table.get(*ty).name, groups.collect::<String>())
            }
            BodyKind::Text(ty) => format!("text {}", written(table, ty)),
            BodyKind::Lines(ty) => format!("lines {}", written(table, ty)),
            BodyKind::Events(ty) => format!("events {}", written(table, ty)),
            BodyKind::Binary => "binary".to_owned(),
        };
        let _ = write!(text, " {}({kind})", content.setter);
    }
    text
}

fn response(api: &Api, outcome: &ResponseCase) -> String {
    let table = &api.types;
    let body = match &outcome.body {
        ResponseBody::Empty => "empty".to_owned(),
        ResponseBody::Json(ty) => format!("json {}", written(table, ty)),
        ResponseBody::Text(ty) => format!("text {}", written(table, ty)),
        ResponseBody::Form(ty) => format!("form {}", written(table, ty)),
        ResponseBody::Bytes => "bytes".to_owned(),
        ResponseBody::Stream => "stream".to_owned(),
        ResponseBody::Events(ty) => format!("events {}", written(table, ty)),
        ResponseBody::Lines(ty) => format!("lines {}", written(table, ty)),
    };
    let with = if headers_of(api, outcome.headers).is_empty() { "" } else { " with headers" };
    format!("{} {body}{with}", outcome.variant)
}

fn headers_of(api: &Api, group: Option<usize>) -> &[Header] {
    let group = group.and_then(|index| api.header_groups.get(index));
    group.map(|group| group.headers.as_slice()).unwrap_or_default()
}

/// The fields of a header group.
fn headers(api: &Api, group: Option<usize>) -> String {
    let fields =
        headers_of(api, group).iter().map(|header| format!("{}: {}", header.name, written(&api.types, &header.ty)));
    fields.collect::<Vec<_>>().join(", ")
}
