//! The forms of the output: a crate of its own, and a module of an existing crate.

use std::path::Path;

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::document::Reader;
use specwright_codegen::emit::scaffold::{Emission, Layout, Needs};
use specwright_codegen::ir::model::Api;
use specwright_codegen::output::{Directory, Plan};
use specwright_codegen::pipeline::{self, Generated, Packaging};
use specwright_codegen::render::{self, RenderedFile};
use specwright_codegen::surface::Surface;

use super::output::{Part, SURFACE};
use super::{Error, Generator, Output, emission, manifest, path};

/// The page that describes a crate.
const README: &str = "README.md";

/// A form of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A crate of its own.
    Crate,
    /// A module of a crate that has other code as well.
    Module,
}

/// What a crate in a folder needs.
pub fn of_crate(generator: &Generator, folder: &Path, reader: &dyn Reader) -> Result<Output, Error> {
    check_folder(folder)?;
    let name = generator.package_name();
    let layout = layout(generator, name.replace('-', "_"), Form::Crate);
    let generated = generate(generator, reader, &generator.config(name.replace('-', "_")), &layout, Packaging::Crate)?;
    let Generated { mut files, generation } = generated;
    let Some(api) = &generation.api else { return Ok(Output::nothing(generation)) };
    files.push(surface(api));
    let directory = Directory::new(folder);
    // A README that the owner wrote to replace ours is kept.
    let is_owned = directory.is_owned(README).map_err(|error| Error::Folder(folder.join(README), error))?;
    files.retain(|file| file.path != README || !is_owned);
    let belongs = |path: &str| belongs_to_crate(path) && (path != README || !is_owned);
    let plan = Plan::within(&files, &directory, belongs).map_err(|error| Error::plan(folder, error))?;
    let needs = Needs::of_crate(api, &layout, &generator.runtime.dependency_of(folder)?);
    let (plan, workspace) = manifest::of_crate(&needs, &name, folder, generator.is_apart, plan)?;
    let mut parts = vec![Part::new(folder, directory, plan)];
    parts.extend(workspace);
    Ok(Output::new(generation, parts))
}

/// What a module in a folder needs.
pub fn of_module(generator: &Generator, folder: &Path, reader: &dyn Reader) -> Result<Output, Error> {
    check_folder(folder)?;
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let package = path::package_above(folder)?;
    let inside = package.as_deref().and_then(|package| path::module_path(package, folder));
    let layout = layout(generator, inside.unwrap_or_else(|| format!("crate::{name}")), Form::Module);
    let generated = generate(generator, reader, &generator.config(name.clone()), &layout, Packaging::Embedded)?;
    let Generated { mut files, generation } = generated;
    let Some(api) = &generation.api else { return Ok(Output::nothing(generation)) };
    files.push(surface(api));
    check_name(&name, api.module.as_str())?;
    let directory = Directory::new(folder);
    let plan = Plan::new(&files, &directory).map_err(|error| Error::plan(folder, error))?;
    let mut parts = vec![Part::new(folder, directory, plan)];
    let mut lacking = None;
    if let Some(package) = package {
        let needs = Needs::of_module(api, &layout, &generator.runtime.dependency_of(&package)?);
        if generator.adds_dependencies {
            parts.extend(manifest::with_dependencies(&needs, &package)?);
        } else {
            lacking = manifest::lacking(&needs, &package)?;
        }
    }
    Ok(Output::new(generation, parts).with_lacking(lacking))
}

/// The files of a module that must be in one place, whatever its name is derived from.
pub fn files_of_module(generator: &Generator, name: &str, reader: &dyn Reader) -> Result<Generated, Error> {
    let layout = Layout { document: Emission::Omitted, ..layout(generator, format!("crate::{name}"), Form::Module) };
    let generated = generate(generator, reader, &generator.config(name.to_owned()), &layout, Packaging::Embedded)?;
    if let Some(api) = &generated.generation.api {
        check_name(name, api.module.as_str())?;
    }
    Ok(generated)
}

/// The public items, one per line. In a review, they show the effect of a change.
fn surface(api: &Api) -> RenderedFile {
    RenderedFile { path: SURFACE.to_owned(), text: format!("# {}\n{}", render::header(&api.source), Surface::of(api)) }
}

fn layout(generator: &Generator, path: String, form: Form) -> Layout {
    Layout {
        path,
        client: generator.emits_client(),
        server: generator.emits_server(form),
        document: generator.emits_server(form),
        examples: emission(generator.examples && form == Form::Crate),
    }
}

fn generate(
    generator: &Generator,
    reader: &dyn Reader,
    config: &ProviderConfig,
    layout: &Layout,
    packaging: Packaging,
) -> Result<Generated, Error> {
    let overlay = generator.overlay.as_ref().map(|path| path::slashes(path));
    let document = path::slashes(&generator.document);
    Ok(pipeline::generate(&document, reader, overlay.as_deref(), config, layout, packaging)?)
}

/// Generated files do not mix with the code of a crate, because their owner would be unclear.
fn check_folder(folder: &Path) -> Result<(), Error> {
    let is_code = folder.file_name().is_some_and(|name| name == "src");
    if is_code { Err(Error::OwnCode(folder.to_path_buf())) } else { Ok(()) }
}

/// A name that Rust reserves or can't parse is not changed silently, because the module is declared
/// by hand.
fn check_name(name: &str, valid: &str) -> Result<(), Error> {
    if name == valid { Ok(()) } else { Err(Error::Name { name: name.to_owned(), valid: valid.to_owned() }) }
}

/// Whether a path in the folder is generated. Folders below it may contain other generated
/// crates.
fn belongs_to_crate(path: &str) -> bool {
    path == SURFACE || path == README || path.starts_with("src/") || path.starts_with("examples/")
}
