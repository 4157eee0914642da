//! Prints `sender.rs`: what an implementation of the API calls on applications, at URLs that they have given.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::{Example, Examples};
use super::settings::{self, Settings};
use super::{operation, siblings};
use crate::emit::source::part;
use crate::emit::{SourceFile, docs, phrases, security};
use crate::ir::model::{Api, Operation, Webhooks};

/// The file `sender.rs` of a module that users name `path`; `None` where the API calls nobody.
#[must_use]
pub fn file<'a>(api: &'a Api, path: &'a str) -> Option<SourceFile<'a>> {
    let webhooks = api.webhooks.as_ref()?;
    let mut parts = vec![part(move || head(api, webhooks)), part(move || sender(api, webhooks, path))];
    parts.extend(webhooks.items.iter().map(|webhook| {
        let operation = &webhook.operation;
        let example = Examples::of(api, path).printed_for_webhook(&webhooks.sender, operation);
        part(move || one(api, webhooks, operation, Some(&example)))
    }));
    Some(SourceFile::rust("sender.rs", parts))
}

fn head(api: &Api, webhooks: &Webhooks) -> TokenStream {
    let doc =
        phrases::heading(format!("Sends what {} calls on applications: webhooks and callbacks.", phrases::api(api)));
    let printed = webhooks.items.iter().map(|webhook| one(api, webhooks, &webhook.operation, None));
    let siblings = siblings(printed, asks(webhooks));
    quote! {
        #doc
        use specwright_runtime::client as rt;
        #siblings
    }
}

fn asks(webhooks: &Webhooks) -> bool {
    security::are_asked(webhooks.items.iter().map(|webhook| &webhook.operation))
}

/// The struct, its settings, and the methods that start calls.
fn sender(api: &Api, webhooks: &Webhooks, path: &str) -> TokenStream {
    let (name, builder) = (&webhooks.sender, &webhooks.sender_builder);
    let doc = docs::sentences(&[
        format!("Sends what {} calls on applications, each time at the URL that the application gave.", phrases::api(api)),
        "Where such URLs come from strangers, give a [`Client`](rt::reqwest::Client) or a [`Middleware`](rt::Middleware) \
         that keeps calls out of your own network."
            .to_owned(),
        format!(
            "```no_run\n# fn example() -> Result<(), Box<dyn std::error::Error>> {{\nlet sender = \
             {path}::sender::{name}::builder().build()?;\n# Ok(())\n# }}\n```"
        ),
    ]);
    let starts = webhooks.items.iter().map(|webhook| start(&webhook.operation));
    let settings = settings::settings(&Settings {
        name: quote!(#builder),
        made: quote!(#name),
        doc: phrases::title(&format!("Settings of a [`{name}`].")),
        asks: asks(webhooks),
        errors: "When a setting cannot be honoured.",
        build: quote!(Ok(#name { inner: self.inner.build()? })),
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            inner: rt::Core,
        }
        impl #name {
            /// Settings of a sender.
            pub fn builder() -> #builder {
                #builder { inner: rt::Builder::to_any_url() }
            }
            #(#starts)*
        }
        #settings
    }
}

/// `pub fn new_pet(&self, url: impl Into<String>) -> NewPet<'_> { … }`
fn start(operation: &Operation) -> TokenStream {
    let doc = docs::outer(&phrases::operation(operation));
    let (name, builder, constant) = (&operation.name, &operation.builder, &operation.constant);
    quote! {
        #doc
        pub fn #name(&self, url: impl Into<String>) -> #builder<'_> {
            #builder { call: self.inner.call_at(&operations::#constant, url) }
        }
    }
}

fn one(api: &Api, webhooks: &Webhooks, operation: &Operation, example: Option<&Example>) -> TokenStream {
    let sender = &webhooks.sender;
    operation::operation(api, &quote!(#sender), operation, example)
}
