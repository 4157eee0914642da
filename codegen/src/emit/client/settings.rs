//! Prints `ClientBuilder` and the builder of senders: the runtime's builder, with the credentials of this API.

use proc_macro2::TokenStream;
use quote::quote;

use super::client_name;
use crate::emit::{docs, phrases, security};
use crate::ir::model::{Api, Credential};

/// What a builder is called and makes.
pub(super) struct Settings<'a> {
    pub name: TokenStream,
    pub made: TokenStream,
    pub doc: TokenStream,
    /// Whether an operation asks for credentials.
    pub asks: bool,
    /// When `build` fails.
    pub errors: &'a str,
    /// The value of `build`.
    pub build: TokenStream,
}

/// `ClientBuilder`.
pub(super) fn of_client(api: &Api, path: &str) -> TokenStream {
    let example = example(api, path);
    settings(&Settings {
        name: quote!(ClientBuilder),
        made: client_name(),
        doc: quote! {
            /// Settings of a [`Client`].
            #example
        },
        asks: security::are_asked(&api.operations),
        errors: "When the base URL is not one, or a setting cannot be honoured.",
        build: quote! {
            let core = self.inner.build()?;
            let (base_url, http) = (core.base_url().to_owned(), core.http().clone());
            Ok(Client::new_with_client(&base_url, http, core))
        },
    })
}

/// The struct and its methods.
pub(super) fn settings(settings: &Settings<'_>) -> TokenStream {
    let Settings { name, made, doc, asks, errors, build } = settings;
    let credentials = asks.then(credentials);
    let build_doc = docs::sentences(&[format!("The [`{made}`]."), "# Errors".to_owned(), (*errors).to_owned()]);
    quote! {
        #doc
        #[derive(Debug)]
        #[must_use = "a builder does nothing before `build`"]
        pub struct #name {
            inner: rt::Builder,
        }
        specwright_runtime::client_builder_settings!(#name);
        impl #name {
            #credentials
            #build_doc
            pub fn build(self) -> Result<#made, rt::BuildError> {
                #build
            }
        }
    }
}

fn credentials() -> TokenStream {
    quote! {
        /// Credentials for the operations that accept them; more than one call adds to what was given before.
        pub fn credentials(self, credentials: security::Credentials) -> Self {
            Self { inner: self.inner.credentials(specwright_runtime::security::CredentialSet::present(credentials)) }
        }
    }
}

/// How a client is made, compiled as a documentation test.
fn example(api: &Api, path: &str) -> TokenStream {
    let base_url = match api.servers.first() {
        Some(server) if server.variables.is_empty() => format!("{path}::client::servers::{}", server.constant),
        _ => "\"https://api.example.com\"".to_owned(),
    };
    let mut asked = api.credentials.iter().filter(|_| security::are_asked(&api.operations));
    let credentials = asked.find_map(|credential| secret_variant(api, credential));
    let credentials = credentials
        .map(|variant| format!("\n    .credentials({path}::security::Credentials::{variant}(\"secret\".into()))"));
    let credentials = credentials.unwrap_or_default();
    phrases::title(&format!(
        "\n```no_run\n# fn example() -> Result<(), Box<dyn std::error::Error>> {{\nlet client = \
         {path}::Client::builder({base_url}){credentials}\n    .build()?;\n# Ok(())\n# }}\n```"
    ))
}

/// The variant of a single secret, which an example can make.
fn secret_variant(api: &Api, credential: &Credential) -> Option<String> {
    let [index] = credential.schemes.as_slice() else { return None };
    let scheme = api.schemes.get(*index)?;
    security::holds_secret(&scheme.kind).then(|| credential.variant.to_string())
}
