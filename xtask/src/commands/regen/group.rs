//! Modules that are generated into one folder: those of the bundled providers, and those that the
//! tests compile and call.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use specwright_codegen::diagnostics::Severity;
use specwright_codegen::emit::scaffold::{Emission, Layout};
use specwright_codegen::output::{Directory, Plan, PlanError};
use specwright_codegen::pipeline::{self, Generated, Generation, Packaging};
use specwright_codegen::provider::ProviderConfig;
use specwright_codegen::render::{self, RenderError, RenderedFile};

use crate::fixture::{self, Fixture};
use crate::provider::Provider;
use crate::workspace::Workspace;

/// Where the modules of providers stand, relative to the workspace.
pub const PROVIDERS: &str = "generated-client/src/generated";

/// Where the modules of fixtures stand, relative to the workspace.
pub const FIXTURES: &str = "tests/src/generated";

/// One document to generate.
#[derive(Clone, Debug)]
pub struct Job {
    /// What people call it.
    pub name: String,
    /// Which of its findings people see.
    pub findings: Findings,
    document: String,
    overlay: Option<String>,
    /// The file with choices, there or not.
    choices: String,
    config: ProviderConfig,
    layout: Layout,
}

/// Which findings about a document people see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Findings {
    /// All of them.
    Shown,
    /// Those of a document that can't be generated: the others are meant, and `docs/coverage.md`
    /// tells of them.
    OfRefusals,
}

/// Modules that are generated into one folder.
#[derive(Clone, Debug)]
pub struct Group {
    /// The folder, relative to the workspace.
    pub folder: &'static str,
    /// The documents that are generated now.
    pub jobs: Vec<Job>,
    /// The modules that belong there, generated now or not.
    modules: BTreeSet<String>,
    /// The text of `mod.rs`.
    list: String,
}

impl Job {
    /// The module it makes.
    pub fn module(&self) -> &str {
        &self.config.module
    }

    /// Every file that it reads, unless the document refers to others.
    pub fn inputs(&self) -> impl Iterator<Item = &str> {
        [&self.document, &self.choices].into_iter().chain(&self.overlay).map(String::as_str)
    }

    /// Whether a later run that makes the same may keep silent: people were told nothing, and only
    /// our own files were read.
    pub fn is_quiet(&self, generation: &Generation) -> bool {
        let told = generation.diagnostics.iter().any(|finding| finding.severity != Severity::Note);
        let is_ours = |path: &str| self.inputs().any(|input| input == path);
        (self.findings == Findings::OfRefusals || !told)
            && generation.sources.iter().all(|(_, file)| is_ours(file.path()))
    }

    /// Reads the document and prints the module.
    ///
    /// # Errors
    ///
    /// A defect of the generator.
    pub fn run(&self, workspace: &Workspace) -> Result<Generated, RenderError> {
        let overlay = self.overlay.as_deref();
        let mut generated = pipeline::generate(
            &self.document,
            &workspace.reader(),
            overlay,
            &self.config,
            &self.layout,
            &Packaging::Module,
        )?;
        for file in &mut generated.files {
            file.path = format!("{}/{}", self.config.module, file.path);
        }
        Ok(generated)
    }
}

impl Group {
    /// The modules of all providers, of which those in `chosen` are generated; all if it is empty.
    pub fn providers(all: &[Provider], chosen: &[String]) -> Self {
        let jobs = all
            .iter()
            .filter(|provider| chosen.is_empty() || chosen.contains(&provider.name))
            .map(|provider| Job {
                name: provider.name.clone(),
                findings: Findings::Shown,
                document: provider.document(),
                overlay: provider.overlay(),
                choices: provider.choices(),
                config: provider.config.clone(),
                layout: layout("generated_client", provider.module(), Emission::Printed),
            })
            .collect();
        let modules: BTreeSet<String> = all.iter().map(|provider| provider.module().to_owned()).collect();
        let mut list = format!("// {}\n//! One module for each provider.\n", render::header("specs"));
        for module in &modules {
            let feature = module.replace('_', "-");
            // Writing to a string can't fail.
            let _ = write!(list, "\n#[cfg(feature = \"{feature}\")]\npub mod {module};\n");
        }
        Self { folder: PROVIDERS, jobs, modules, list }
    }

    /// The modules of all fixtures.
    pub fn fixtures(all: &[Fixture]) -> Self {
        let jobs = all
            .iter()
            .map(|fixture| Job {
                name: fixture.name.clone(),
                findings: Findings::OfRefusals,
                document: fixture.document(),
                overlay: None,
                choices: fixture.choices(),
                config: fixture.config.clone(),
                layout: layout("tests::generated", &fixture.name, Emission::Omitted),
            })
            .collect();
        let modules: BTreeSet<String> = all.iter().map(|fixture| fixture.name.clone()).collect();
        let mut list = format!("// {}\n//! One module for each fixture.\n", render::header(fixture::FOLDER));
        for module in &modules {
            let _ = write!(list, "\npub mod {module};\n");
        }
        Self { folder: FIXTURES, jobs, modules, list }
    }

    /// What is to be done in the folder: for the modules that were generated, for the list of all,
    /// and for modules that are gone.
    ///
    /// # Errors
    ///
    /// If the folder can't be read, or something that isn't ours is in the way.
    pub fn plan(&self, mut files: Vec<RenderedFile>, directory: &Directory) -> Result<Plan, PlanError> {
        let renewed: BTreeSet<&str> = self.jobs.iter().map(Job::module).collect();
        files.push(RenderedFile { path: "mod.rs".to_owned(), text: self.list.clone() });
        Plan::within(&files, directory, |path| {
            let module = path.split('/').next().unwrap_or_default();
            renewed.contains(module) || !self.modules.contains(module)
        })
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
