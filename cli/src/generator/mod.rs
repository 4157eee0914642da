//! Turns one document into Rust, with the choices of the caller.

mod build_script;
mod error;
mod form;
mod manifest;
mod name;
mod output;
mod path;
mod runtime;

use std::io;
use std::path::{Path, PathBuf};

pub use error::Error;
pub use name::of_package as package_name;
pub use output::Output;
pub use runtime::{RuntimeSource, UnknownSource};
use specwright_codegen::config::{ProviderConfig, Select};
use specwright_codegen::document::{ConfinedReader, Reader};
use specwright_codegen::emit::scaffold::Emission;

use self::form::Form;

/// Generates Rust from one document.
///
/// In a build script, [`write_to`](Self::write_to) writes one module into Cargo's output folder.
/// Elsewhere, [`crate_in`](Self::crate_in) and [`module_in`](Self::module_in) return the changes,
/// and [`Output::write`] makes them.
#[derive(Clone, Debug)]
#[must_use = "a generator does nothing by itself"]
pub struct Generator {
    document: PathBuf,
    content: Option<Vec<u8>>,
    overlay: Option<PathBuf>,
    allowed: Vec<PathBuf>,
    name: Option<String>,
    config: ProviderConfig,
    client: Option<bool>,
    server: Option<bool>,
    examples: bool,
    runtime: RuntimeSource,
    is_apart: bool,
    adds_dependencies: bool,
}

impl Generator {
    /// A generator for a document in YAML or JSON: OpenAPI 3.0, 3.1 or 3.2, or Swagger 2.0.
    pub fn from_file(document: impl AsRef<Path>) -> Self {
        Self {
            document: document.as_ref().to_path_buf(),
            content: None,
            overlay: None,
            allowed: Vec::new(),
            name: None,
            config: ProviderConfig::default(),
            client: None,
            server: None,
            examples: false,
            runtime: RuntimeSource::default(),
            is_apart: false,
            adds_dependencies: false,
        }
    }

    /// A generator for a document that has already been read or fetched. Messages show this name.
    pub fn from_bytes(name: impl Into<String>, document: impl Into<Vec<u8>>) -> Self {
        Self { content: Some(document.into()), ..Self::from_file(name.into()) }
    }

    /// The name of the module. By default, it is made from the document's file name.
    pub fn module(self, name: impl Into<String>) -> Self {
        self.name(name)
    }

    /// The name of the crate or module. By default, it is made from the document's file name.
    pub fn name(self, name: impl Into<String>) -> Self {
        Self { name: Some(name.into()), ..self }
    }

    /// Applies an OpenAPI Overlay to the document first.
    pub fn overlay(self, file: impl AsRef<Path>) -> Self {
        Self { overlay: Some(file.as_ref().to_path_buf()), ..self }
    }

    /// Also reads the files in this folder to which the document refers. By default, only those in
    /// the document's own folder are read.
    pub fn allow_read(mut self, folder: impl AsRef<Path>) -> Self {
        self.allowed.push(folder.as_ref().to_path_buf());
        self
    }

    /// Makes the choices of a configuration file. If [`select`](Self::select) is called later, it
    /// replaces the selection of the file.
    pub fn choices(self, config: ProviderConfig) -> Self {
        Self { config, ..self }
    }

    /// Generates only some of the operations.
    pub fn select(mut self, select: Select) -> Self {
        self.config.select = select;
        self
    }

    /// Whether the client is generated. The default is yes.
    pub fn client(self, is_wanted: bool) -> Self {
        Self { client: Some(is_wanted), ..self }
    }

    /// Whether the server is generated. By default, it is generated in a crate, where a feature
    /// enables it, but not in a module.
    pub fn server(self, is_wanted: bool) -> Self {
        Self { server: Some(is_wanted), ..self }
    }

    /// Whether a crate gets a program that decodes each example of the document into its type and
    /// encodes it again. The default is no.
    pub fn examples(self, are_wanted: bool) -> Self {
        Self { examples: are_wanted, ..self }
    }

    /// Where generated code gets `specwright-runtime` from. The default is the version of this
    /// crate.
    pub fn runtime(self, runtime: RuntimeSource) -> Self {
        Self { runtime, ..self }
    }

    /// Makes a crate the root of its own workspace, not a member of the one around it.
    pub fn own_workspace(self, is_wanted: bool) -> Self {
        Self { is_apart: is_wanted, ..self }
    }

    /// Adds the dependencies of a module to the manifest of its crate.
    pub fn add_dependencies(self, are_wanted: bool) -> Self {
        Self { adds_dependencies: are_wanted, ..self }
    }

    /// Returns the crate in this folder. Nothing is written yet.
    ///
    /// Its manifest is created once. Later, only the dependencies and features that generated code
    /// needs are updated.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), specwright::Error> {
    /// specwright::Generator::from_file("openapi.yaml").crate_in("petstore")?.write()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If a folder or manifest can't be read, or if a file that was not generated is in the way. A
    /// document with errors is not an error here; see [`Output::generation`].
    pub fn crate_in(&self, folder: impl AsRef<Path>) -> Result<Output, Error> {
        form::of_crate(self, folder.as_ref(), &self.reader()?)
    }

    /// Returns the module in this folder of an existing crate, such as `src/petstore`. Nothing is
    /// written yet.
    ///
    /// # Errors
    ///
    /// As [`crate_in`](Self::crate_in), and if the folder's name can't be the name of a module.
    pub fn module_in(&self, folder: impl AsRef<Path>) -> Result<Output, Error> {
        form::of_module(self, folder.as_ref(), &self.reader()?)
    }

    /// Writes a module for a build script. Include it where it belongs:
    /// `include!(concat!(env!("OUT_DIR"), "/petstore.rs"));`. Diagnostics become warnings of Cargo,
    /// and Cargo runs the script again when a file that was read changes.
    ///
    /// ```no_run
    /// fn main() -> Result<(), Box<dyn std::error::Error>> {
    ///     let folder = std::env::var("OUT_DIR")?;
    ///     specwright::Generator::from_file("openapi.yaml").module("petstore").write_to(folder)?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// If the document has errors, a file can't be read or written, or the name can't be the name
    /// of a module.
    pub fn write_to(&self, folder: impl AsRef<Path>) -> Result<(), Error> {
        build_script::write(self, folder.as_ref(), &self.reader()?)
    }

    /// The name of a package.
    fn package_name(&self) -> String {
        let stem = || self.document.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        name::of_package(&self.name.clone().unwrap_or_else(stem))
    }

    /// The name of a module.
    fn module_name(&self) -> String {
        self.package_name().replace('-', "_")
    }

    fn emits_client(&self) -> Emission {
        emission(self.client.unwrap_or(true))
    }

    fn emits_server(&self, form: Form) -> Emission {
        emission(self.server.unwrap_or(form == Form::Crate))
    }

    /// The document is cited by its file name, so that the output contains no local path.
    fn config(&self, module: String) -> ProviderConfig {
        let cited = self.document.file_name().map(|name| name.to_string_lossy().into_owned());
        let cited = cited.unwrap_or_else(|| path::slashes(&self.document));
        let cited = self.config.cited.clone().unwrap_or(cited);
        ProviderConfig { module, cited: Some(cited), ..self.config.clone() }
    }

    /// Reads the document and the files in its folder, the overlay, and other allowed files.
    fn reader(&self) -> Result<impl Reader + use<>, Error> {
        let mut reader = ConfinedReader::new();
        if self.content.is_none() {
            reader = reader.allow_document(&self.document);
        }
        for folder in &self.allowed {
            reader = reader.allow(folder).map_err(|error| Error::Folder(folder.clone(), error))?;
        }
        // A missing overlay is reported when it is read.
        if let Some(overlay) = &self.overlay {
            reader = reader.clone().allow(overlay).unwrap_or(reader);
        }
        let given = self.content.clone().map(|bytes| (path::slashes(&self.document), bytes));
        Ok(WithDocument { given, reader })
    }
}

/// Reads the document that was passed, and files.
struct WithDocument {
    given: Option<(String, Vec<u8>)>,
    reader: ConfinedReader,
}

impl Reader for WithDocument {
    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match &self.given {
            Some((name, bytes)) if name == path => Ok(bytes.clone()),
            _ => self.reader.read(path),
        }
    }
}

fn emission(is_wanted: bool) -> Emission {
    if is_wanted { Emission::Printed } else { Emission::Omitted }
}
