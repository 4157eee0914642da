//! `mock --proxy` and `mock --replay`: check the traffic of a service against the document.

use std::fs;
use std::path::Path;

use serde_json::json;
use specwright_codegen::text;
use specwright_mock::Proxy;
use specwright_mock::traffic::{Proposal, Report as TrafficReport, Violations, overlay};
use specwright_mock::web::serve::stop_signal;

use super::{Options, builder};
use crate::commands::CommandResult;
use crate::exit::Exit;
use crate::report::Report;

/// Runs a proxy until it is interrupted.
pub(super) async fn proxy(options: &Options, url: &str, report: &mut Report) -> CommandResult {
    // Whoever reads the address may stop the proxy at once.
    let mut stopped = std::pin::pin!(stop_signal()?);
    let proxy = builder(options)?.proxy(url).await?;
    announce(&proxy, url, report);
    let mut found = proxy.listen();
    loop {
        tokio::select! {
            Some(violations) = found.recv() => show(&violations, report),
            () = &mut stopped => break,
        }
    }
    let (checked, proposals) = proxy.finish().await;
    while let Ok(violations) = found.try_recv() {
        show(&violations, report);
    }
    let exit = end(options, &checked, &proposals, report)?;
    if checked.failed > 0 && exit == Exit::Done {
        report.error_message(&"the service did not respond to some requests, so nothing is known about them");
        return Ok(Exit::Document);
    }
    Ok(exit)
}

/// Checks a recording.
pub(super) async fn replay(options: &Options, recording: &Path, report: &mut Report) -> CommandResult {
    let path = recording.display();
    let traffic = builder(options)?.traffic()?;
    let har = fs::read_to_string(recording).map_err(|error| format!("{path}: {error}"))?;
    let replayed = traffic.replay(&har).await.map_err(|error| format!("{path}: {error}"))?;
    if replayed.left_out > 0 {
        let left_out = replayed.left_out;
        report.note(format_args!("{path}: {left_out} exchanges are with other hosts or incomplete, and left out"));
    }
    if replayed.checked == 0 {
        report.error_message(&format_args!("{path}: no exchange in this recording is with the API of the document"));
        return Ok(Exit::Document);
    }
    let (checked, proposals) = (traffic.report(), traffic.proposals().await);
    end(options, &checked, &proposals, report)
}

fn announce(proxy: &Proxy, service: &str, report: &mut Report) {
    let document = proxy.document();
    let (title, operations, url) = (&document.api.title, document.operations.len(), proxy.url());
    report.line(text::line(&format!("{title}: {operations} operations of {service} through {url}")));
    report.line(format_args!("Violations are shown here and at {url}/_mock/. Press Ctrl-C to stop."));
    report.object(&json!({"url": url, "service": service, "title": title, "operations": operations}));
}

/// Prints a kind of violation when it occurs for the first time.
fn show(violations: &Violations, report: &mut Report) {
    report.line(violations);
    report.object(&json!({ "violation": violations }));
}

/// Prints and writes what was found.
fn end(options: &Options, checked: &TrafficReport, proposals: &[Proposal], report: &mut Report) -> CommandResult {
    report.line(text::lines(checked.to_text(proposals).trim_end()));
    report.object(&checked.to_json(proposals));
    if let Some(file) = &options.report {
        let name = file.extension().and_then(|name| name.to_str()).unwrap_or_default().to_ascii_lowercase();
        let written = match name.as_str() {
            "xml" => checked.to_junit(),
            "json" => format!("{}\n", text::json(&checked.to_json(proposals).to_string())),
            _ => checked.to_text(proposals),
        };
        fs::write(file, written).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    if let Some(file) = options.propose.as_ref().filter(|_| !proposals.is_empty()) {
        fs::write(file, overlay(proposals)).map_err(|error| format!("{}: {error}", file.display()))?;
        let path = file.display();
        report.note(format_args!("{path} has what the document lacks; try it with `--overlay {path}`"));
    }
    Ok(if checked.is_clean() { Exit::Done } else { Exit::Violation })
}
