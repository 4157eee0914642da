//! `mock`: serves a document at once, without generating code, or checks traffic by it.

mod traffic;

use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;
use specwright_codegen::pipeline::{Generation, Statistics};
use specwright_mock::state::StateSettings;
use specwright_mock::web::serve::stop_signal;
use specwright_mock::{Builder, Mock, StartError};

use super::CommandResult;
use crate::exit::Exit;
use crate::report::{Report, Shown};

/// Serve a document at once. Requests are routed and validated as by the generated server;
/// responses come from examples and schemas.
///
/// The mock listens on loopback until it is interrupted. `/_mock/` shows its requests. With
/// `--proxy` or `--replay`, the responses come from a service, and both requests and responses are
/// checked against the document.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("traffic").args(["proxy", "replay"]))]
pub struct Options {
    /// The document, in YAML or JSON.
    #[arg(value_name = "DOCUMENT")]
    document: PathBuf,
    /// An overlay that repairs or extends the document.
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// The port. By default, a free one is chosen.
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// A file that corrects what the mock infers about resources.
    #[arg(long, value_name = "FILE", conflicts_with = "stateless")]
    state: Option<PathBuf>,
    /// Keep no state, and respond only from the document.
    #[arg(long)]
    stateless: bool,
    /// Make different IDs. The same number always makes the same IDs.
    #[arg(long, value_name = "NUMBER", default_value_t = 0, hide_default_value = true)]
    seed: u64,
    /// Delay each response by up to this many milliseconds. Two numbers, as in `50-200`, are the
    /// minimum and the maximum.
    #[arg(long, value_name = "MS", value_parser = latency)]
    latency: Option<(u64, u64)>,
    /// The share of requests, from 0 to 1, that fail with 503.
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, hide_default_value = true, value_parser = share)]
    fail_rate: f64,
    /// Also show the page to requests for this host. Repeatable.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// Pass all requests on to the service at this base URL, and check requests and responses
    /// against the document. Ends with status 6 if there were violations.
    #[arg(long, value_name = "URL", conflicts_with_all = OF_MOCK)]
    proxy: Option<String>,
    /// Check the requests and responses of a recording (HAR) against the document, and end, with
    /// status 6 if there are violations.
    #[arg(long, value_name = "FILE", conflicts_with_all = OF_MOCK)]
    replay: Option<PathBuf>,
    /// Write the violations to this file: `JUnit` XML if its name ends in `.xml`, JSON if it ends
    /// in `.json`, else text.
    #[arg(long, value_name = "FILE", requires = "traffic")]
    report: Option<PathBuf>,
    /// Write an overlay to this file, with which the document would allow what occurred several
    /// times.
    #[arg(long, value_name = "FILE", requires = "traffic")]
    propose: Option<PathBuf>,
}

/// The options that only concern the responses of a mock.
const OF_MOCK: [&str; 5] = ["state", "stateless", "seed", "latency", "fail_rate"];

/// Runs the command.
///
/// # Errors
///
/// If the port is in use, or the file of corrections cannot be used.
pub fn run(options: &Options, report: &mut Report) -> CommandResult {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let ran: Result<Exit, Box<dyn std::error::Error>> = runtime.block_on(async {
        match (&options.proxy, &options.replay) {
            (Some(url), _) => traffic::proxy(options, url, report).await,
            (None, Some(recording)) => traffic::replay(options, recording, report).await,
            (None, None) => serve(options, report).await,
        }
    });
    let error = match ran {
        Ok(exit) => return Ok(exit),
        Err(error) => error,
    };
    match error.downcast::<StartError>().map(|error| *error) {
        Ok(StartError::Document(error)) => {
            let statistics = Statistics::default();
            let (diagnostics, sources) = (error.diagnostics, error.sources);
            report.diagnostics(&Generation { api: None, diagnostics, sources, statistics }, Shown::default());
            Ok(Exit::Document)
        }
        Ok(error) => Err(error.into()),
        Err(error) => Err(error),
    }
}

async fn serve(options: &Options, report: &mut Report) -> CommandResult {
    // Whoever reads the address may stop the mock at once.
    let stopped = stop_signal()?;
    let mock = builder(options)?.start().await?;
    announce(&mock, report);
    stopped.await;
    mock.stop().await;
    Ok(Exit::Done)
}

fn builder(options: &Options) -> Result<Builder, Box<dyn std::error::Error>> {
    let (least, most) = options.latency.unwrap_or_default();
    let mut builder = Mock::of(&options.document)
        .port(options.port)
        .latency(Duration::from_millis(least), Duration::from_millis(most))
        .fail_rate(options.fail_rate)
        .seed(options.seed);
    if options.stateless {
        builder = builder.stateless();
    }
    if let Some(file) = &options.state {
        let path = file.display().to_string();
        let text = std::fs::read_to_string(file).map_err(|error| format!("{path}: {error}"))?;
        builder = builder.state_settings(&path, StateSettings::parse(&path, &text)?);
    }
    if let Some(overlay) = &options.overlay {
        builder = builder.overlay(overlay);
    }
    Ok(options.allow_host.iter().fold(builder, Builder::allow_host))
}

/// Prints the address of the mock.
fn announce(mock: &Mock, report: &mut Report) {
    let document = mock.document();
    let (title, operations, url) = (&document.api.title, document.operations.len(), mock.url());
    report.line(format_args!("{title}: {operations} operations at {url}"));
    let behaviours = mock.behaviours();
    for one in &behaviours {
        report.line(format_args!("  inferred: {}: {}", one.resource, one.rule));
    }
    report.line(format_args!("The last requests are at {url}/_mock/. Press Ctrl-C to stop."));
    report.object(&json!({"url": url, "title": title, "operations": operations, "behaviours": behaviours}));
}

/// `200` or `50-200`.
fn latency(text: &str) -> Result<(u64, u64), String> {
    let (least, most) = text.split_once('-').unwrap_or(("0", text));
    match (least.trim().parse(), most.trim().parse()) {
        (Ok(least), Ok(most)) if least <= most => Ok((least, most)),
        _ => Err("write milliseconds, such as `200`, or the minimum and the maximum, such as `50-200`".to_owned()),
    }
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "write a number from 0 to 1".to_owned())
}
