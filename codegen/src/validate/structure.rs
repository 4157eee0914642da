//! Values have the form that their key requires, keys are known, and required keys are present.

use crate::diagnostics::nearest;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Document, Entry, Node, Object, Value, VersionLine};
use crate::openapi::context::NodeContext;
use crate::openapi::grammar::{Form, Kind};
use crate::openapi::operations::is_method;
use crate::openapi::repair;
use crate::openapi::walk::is_pure_reference;

/// Longer values, in bytes of JSON, are not repeated in an overlay.
const LONGEST_REPAIR: usize = 120;

pub(super) fn check(document: &Document, kind: Kind, node: &Node, context: &mut NodeContext<'_>) {
    let Some(object) = node.as_object() else {
        // The object around this value reports it; the document itself has none around it.
        return;
    };
    let version = document.version.line;
    let reference = is_pure_reference(kind, node);
    for entry in object {
        match kind.form_in(&entry.key, version) {
            Some(form) => {
                // In 2.0, a form of version 3 is accepted.
                let fits = form.fits(&entry.value) || kind.form(&entry.key).is_some_and(|form| form.fits(&entry.value));
                if !fits {
                    wrong(kind, form, entry, context);
                }
            }
            None if entry.key.starts_with("x-") => {}
            None => unknown(kind, version, object, entry, context),
        }
    }
    if !reference {
        missing(kind, version, node, object, context);
    }
}

/// Reports the innermost value that is wrong, and what is expected there.
fn wrong(kind: Kind, form: Form, entry: &Entry, context: &mut NodeContext<'_>) {
    let inner = match (form, &entry.value.value) {
        (Form::Texts, Value::Array(members)) => {
            members.iter().find(|member| member.as_str().is_none()).map(|node| (node, "a string"))
        }
        (Form::Many(of) | Form::OneOrMany(of), Value::Array(members)) => {
            members.iter().find(|member| !of.is_object(member)).map(|node| (node, "an object"))
        }
        (Form::Named(of), Value::Object(object)) => {
            object.values().find(|value| !of.is_object(value)).map(|node| (node, "an object"))
        }
        (Form::TextMap, Value::Object(object)) => {
            object.values().find(|value| value.as_str().is_none()).map(|node| (node, "a string"))
        }
        _ => None,
    };
    let (node, wanted) = inner.unwrap_or((&entry.value, form.title()));
    // In YAML, a key without a value is the same as no key.
    let harmless = node.is_null();
    if !harmless && kind == Kind::PathItem && is_method(&entry.key) {
        malformed_operation(entry, context);
        return;
    }
    let message = format!("`{}` of the {} is {}, not {wanted}", entry.key, kind.title(), article(node));
    let diagnostic = Diagnostic::new(&codes::WRONG_KIND, node, message);
    let diagnostic = match (kind, &*entry.key) {
        _ if harmless => diagnostic.note().help("remove the key, or give it a value"),
        (Kind::OpenApi, "paths") => diagnostic.error().help("nothing can be generated from it"),
        _ => diagnostic.help(format!("it is left out, unless it can be read as {wanted}")),
    };
    context.report_at(&entry.key, diagnostic);
}

fn malformed_operation(entry: &Entry, context: &mut NodeContext<'_>) {
    let message = format!("the operation `{}` is {}, not an object", entry.key, article(&entry.value));
    let help = "it is left out; describe it with at least `responses`";
    context.report_at(&entry.key, Diagnostic::new(&codes::MALFORMED_OPERATION, &entry.value, message).help(help));
}

fn article(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "empty",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn unknown(kind: Kind, version: VersionLine, object: &Object, entry: &Entry, context: &mut NodeContext<'_>) {
    let free = kind.fields_in(version).map(|field| field.key).filter(|key| !object.contains_key(key));
    let meant = nearest(&entry.key, free);
    // JSON Schema lets anyone add keywords, so only apparent typos are reported.
    if kind == Kind::Schema && meant.is_none() {
        return;
    }
    let message = format!("{} has no key `{}`", kind.noun(), entry.key);
    let diagnostic = Diagnostic::new(&codes::UNKNOWN_KEY, entry, message);
    let diagnostic = match meant {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.note().help("it is ignored; keys of your own start with `x-`"),
    };
    let repair = meant.and_then(|meant| moved(entry, meant, context));
    context.report_at(&entry.key, Diagnostic { overlay: repair, ..diagnostic });
}

/// The actions that move a value to the key that was meant, if the value is short enough for a
/// message.
fn moved(entry: &Entry, meant: &str, context: &NodeContext<'_>) -> Option<String> {
    let value = entry.value.to_json().to_string();
    (value.len() <= LONGEST_REPAIR).then(|| {
        let update = repair::update(&context.pointer(), &format!("{meant}: {value}"));
        format!("{update}\n{}", repair::remove(&context.path().key(&entry.key).pointer()))
    })
}

fn missing(kind: Kind, version: VersionLine, node: &Node, object: &Object, context: &mut NodeContext<'_>) {
    for field in kind.fields_in(version).filter(|field| field.required && !object.contains_key(field.key)) {
        let message = format!("{} needs the key `{}`", kind.noun(), field.key);
        context.report(Diagnostic::new(&codes::MISSING_KEY, node, message).help(format!("add `{}`", field.key)));
    }
}
