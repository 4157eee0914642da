//! Groups of modules that are generated into one folder: the providers, and the fixtures that the
//! tests compile and call.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use specwright_codegen::config::ProviderConfig;
use specwright_codegen::diagnostics::Severity;
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::output::{Directory, Plan, PlanError};
use specwright_codegen::pipeline::{self, Generated, Generation, Packaging};
use specwright_codegen::render::{self, RenderError, RenderedFile};
use specwright_codegen::surface::Surface;

use crate::fixture::{self, Fixture};
use crate::provider::Provider;
use crate::workspace::Workspace;

/// The folder of the providers' modules, relative to the workspace.
pub const PROVIDERS: &str = "generated-client/src/generated";

/// The folder of the surfaces of the providers' modules, relative to the workspace.
pub const SURFACES: &str = "generated-client/api";

/// The folder of the fixtures' modules, relative to the workspace.
pub const FIXTURES: &str = "tests/src/generated";

/// One document to generate.
#[derive(Clone, Debug)]
pub struct Job {
    /// Its name in messages.
    pub name: String,
    /// Which of its diagnostics are printed.
    pub shown: ShownDiagnostics,
    document: String,
    overlay: Option<String>,
    /// The path of the configuration; the file may not exist.
    config_path: String,
    config: ProviderConfig,
    layout: Layout,
}

/// Which diagnostics of a document are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShownDiagnostics {
    /// All of them.
    All,
    /// Only those of a document with errors. The others are intended, and `docs/coverage.md` lists
    /// them.
    OfFailures,
}

/// Modules that are generated into one folder.
#[derive(Clone, Debug)]
pub struct Group {
    /// The folder, relative to the workspace.
    pub folder: &'static str,
    /// The documents to generate in this run.
    pub jobs: Vec<Job>,
    /// All modules that belong to the folder, whether or not they are generated in this run.
    modules: BTreeSet<String>,
    /// The text of `mod.rs`.
    module_list: String,
}

impl Job {
    /// The name of the generated module.
    pub fn module(&self) -> &str {
        &self.config.module
    }

    /// Every file that it reads, except those that the document refers to.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        [&self.document, &self.config_path].into_iter().chain(&self.overlay).map(String::as_str)
    }

    /// Whether a later run with the same inputs may skip the job. This requires that no diagnostic
    /// was printed, and that no file was read that [`Job::inputs`] does not list.
    pub fn is_skippable(&self, generation: &Generation) -> bool {
        let reported = generation.diagnostics.iter().any(|one| one.severity != Severity::Note);
        let is_input = |path: &str| self.inputs().any(|input| input == path);
        (self.shown == ShownDiagnostics::OfFailures || !reported)
            && generation.sources.iter().all(|(_, file)| is_input(file.path()))
    }

    /// The file that lists the public items of the module.
    pub fn surface(&self, generation: &Generation) -> Option<RenderedFile> {
        let api = generation.api.as_ref()?;
        let text = format!("# {}\n{}", render::header(&self.document), Surface::of(api));
        Some(RenderedFile { path: self.surface_path(), text })
    }

    /// The path of that file below [`SURFACES`].
    pub fn surface_path(&self) -> String {
        format!("{}.txt", self.module())
    }

    /// Reads the document and prints the module.
    ///
    /// # Errors
    ///
    /// If the generator has a bug.
    pub fn run(&self, workspace: &Workspace) -> Result<Generated, RenderError> {
        let overlay = self.overlay.as_deref();
        let mut generated = pipeline::generate(
            &self.document,
            &workspace.reader(),
            overlay,
            &self.config,
            &self.layout,
            Packaging::Module,
        )?;
        for file in &mut generated.files {
            file.path = format!("{}/{}", self.config.module, file.path);
        }
        Ok(generated)
    }
}

impl Group {
    /// The modules of all providers. Those in `chosen` are generated, or all if it is empty.
    pub fn providers(all: &[Provider], chosen: &[String]) -> Self {
        let jobs = all
            .iter()
            .filter(|provider| chosen.is_empty() || chosen.contains(&provider.name))
            .map(|provider| Job {
                name: provider.name.clone(),
                shown: ShownDiagnostics::All,
                document: provider.document(),
                overlay: provider.overlay(),
                config_path: provider.config_path(),
                config: provider.config.clone(),
                layout: layout("generated_client", provider.module(), Emission::Printed),
            })
            .collect();
        let modules: BTreeSet<String> = all.iter().map(|provider| provider.module().to_owned()).collect();
        let mut module_list = format!("// {}\n//! One module for each provider.\n", render::header("specs"));
        for module in &modules {
            let feature = module.replace('_', "-");
            // Writing to a string can't fail.
            let _ = write!(module_list, "\n#[cfg(feature = \"{feature}\")]\npub mod {module};\n");
        }
        Self { folder: PROVIDERS, jobs, modules, module_list }
    }

    /// The modules of all fixtures.
    pub fn fixtures(all: &[Fixture]) -> Self {
        let jobs = all
            .iter()
            .map(|fixture| Job {
                name: fixture.name.clone(),
                shown: ShownDiagnostics::OfFailures,
                document: fixture.document(),
                overlay: None,
                config_path: fixture.config_path(),
                config: fixture.config.clone(),
                layout: layout("tests::generated", &fixture.name, Emission::Omitted),
            })
            .collect();
        let modules: BTreeSet<String> = all.iter().map(|fixture| fixture.name.clone()).collect();
        let mut module_list = format!("// {}\n//! One module for each fixture.\n", render::header(fixture::FOLDER));
        for module in &modules {
            let _ = write!(module_list, "\npub mod {module};\n");
        }
        Self { folder: FIXTURES, jobs, modules, module_list }
    }

    /// The changes of the folder: generated modules, the list of all modules, and removed modules.
    ///
    /// # Errors
    ///
    /// If the folder can't be read, or a file that was not generated is in the way.
    pub fn plan(&self, mut files: Vec<RenderedFile>, directory: &Directory) -> Result<Plan, PlanError> {
        files.push(RenderedFile { path: "mod.rs".to_owned(), text: self.module_list.clone() });
        Plan::within(&files, directory, |path| self.is_renewed(path.split('/').next().unwrap_or_default()))
    }

    /// The changes of the surfaces of the modules.
    ///
    /// # Errors
    ///
    /// As [`Group::plan`].
    pub fn plan_surfaces(&self, files: &[RenderedFile], directory: &Directory) -> Result<Plan, PlanError> {
        Plan::within(files, directory, |path| self.is_renewed(path.strip_suffix(".txt").unwrap_or(path)))
    }

    /// Whether a module is generated in this run or has no document.
    fn is_renewed(&self, module: &str) -> bool {
        self.jobs.iter().any(|job| job.module() == module) || !self.modules.contains(module)
    }
}

fn layout(above: &str, module: &str, document: Emission) -> Layout {
    Layout {
        path: format!("{above}::{module}"),
        client: Emission::Printed,
        server: Emission::Printed,
        document,
        examples: Emission::Omitted,
    }
}
