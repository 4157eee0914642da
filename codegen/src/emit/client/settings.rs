//! Prints `ClientBuilder`: the runtime's builder, with the credentials of this API.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::{phrases, security};
use crate::ir::model::{Api, Credential};

/// The struct, its methods, and `Client::builder`.
pub(super) fn settings(api: &Api, path: &str) -> TokenStream {
    let example = example(api, path);
    let credentials = security::has_credentials(api).then(credentials);
    quote! {
        /// Settings of a [`Client`].
        #example
        #[derive(Debug)]
        #[must_use = "a builder does nothing before `build`"]
        pub struct ClientBuilder {
            inner: rt::Builder,
        }
        api_runtime::client_builder_settings!(ClientBuilder);
        impl ClientBuilder {
            #credentials
            /// The client.
            ///
            /// # Errors
            ///
            /// When the base URL is not one, or a setting cannot be honoured.
            pub fn build(self) -> Result<Client, rt::BuildError> {
                let core = self.inner.build()?;
                let (base_url, http) = (core.base_url().to_owned(), core.http().clone());
                Ok(Client::new_with_client(&base_url, http, core))
            }
        }
    }
}

fn credentials() -> TokenStream {
    quote! {
        /// Credentials for the operations that accept them; more than one call adds to what was given before.
        pub fn credentials(self, credentials: security::Credentials) -> Self {
            Self { inner: self.inner.credentials(api_runtime::security::CredentialSet::present(credentials)) }
        }
    }
}

/// How a client is made, compiled as a documentation test.
fn example(api: &Api, path: &str) -> TokenStream {
    let base_url = match api.servers.first() {
        Some(server) if server.variables.is_empty() => format!("{path}::client::servers::{}", server.constant),
        _ => "\"https://api.example.com\"".to_owned(),
    };
    let credentials = api.credentials.iter().find_map(|credential| secret_variant(api, credential));
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
