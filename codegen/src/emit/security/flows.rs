//! Prints the flows of OAuth 2 as data: `flows::OAUTH` for the scheme `OAUTH`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::phrases::{self, code};
use crate::ir::model::{Api, Flow, FlowKind, Scheme};

/// The fields of the runtime's `OAuthFlows`. A scheme has each kind of flow at most once.
const FIELDS: usize = 5;

/// `pub mod flows`; nothing if no scheme has flows.
pub(super) fn module(api: &Api) -> TokenStream {
    let schemes: Vec<&Scheme> = api.schemes.iter().filter(|scheme| scheme.has_flows()).collect();
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
    let mut fields: Vec<TokenStream> = scheme.flows.iter().map(field).collect();
    fields.extend(scheme.metadata_url.as_ref().map(|url| quote!(metadata_url: Some(#url))));
    let rest = (fields.len() < FIELDS).then(|| quote!(..rt::OAuthFlows::NONE));
    quote! {
        #doc
        pub static #constant: rt::OAuthFlows = rt::OAuthFlows { #(#fields,)* #rest };
    }
}

fn field(flow: &Flow) -> TokenStream {
    let Flow { kind, token_url, authorization_url, refresh_url, scopes } = flow;
    let name = match kind {
        FlowKind::ClientCredentials => quote!(client_credentials),
        FlowKind::Password => quote!(password),
        FlowKind::AuthorizationCode => quote!(authorization_code),
        FlowKind::Device => quote!(device),
    };
    let authorization_url = authorization_url.as_ref().map(|url| quote!(authorization_url: Some(#url),));
    let refresh_url = refresh_url.as_ref().map(|url| quote!(refresh_url: Some(#url),));
    let scopes = (!scopes.is_empty()).then(|| quote!(scopes: &[#(#scopes),*],));
    let is_whole = authorization_url.is_some() && refresh_url.is_some() && scopes.is_some();
    let rest = (!is_whole).then(|| quote!(..rt::OAuthFlow::NONE));
    quote! {
        #name: Some(rt::OAuthFlow { token_url: #token_url, #authorization_url #refresh_url #scopes #rest })
    }
}
