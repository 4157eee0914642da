//! Prints the README of a crate: a description, a first program, features, credentials, servers,
//! the traits of the server, and the operations by tag.
//!
//! **Invariant:** its program is the one on the front page of the documentation, which is compiled.

use super::page::Page;
use super::{Layout, module, needs};
use crate::emit::source::Content;
use crate::emit::{SourceFile, client, rustdoc, security};
use crate::ir::model::{Api, Split};

/// `README.md`.
pub(super) fn file<'a>(api: &'a Api, layout: &'a Layout) -> SourceFile<'a> {
    SourceFile { path: "README.md".to_owned(), content: Content::Markdown(paragraphs(api, layout).join("\n\n")) }
}

fn paragraphs(api: &Api, layout: &Layout) -> Vec<String> {
    let page = Page { api, headings: "##", link: |name, _| format!("`{name}`") };
    let title = rustdoc::plain(api.title.trim());
    let title = if title.is_empty() { layout.path.clone() } else { title };
    let mut paragraphs = vec![format!("# {title}"), module::sentence(api, layout), module::version(api)];
    paragraphs.push(
        "This page and the documentation of the crate (`cargo doc --open`) are generated from the document. `api.txt` \
         lists all public items with their signatures, one per line."
            .to_owned(),
    );
    let has_calls = layout.client.is_printed() && !api.operations.is_empty();
    if let Some(program) = client::first_program(api, &layout.path).filter(|_| has_calls) {
        paragraphs.push(page.heading("First steps"));
        paragraphs.push(format!("```rust\n{}\n```", without_hidden_lines(&program)));
        paragraphs.push(ERRORS.to_owned());
    }
    paragraphs.extend([page.heading("Features"), features(api, layout)]);
    paragraphs.extend(page.credentials());
    if layout.client.is_printed() {
        paragraphs.extend(page.servers());
    }
    if layout.server.is_printed() {
        paragraphs.extend([page.heading("The server"), server(api)]);
    }
    if !api.operations.is_empty() {
        paragraphs.extend(page.operations());
    }
    paragraphs
}

/// What every client does.
const ERRORS: &str = "\
A call returns the documented responses below 400 as values, and all others as errors. `error.api()` returns the \
response if it is documented. Optional parameters are set on the call before it is awaited. \
Timeouts, retries and credentials are set on `Client::builder`.";

/// The program for a reader who does not need the lines that rustdoc hides: as a function.
fn without_hidden_lines(program: &str) -> String {
    let mut is_inside = false;
    let mut shown = Vec::new();
    for line in program.lines() {
        match line.strip_prefix("# ") {
            Some("}") => {
                is_inside = false;
                shown.push("}".to_owned());
            }
            Some(hidden) if is_inside => shown.push(format!("    {hidden}")),
            Some(hidden) => {
                is_inside = hidden.ends_with('{');
                shown.push(hidden.to_owned());
            }
            None if is_inside && !line.is_empty() => shown.push(format!("    {line}")),
            None => shown.push(line.to_owned()),
        }
    }
    shown.join("\n")
}

/// A table. Features with the same comment share a row.
fn features(api: &Api, layout: &Layout) -> String {
    let mut rows: Vec<(String, String)> = Vec::new();
    for feature in needs::all_features(api, layout) {
        let default = if feature.is_default { " (default)" } else { "" };
        let name = format!("`{}`{default}", feature.name);
        match rows.last_mut() {
            Some((names, comment)) if *comment == feature.comment => {
                names.push_str(", ");
                names.push_str(&name);
            }
            _ => rows.push((name, feature.comment)),
        }
    }
    let rows = rows
        .into_iter()
        .map(|(names, comment)| format!("| {names} | {} |", comment.trim_end_matches('.').replace('|', "\\|")));
    let head = ["| feature | adds |", "|---|---|"].map(ToOwned::to_owned);
    head.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

fn server(api: &Api) -> String {
    let base = &api.type_stem;
    let mut sentences = match &api.split {
        Split::One => vec![format!("Implement the trait `server::{base}`.")],
        Split::Groups(groups) => {
            let names: Vec<String> = groups.iter().map(|group| format!("`{}`", group.name)).collect();
            vec![format!("Implement the traits of `server`: `{base}`, and {} for its operations.", names.join(", "))]
        }
    };
    if security::has_credentials(api) {
        sentences.push("`authenticate` identifies the caller that presents credentials.".to_owned());
    }
    sentences.push("A method that is not implemented responds with `501`.".to_owned());
    sentences.push("`server::router` makes an axum router that passes only valid requests to the methods.".to_owned());
    sentences.join(" ")
}

#[cfg(test)]
mod tests {
    use super::without_hidden_lines;

    #[test]
    fn hidden_lines_become_a_function() {
        let program = "use a::Client;\n\n# async fn example() -> R {\nlet client = Client::builder(\"u\")\n    .build()?;\n\n# Ok(())\n# }";
        let shown = "use a::Client;\n\nasync fn example() -> R {\n    let client = Client::builder(\"u\")\n        .build()?;\n\n    Ok(())\n}";
        assert_eq!(without_hidden_lines(program), shown);
    }
}
