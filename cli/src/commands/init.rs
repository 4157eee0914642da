//! `init` and `add`: write the entry of an API in `specwright.toml`.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde_json::json;
use specwright_codegen::config::ConfigError;
use toml_edit::{Array, DocumentMut, Item, Table, value};

use super::CommandResult;
use crate::exit::Exit;
use crate::fetch;
use crate::generator::{RuntimeSource, package_name};
use crate::project::configured::{ConfiguredProject, FILE, Lock, output};
use crate::report::{Report, Shown};

/// The folders in which a document is searched for.
const FOLDERS: [&str; 6] = ["", "api/", "openapi/", "spec/", "specs/", "docs/"];
const STEMS: [&str; 3] = ["openapi", "swagger", "api"];
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];

/// Names that do not describe an API.
const NAMELESS: [&str; 4] = ["openapi", "swagger", "spec", "index"];

/// The first lines of the file.
const HEAD: &str = "# The APIs of this project: `specwright generate` updates the code that is generated from them.\n";

/// Write `specwright.toml` for the document that is found here, and add the dependencies of
/// generated code.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The document: a file or a URL. Without one, the usual places are searched.
    #[arg(value_name = "DOCUMENT")]
    document: Option<String>,
    /// Name of the API. By default, it is made from the document's file name.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    #[command(flatten)]
    place: Place,
}

/// Add an API to `specwright.toml`.
#[derive(Debug, clap::Args)]
pub struct AddOptions {
    /// Name of the API.
    #[arg(value_name = "NAME")]
    name: String,
    /// The document: a file or a URL.
    #[arg(value_name = "DOCUMENT")]
    document: String,
    #[command(flatten)]
    place: Place,
}

/// The place of the output.
#[derive(Clone, Debug, clap::Args)]
struct Place {
    /// Folder of a crate for the API.
    #[arg(long = "crate", value_name = "DIR", conflicts_with = "module")]
    package: Option<String>,
    /// Folder of a module for the API, in `src` of an existing crate.
    #[arg(long, value_name = "DIR")]
    module: Option<String>,
    /// Also generate the server of a module. A crate has it behind a feature.
    #[arg(long)]
    server: bool,
    /// Where `specwright-runtime` comes from: a version, `path:DIR`, `git:URL` or `git:URL#REV`.
    /// The default is the version of this program.
    #[arg(long, value_name = "SOURCE")]
    runtime: Option<String>,
}

/// Runs `init`.
///
/// # Errors
///
/// If a file can't be read or written.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    if Path::new(FILE).exists() {
        report.error_message(&format_args!(
            "{FILE} already exists; `{} add NAME DOCUMENT` adds an API",
            report.program()
        ));
        return Ok(Exit::Usage);
    }
    let Some(manifest) = manifest_here()? else {
        report.error_message(&"there is no Cargo.toml here: run it in the folder of a crate or workspace");
        return Ok(Exit::Usage);
    };
    let document = match options.document.clone().map_or_else(find, Ok) {
        Ok(document) => document,
        Err(message) => {
            report.error_message(&message);
            return Ok(Exit::Usage);
        }
    };
    let name = options.name.clone().unwrap_or_else(|| name_of(&document));
    let mut file = DocumentMut::new();
    file.insert("generator", value(env!("CARGO_PKG_VERSION")));
    file.decor_mut().set_prefix(HEAD);
    insert(&mut file, &package_name(&name), &document, &options.place, &manifest)?;
    finish(&file.to_string(), &package_name(&name), "create", report)
}

/// Runs `add`.
///
/// # Errors
///
/// If a file can't be read or written.
pub fn add(options: &AddOptions, report: &mut Report) -> CommandResult {
    let here = env::current_dir()?;
    if ConfiguredProject::enter()?.is_none() {
        let program = report.program();
        report.error_message(&format_args!("there is no {FILE} here or above; `{program} init` writes one"));
        return Ok(Exit::Usage);
    }
    if env::current_dir()? != here {
        report.error_message(&format_args!("run this in the folder of {FILE}, because paths are relative to it"));
        return Ok(Exit::Usage);
    }
    let manifest = manifest_here()?.unwrap_or_default();
    let mut file: DocumentMut = fs::read_to_string(FILE)?.parse()?;
    let name = package_name(&options.name);
    if file.get("api").and_then(|apis| apis.get(&name)).is_some() {
        report.error_message(&format_args!("{FILE} already has an API `{name}`"));
        return Ok(Exit::Usage);
    }
    insert(&mut file, &name, &options.document, &options.place, &manifest)?;
    finish(&file.to_string(), &name, "update", report)
}

/// Adds the table of an API.
fn insert(
    file: &mut DocumentMut,
    name: &str,
    document: &str,
    place: &Place,
    manifest: &DocumentMut,
) -> Result<(), Box<dyn Error>> {
    let mut api = Table::new();
    api.insert("document", value(document));
    // A package has room for a module; a workspace without a package has room only for crates.
    let in_package = || manifest.contains_key("package").then(|| format!("src/{}", name.replace('-', "_")));
    match (&place.package, place.module.clone().or_else(in_package)) {
        (Some(folder), _) => api.insert("crate", value(folder)),
        (None, Some(folder)) => api.insert("module", value(folder)),
        (None, None) => api.insert("crate", value(name)),
    };
    if place.server {
        let sides: Array = ["client", "server"].into_iter().collect();
        api.insert("sides", value(sides));
    }
    if let Some(runtime) = &place.runtime {
        runtime.parse::<RuntimeSource>()?;
        api.insert("runtime", value(runtime));
    }
    let apis = file.entry("api").or_insert_with(|| {
        let mut apis = Table::new();
        apis.set_implicit(true);
        Item::Table(apis)
    });
    apis.as_table_mut().ok_or_else(|| format!("{FILE}: `api` is not a table"))?.insert(name, Item::Table(api));
    Ok(())
}

/// Writes the file if the document can be generated, and adds the dependencies of a module.
fn finish(text: &str, name: &str, verb: &str, report: &mut Report) -> CommandResult {
    let project = ConfiguredProject::here(text).map_err(without_place)?;
    let (name, api) = project.config().apis.get_key_value(name).ok_or("the API was not added")?;
    let (generator, _) = project.generator(name, api, Lock::Renewed).map_err(without_place)?;
    let made = output(&generator.add_dependencies(true), api)?;
    report.diagnostics(made.generation(), Shown::default());
    if made.generation().api.is_none() {
        report.not_written(&[made.generation()]);
        return Ok(Exit::Document);
    }
    fs::write(FILE, text)?;
    report.line(format_args!("{verb} {FILE}"));
    let mut changes = vec![json!({ "change": verb, "path": FILE })];
    if let Some(module) = &api.settings.module {
        let mut manifests = made.only_manifests();
        for (verb, path) in manifests.changes() {
            report.line(format_args!("{verb} {path}"));
            changes.push(json!({ "change": verb, "path": path }));
        }
        manifests.write()?;
        let declared = module.text.rsplit('/').next().unwrap_or_default();
        report.line(format_args!("next: `{} generate`, and declare `mod {declared};`", report.program()));
    } else {
        report.line(format_args!("next: `{} generate`", report.program()));
    }
    report.object(&json!({ "changes": changes }));
    Ok(Exit::Done)
}

/// The error without its location, because the file is not written.
fn without_place(error: Box<dyn Error>) -> Box<dyn Error> {
    match error.downcast::<ConfigError>() {
        Ok(error) => match error.help {
            Some(help) => format!("{}; {help}", error.message).into(),
            None => error.message.into(),
        },
        Err(error) => error,
    }
}

fn manifest_here() -> Result<Option<DocumentMut>, Box<dyn Error>> {
    if !Path::new("Cargo.toml").is_file() {
        return Ok(None);
    }
    let text = fs::read_to_string("Cargo.toml")?;
    Ok(Some(text.parse().map_err(|error| format!("Cargo.toml: {error}"))?))
}

/// The document of this folder, if there is exactly one in the usual places.
fn find() -> Result<String, String> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        for stem in STEMS {
            found.extend(ENDINGS.iter().map(|ending| format!("{folder}{stem}.{ending}")));
        }
    }
    found.retain(|path| Path::new(path).is_file());
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err("there is no openapi.yaml here: name the document".to_owned()),
        several => Err(format!("there are several documents: name one of {}", several.join(", "))),
    }
}

fn name_of(document: &str) -> String {
    let file = if fetch::is_url(document) { fetch::without_query(document) } else { document };
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    if NAMELESS.contains(&stem.as_str()) { "api".to_owned() } else { stem }
}
