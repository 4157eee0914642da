//! Prints `security.rs`: the security schemes as data, and `Credentials` with one variant for each
//! combination of schemes that operations accept.
//!
//! **Invariant:** secrets are held only by the redacting types of the runtime.

mod flows;

use proc_macro2::TokenStream;
use quote::quote;

use super::phrases::{self, code};
use super::source::printer;
use super::{SourceFile, rustdoc};
use crate::ir::model::{Api, Credential, Operation, Scheme, SchemeKind};

/// The file `security.rs`; `None` if no operation requires a scheme.
#[must_use]
pub fn file(api: &Api) -> Option<SourceFile<'_>> {
    is_needed(api).then(|| {
        let printers = vec![
            printer(|| head(api)),
            printer(|| schemes(api)),
            printer(|| flows::module(api)),
            printer(|| credentials(api)),
        ];
        SourceFile::rust("security.rs", printers)
    })
}

/// Whether any operation requires a security scheme.
pub(crate) fn is_needed(api: &Api) -> bool {
    !api.schemes.is_empty()
}

/// Whether there are credentials to present. A document may define schemes that no operation
/// requires.
pub(crate) fn has_credentials(api: &Api) -> bool {
    !api.credentials.is_empty()
}

/// Whether any of these operations accepts credentials.
pub(crate) fn are_required<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> bool {
    let mut alternatives = operations.into_iter().flat_map(|operation| &operation.security);
    alternatives.any(|alternative| alternative.credential.is_some())
}

fn head(api: &Api) -> TokenStream {
    let doc = phrases::heading(format!("Credentials of {}.", phrases::api(api)));
    quote! {
        #doc
        use specwright_runtime::descriptor as rt;
    }
}

fn schemes(api: &Api) -> TokenStream {
    api.schemes.iter().map(scheme).collect()
}

/// `pub static APP_KEY: rt::Scheme = …;`
fn scheme(scheme: &Scheme) -> TokenStream {
    let (constant, name) = (&scheme.constant, &scheme.wire);
    let doc = rustdoc::outer(&phrases::labelled(&travels(&scheme.kind, true), &scheme.doc));
    let kind = kind(&scheme.kind);
    quote! {
        #doc
        pub static #constant: rt::Scheme = rt::Scheme { name: #name, kind: #kind };
    }
}

fn kind(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::HeaderKey(name) => quote!(rt::SchemeKind::Header(#name)),
        SchemeKind::QueryKey(name) => quote!(rt::SchemeKind::Query(#name)),
        SchemeKind::CookieKey(name) => quote!(rt::SchemeKind::Cookie(#name)),
        SchemeKind::Basic => quote!(rt::SchemeKind::Basic),
        SchemeKind::Bearer => quote!(rt::SchemeKind::Bearer),
        SchemeKind::Http(name) => quote!(rt::SchemeKind::Http(#name)),
        SchemeKind::MutualTls => quote!(rt::SchemeKind::MutualTls),
    }
}

/// How a credential is sent, in words that begin a line or are within it.
pub(crate) fn travels(kind: &SchemeKind, begins: bool) -> String {
    let words = |first: &'static str, inner: &'static str| if begins { first } else { inner };
    match kind {
        SchemeKind::HeaderKey(name) => format!("{} `{}`", words("Header", "header"), code(name)),
        SchemeKind::QueryKey(name) => format!("{} `{}`", words("Query parameter", "query parameter"), code(name)),
        SchemeKind::CookieKey(name) => format!("{} `{}`", words("Cookie", "cookie"), code(name)),
        SchemeKind::Basic => "`Authorization: Basic …`".to_owned(),
        SchemeKind::Bearer => "`Authorization: Bearer …`".to_owned(),
        SchemeKind::Http(name) => format!("`Authorization: {} …`", code(name)),
        SchemeKind::MutualTls => format!("{} client's certificate", words("The", "the")),
    }
}

fn credentials(api: &Api) -> TokenStream {
    if !has_credentials(api) {
        return TokenStream::new();
    }
    let doc = phrases::title(&format!("Credentials that {} accepts.", phrases::api(api)));
    let conjunctions: Vec<Conjunction<'_>> =
        api.credentials.iter().map(|credential| Conjunction::of(api, credential)).collect();
    let variants = conjunctions.iter().map(Conjunction::variant);
    let changes = conjunctions.iter().any(|conjunction| !conjunction.held().is_empty()).then(|| quote!(mut));
    let present = conjunctions.iter().map(Conjunction::present);
    let recognize = conjunctions.iter().map(Conjunction::recognize);
    quote! {
        #doc
        #[derive(Clone, Debug)]
        pub enum Credentials { #(#variants),* }
        impl specwright_runtime::security::CredentialSet for Credentials {
            fn present(self) -> specwright_runtime::security::Presented {
                match self { #(#present,)* }
            }
            fn recognize(#changes presented: specwright_runtime::security::Presented) -> Option<Self> {
                #(#recognize)*
                None
            }
        }
    }
}

/// A variant of `Credentials`.
struct Conjunction<'a> {
    credential: &'a Credential,
    schemes: Vec<&'a Scheme>,
}

impl<'a> Conjunction<'a> {
    fn of(api: &'a Api, credential: &'a Credential) -> Self {
        let schemes = credential.schemes.iter().filter_map(|index| api.schemes.get(*index)).collect();
        Self { credential, schemes }
    }

    /// Schemes that add something to the request.
    fn held(&self) -> Vec<&'a Scheme> {
        self.schemes.iter().copied().filter(|scheme| held_type(&scheme.kind).is_some()).collect()
    }

    /// `AppKeyAndAppSecret { app_key: Secret, app_secret: Secret }`, `Bearer(Secret)` or
    /// `MutualTls`.
    fn variant(&self) -> TokenStream {
        let name = &self.credential.variant;
        let schemes: Vec<String> = self.schemes.iter().map(|scheme| format!("`{}`", code(&scheme.wire))).collect();
        let doc = phrases::title(&format!("{}.", schemes.join(" and ")));
        match self.held().as_slice() {
            [] => quote!(#doc #name),
            [scheme] if self.schemes.len() == 1 => {
                let ty = held_type(&scheme.kind);
                quote!(#doc #name(#ty))
            }
            schemes => {
                let fields = schemes.iter().map(|scheme| {
                    let doc = rustdoc::outer(&phrases::labelled(&travels(&scheme.kind, true), &scheme.doc));
                    let (field, ty) = (&scheme.name, held_type(&scheme.kind));
                    quote!(#doc #field: #ty)
                });
                quote!(#doc #name { #(#fields,)* })
            }
        }
    }

    fn present(&self) -> TokenStream {
        let name = &self.credential.variant;
        let adds = self.schemes.iter().map(|scheme| {
            let (constant, field) = (&scheme.constant, &scheme.name);
            match &scheme.kind {
                SchemeKind::MutualTls => quote!(.connection(&#constant)),
                SchemeKind::Basic => quote!(.basic(&#constant, #field)),
                _ => quote!(.secret(&#constant, #field)),
            }
        });
        let fields: Vec<_> = self.held().iter().map(|scheme| &scheme.name).collect();
        let pattern = match fields.as_slice() {
            [] => quote!(),
            [field] if self.schemes.len() == 1 => quote!((#field)),
            fields => quote!({ #(#fields),* }),
        };
        quote!(Self::#name #pattern => specwright_runtime::security::Presented::new() #(#adds)*)
    }

    fn recognize(&self) -> TokenStream {
        let name = &self.credential.variant;
        let constants = self.schemes.iter().map(|scheme| &scheme.constant);
        let held = self.held();
        let value = match held.as_slice() {
            [] => quote!(Self::#name),
            [scheme] if self.schemes.len() == 1 => {
                let take = take(scheme);
                quote!(Self::#name(#take))
            }
            schemes => {
                let fields = schemes.iter().map(|scheme| {
                    let (field, take) = (&scheme.name, take(scheme));
                    quote!(#field: #take)
                });
                quote!(Self::#name { #(#fields,)* })
            }
        };
        quote! {
            if presented.is(&[#(&#constants),*]) {
                return Some(#value);
            }
        }
    }
}

/// Whether a scheme presents a secret and nothing else.
pub(crate) fn holds_secret(kind: &SchemeKind) -> bool {
    !matches!(kind, SchemeKind::MutualTls | SchemeKind::Basic)
}

/// The type that holds what a scheme presents in a request.
pub(crate) fn held_type(kind: &SchemeKind) -> Option<TokenStream> {
    match kind {
        SchemeKind::MutualTls => None,
        SchemeKind::Basic => Some(quote!(specwright_runtime::security::Basic)),
        _ => Some(quote!(specwright_runtime::Secret)),
    }
}

fn take(scheme: &Scheme) -> TokenStream {
    let constant = &scheme.constant;
    if scheme.kind == SchemeKind::Basic {
        quote!(presented.take_basic(&#constant)?)
    } else {
        quote!(presented.take_secret(&#constant)?)
    }
}
