//! The program `sandbox`: local servers of Rownd, Prelude, Looker and `StateSet`.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use sandbox::{Data, Provider, Sandbox, StartError};
use specwright_mock::web::serve::stop_signal;
use tracing_subscriber::EnvFilter;

/// Run local servers of Rownd, Prelude, Looker and StateSet: stateful, and validated by their
/// OpenAPI documents
#[derive(Debug, Parser)]
#[command(
    name = "sandbox",
    version,
    after_help = "The page at `/` shows users and requests; `/_sandbox/` has export, import and reset. Logs go to standard error; \
                  RUST_LOG=warn reduces them. Ctrl-C and SIGTERM stop the sandbox after the current requests."
)]
struct Arguments {
    /// Port on loopback; 0 selects a free one
    #[arg(long, default_value_t = 4010)]
    port: u16,
    /// Where to keep the state: a file, or `memory`
    #[arg(long, value_name = "FILE|memory", default_value = "sandbox.db")]
    data: String,
    /// Keep the state in a PostgreSQL database, which several sandboxes can share:
    /// `postgres://user@host/name`
    #[arg(long, value_name = "URL", conflicts_with = "data")]
    database: Option<String>,
    /// Initial records, used if there is no state yet; in the format of an export
    #[arg(long, value_name = "FILE.yaml")]
    seed: Option<PathBuf>,
    /// Serve only these providers
    #[arg(long, value_name = "NAME", num_args = 1..)]
    provider: Vec<Provider>,
    /// Delay of each response in milliseconds: `50` or `10..200`
    #[arg(long, value_name = "MS", value_parser = latency, default_value = "0")]
    latency: (Duration, Duration),
    /// Share of requests that fail with 503, from 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share, default_value = "0")]
    fail_rate: f64,
    /// Requests per second and token before Looker responds with 429; StateSet only counts them
    /// down in headers
    #[arg(long, value_name = "N")]
    rate_limit: Option<u32>,
    /// Also respond to requests for the page and `/_sandbox/` that name this host; repeatable
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Lifetime of a Looker token in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 3600)]
    token_lifetime: u64,
}

fn latency(text: &str) -> Result<(Duration, Duration), String> {
    let (least, most) = text.split_once("..").unwrap_or((text, text));
    let read = |text: &str| text.trim_end_matches("ms").parse().map(Duration::from_millis);
    match (read(least), read(most)) {
        (Ok(least), Ok(most)) if least <= most => Ok((least, most)),
        _ => Err("expected milliseconds such as `50` or `10..200`".to_owned()),
    }
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("expected a number from 0 to 1".to_owned()),
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    // No colours in files and pipes.
    let colours = std::io::stderr().is_terminal();
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(colours).with_writer(std::io::stderr).init();
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let mut builder = Sandbox::builder()
        .port(arguments.port)
        .data(data(&arguments)?)
        .latency(arguments.latency.0, arguments.latency.1)
        .fail_rate(arguments.fail_rate)
        .token_lifetime(Duration::from_secs(arguments.token_lifetime));
    if let Some(path) = &arguments.seed {
        let yaml = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        builder = builder.seed(yaml);
    }
    for name in &arguments.allow_host {
        builder = builder.allow_host(name);
    }
    if let Some(limit) = arguments.rate_limit {
        builder = builder.rate_limit(limit);
    }
    if !arguments.provider.is_empty() {
        builder = builder.providers(&arguments.provider);
    }
    let stopped = stop_signal()?;
    let sandbox = builder.start().await?;
    // A closed pipe is no reason to stop.
    let _ = std::io::stdout().write_all(greeting(&sandbox).as_bytes());
    let _ = std::io::stdout().flush();
    stopped.await;
    tracing::info!("stopping");
    sandbox.stop().await;
    Ok(())
}

fn data(arguments: &Arguments) -> Result<Data, StartError> {
    if let Some(url) = &arguments.database {
        return postgres(url);
    }
    match arguments.data.as_str() {
        "memory" => Ok(Data::Memory),
        path => file(path),
    }
}

#[cfg(feature = "sqlite")]
#[expect(clippy::unnecessary_wraps, reason = "fails without the feature")]
fn file(path: &str) -> Result<Data, StartError> {
    Ok(Data::File(path.into()))
}

#[cfg(not(feature = "sqlite"))]
fn file(_: &str) -> Result<Data, StartError> {
    Err(std::io::Error::other("this build keeps state in memory only; build it with the feature `sqlite`").into())
}

#[cfg(feature = "postgres")]
#[expect(clippy::unnecessary_wraps, reason = "fails without the feature")]
fn postgres(url: &str) -> Result<Data, StartError> {
    Ok(Data::Postgres(url.to_owned()))
}

#[cfg(not(feature = "postgres"))]
fn postgres(_: &str) -> Result<Data, StartError> {
    Err(std::io::Error::other("this build has no PostgreSQL; build it with the feature `postgres`").into())
}

fn greeting(sandbox: &Sandbox) -> String {
    let mut text = format!("sandbox {} on {}/\n", sandbox::VERSION, sandbox.origin());
    for provider in sandbox.providers() {
        let base = sandbox.base_url(provider);
        let call = sandbox::curl(provider, &base, sandbox.credentials());
        let credentials = sandbox.credentials().of(provider);
        let credentials: Vec<_> = credentials.into_iter().map(|(name, value)| format!("{name} {value}")).collect();
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n{}\n  base URL     {base}\n  credentials  {}\n  try          {call}\n",
            provider.title(),
            credentials.join(", "),
        );
    }
    text
}
