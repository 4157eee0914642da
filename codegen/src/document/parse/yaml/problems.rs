//! The diagnostics of YAML.

use saphyr_parser::Tag;

use crate::diagnostics::{Diagnostic, codes};
use crate::source::Span;

pub(super) fn several_documents(span: Span) -> Diagnostic {
    let message = "the file holds several YAML documents; only the first is read";
    Diagnostic::new(&codes::SEVERAL_DOCUMENTS, span, message).help("put each document into a file of its own")
}

pub(super) fn empty(span: Span) -> Box<Diagnostic> {
    let diagnostic = Diagnostic::new(&codes::EMPTY_DOCUMENT, span, "the file has no content");
    Box::new(diagnostic.help("check that this is the file you mean"))
}

pub(super) fn complex_key(span: Span) -> Diagnostic {
    let message = "this key is an array or object; the entry is left out";
    Diagnostic::new(&codes::COMPLEX_KEY, span, message)
        .help("use text as the key; put values that start with `{` or `[` in quotes")
}

pub(super) fn not_finite(text: &str, span: Span) -> Diagnostic {
    let message = format!("JSON has no number `{text}`; it is read as text");
    Diagnostic::new(&codes::NON_JSON_NUMBER, span, message).help("remove it, or quote it if text is meant")
}

pub(super) fn unknown_tag(tag: &Tag, span: Span) -> Diagnostic {
    Diagnostic::new(&codes::UNKNOWN_TAG, span, format!("the tag `{tag}` has no meaning here and is ignored"))
        .help("remove the tag; quote the value if it is meant to be text")
}

pub(super) fn recursive_alias(span: Span, pointer: String) -> Box<Diagnostic> {
    let message = "this alias is part of the node that it names";
    let diagnostic = Diagnostic::new(&codes::RECURSIVE_ALIAS, span, message).at(pointer);
    Box::new(diagnostic.help("use a `$ref` for recursive schemas"))
}

pub(super) fn too_much_flow(span: Span, most: usize) -> Box<Diagnostic> {
    let message =
        format!("the file has more than {most} commas, brackets and quoted texts, too many to be read as YAML");
    let diagnostic = Diagnostic::new(&codes::FILE_TOO_LARGE, span, message);
    Box::new(diagnostic.help("write it as JSON or in block style, or check that this is the file you mean"))
}

pub(super) fn expansion(span: Span, pointer: String) -> Box<Diagnostic> {
    let message = "aliases expand to more than fits into memory";
    let diagnostic = Diagnostic::new(&codes::ALIAS_EXPANSION, span, message).at(pointer);
    Box::new(diagnostic.help("use `$ref` instead of aliases to aliases"))
}

/// The message of the parser, with help if the usual cause is known.
pub(super) fn syntax(text: &str, info: &str, span: Span, pointer: String) -> Box<Diagnostic> {
    let line_start = text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let indent: String = line.chars().take_while(|char| char.is_whitespace()).collect();
    let help = if indent.contains('\t') || info.contains("tab") {
        "indent with spaces; YAML allows no tabs there"
    } else if info.contains("mapping values are not allowed") {
        "quote text that contains `: `, or indent the key as deep as the keys beside it"
    } else if info.contains("simple key") || info.contains("could not find expected ':'") {
        "put `:` after the key, or quote text that goes over several lines"
    } else if info.contains("unknown anchor") {
        "an alias (`*name`) needs an anchor (`&name`) before it; quote text that starts with `*`"
    } else if info.contains("quoted scalar") {
        "close the quotes; write a quote inside single quotes twice, inside double quotes as `\\\"`"
    } else if info.contains("cannot start any token") || info.contains("unexpected character") {
        "quote text that starts with `@`, `` ` ``, `%`, `&`, `*` or `!`"
    } else if info.contains("flow") {
        "close `[` and `{`, and separate what is between them by commas"
    } else if info.contains("block") || info.contains("indent") {
        "indent keys of one object, and dashes of one list, by the same number of spaces"
    } else {
        "correct the YAML here or in the line before"
    };
    let message = info.trim_end_matches('.').to_owned();
    Box::new(Diagnostic::new(&codes::YAML_SYNTAX, span, message).help(help).at(pointer))
}
