//! Turns operations into lines: the method and its arguments, the setters of its builder, the input
//! of the server, the variants of its enums.

use super::Surface;
use crate::emit::{Scope, type_text};
use crate::ir::model::{
    Api, BodyContent, BodyKind, HeaderGroup, Location, Operation, Parameter, RequestBody, ResponseBody, ResponseCase,
    Split, Status,
};

/// The modules of one side that calls and one that is called.
struct Sides {
    caller: &'static str,
    called: &'static str,
}

const OF_API: Sides = Sides { caller: "client", called: "server" };
const OF_WEBHOOKS: Sides = Sides { caller: "sender", called: "webhooks" };

/// Adds operations, webhooks, their headers, and the credentials that they take.
pub(super) fn add(surface: &mut Surface, api: &Api) {
    let stem = &api.type_stem;
    surface.add(format!("server::{stem}: trait"));
    for operation in &api.operations {
        add_operation(surface, api, operation, &OF_API);
    }
    if let Split::Groups(groups) = &api.split {
        for group in groups {
            surface.add(format!("server::{}: trait over {stem}", group.name));
            let operations = group.operations.iter().filter_map(|index| api.operations.get(*index));
            operations.for_each(|operation| surface.add(format!("server::{}.{}", group.name, operation.name)));
        }
    }
    if let Some(webhooks) = &api.webhooks {
        surface.add(format!("webhooks::{}: trait", webhooks.receiver));
        surface.add(format!("sender::{}: struct", webhooks.sender));
        surface.add(format!("sender::{}: struct", webhooks.sender_builder));
        for webhook in &webhooks.items {
            add_operation(surface, api, &webhook.operation, &OF_WEBHOOKS);
            surface.add(format!("webhooks::endpoints::{}({})", webhook.endpoint, webhook.operation.name));
        }
    }
    for group in &api.tag_groups {
        surface.add(format!("client.{}() -> groups::{}", group.accessor, group.name));
        for (operation, name) in group.methods.iter().filter_map(|(at, name)| Some((api.operations.get(*at)?, name))) {
            surface.add(format!("groups::{}.{name} = client.{}", group.name, operation.name));
        }
    }
    api.header_groups.iter().for_each(|group| add_headers(surface, api, group));
    for credential in &api.credentials {
        let schemes = credential.schemes.iter().filter_map(|scheme| api.schemes.get(*scheme));
        let fields: Vec<String> = schemes.map(|scheme| format!("{}: {:?}", scheme.name, scheme.kind)).collect();
        surface.add(format!("security::Credentials::{} {{ {} }}", credential.variant, fields.join(", ")));
    }
    for scheme in &api.schemes {
        surface.add(format!("security::{}: {:?}", scheme.constant, scheme.kind));
    }
}

fn add_operation(surface: &mut Surface, api: &Api, operation: &Operation, sides: &Sides) {
    let scope = Scope::beside(&api.types);
    let Operation { name, builder, input, .. } = operation;
    let Sides { caller, called } = sides;
    let of_path = operation.parameters.iter().filter(|parameter| parameter.location == Location::Path);
    let arguments: Vec<String> = of_path.map(|parameter| argument(scope, parameter)).collect();
    surface.add(format!("{caller}.{name}({}) -> {caller}::{builder}", arguments.join(", ")));
    surface.add(format!("{called}.{name}({called}::{input})"));
    surface.add(format!("descriptors::{}: {} {}", operation.constant, operation.method.0, operation.path.raw));
    for parameter in &operation.parameters {
        let location = format!("{:?}", parameter.location).to_lowercase();
        let text = format!("{} {location} {}", argument(scope, parameter), need(parameter));
        if parameter.location != Location::Path {
            surface.add(format!("{caller}::{builder}.{text}"));
        }
        surface.add(format!("{called}::{input}.{text}"));
    }
    if let Some(body) = &operation.body {
        add_body(surface, api, operation, body, sides);
    }
    let outcomes = [(&operation.success, &operation.responses.success), (&operation.error, &operation.responses.error)];
    for (name, cases) in outcomes {
        surface.add(format!("operations::{name}: {}", if cases.is_empty() { "never" } else { "enum" }));
        for case in cases {
            surface.add(format!("operations::{name}::{}", variant(api, case)));
        }
    }
    let anyone = operation.security.iter().any(|alternative| alternative.credential.is_none());
    let need = if operation.security.is_empty() {
        "none"
    } else if anyone {
        "optional"
    } else {
        "required"
    };
    surface.add(format!("{called}.{name} credentials {need}"));
}

fn argument(scope: Scope<'_>, parameter: &Parameter) -> String {
    format!("{}: {}", parameter.name, type_text(&scope.ty(&parameter.ty)))
}

fn need(parameter: &Parameter) -> &'static str {
    match (parameter.required, &parameter.default) {
        (true, _) => "required",
        (false, Some(_)) => "defaulted",
        (false, None) => "optional",
    }
}

fn add_body(surface: &mut Surface, api: &Api, operation: &Operation, body: &RequestBody, sides: &Sides) {
    let Sides { caller, called } = sides;
    let need = if body.required { "required" } else { "optional" };
    for content in &body.contents {
        let kind = body_kind(api, &content.kind);
        surface.add(format!("{caller}::{}.{}({kind}) {need}", operation.builder, content.setter));
        let holder = if body.contents.len() > 1 { body_variant(operation, content) } else { String::new() };
        surface.add(format!("{called}::{}.body: {holder}{kind} {need}", operation.input));
        add_parts(surface, api, operation, content);
    }
}

fn body_variant(operation: &Operation, content: &BodyContent) -> String {
    format!("{}::{} of ", operation.body_name, content.variant)
}

/// Headers of the files of a multipart body.
fn add_parts(surface: &mut Surface, api: &Api, operation: &Operation, content: &BodyContent) {
    let BodyKind::Multipart { parts, .. } = &content.kind else { return };
    for part in parts {
        if let Some(group) = part.headers.and_then(|index| api.header_groups.get(index)) {
            let owner = &operation.builder;
            surface.add(format!("operations::{}: headers of {} of {owner}", group.name, part.field));
        }
    }
}

fn body_kind(api: &Api, kind: &BodyKind) -> String {
    let scope = Scope::beside(&api.types);
    match kind {
        BodyKind::Json(ty) => format!("json {}", type_text(&scope.ty(ty))),
        BodyKind::Form { ty, .. } => format!("form {}", type_text(&scope.ty(ty))),
        BodyKind::Multipart { ty, .. } => format!("multipart {}", type_text(&scope.named(*ty))),
        BodyKind::Text(ty) => format!("text {}", type_text(&scope.ty(ty))),
        BodyKind::Lines(ty) => format!("lines {}", type_text(&scope.ty(ty))),
        BodyKind::Events(ty) => format!("events {}", type_text(&scope.ty(ty))),
        BodyKind::Binary => "bytes".to_owned(),
    }
}

/// `Ok(types::User, operations::GetUserOkHeaders) 200 application/json`.
fn variant(api: &Api, case: &ResponseCase) -> String {
    let scope = Scope::beside(&api.types);
    let mut content = Vec::new();
    if !matches!(case.status, Status::Code(_)) {
        content.push("StatusCode".to_owned());
    }
    content.extend(match &case.body {
        ResponseBody::Empty => None,
        ResponseBody::Json(ty) | ResponseBody::Text(ty) | ResponseBody::Form(ty) => Some(type_text(&scope.ty(ty))),
        ResponseBody::Bytes => Some("Bytes".to_owned()),
        ResponseBody::Stream => Some("ByteStream".to_owned()),
        ResponseBody::Events(ty) => Some(format!("Events<{}>", type_text(&scope.ty(ty)))),
        ResponseBody::Lines(ty) => Some(format!("Lines<{}>", type_text(&scope.ty(ty)))),
    });
    let group = case.headers.and_then(|index| api.header_groups.get(index));
    content.extend(group.map(|group| format!("operations::{}", group.name)));
    let status = match case.status {
        Status::Code(code) => code.to_string(),
        Status::Range(first) => format!("{first}XX"),
        Status::Default => "default".to_owned(),
    };
    let media = case.media.as_ref().map(|media| format!(" {}", media.essence)).unwrap_or_default();
    format!("{}({}) {status}{media}", case.variant, content.join(", "))
}

fn add_headers(surface: &mut Surface, api: &Api, group: &HeaderGroup) {
    let scope = Scope::beside(&api.types);
    surface.add(format!("operations::{}: struct of headers", group.name));
    for header in &group.headers {
        let ty = type_text(&scope.ty(&header.ty));
        surface.add(format!("operations::{}.{}: Option<{ty}>", group.name, header.name));
    }
}
