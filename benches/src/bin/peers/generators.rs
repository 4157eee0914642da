//! The generators that are compared, and the commands that run them.

use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::Document;

/// A generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Generator {
    /// This project's, run as `xtask generate`.
    Ours,
    /// `openapi-to-rust`.
    OpenapiToRust,
    /// `oas3-gen`.
    Oas3Gen,
    /// `ploidy`.
    Ploidy,
}

/// What is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// The client alone.
    Client,
    /// Client and server.
    ClientAndServer,
}

impl Target {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Client, Self::ClientAndServer];

    /// The name of the folder for the output.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::ClientAndServer => "client-and-server",
        }
    }
}

impl Generator {
    /// All of them, in the order in which tables list them.
    pub const ALL: [Self; 4] = [Self::Ours, Self::OpenapiToRust, Self::Oas3Gen, Self::Ploidy];

    /// The name of its program, which is also that of its package.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "xtask",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Oas3Gen => "oas3-gen",
            Self::Ploidy => "ploidy",
        }
    }

    /// The version that is installed and compared; empty for ours.
    pub fn version(self) -> &'static str {
        match self {
            Self::Ours => "",
            Self::OpenapiToRust => "0.23.0",
            Self::Oas3Gen => "0.29.0",
            Self::Ploidy => "0.15.0",
        }
    }

    /// The commands that generate the target into `folder`. There are none if the generator has no
    /// such target.
    ///
    /// # Errors
    ///
    /// If a configuration file can't be written.
    pub fn commands(
        self,
        program: &Path,
        target: Target,
        document: &Document,
        folder: &Path,
    ) -> io::Result<Vec<Command>> {
        let command = |arguments: &[&str]| {
            let mut command = Command::new(program);
            command.args(arguments);
            command
        };
        let (path, out) = (document.path.to_string_lossy(), folder.to_string_lossy());
        Ok(match (self, target) {
            (Self::Ours, Target::Client) => vec![command(&["generate", &path, "--out", &out, "--no-server"])],
            (Self::Ours, Target::ClientAndServer) => vec![command(&["generate", &path, "--out", &out])],
            (Self::OpenapiToRust, Target::Client) => {
                vec![command(&["generate", &path, "--output-dir", "src/generated"])]
            }
            (Self::OpenapiToRust, Target::ClientAndServer) => {
                fs::write(folder.join("both.toml"), configuration(document))?;
                vec![command(&["generate", "--config", "both.toml"])]
            }
            (Self::Oas3Gen, Target::Client) => {
                vec![command(&["generate", "client-mod", "-w", "-i", &path, "-o", &out])]
            }
            // It has no mode that generates both.
            (Self::Oas3Gen, Target::ClientAndServer) => vec![
                command(&["generate", "client-mod", "-w", "-i", &path, "-o", &out]),
                command(&["generate", "server-mod", "-w", "-i", &path, "-o", &format!("{out}/server")]),
            ],
            (Self::Ploidy, Target::Client) => {
                vec![command(&["generate", "rust", &path, "--name", "subject", "-o", &out])]
            }
            (Self::Ploidy, Target::ClientAndServer) => Vec::new(),
        })
    }

    /// Turns the output into a crate where the generator writes only modules.
    ///
    /// # Errors
    ///
    /// If a file can't be read or written.
    pub fn complete(self, folder: &Path) -> io::Result<()> {
        if self != Self::OpenapiToRust {
            return Ok(());
        }
        // The dependencies that its modules need.
        let dependencies = fs::read_to_string(folder.join("src/generated/REQUIRED_DEPS.toml"))?;
        let package = "[package]\nname = \"subject\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n";
        fs::write(folder.join("Cargo.toml"), format!("{package}{dependencies}"))?;
        fs::write(folder.join("src/lib.rs"), "pub mod generated;\n")
    }
}

/// A configuration of openapi-to-rust that selects every operation for client and server.
fn configuration(document: &Document) -> String {
    let operations = toml::Value::from(document.operations.clone());
    let path = toml::Value::from(document.path.to_string_lossy().into_owned());
    format!(
        "[generator]\nspec_path = {path}\noutput_dir = \"src/generated\"\nmodule_name = \"api\"\n\n\
         [features]\nenable_async_client = true\n\n\
         [server]\nframework = \"axum\"\noperations = {operations}\n"
    )
}
