//! Turns operations into items: the method of each side, parameters, the request body.

use super::adding::{Adding, Sides};
use super::{Surface, key, operation_label, responses, spelling};
use crate::emit::client::signature;
use crate::emit::server::{body_type, is_optional, principal, trait_of};
use crate::emit::{Scope, type_text};
use crate::ir::model::{Api, BodyContent, BodyKind, Location, Operation, Parameter, RequestBody, Webhooks};

/// Adds operations and webhooks.
pub(super) fn add(surface: &mut Surface, api: &Api) {
    let traits = trait_of(api);
    for (index, operation) in api.operations.iter().enumerate() {
        let service = traits.get(&index).unwrap_or(&api.type_stem).as_str();
        let sides = Sides { caller: "client", client: "Client", called: "server", service };
        let label = operation_label(&format!("{} {}", operation.method.0, operation.path.raw));
        surface.methods.insert(key(&["op", &label]), operation.name.plain().to_owned());
        Adding { surface, api, operation, sides, label }.add("");
    }
    if let Some(webhooks) = &api.webhooks {
        add_webhooks(surface, api, webhooks);
    }
    for group in &api.tag_groups {
        let (tag, name) = (group.tag.as_str(), &group.name);
        let accessor = format!("client::Client::{}() -> groups::{name}\ngroups::{name}: struct", group.accessor);
        surface.add(&["group", tag], accessor, true);
        let first = group.methods.first().and_then(|(index, _)| api.operations.get(*index));
        surface.places.extend(first.map(|first| (key(&["group", tag]), first.origin.clone())));
        let methods = group.methods.iter().filter_map(|(index, short)| Some((api.operations.get(*index)?, short)));
        for (operation, short) in methods {
            let label = operation_label(&format!("{} {}", operation.method.0, operation.path.raw));
            let method = format!("groups::{name}::{short} = client::Client::{}", operation.name);
            surface.add(&["group", tag, &label], method, true);
        }
    }
}

fn add_webhooks(surface: &mut Surface, api: &Api, webhooks: &Webhooks) {
    let (client, service) = (webhooks.sender.as_str(), webhooks.receiver.as_str());
    let sides = Sides { caller: "sender", client, called: "webhooks", service };
    for webhook in &webhooks.items {
        let operation = &webhook.operation;
        let label = operation_label(&format!("{} {}", operation.method.0, webhook.wire));
        let signed = if webhooks.signature.is_some() { ", &Signatures" } else { "" };
        let endpoint = format!("webhooks::endpoints::{}(&Arc<impl {service}>{signed})", webhook.endpoint);
        surface.add(&["op", &label, "endpoint"], endpoint, true);
        Adding { surface, api, operation, sides, label }.add("url: impl Into<String>");
    }
}

impl Adding<'_> {
    /// Adds the items; `first` is the first argument of the method.
    fn add(mut self, first: &str) {
        let Operation { name, builder, input, success, error, .. } = self.operation;
        let Sides { caller, client, called, service } = self.sides;
        let lines = [
            format!("{caller}::{builder}: struct"),
            format!("{called}::{input}: struct"),
            format!("{called}::{service}::{name}({input}) -> {success}, {error}"),
        ];
        self.surface.add(&["op", &self.label], lines.join("\n"), true);
        self.surface.place(&["op", &self.label], &self.operation.origin);
        let arguments: Vec<String> = signature::arguments(self.api, self.operation).iter().map(plain).collect();
        let arguments = std::iter::once(first.to_owned()).filter(|first| !first.is_empty()).chain(arguments);
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        let call = format!("{caller}::{client}::{name}({arguments}) -> {builder}");
        self.surface.add(&["op", &self.label, "in", "\u{1e}call"], call, true);
        for parameter in &self.operation.parameters {
            self.add_parameter(parameter);
        }
        if let Some(body) = &self.operation.body {
            self.add_body(body);
        }
        let principal = principal(self.operation);
        self.surface.add(
            &["op", &self.label, "security"],
            format!("{called}::{service}::{name} principal {principal}"),
            false,
        );
        responses::add(&mut self);
        self.add_pages();
    }

    /// Adds the streams of a list in pages.
    fn add_pages(&mut self) {
        let Some(paging) = &self.operation.paging else { return };
        let scope = Scope::beside(&self.api.types);
        let (caller, builder) = (self.sides.caller, &self.operation.builder);
        let item = spelling::ty(scope, &paging.item);
        let methods = &paging.methods;
        let lines = [
            format!("{caller}::{builder}::{}() of {item}", methods.items),
            format!("{caller}::{builder}::{}() of pages", methods.pages),
            format!("{caller}::{builder}::{}(limit: usize) of {item}", methods.all),
        ];
        self.surface.add(&["op", &self.label, "out", "\u{1e}pages"], lines.join("\n"), true);
    }

    fn add_parameter(&mut self, parameter: &Parameter) {
        let scope = Scope::beside(&self.api.types);
        let Sides { caller, called, .. } = self.sides;
        let Operation { builder, input, .. } = self.operation;
        let ty = spelling::shape(scope, &parameter.ty.shape);
        let field = if is_optional(scope, parameter) { format!("Option<{ty}>") } else { ty };
        let field = format!("{called}::{input}.{}: {field}", parameter.name);
        let location = format!("{:?}", parameter.location).to_lowercase();
        let (wire, text) = if signature::is_argument(self.operation, parameter) {
            // On the client, the parameter is an argument of the method.
            (parameter.name.as_str(), field)
        } else {
            let required = if parameter.required { " required" } else { "" };
            let argument = plain(&signature::parameter(scope, parameter));
            let setter = format!("{caller}::{builder}::{}({argument}){required}", parameter.name);
            (parameter.wire.as_str(), format!("{field}\n{setter}"))
        };
        let wire = match parameter.location {
            Location::Path => parameter.name.as_str().to_owned(),
            Location::Header => wire.to_ascii_lowercase(),
            _ => wire.to_owned(),
        };
        self.surface.add(&["op", &self.label, "in", "param", &location, &wire], text, !parameter.required);
    }

    fn add_body(&mut self, body: &RequestBody) {
        let scope = Scope::beside(&self.api.types);
        let Sides { caller, called, .. } = self.sides;
        let Operation { builder, input, body_name, .. } = self.operation;
        let is_one = body.contents.len() == 1;
        let mut lines = Vec::new();
        for content in &body.contents {
            let ty = plain(&type_text(&body_type(scope, content)));
            if is_one && body.required {
                lines.push(format!("{called}::{input}.body: {ty}"));
                continue;
            }
            let required = if body.required { " required" } else { "" };
            let arguments = plain(&signature::body(self.api, self.operation, content));
            lines.push(format!("{caller}::{builder}::{}({arguments}){required}", content.setter));
            if is_one {
                lines.push(format!("{called}::{input}.body: Option<{ty}>"));
            } else {
                lines.push(format!("{called}::{body_name}::{}({ty})", content.variant));
            }
        }
        if !is_one {
            lines.push(format!("{called}::{body_name}: enum"));
            let ty = if body.required { body_name.to_string() } else { format!("Option<{body_name}>") };
            lines.push(format!("{called}::{input}.body: {ty}"));
        }
        self.surface.add(&["op", &self.label, "in", "body"], lines.join("\n"), !body.required);
        body.contents.iter().for_each(|content| self.add_parts(content));
    }

    /// Adds the headers of the files of a multipart body.
    fn add_parts(&mut self, content: &BodyContent) {
        let BodyKind::Multipart { parts, .. } = &content.kind else { return };
        for part in parts {
            let key = ["op", &self.label.clone(), "in", "body", &part.wire];
            responses::add_headers(self.surface, self.api, part.headers, &key);
        }
    }
}

fn plain(text: &impl AsRef<str>) -> String {
    spelling::plain(text.as_ref())
}
