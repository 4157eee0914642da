//! Measures imports of 2 MiB: valid records, and texts that are costly to read.
//!
//! `cargo run --release -p sandbox --example imports` prints the CPU time of each, and what others
//! wait at most meanwhile: they ask for something small every millisecond. One thread responds to
//! requests. The CPU time includes that of the clients.

use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};
use reqwest::{Client, StatusCode};
use sandbox::{Data, Sandbox};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const LENGTH: usize = 2 << 20;

fn main() -> Outcome<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(measured())
}

async fn measured() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    println!("| import | status | CPU, ms | others wait, ms |\n|---|---|---|---|");
    for (store, data) in [("", Data::Memory), (", SQLite", Data::File(folder.path().join("imports.db")))] {
        let sandbox = Sandbox::builder().data(data).start().await?;
        for (name, text) in valid().into_iter().chain(if store.is_empty() { hostile() } else { Vec::new() }) {
            let (status, spent, longest) = measure(sandbox.origin(), text).await?;
            println!("| {name}{store} | {} | {} | {} |", status.as_u16(), spent.as_millis(), longest.as_millis());
        }
        let (spent, longest) = export(sandbox.origin()).await?;
        println!(
            "| the export of the last valid import{store} | 200 | {} | {} |",
            spent.as_millis(),
            longest.as_millis()
        );
        sandbox.stop().await;
    }
    Ok(())
}

async fn measure(origin: &str, text: String) -> Outcome<(StatusCode, Duration, Duration)> {
    let import = Client::new().post(format!("{origin}/_sandbox/import")).body(text);
    beside(origin, async { Ok(import.send().await?.status()) }).await
}

async fn export(origin: &str) -> Outcome<(Duration, Duration)> {
    let export = Client::new().get(format!("{origin}/_sandbox/export"));
    let (_, spent, longest) = beside(origin, async { Ok(export.send().await?.bytes().await?.len()) }).await?;
    Ok((spent, longest))
}

/// What something returns, the CPU time that it takes, and what others wait at most meanwhile.
async fn beside<T>(origin: &str, run: impl Future<Output = Outcome<T>>) -> Outcome<(T, Duration, Duration)> {
    let done = Arc::new(AtomicBool::new(false));
    let others = tokio::spawn(others(format!("{origin}/_sandbox/health"), Arc::clone(&done)));
    tokio::time::sleep(Duration::from_millis(20)).await;
    let before = spent()?;
    let result = run.await;
    let spent = spent()?.saturating_sub(before);
    done.store(true, Ordering::Relaxed);
    Ok((result?, spent, others.await??))
}

async fn others(url: String, done: Arc<AtomicBool>) -> Outcome<Duration> {
    let (client, mut longest) = (Client::new(), Duration::ZERO);
    client.get(&url).send().await?;
    while !done.load(Ordering::Relaxed) {
        let due = Instant::now() + Duration::from_millis(1);
        tokio::time::sleep_until(due.into()).await;
        client.get(&url).send().await?.error_for_status()?;
        longest = longest.max(due.elapsed());
    }
    Ok(longest)
}

fn spent() -> Outcome<Duration> {
    let usage = getrusage(UsageWho::RUSAGE_SELF)?;
    let micros = [usage.user_time(), usage.system_time()].map(|time| time.tv_sec() * 1_000_000 + time.tv_usec());
    Ok(Duration::from_micros(u64::try_from(micros[0] + micros[1])?))
}

/// Records that are imported.
fn valid() -> Vec<(&'static str, String)> {
    let user = |number: usize| format!("\"u{number}\":{{\"data\":{{\"email\":\"u{number}@a.example\"}}}}");
    let block = |number: usize| format!("  u{number}:\n    data:\n      email: u{number}@a.example\n");
    let small = |number: usize| format!("\"u{number}\":{{}}");
    let identified = |number: usize| {
        format!("\"u{number}\":{{\"identifiers\":[{{\"type\":\"email_address\",\"value\":\"{number}@a.example\"}}]}}")
    };
    let list = repeated("{\"stateset/users\":{\"u\":{\"list\":[", "1,", "1]}}}", 1_990_000);
    vec![
        ("users, JSON", filled("{\"rownd/users/app_sandbox\":{", ",", "}}", user)),
        ("users, YAML", filled("rownd/users/app_sandbox:\n", "", "", block)),
        ("users with identifiers", filled("{\"prelude/users/54e9ujn\":{", ",", "}}", identified)),
        ("small users", filled("{\"stateset/users\":{", ",", "}}", small)),
        (
            "collections of one user",
            filled("{", ",", "}", |number| format!("\"rownd/users/a{number}\":{{\"u\":{{}}}}")),
        ),
        ("a list of 995,000 numbers", list),
        ("one text", format!("stateset/users: {{u: {{text: \"{}\"}}}}", "a".repeat(LENGTH))),
        ("one text of escapes", format!("stateset/users: {{u: {{text: \"{}\"}}}}", "\\u00e9".repeat(LENGTH / 6))),
        ("one text of short lines", format!("stateset/users:\n  u:\n    text: |\n{}", "      a\n".repeat(LENGTH / 8))),
        ("one text of folded lines", format!("stateset/users:\n  u:\n    text:\n{}", "      a\n".repeat(LENGTH / 8))),
    ]
}

/// Texts that are refused.
fn hostile() -> Vec<(&'static str, String)> {
    let opened = |name, open: &str| (name, open.repeat(LENGTH / open.len()));
    vec![
        opened("brackets", "["),
        opened("objects in objects", "{a: "),
        opened("lists in lists", "- "),
        opened("keys in keys", "? "),
        opened("deeper and deeper lines", "a:\n "),
        opened("lists of numbers", "- 1\n"),
        opened("one line of numbers", "1,"),
        opened("keys without values", "a: \n"),
        opened("one long word", "a"),
        opened("one long key", "a "),
        opened("colons", ":"),
        opened("comments", "#\n"),
        opened("empty lines", "\n"),
        opened("spaces", " "),
        opened("tabs", "\t"),
        opened("anchors", "&a "),
        opened("tags", "!a "),
        opened("aliases", "*a "),
        opened("directives", "%YAML 1.2\n"),
        opened("documents", "---\n"),
        opened("quotes", "'"),
        opened("double quotes", "\""),
        opened("a long block", "|\n"),
        ("keys of one object", filled("{", ",", "}", |number| format!("k{number}"))),
        ("lists within 60 levels", format!("{}{}", "[".repeat(60), "[],".repeat(LENGTH / 3))),
        ("complex keys", repeated("", "? [a]\n: 1\n", "", LENGTH)),
        ("a long key of a list", format!("[{}: 1]", "a ".repeat(LENGTH / 2))),
    ]
}

fn repeated(open: &str, item: &str, close: &str, length: usize) -> String {
    format!("{open}{}{close}", item.repeat(length / item.len()))
}

/// As many items as fit.
fn filled(open: &str, between: &str, close: &str, item: impl Fn(usize) -> String) -> String {
    let mut text = open.to_owned();
    for number in 0.. {
        let next = item(number);
        if text.len() + between.len() + next.len() + close.len() > LENGTH {
            break;
        }
        let between = if number == 0 { "" } else { between };
        let _ = write!(text, "{between}{next}");
    }
    text + close
}
