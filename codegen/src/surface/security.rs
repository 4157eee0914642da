//! Turns servers, security schemes, credentials and the traits of a server into items.

use std::collections::BTreeSet;

use super::{Surface, key, spelling};
use crate::emit::security::{are_required, held_type};
use crate::emit::server::trait_of;
use crate::emit::type_text;
use crate::ir::model::{Api, Credential, Server, Split, TypeName};

/// Adds the items that all operations share.
pub(super) fn add(surface: &mut Surface, api: &Api) {
    surface.add(&["client"], "client::Client: struct\nclient::ClientBuilder: struct".to_owned(), true);
    api.servers.iter().for_each(|server| add_server(surface, server));
    if !api.credentials.is_empty() {
        surface.add(&["credentials"], "security::Credentials: enum".to_owned(), true);
        let setter = "client::ClientBuilder::credentials(security::Credentials)";
        surface.add(&["credentials", "\u{1e}setter"], setter.to_owned(), true);
    }
    for credential in &api.credentials {
        surface.add(&["credentials", credential.variant.as_str()], variant(api, credential), false);
        let scheme = credential.schemes.first().and_then(|index| api.schemes.get(*index));
        if let Some(scheme) = scheme {
            surface.place(&["credentials", credential.variant.as_str()], &scheme.origin);
        }
    }
    for scheme in &api.schemes {
        surface.place(&["scheme", scheme.constant.as_str()], &scheme.origin);
        surface.add(&["scheme", scheme.constant.as_str()], format!("security::{}: Scheme", scheme.constant), true);
        if scheme.has_flows() {
            let text = format!("security::flows::{}: OAuthFlows", scheme.constant);
            surface.add(&["scheme", scheme.constant.as_str(), "flows"], text, true);
        }
    }
    add_traits(surface, api);
}

/// `client::servers::PRODUCTION = "https://acme.example"`
fn add_server(surface: &mut Surface, server: &Server) {
    let (constant, url) = (&server.constant, &server.url);
    let name = if server.variables.is_empty() {
        constant.to_string()
    } else {
        let arguments: Vec<&str> = server.variables.iter().map(|variable| variable.name.as_str()).collect();
        format!("{}({})", server.name, arguments.join(", "))
    };
    surface.place(&["server", constant.as_str()], &server.origin);
    surface.add(&["server", constant.as_str()], format!("client::servers::{name} = {url:?}"), true);
}

/// `security::Credentials::Key { key: Secret }`. Secrets of two kinds have the same type.
fn variant(api: &Api, credential: &Credential) -> String {
    let schemes = credential.schemes.iter().filter_map(|scheme| api.schemes.get(*scheme));
    let held: Vec<_> = schemes.filter_map(|scheme| Some((&scheme.name, held_type(&scheme.kind)?))).collect();
    let name = format!("security::Credentials::{}", credential.variant);
    let plain = |ty| spelling::plain(&type_text(ty));
    match held.as_slice() {
        [] => name,
        [(_, ty)] if credential.schemes.len() == 1 => format!("{name}({})", plain(ty)),
        fields => {
            let fields: Vec<String> = fields.iter().map(|(name, ty)| format!("{name}: {}", plain(ty))).collect();
            format!("{name} {{ {} }}", fields.join(", "))
        }
    }
}

fn add_traits(surface: &mut Surface, api: &Api) {
    let stem = &api.type_stem;
    let traits = trait_of(api);
    let services: BTreeSet<&str> = traits.values().map(TypeName::as_str).collect();
    let services: Vec<&str> = services.into_iter().collect();
    let services = if services.is_empty() { stem.to_string() } else { services.join(" + ") };
    surface.add(
        &["trait"],
        format!("server::{stem}: trait\nserver::router(impl {services})\nserver::routes(impl {services})"),
        true,
    );
    if are_required(&api.operations) {
        surface.add(&["trait", "principal"], format!("server::{stem}::Principal and authenticate required"), false);
    }
    if let Split::Groups(groups) = &api.split {
        for group in groups {
            let first = group.operations.first().and_then(|index| api.operations.get(*index));
            surface.places.extend(first.map(|first| (key(&["trait", group.name.as_str()]), first.origin.clone())));
            surface.add(&["trait", group.name.as_str()], format!("server::{}: trait over {stem}", group.name), false);
        }
    }
    let Some(webhooks) = &api.webhooks else { return };
    let signed = if webhooks.signature.is_some() { ", Signatures" } else { "" };
    let lines = [
        format!("webhooks::{}: trait", webhooks.receiver),
        format!("webhooks::router(impl {}{signed})", webhooks.receiver),
        format!("webhooks::routes(impl {}{signed})", webhooks.receiver),
        format!("sender::{}: struct", webhooks.sender),
        format!("sender::{}: struct", webhooks.sender_builder),
    ];
    surface.add(&["webhooks"], lines.join("\n"), true);
    if webhooks.signature.is_some() {
        surface.add(&["webhooks", "signature"], "webhooks::SIGNATURE: SignatureScheme".to_owned(), false);
    }
    if are_required(webhooks.items.iter().map(|webhook| &webhook.operation)) {
        let required = format!("webhooks::{}::Principal and authenticate required", webhooks.receiver);
        let setter = format!("sender::{}::credentials(security::Credentials)", webhooks.sender_builder);
        surface.add(&["webhooks", "principal"], format!("{required}\n{setter}"), false);
    }
}
