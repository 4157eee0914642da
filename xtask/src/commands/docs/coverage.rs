//! Writes `docs/coverage.md` from the claims of the fixtures. The page shows how far each key of
//! the format is supported.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use specwright_codegen::diagnostics::catalogue;
use specwright_codegen::openapi::grammar::Kind;

use super::claims::{self, Claim, Since, Support};
use crate::fixture::{self, Fixture};
use crate::workspace::Workspace;

const INTRODUCTION: &str = "\
<!-- Made from `tests/fixtures/emit` by `cargo xtask docs`; do not edit. -->

# Coverage

This page shows how far each key of Swagger 2.0 and of OpenAPI 3.0, 3.1 and 3.2 is supported. Each row has a small document. The tests compile and call
the client and the server that are generated from it. The last column links to the document and its tests. `cargo xtask docs` fails if a row claims a
key that its document does not use, if a key has no row, or if the generator leaves out more of a document than its rows say.

| client, server | meaning |
|---|---|
| yes | fully supported |
| documentation only | it appears in the generated documentation, which is its only purpose |
| not applicable | it requires nothing from generated code |
| no | not supported; the diagnostic reports it |
";

/// A claim and the name of its fixture.
type FixtureClaim<'c> = (&'c str, &'c Claim);

/// The page, or all problems of the claims.
///
/// # Errors
///
/// If a fixture can't be read.
pub fn page(workspace: &Workspace) -> Result<Result<String, Vec<String>>, Box<dyn std::error::Error>> {
    let mut problems = Vec::new();
    let mut claims = BTreeMap::new();
    for fixture in Fixture::all(workspace)? {
        let of_fixture = claims::of(workspace, &fixture)?;
        problems.extend(of_fixture.problems);
        claims.insert(fixture.name, of_fixture.rows);
    }
    let rows: Vec<FixtureClaim<'_>> =
        claims.iter().flat_map(|(fixture, claims)| claims.iter().map(move |claim| (fixture.as_str(), claim))).collect();
    let mut page = INTRODUCTION.to_owned();
    for kind in Kind::ALL {
        object(&mut page, *kind, &rows, &mut problems);
    }
    beyond(&mut page, &rows);
    diagnostics(&mut page, &rows);
    definitions(&mut page, claims.keys());
    Ok(if problems.is_empty() { Ok(page) } else { Err(problems) })
}

/// Writes the keys of one object.
fn object(page: &mut String, kind: Kind, rows: &[FixtureClaim<'_>], problems: &mut Vec<String>) {
    if kind.fields().next().is_none() {
        return;
    }
    // Writing to a string can't fail.
    let _ = write!(page, "\n## {}\n\n", capitalized(kind.title()));
    page.push_str(
        "| key | feature | since | client | server | diagnostic | shown by |\n|---|---|---|---|---|---|---|\n",
    );
    let mut written: Vec<&str> = Vec::new();
    for field in kind.rows() {
        // A key that Swagger 2.0 and OpenAPI 3 write differently has one row here.
        if written.contains(&field.key) {
            continue;
        }
        written.push(field.key);
        let mut is_shown = false;
        for (fixture, claim) in rows {
            let mut keys = claim.keys.iter().filter(|key| key.kind == kind && key.name == field.key).peekable();
            if keys.peek().is_none() {
                continue;
            }
            is_shown = true;
            let values: Vec<String> =
                keys.filter_map(|key| key.value.as_ref()).map(|value| format!("`{value}`")).collect();
            let values = if values.is_empty() { String::new() } else { format!(": {}", values.join(", ")) };
            row(page, &format!("`{}`{values} | {}", field.key, claim.feature), fixture, claim);
        }
        if !is_shown {
            problems.push(format!("no document in {} shows `{kind:?}.{}`", fixture::FOLDER, field.key));
        }
    }
}

/// Writes the features that no key describes.
fn beyond(page: &mut String, rows: &[FixtureClaim<'_>]) {
    page.push_str("\n## Beyond the keys\n\nThe format leaves these features to tools.\n\n");
    page.push_str("| feature | since | client | server | diagnostic | shown by |\n|---|---|---|---|---|---|\n");
    for (fixture, claim) in rows.iter().filter(|(_, claim)| claim.keys.is_empty()) {
        row(page, &claim.feature, fixture, claim);
    }
}

/// Writes the diagnostics about what is left out or degraded.
fn diagnostics(page: &mut String, rows: &[FixtureClaim<'_>]) {
    page.push_str(
        "\n## Limits\n\nThis table lists every diagnostic about something that is left out or degraded. [The manual](diagnostics.md) explains what to do.\n\n| code | severity | meaning | shown by |\n|---|---|---|---|\n",
    );
    for (info, effect) in catalogue().filter_map(|info| Some((info, info.effect?))) {
        let mut shown: Vec<String> = rows
            .iter()
            .filter(|(_, claim)| claim.diagnostic.as_deref() == Some(info.id))
            .map(|(fixture, _)| links(fixture))
            .collect();
        shown.dedup();
        let _ = writeln!(page, "| {} | {} | {} | {} |", code(info.id), effect, info.summary, shown.join(", "));
    }
}

fn row(page: &mut String, start: &str, fixture: &str, claim: &Claim) {
    let since = match claim.since {
        Since::V2_0 => "2.0",
        Since::V3_0 => "3.0",
        Since::V3_1 => "3.1",
        Since::V3_2 => "3.2",
    };
    let diagnostic = claim.diagnostic.as_deref().map(code).unwrap_or_default();
    let (client, server) = (label(claim.client), label(claim.server));
    let _ = writeln!(page, "| {start} | {since} | {client} | {server} | {diagnostic} | {} |", links(fixture));
}

fn label(support: Support) -> &'static str {
    match support {
        Support::Yes => "yes",
        Support::No => "no",
        Support::DocumentationOnly => "documentation only",
        Support::NotApplicable => "not applicable",
    }
}

fn code(id: &str) -> String {
    format!("[`{id}`](diagnostics.md#{id})")
}

/// Links to a document and its tests, defined at the end of the page.
fn links(fixture: &str) -> String {
    format!("[{fixture}], [tests][{fixture} tests]")
}

/// The definitions of the links.
fn definitions<'c>(page: &mut String, fixtures: impl Iterator<Item = &'c String>) {
    page.push('\n');
    for fixture in fixtures {
        let folder = fixture::FOLDER;
        let _ = writeln!(page, "[{fixture}]: ../{folder}/{fixture}.yaml");
        let _ = writeln!(page, "[{fixture} tests]: ../tests/tests/features/{fixture}.rs");
    }
}

fn capitalized(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
