//! How each generator is called, and how a crate of its output is compiled.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Document;
use super::cost::{self, Cost, Profile};

/// A generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tool {
    /// This one.
    Ours,
    /// `openapi-to-rust`.
    OpenapiToRust,
    /// `oas3-gen`.
    Oas3Gen,
    /// `ploidy`.
    Ploidy,
}

impl Tool {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ours, Self::OpenapiToRust, Self::Oas3Gen, Self::Ploidy];

    /// Its name, and the version that is compared.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Ours => ("xtask", ""),
            Self::OpenapiToRust => ("openapi-to-rust", "0.23.0"),
            Self::Oas3Gen => ("oas3-gen", "0.29.0"),
            Self::Ploidy => ("ploidy", "0.15.0"),
        }
    }
}

/// What is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Face {
    /// The client.
    Client,
    /// Client and server.
    Both,
}

/// Where peers, their output and what is compiled of it stand.
pub struct Workshop {
    root: PathBuf,
    cargo: std::ffi::OsString,
}

impl Workshop {
    /// The workshop with every program in it: ours built, the peers installed.
    pub fn open() -> Result<Self, Box<dyn Error>> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/peers");
        fs::create_dir_all(&root)?;
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let workshop = Self { root: root.canonicalize()?, cargo };
        for tool in Tool::ALL {
            let (name, version) = tool.name();
            let mut command = Command::new(&workshop.cargo);
            if tool == Tool::Ours {
                command.args(["build", "--release", "--package", "xtask"]).current_dir(env!("CARGO_MANIFEST_DIR"));
            } else if workshop.program(tool).is_file() {
                continue;
            } else {
                let package = format!("{name}@{version}");
                command.args(["install", "--locked", &package, "--root"]).arg(&workshop.root);
            }
            if !command.status()?.success() {
                return Err(format!("{name} could not be built").into());
            }
        }
        Ok(workshop)
    }

    fn program(&self, tool: Tool) -> PathBuf {
        let folder = if tool == Tool::Ours { "../release" } else { "bin" };
        self.root.join(folder).join(tool.name().0)
    }

    /// The folder of a crate; its name says nothing, so that compilers see the same name
    /// everywhere.
    fn folder(&self, tool: Tool, face: Face, document: &Document) -> PathBuf {
        let face = if face == Face::Client { "client" } else { "both" };
        self.root.join("out").join(&document.name).join(tool.name().0).join(face).join("subject")
    }

    /// Generates into an empty folder; `None` if the program refuses, or has no such thing.
    pub fn generate(&self, tool: Tool, face: Face, document: &Document) -> Result<Option<Cost>, Box<dyn Error>> {
        let folder = self.folder(tool, face, document);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        let mut total: Option<Cost> = None;
        for mut command in self.commands(tool, face, document, &folder)? {
            let (output, cost) = cost::run(command.current_dir(&folder))?;
            if !output.status.success() {
                return Ok(None);
            }
            total = Some(total.map_or(cost, |total| total + cost));
        }
        Ok(total)
    }

    fn commands(
        &self,
        tool: Tool,
        face: Face,
        document: &Document,
        folder: &Path,
    ) -> Result<Vec<Command>, Box<dyn Error>> {
        let command = |arguments: &[&str]| {
            let mut command = Command::new(self.program(tool));
            command.args(arguments);
            command
        };
        let (path, out) = (document.path.to_string_lossy(), folder.to_string_lossy());
        Ok(match (tool, face) {
            (Tool::Ours, Face::Client) => vec![command(&["generate", &path, "--out", &out, "--no-server"])],
            (Tool::Ours, Face::Both) => vec![command(&["generate", &path, "--out", &out])],
            (Tool::OpenapiToRust, Face::Client) => {
                vec![command(&["generate", &path, "--output-dir", "src/generated"])]
            }
            (Tool::OpenapiToRust, Face::Both) => {
                fs::write(folder.join("both.toml"), configuration(document))?;
                vec![command(&["generate", "--config", "both.toml"])]
            }
            (Tool::Oas3Gen, Face::Client) => vec![command(&["generate", "client-mod", "-w", "-i", &path, "-o", &out])],
            // There is no mode for both.
            (Tool::Oas3Gen, Face::Both) => vec![
                command(&["generate", "client-mod", "-w", "-i", &path, "-o", &out]),
                command(&["generate", "server-mod", "-w", "-i", &path, "-o", &format!("{out}/server")]),
            ],
            (Tool::Ploidy, Face::Client) => {
                vec![command(&["generate", "rust", &path, "--name", "subject", "-o", &out])]
            }
            (Tool::Ploidy, Face::Both) => Vec::new(),
        })
    }

    /// What the client alone costs, its dependencies compiled before; `None` if it does not
    /// compile.
    pub fn compile(&self, tool: Tool, document: &Document, profile: Profile) -> Result<Option<Cost>, Box<dyn Error>> {
        let folder = self.folder(tool, Face::Client, document);
        if tool == Tool::OpenapiToRust {
            complete(&folder)?;
        }
        let root = folder.join("src/lib.rs");
        let text = fs::read(&root)?;
        // Dependencies alone, for an empty crate.
        fs::write(&root, "")?;
        let (output, _) = cost::run(&mut self.cargo(tool, &folder, profile))?;
        fs::write(&root, text)?;
        if !output.status.success() {
            return Ok(None);
        }
        let (output, cost) = cost::run(&mut self.cargo(tool, &folder, profile))?;
        Ok(output.status.success().then_some(cost))
    }

    fn cargo(&self, tool: Tool, folder: &Path, profile: Profile) -> Command {
        let mut command = Command::new(&self.cargo);
        command
            .args(profile.arguments())
            .arg("--quiet")
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", self.root.join("compiled").join(tool.name().0))
            .env("CARGO_INCREMENTAL", "0");
        command
    }
}

/// Every operation for client and server.
fn configuration(document: &Document) -> String {
    let operations = toml::Value::from(document.operations.clone());
    let path = toml::Value::from(document.path.to_string_lossy().into_owned());
    format!(
        "[generator]\nspec_path = {path}\noutput_dir = \"src/generated\"\nmodule_name = \"api\"\n\n[features]\nenable_async_client = true\n\n[server]\nframework = \"axum\"\noperations = {operations}\n"
    )
}

/// Makes a crate of the modules that openapi-to-rust writes, with the dependencies that it asks
/// for.
fn complete(folder: &Path) -> std::io::Result<()> {
    let dependencies = fs::read_to_string(folder.join("src/generated/REQUIRED_DEPS.toml"))?;
    let package = "[package]\nname = \"subject\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    fs::write(folder.join("Cargo.toml"), format!("{package}{dependencies}"))?;
    fs::write(folder.join("src/lib.rs"), "pub mod generated;\n")
}
