//! The macro `specwright::api!`: an OpenAPI document becomes a module, without files.
//!
//! A call is parsed (`call`), its document is turned into files (`module`), and the files of the
//! module are merged into one (`inline`).

mod call;
mod inline;
mod module;

/// Declares a module with the client of an OpenAPI document, or its server, or both.
///
/// ```ignore
/// specwright::api!("petstore.yaml"); // pub mod petstore, with the client
/// specwright::api!(mod shop = "api/openapi.yaml", client, server);
/// specwright::api!(pub mod acme = "acme.json", overlay = "acme-repairs.yaml");
/// ```
///
/// Paths are relative to the folder of `Cargo.toml`. The compiler expands the macro again when a
/// file that was read changes. The crate needs the same dependencies as a module that `specwright
/// generate --module` writes; the macro names those that are missing. Warnings report what the
/// document loses.
#[proc_macro]
pub fn api(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let call = syn::parse_macro_input!(input as call::Call);
    module::declared(&call).unwrap_or_else(syn::Error::into_compile_error).into()
}
