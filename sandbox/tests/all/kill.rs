//! Tests of the program: its output, its arguments, and that acknowledged writes survive `kill -9`.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use generated_client::stateset::types::User;
use generated_client::stateset::{Client, Credentials};

use crate::TestResult;

/// A running program, which is killed with SIGKILL when it is dropped.
pub struct Program {
    child: Child,
    /// `http://127.0.0.1:…`
    pub origin: String,
    greeting: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts the program on a free port, and reads its greeting.
///
/// # Errors
/// If it does not start.
pub fn start(arguments: &[&str]) -> Result<Program, Box<dyn std::error::Error + Send + Sync>> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args(["--port", "0"])
        .args(arguments)
        .env("RUST_LOG", "warn")
        .stdout(Stdio::piped())
        .spawn()?;
    let mut lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let (mut greeting, mut origin) = (String::new(), String::new());
    while !greeting.contains("stateset/v1/users") {
        let line = lines.next().ok_or("the program ended")??;
        if let Some((_, rest)) = line.split_once(" on ") {
            rest.trim_end_matches('/').clone_into(&mut origin);
        }
        greeting.push_str(&line);
        greeting.push('\n');
    }
    Ok(Program { child, origin, greeting })
}

fn client(origin: &str) -> Result<Client, specwright_runtime::client::BuildError> {
    let token = Credentials::Token("stateset_token_sandbox".into());
    Client::builder(format!("{origin}/v1")).credentials(token).build()
}

/// The file of the state.
pub fn file(folder: &Path) -> String {
    folder.join("state.db").display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn acknowledged_writes_survive_kill_9() -> TestResult {
    const WRITES: usize = 1000;
    let folder = tempfile::tempdir()?;
    let mut program = start(&["--data", &file(folder.path())])?;
    let acknowledged = Arc::new(AtomicUsize::new(0));
    let mut writers = Vec::new();
    for writer in 0..10 {
        let (client, acknowledged) = (client(&program.origin)?, Arc::clone(&acknowledged));
        writers.push(tokio::spawn(async move {
            let mut written = Vec::new();
            for number in 0..WRITES / 10 {
                let id = format!("w{writer}_{number}");
                let body = User::new().id(id.as_str()).bio(&id);
                if client.create_user(&body).await.is_err() {
                    break;
                }
                acknowledged.fetch_add(1, Ordering::SeqCst);
                written.push(id);
            }
            written
        }));
    }
    while acknowledged.load(Ordering::SeqCst) < WRITES / 3 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // `Child::kill` is SIGKILL.
    program.child.kill()?;
    program.child.wait()?;
    let mut written = Vec::new();
    for writer in writers {
        written.extend(writer.await?);
    }
    assert!(written.len() >= WRITES / 3 && written.len() < WRITES, "killed in the middle: {}", written.len());
    let program = start(&["--data", &file(folder.path())])?;
    let users = client(&program.origin)?.list_users().await?.into_body();
    for id in &written {
        assert!(users.iter().any(|user| user.bio.as_ref() == Some(id)), "{id} was acknowledged and is lost");
    }
    Ok(())
}

#[test]
fn each_printed_command_works() -> TestResult {
    let program = start(&["--data", "memory"])?;
    let calls: Vec<_> = program.greeting.lines().filter_map(|line| line.trim().strip_prefix("try ")).collect();
    assert_eq!(calls.len(), 4);
    for call in calls {
        let ran = Command::new("sh").args(["-c", &format!("{} -sSf", call.trim())]).output()?;
        assert!(ran.status.success(), "{call}: {}", String::from_utf8_lossy(&ran.stderr));
    }
    Ok(())
}

#[cfg(unix)]
#[test]
fn it_stops_on_sigterm() -> TestResult {
    let mut program = start(&["--data", "memory", "--latency", "1..2"])?;
    let asked = Command::new("kill").arg(program.child.id().to_string()).status()?;
    assert!(asked.success());
    assert!(program.child.wait()?.success());
    Ok(())
}

#[test]
fn wrong_arguments_are_explained() -> TestResult {
    for arguments in [["--fail-rate", "2"], ["--latency", "fast"], ["--provider", "nobody"], ["--seed", "nowhere.yaml"]]
    {
        let ran = Command::new(env!("CARGO_BIN_EXE_sandbox"))
            .args(["--port", "0", "--data", "memory"])
            .args(arguments)
            .output()?;
        assert!(!ran.status.success() && !ran.stderr.is_empty(), "{arguments:?}");
    }
    Ok(())
}
