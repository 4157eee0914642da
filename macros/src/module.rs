//! Generates the module of a call.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use specwright_codegen::diagnostics::{self, Diagnostics, Severity};
use specwright_codegen::document::{ConfinedReader, Reader};
use specwright_codegen::emit::scaffold::{Dependency, Emission, Layout, Needs};
use specwright_codegen::ir::model::Api;
use specwright_codegen::output::manifest;
use specwright_codegen::pipeline::{self, Generated, Generation, Packaging};
use specwright_codegen::provider::ProviderConfig;
use specwright_codegen::source::Sources;

use syn::LitStr;

use crate::call::Call;
use crate::inline;

/// Reads paths relative to the folder of the crate, so that messages show them as they are written.
struct InCrate {
    folder: PathBuf,
    reader: ConfinedReader,
}

impl Reader for InCrate {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.reader.read(&self.folder.join(path).to_string_lossy())
    }
}

impl InCrate {
    fn of(call: &Call) -> Self {
        let folder = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
        let reader = ConfinedReader::new().allow_document(&folder.join(call.document.value()));
        // What is not there is reported when it is read.
        let allow = |reader: ConfinedReader, path: &LitStr| {
            let allowed = reader.clone().allow(&folder.join(path.value()));
            allowed.unwrap_or(reader)
        };
        let reader = call.overlay.iter().chain(&call.allow_read).fold(reader, allow);
        Self { folder, reader }
    }
}

/// While it lives, tokens are not those of the compiler, which only the thread of a macro may make:
/// items are printed on several threads.
struct OwnTokens;

impl OwnTokens {
    fn new() -> Self {
        proc_macro2::fallback::force();
        Self
    }
}

impl Drop for OwnTokens {
    fn drop(&mut self) {
        proc_macro2::fallback::unforce();
    }
}

/// The module, warnings about what its document loses, and the files that it was made from.
pub fn declared(call: &Call) -> syn::Result<TokenStream> {
    let refuse = |message: &str| Err(syn::Error::new(call.document.span(), message));
    let files = InCrate::of(call);
    let Generated { files: texts, generation } = match generate(call, &files) {
        Ok(generated) => generated,
        Err(bug) => return refuse(&bug.to_string()),
    };
    let Some(api) = &generation.api else { return refuse(&errors(&generation)) };
    let name = call.name.to_string();
    if api.module.as_str() != name {
        return refuse(&format!("`{name}` can't be the name of a module; `{}` can", api.module));
    }
    if let Some(message) = missing(call, api, &files.folder) {
        return refuse(&message);
    }
    let content = inline::content(&texts)?;
    let warnings = generation.diagnostics.iter().filter(|one| one.severity == Severity::Warning);
    let warnings = warnings.map(|one| warning(call, &diagnostics::on_one_line(one, &generation.sources)));
    let read = read(&generation.sources, &files.folder);
    let (visibility, name) = (&call.visibility, &call.name);
    Ok(quote! {
        #visibility mod #name {
            #content
            #(const _: &[u8] = ::core::include_bytes!(#read);)*
        }
        #(#warnings)*
    })
}

fn generate(call: &Call, reader: &InCrate) -> Result<Generated, specwright_codegen::render::RenderError> {
    let document = call.document.value();
    let config =
        ProviderConfig { module: call.name.to_string(), cited: Some(document.clone()), ..ProviderConfig::default() };
    let overlay = call.overlay.as_ref().map(LitStr::value);
    let _tokens = OwnTokens::new();
    pipeline::generate(&document, reader, overlay.as_deref(), &config, &layout(call), Packaging::Embedded)
}

fn layout(call: &Call) -> Layout {
    let emission = |is_wanted| if is_wanted { Emission::Printed } else { Emission::Omitted };
    Layout {
        path: format!("crate::{}", call.name),
        client: emission(call.has_client),
        server: emission(call.has_server),
        document: Emission::Omitted,
        examples: Emission::Omitted,
    }
}

/// What the manifest of the crate has no dependency on, but the module needs.
fn missing(call: &Call, api: &Api, folder: &Path) -> Option<String> {
    let text = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let runtime = Dependency::Version(env!("CARGO_PKG_VERSION").to_owned());
    let lines = manifest::absent(&text, &Needs::of_module(api, &layout(call), &runtime)).ok()?;
    (!lines.is_empty()).then(|| format!("add to [dependencies] of Cargo.toml:\n{}", lines.join("\n")))
}

/// The errors of a document with their locations.
fn errors(generation: &Generation) -> String {
    let mut errors = Diagnostics::new();
    errors.extend(generation.diagnostics.iter().filter(|one| one.severity == Severity::Error).cloned());
    diagnostics::render_all(&errors, &generation.sources, false, usize::MAX).trim_end().to_owned()
}

/// A warning of the compiler with this text. A macro can't warn by itself: the use of a deprecated
/// item can.
fn warning(call: &Call, text: &str) -> TokenStream {
    quote_spanned! {call.document.span()=>
        const _: () = {
            #[deprecated(note = #text)]
            const OPENAPI: () = ();
            OPENAPI
        };
    }
}

/// The absolute paths of the files that were read: the compiler looks at them for changes.
fn read(sources: &Sources, folder: &Path) -> Vec<String> {
    let paths = sources.iter().filter_map(|(_, source)| folder.join(source.path()).canonicalize().ok());
    paths.map(|path| path.to_string_lossy().into_owned()).collect()
}
