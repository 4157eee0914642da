//! Writes a module for a build script.

use std::path::Path;

use specwright_codegen::diagnostics::{self, Severity};
use specwright_codegen::document::Reader;
use specwright_codegen::output::{Directory, Plan};
use specwright_codegen::pipeline::Generated;
use specwright_codegen::render::RenderedFile;

use super::{Error, Generator, form};

/// Writes `NAME.rs` and the files of its modules, and prints instructions for Cargo.
pub fn write(generator: &Generator, folder: &Path, reader: &dyn Reader) -> Result<(), Error> {
    let name = generator.module_name();
    let Generated { files, generation } = form::files_of_module(generator, &name, reader)?;
    for (_, source) in generation.sources.iter() {
        println!("cargo::rerun-if-changed={}", source.path());
    }
    if generation.api.is_none() {
        let text = diagnostics::render_all(&generation.diagnostics, &generation.sources, false, usize::MAX);
        return Err(Error::Document(text));
    }
    for diagnostic in generation.diagnostics.iter().filter(|one| one.severity == Severity::Warning) {
        // Cargo reads only one line.
        println!("cargo::warning={}", diagnostics::on_one_line(diagnostic, &generation.sources));
    }
    let files: Vec<RenderedFile> = files.into_iter().map(|file| placed(file, &name)).collect();
    let mut directory = Directory::new(folder);
    let belongs = |path: &str| path.strip_prefix(&name).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
    let plan = Plan::within(&files, &directory, belongs).map_err(|error| Error::plan(folder, error))?;
    plan.apply(&mut directory).map_err(|error| Error::Write(folder.display().to_string(), error))
}

/// The root of the module as a file that can be included. Included code can't begin with attributes
/// of the module, so the file declares the module itself.
fn placed(file: RenderedFile, name: &str) -> RenderedFile {
    let RenderedFile { path, text } = file;
    if path != "mod.rs" {
        return RenderedFile { path: format!("{name}/{path}"), text };
    }
    let (header, body) = text.split_once('\n').unwrap_or((text.as_str(), ""));
    RenderedFile { path: format!("{name}.rs"), text: format!("{header}\npub mod {name} {{\n{}\n}}\n", body.trim()) }
}
