//! Prints `client.rs`: progenitor's `Client`, and a request builder for each operation. Both use
//! the shared core of the runtime.
//!
//! **Invariant:** a printed method makes one call into the runtime for each value that it takes, so
//! a client of a thousand operations stays cheap to type-check.

mod core;
mod example;
mod groups;
mod method;
mod operation;
mod pages;
mod parameter;
mod payload;
mod required;
mod response;
mod servers;
mod settings;
pub(crate) mod signature;
mod webhook_sender;

pub use groups::file as groups_file;
pub(crate) use payload::{part_absence, rest as rest_field};
use proc_macro2::TokenStream;
use quote::quote;
pub use webhook_sender::file as sender_file;

use self::example::{Examples, Statements};
use super::gates::{Subject, gated};
use super::imports::Imports;
use super::phrases;
use super::source::printer;
use super::{SourceFile, former, schemas, security};
use crate::ir::model::{Api, Operation, Side};

/// The file `client.rs` of a module with this path, such as `generated_client::rownd`.
#[must_use]
pub fn file<'a>(api: &'a Api, path: &'a str) -> SourceFile<'a> {
    let examples = Examples::of(api, path);
    let mut printers = vec![
        printer(|| head(api)),
        Box::new(|| core::client(api)),
        printer(|| servers::servers(api)),
        printer(move || settings::of_client(api, path)),
        printer(|| required::missing(&api.operations)),
        printer(|| operation::methods(api)),
    ];
    if !api.former.operations.is_empty() {
        printers.push(printer(|| former::builders(api)));
    }
    printers.extend(api.operations.iter().enumerate().map(|(index, operation)| {
        let example = examples.printed_for(index);
        gated(api, Subject::Operation(index), move || {
            operation::operation(api, &client_name(), operation, example.as_ref())
        })
    }));
    printers.extend(response::shared(api, Side::Api));
    SourceFile::rust("client.rs", printers)
}

fn head(api: &Api) -> TokenStream {
    let doc = phrases::heading(format!("Client of {}.", phrases::api(api)));
    let name = client_name();
    let printed = api.operations.iter().map(|operation| operation::operation(api, &name, operation, None));
    let printed = printed.chain(std::iter::once_with(|| operation::methods(api)));
    let siblings = siblings(api, Side::Api, printed, &api.operations);
    quote! {
        #doc
        use specwright_runtime::client as rt;
        use specwright_runtime::client::reqwest;
        use progenitor_client::ClientInfo;
        #siblings
    }
}

/// A program that builds a client and makes the shortest call, as the content of a documentation
/// test; `None` if the API has no operation.
pub(crate) fn first_program(api: &Api, path: &str) -> Option<String> {
    let Statements { arguments, code } = Examples::of(api, path).shortest()?;
    let arguments = arguments.trim_start_matches(", ");
    let mut built = settings::built(api, path);
    let mut used = Vec::new();
    let short =
        [("Client", "Client::"), ("Credentials", "security::Credentials::"), ("client::servers", "client::servers::")];
    for (import, item) in short {
        let long = format!("{path}::{item}");
        if built.contains(&long) {
            let last = import.rsplit("::").next().unwrap_or(import);
            built = built.replace(&long, &format!("{last}::"));
            used.push(import);
        }
    }
    if format!("{arguments}{code}").contains("types::") {
        used.push("types");
    }
    let used = match used.as_slice() {
        [only] => (*only).to_owned(),
        several => format!("{{{}}}", several.join(", ")),
    };
    Some(format!(
        "use {path}::{used};\n\n# async fn example({arguments}) -> Result<(), Box<dyn std::error::Error>> {{\n{built}\n{code}\
         println!(\"{{response:?}}\");\n# Ok(())\n# }}"
    ))
}

/// The name that progenitor gives to the client.
fn client_name() -> TokenStream {
    quote!(Client)
}

/// The sibling modules that a file of request builders needs. Only the settings of a client mention
/// credentials, and only the methods that make builders mention descriptors, so these
/// two are not searched for.
fn siblings<'a>(
    api: &Api,
    side: Side,
    printed: impl Iterator<Item = TokenStream>,
    operations: impl IntoIterator<Item = &'a Operation> + Clone,
) -> TokenStream {
    let imports = Imports::of(["operations", "types"], printed)
        .with("descriptors", operations.clone().into_iter().next().is_some() || schemas::are_requests_checked(api))
        .with("security", security::are_required(operations))
        .with("shared", api.shared_errors.iter().any(|shared| shared.side == side));
    imports.siblings(&["descriptors", "operations", "security", "shared", "types"])
}
