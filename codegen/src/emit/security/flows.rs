//! Prints the flows of OAuth 2 as data: `flows::OAUTH` for the scheme `OAUTH`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::phrases::{self, code};
use crate::ir::model::{Api, Flow, FlowKind, Scheme};

/// The fields of the runtime's `OAuthFlows`. A scheme has each kind of flow at most once.
const KINDS: usize = 3;

/// `pub mod flows`; nothing if no scheme has flows.
pub(super) fn module(api: &Api) -> TokenStream {
    let schemes: Vec<&Scheme> = api.schemes.iter().filter(|scheme| !scheme.flows.is_empty()).collect();
    if schemes.is_empty() {
        return TokenStream::new();
    }
    let doc = phrases::title("The OAuth 2 flows of the schemes above, for the runtime's `OAuth`.");
    let statics = schemes.into_iter().map(flows);
    quote! {
        #doc
        pub mod flows {
            use specwright_runtime::security as rt;
            #(#statics)*
        }
    }
}

fn flows(scheme: &Scheme) -> TokenStream {
    let constant = &scheme.constant;
    let doc = phrases::title(&format!("Flows of `{}`.", code(&scheme.wire)));
    let fields = scheme.flows.iter().map(field);
    let rest = (scheme.flows.len() < KINDS).then(|| quote!(..rt::OAuthFlows::NONE));
    quote! {
        #doc
        pub static #constant: rt::OAuthFlows = rt::OAuthFlows { #(#fields,)* #rest };
    }
}

fn field(flow: &Flow) -> TokenStream {
    let Flow { kind, token_url, refresh_url, scopes } = flow;
    let name = match kind {
        FlowKind::ClientCredentials => quote!(client_credentials),
        FlowKind::Password => quote!(password),
        FlowKind::AuthorizationCode => quote!(authorization_code),
    };
    let refresh_url = refresh_url.as_ref().map_or_else(|| quote!(None), |url| quote!(Some(#url)));
    quote! {
        #name: Some(rt::OAuthFlow { token_url: #token_url, refresh_url: #refresh_url, scopes: &[#(#scopes),*] })
    }
}
