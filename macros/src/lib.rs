//! The macro `specwright::api!`: an OpenAPI document becomes a module, without files.
//!
//! A call is read (`call`), its document is generated (`module`), and the files of the module
//! become one (`inline`).

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
/// Paths are relative to the folder of `Cargo.toml`, and the compiler expands the macro again when
/// a file that was read changes. The crate needs the dependencies of a module that `specwright
/// generate --module` writes; the macro names those that are missing. What is lost of the document
/// is reported as warnings.
#[proc_macro]
pub fn api(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let call = syn::parse_macro_input!(input as call::Call);
    module::declared(&call).unwrap_or_else(syn::Error::into_compile_error).into()
}
