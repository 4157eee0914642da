//! Prints `sender.rs`. With it, an implementation of the API sends its webhooks and callbacks to
//! URLs that applications have registered.

use proc_macro2::TokenStream;
use quote::quote;

use super::example::{Example, Examples};
use super::method::{self, Start};
use super::settings::{self, Settings};
use super::{operation, required, response, siblings};
use crate::emit::source::printer;
use crate::emit::{SourceFile, phrases, rustdoc, security};
use crate::ir::model::{Api, Operation, Side, Webhooks};

/// The file `sender.rs` of a module with this path; `None` if the API has no webhooks and no
/// callbacks.
#[must_use]
pub fn file<'a>(api: &'a Api, path: &'a str) -> Option<SourceFile<'a>> {
    let webhooks = api.webhooks.as_ref()?;
    let mut printers = vec![printer(move || head(api, webhooks)), printer(move || sender(api, webhooks, path))];
    printers.extend(webhooks.items.iter().map(|webhook| {
        let operation = &webhook.operation;
        let example = Examples::of(api, path).printed_for_webhook(&webhooks.sender, operation);
        printer(move || one(api, webhooks, operation, Some(&example)))
    }));
    printers.extend(response::shared(api, Side::Webhooks));
    Some(SourceFile::rust("sender.rs", printers))
}

fn head(api: &Api, webhooks: &Webhooks) -> TokenStream {
    let doc = phrases::heading(format!("Sends the webhooks and callbacks of {}.", phrases::api(api)));
    let printed = webhooks.items.iter().map(|webhook| one(api, webhooks, &webhook.operation, None));
    let printed = printed.chain(webhooks.items.iter().map(|webhook| start(api, &webhook.operation)));
    let siblings = siblings(api, Side::Webhooks, printed, webhooks.items.iter().map(|webhook| &webhook.operation));
    quote! {
        #doc
        use specwright_runtime::client as rt;
        #siblings
    }
}

fn has_credentials(webhooks: &Webhooks) -> bool {
    security::are_required(webhooks.items.iter().map(|webhook| &webhook.operation))
}

/// The struct, its settings, and the methods that make request builders.
fn sender(api: &Api, webhooks: &Webhooks, path: &str) -> TokenStream {
    let (name, builder) = (&webhooks.sender, &webhooks.sender_builder);
    let doc = rustdoc::sentences(&[
        format!(
            "Sends the webhooks and callbacks of {}, each to the URL that an application registered.",
            phrases::api(api)
        ),
        "If untrusted parties choose these URLs, set a [`Client`](rt::reqwest::Client) or a \
         [`Middleware`](rt::Middleware) that blocks requests to your own network."
            .to_owned(),
        phrases::program(
            path,
            &format!(
                "# fn example() -> Result<(), Box<dyn std::error::Error>> {{\nlet sender = \
                 {path}::sender::{name}::builder().build()?;\n# Ok(())\n# }}"
            ),
        ),
    ]);
    let starts = webhooks.items.iter().map(|webhook| start(api, &webhook.operation));
    let with_schemas = operation::with_schemas(api);
    let missing = required::missing(webhooks.items.iter().map(|webhook| &webhook.operation));
    let settings = settings::settings(&Settings {
        name: quote!(#builder),
        built: quote!(#name),
        doc: phrases::title(&format!("Settings of a [`{name}`].")),
        has_credentials: has_credentials(webhooks),
        errors: "If a setting is not supported.",
        build: quote!(Ok(#name { inner: self.inner.build()? })),
    });
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct #name {
            inner: rt::Core,
        }
        impl #name {
            /// Starts building a sender.
            pub fn builder() -> #builder {
                #builder { inner: rt::Builder::to_any_url() #with_schemas }
            }
            #(#starts)*
        }
        #settings
        #missing
    }
}

/// `pub fn new_pet(&self, url: impl Into<String>, body: &types::Pet) -> NewPetRequestBuilder { … }`
fn start(api: &Api, operation: &Operation) -> TokenStream {
    let constant = &operation.constant;
    let call = quote!(self.inner.call_at(&descriptors::#constant, url));
    method::method(api, operation, &Start { argument: quote!(url: impl Into<String>,), call })
}

fn one(api: &Api, webhooks: &Webhooks, operation: &Operation, example: Option<&Example>) -> TokenStream {
    let sender = &webhooks.sender;
    operation::operation(api, &quote!(#sender), operation, example)
}
