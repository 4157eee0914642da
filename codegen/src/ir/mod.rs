//! Builds the intermediate representation, an [`Api`], from a lowered document.
//!
//! **Invariant:** everything that emitters print is decided here, including every Rust name, so
//! that no later stage can fail.

mod chosen;
mod docs;
pub mod examples;
mod features;
mod former;
mod groups;
mod idempotency;
pub mod model;
pub mod naming;
mod operations;
mod origin;
mod paging;
mod refusals;
mod security;
mod servers;
mod sharing;
mod signing;
mod streamed_forms;
mod type_modules;
pub mod types;

use model::{Api, Doc, Former};
use naming::{Scope, pascal};
pub(crate) use operations::count;
use operations::{OperationBuilder, choose, paths, webhooks};
pub use refusals::{Refusal, refusals};
use security::Security;

use crate::config::{FeatureChoice, ProviderConfig};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node};

/// Builds the part of a lowered document that `provider` selects.
#[must_use]
pub fn build(document: &Document, provider: &ProviderConfig, out: &mut Diagnostics) -> Api {
    let found = paths(document, out);
    let calls = webhooks(document, out);
    let choice = choose(document, provider, &found, &calls, out);
    let info = document.root.get("info");
    let text = |key| info.and_then(|info| info.get(key)).and_then(Node::as_str).unwrap_or_default().to_owned();
    let title = text("title");
    let module = module_name(provider, &title);
    let mut security = Security::read(document, out);
    let servers = servers::build(document, &document.root, "", out);
    let choices = chosen::choices(provider, document, out);
    let mut builder = OperationBuilder::new(document, &choices, out);
    let type_stem = builder.naming().server.type_name(&pascal(module.as_str()));
    let mut operations = builder.operations(&choice.operations, &mut security);
    let mut webhooks = builder.webhooks(&choice.webhooks, &mut security, type_stem.as_str());
    signing::choose(document, provider, webhooks.as_mut(), builder.out());
    let split = groups::build(document, provider.server.split, &operations, builder.naming());
    let tag_groups =
        if provider.client.groups { groups::by_tag(document, &operations, builder.naming()) } else { Vec::new() };
    let (mut types, mut header_groups, mut naming) = builder.finish();
    let called = (&mut operations[..], webhooks.as_mut());
    let (shared_headers, shared_errors) = sharing::share(&mut types, &mut header_groups, called, &mut naming);
    streamed_forms::choose(document, provider, (&mut operations, &types), &mut naming, out);
    let context =
        paging::Context { document, provider, types: &types, groups: &header_groups, chosen: &choice.operations };
    paging::recognise(&context, &mut operations, out);
    idempotency::mark(document, provider, &mut operations, out);
    let (schemes, credentials) = security.finish(
        operations
            .iter_mut()
            .chain(webhooks.iter_mut().flat_map(|webhooks| &mut webhooks.items).map(|webhook| &mut webhook.operation)),
    );
    let mut api_doc = info.map(Doc::of).unwrap_or_default();
    api_doc.link = Doc::of(&document.root).link;
    let shown = document.sources.path(document.root.span);
    let mut api = Api {
        module,
        type_stem,
        origin: origin::origin(document, &document.root, ""),
        source: provider.cited.clone().unwrap_or_else(|| shown.to_owned()),
        version: text("version"),
        doc: api_doc,
        has_provenance: false,
        title,
        servers,
        schemes,
        credentials,
        types,
        runtime_features: provider.types.runtime_features(),
        operations,
        split,
        tag_groups,
        type_modules: Vec::new(),
        header_groups,
        shared_headers,
        shared_errors,
        webhooks,
        features: None,
        former: Former::default(),
    };
    if let Some(FeatureChoice::Tags) = provider.operations.features.as_ref().map(toml::Spanned::get_ref) {
        api.features = features::by_tag(&api);
    }
    api.type_modules = type_modules::by_tag(&api, document, provider, out);
    api.former = former::build(&api, provider, document, out);
    docs::finish(&mut api);
    api
}

fn module_name(provider: &ProviderConfig, title: &str) -> model::ModuleName {
    let raw = [&provider.module, title].into_iter().find(|raw| raw.chars().any(char::is_alphanumeric)).unwrap_or("api");
    Scope::new().module(raw)
}
