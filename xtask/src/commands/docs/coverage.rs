//! The claims of the fixtures → `docs/coverage.md`: what becomes of every key of the format.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use specwright_codegen::diagnostics::{Severity, catalogue};
use specwright_codegen::openapi::grammar::Kind;

use super::claims::{self, Claim, Face, Since};
use crate::fixture::{self, Fixture};
use crate::workspace::Workspace;

const INTRODUCTION: &str = "\
<!-- Made from `tests/fixtures/emit` by `cargo xtask docs`; do not edit. -->

# Coverage

What becomes of each key of OpenAPI 3.0, 3.1 and 3.2. Every row is shown by a small document, from which a client and a server are
generated that the tests compile and call: the last column links the document and its tests. A row can't claim what its document lacks, a key
without a row fails `cargo xtask docs`, and so does a document of which the generator leaves out more than its rows say.

| client, server | meaning |
|---|---|
| yes | everything that the key asks for |
| told | it is told in the documentation, as it asks for no more |
| unneeded | it asks for nothing that code could do |
| no | nothing; the diagnostic says so |
";

/// A claim and the fixture it stands in.
type Row<'c> = (&'c str, &'c Claim);

/// The page; else everything that is wrong with the claims.
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
    let rows: Vec<Row<'_>> =
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

/// The keys of one object.
fn object(page: &mut String, kind: Kind, rows: &[Row<'_>], problems: &mut Vec<String>) {
    if kind.fields().next().is_none() {
        return;
    }
    // Writing to a string can't fail.
    let _ = write!(page, "\n## {}\n\n", capitalized(kind.title()));
    page.push_str(
        "| key | what it does | since | client | server | diagnostic | shown by |\n|---|---|---|---|---|---|---|\n",
    );
    for field in kind.fields() {
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

/// What no key asks for.
fn beyond(page: &mut String, rows: &[Row<'_>]) {
    page.push_str("\n## Beyond the keys\n\nWhat the format leaves to tools.\n\n");
    page.push_str("| what | since | client | server | diagnostic | shown by |\n|---|---|---|---|---|---|\n");
    for (fixture, claim) in rows.iter().filter(|(_, claim)| claim.keys.is_empty()) {
        row(page, &claim.feature, fixture, claim);
    }
}

/// What may be left out of a document, or kept with less precision.
fn diagnostics(page: &mut String, rows: &[Row<'_>]) {
    page.push_str(
        "\n## What is not generated as it stands\n\nEvery diagnostic that leaves something out or keeps it with less precision; \
         [its manual](diagnostics.md) says what to do.\n\n| code | severity | what is wrong | shown by |\n|---|---|---|---|\n",
    );
    for info in catalogue().filter(|info| matches!(info.severity, Severity::Skipped | Severity::Lowered)) {
        let mut shown: Vec<String> = rows
            .iter()
            .filter(|(_, claim)| claim.diagnostic.as_deref() == Some(info.id))
            .map(|(fixture, _)| links(fixture))
            .collect();
        shown.dedup();
        let _ = writeln!(page, "| {} | {} | {} | {} |", code(info.id), info.severity, info.summary, shown.join(", "));
    }
}

fn row(page: &mut String, start: &str, fixture: &str, claim: &Claim) {
    let since = match claim.since {
        Since::V3_0 => "3.0",
        Since::V3_1 => "3.1",
        Since::V3_2 => "3.2",
    };
    let diagnostic = claim.diagnostic.as_deref().map(code).unwrap_or_default();
    let (client, server) = (word(claim.client), word(claim.server));
    let _ = writeln!(page, "| {start} | {since} | {client} | {server} | {diagnostic} | {} |", links(fixture));
}

fn word(face: Face) -> &'static str {
    match face {
        Face::Yes => "yes",
        Face::No => "no",
        Face::Told => "told",
        Face::Unneeded => "unneeded",
    }
}

fn code(id: &str) -> String {
    format!("[`{id}`](diagnostics.md#{id})")
}

/// A document and its tests, by the definitions at the end of the page.
fn links(fixture: &str) -> String {
    format!("[{fixture}], [tests][{fixture} tests]")
}

/// Where the links lead to.
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
