//! Prints `ClientBuilder` and the builder of senders. Both wrap the builder of the runtime and add
//! the credentials of this API.

use proc_macro2::TokenStream;
use quote::quote;

use super::client_name;
use crate::emit::{phrases, rustdoc, security};
use crate::ir::model::{Api, Credential, Server};

/// The name of a builder, and what it builds.
pub(super) struct Settings<'a> {
    pub name: TokenStream,
    pub built: TokenStream,
    pub doc: TokenStream,
    /// Whether an operation accepts credentials.
    pub has_credentials: bool,
    /// The condition under which `build` fails.
    pub errors: &'a str,
    /// The body of `build`.
    pub build: TokenStream,
}

/// `ClientBuilder`.
pub(super) fn of_client(api: &Api, path: &str) -> TokenStream {
    let example = example(api, path);
    settings(&Settings {
        name: quote!(ClientBuilder),
        built: client_name(),
        doc: quote! {
            /// Settings of a [`Client`].
            #example
        },
        has_credentials: security::are_required(&api.operations),
        errors: "If the base URL is invalid or a setting is not supported.",
        build: quote! {
            let core = self.inner.build()?;
            let (base_url, http) = (core.base_url().to_owned(), core.http().clone());
            Ok(Client::new_with_client(&base_url, http, core))
        },
    })
}

/// The struct and its methods.
pub(super) fn settings(settings: &Settings<'_>) -> TokenStream {
    let Settings { name, built, doc, has_credentials, errors, build } = settings;
    let credentials = has_credentials.then(credentials);
    let build_doc =
        rustdoc::sentences(&[format!("Builds the [`{built}`]."), "# Errors".to_owned(), (*errors).to_owned()]);
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
            pub fn build(self) -> Result<#built, rt::BuildError> {
                #build
            }
        }
    }
}

fn credentials() -> TokenStream {
    quote! {
        /// Adds credentials for the operations that accept them.
        pub fn credentials(self, credentials: security::Credentials) -> Self {
            Self { inner: self.inner.credentials(specwright_runtime::security::CredentialSet::present(credentials)) }
        }
    }
}

/// Code that builds a client. It is compiled as a documentation test.
fn example(api: &Api, path: &str) -> TokenStream {
    let built = built(api, path);
    let code = format!("# fn example() -> Result<(), Box<dyn std::error::Error>> {{\n{built}\n# Ok(())\n# }}");
    phrases::title(&format!("\n{}", phrases::program(path, &code)))
}

/// The statement that builds a client with the first base URL and credentials.
pub(super) fn built(api: &Api, path: &str) -> String {
    let base_url =
        api.servers.first().map_or_else(|| "\"https://api.example.com\"".to_owned(), |server| url(server, path));
    let mut accepted = api.credentials.iter().filter(|_| security::are_required(&api.operations));
    let credentials = accepted.find_map(|credential| secret_variant(api, credential));
    let credentials = credentials
        .map(|variant| format!("\n    .credentials({path}::security::Credentials::{variant}(\"secret\".into()))"));
    let credentials = credentials.unwrap_or_default();
    format!("let client = {path}::Client::builder({base_url}){credentials}\n    .build()?;")
}

/// The documented base URL, with the defaults of its variables.
fn url(server: &Server, path: &str) -> String {
    if server.variables.is_empty() {
        return format!("{path}::client::servers::{}", server.constant);
    }
    let defaults: Vec<String> = server.variables.iter().map(|variable| format!("{:?}", variable.default)).collect();
    format!("{path}::client::servers::{}({})", server.name.plain(), defaults.join(", "))
}

/// The variant with a single secret, which an example can construct.
fn secret_variant(api: &Api, credential: &Credential) -> Option<String> {
    let [index] = credential.schemes.as_slice() else { return None };
    let scheme = api.schemes.get(*index)?;
    security::holds_secret(&scheme.kind).then(|| credential.variant.to_string())
}
