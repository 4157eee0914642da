//! The tests of stores on `PostgreSQL`, with a server that the test starts.
//!
//! The server comes from Debian's packages. If it is not installed, the tests report that they are
//! skipped. With `CI=true`, they fail.

use std::error::Error;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

use generated_client::stateset::types::User;
use sandbox::store::PostgresStore;
use sandbox::{Data, Sandbox};

use crate::TestResult;

type Failure = Box<dyn Error + Send + Sync>;

/// A server whose data is in a temporary folder. It stops when it is dropped.
struct Server {
    folder: tempfile::TempDir,
    bin: PathBuf,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let stop = command(&self.bin.join("pg_ctl"))
            .arg("stop")
            .args(["-m", "immediate", "-D"])
            .arg(self.folder.path().join("data"))
            .output();
        if let Err(error) = stop {
            eprintln!("the PostgreSQL server of a test could not be stopped: {error}");
        }
    }
}

/// The programs of the newest installed server.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let bins = versions.filter_map(|version| Some(version.ok()?.path().join("bin")));
    let mut found: Vec<_> = bins.filter(|bin| bin.join("initdb").exists() && bin.join("pg_ctl").exists()).collect();
    found.sort();
    found.pop()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

/// A command that runs as a user other than root, because the server refuses to run as root.
fn command(program: &Path) -> Command {
    let mut command = if is_root() {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    };
    command.current_dir("/").stdin(Stdio::null());
    command
}

fn ran(output: &Output) -> Result<(), Failure> {
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned().into())
}

fn begin() -> Result<Option<Server>, Failure> {
    let Some(bin) = programs() else {
        let text = "no PostgreSQL server is installed (Debian's package `postgresql`)";
        if std::env::var_os("CI").is_some_and(|value| value == "true") {
            return Err(text.into());
        }
        eprintln!("skipped: {text}");
        return Ok(None);
    };
    let folder = tempfile::Builder::new().prefix("sandbox-pg").tempdir_in(std::env::temp_dir())?;
    if is_root() {
        ran(&Command::new("chown").arg("postgres").arg(folder.path()).output()?)?;
    }
    let data = folder.path().join("data");
    ran(&command(&bin.join("initdb"))
        .args(["--no-sync", "-A", "trust", "-U", "sandbox", "-E", "UTF8", "-D"])
        .arg(&data)
        .output()?)?;
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let options =
        format!("-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='{}'", folder.path().display());
    // The server inherits the pipes and keeps them open, so `output` would never return.
    let started = command(&bin.join("pg_ctl"))
        .args(["start", "-w", "-t", "60", "-D"])
        .arg(&data)
        .args(["-o", &options, "-l"])
        .arg(folder.path().join("log"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    let server = Server { folder, bin, port };
    if started.success() {
        return Ok(Some(server));
    }
    let log = std::fs::read_to_string(server.folder.path().join("log")).unwrap_or_default();
    Err(format!("the PostgreSQL server did not start: {log}").into())
}

impl Server {
    fn url(&self) -> String {
        format!("postgres://sandbox@127.0.0.1:{}/postgres", self.port)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postgresql_behaves_like_every_store() -> TestResult {
    let Some(server) = begin()? else {
        return Ok(());
    };
    let url = server.url();
    crate::stores::suite(Arc::new(PostgresStore::connect(&url).await?)).await?;
    // A second connection finds that the schema has already been migrated.
    PostgresStore::connect(&url).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn several_sandboxes_share_a_database_and_lose_no_update() -> TestResult {
    let Some(server) = begin()? else {
        return Ok(());
    };
    let start = || Sandbox::builder().data(Data::Postgres(server.url())).start();
    let (one, two) = tokio::try_join!(start(), start())?;
    let mut writers = Vec::new();
    for (number, client) in [one.stateset()?, two.stateset()?].into_iter().cycle().take(64).enumerate() {
        writers.push(tokio::spawn(async move {
            // Two writers change different fields of one user, each through a different sandbox.
            let id = format!("pair_{}", number / 2);
            let made = User::new().id(id.as_str());
            // One of the two creates the user; the other gets 409.
            let _ = client.create_user(&made).await;
            let text = number.to_string();
            let body = match number % 2 {
                0 => User::new().title(text),
                _ => User::new().bio(text),
            };
            client.update_user(id.as_str(), &body).await.map(|_| ()).map_err(|error| error.to_string())
        }));
    }
    for writer in writers {
        writer.await??;
    }
    for pair in 0..32 {
        let user = one.stateset()?.get_user(format!("pair_{pair}")).await?.into_body();
        assert_eq!(user.title, Some((pair * 2).to_string()));
        assert_eq!(user.bio, Some((pair * 2 + 1).to_string()));
    }
    Ok(())
}
