//! Compares the parameters of an operation.
//!
//! Path parameters are matched by their position in the path, headers without regard to case, the
//! others by name.

use super::change::{Change, Reach};
use super::comparison::Comparison;
use super::lifecycle::{self, Sunset};
use super::media::writing;
use super::operation_pair::OperationPair;
use super::schema_pair::{Context, Writing};
use crate::document::Node;
use crate::drift::model::{ChangeSite, Located, Parameter, Revision, Schema, annotation};
use crate::drift::rules::SchemaRole;
use crate::openapi::operations::template;

/// Identifies a parameter across both documents.
#[derive(PartialEq, Eq)]
enum Identity {
    Position(usize),
    Name(String, String),
}

fn identity(parameter: &Parameter<'_>, variables: &[&str]) -> Identity {
    if parameter.location == "path"
        && let Some(position) = variables.iter().position(|name| *name == parameter.name)
    {
        return Identity::Position(position);
    }
    let name = match parameter.location {
        "header" => parameter.name.to_ascii_lowercase(),
        _ => parameter.name.to_owned(),
    };
    Identity::Name(parameter.location.to_owned(), name)
}

/// Compares the parameters of an operation.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>) {
    let old_variables = template(pair.old.path).1;
    let new_variables = template(pair.new.path).1;
    let mut left: Vec<&Parameter<'d>> = pair.new.parameters.iter().collect();
    for old in &pair.old.parameters {
        let this = identity(old, &old_variables);
        match left.iter().position(|new| identity(new, &new_variables) == this) {
            Some(position) => compare_pair(comparison, pair, old, left.remove(position)),
            None => removed(comparison, pair, old),
        }
    }
    for new in left {
        added(comparison, pair, new);
    }
}

fn name(parameter: &Parameter<'_>) -> String {
    format!("the {} parameter `{}`", parameter.location, parameter.name)
}

fn holder<'d>(at: &Located<'d>) -> Located<'d> {
    at.child_or_self("parameters")
}

fn removed<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>, old: &Parameter<'d>) {
    let (end, when) = match lifecycle::sunset(&old.at) {
        _ if !old.at.flag("deprecated") => ("removed", String::new()),
        Sunset::None => ("removed-with-deprecation", " after deprecation".to_owned()),
        Sunset::Unreadable(text) => ("sunset-parse", format!(" with the invalid sunset date `{text}`")),
        Sunset::On(date) if comparison.options.today.is_some_and(|today| today < date) => {
            ("removed-before-sunset", format!(" before its sunset on {date}"))
        }
        Sunset::On(date) => ("removed-with-deprecation", format!(" after its sunset on {date}")),
    };
    let site = ChangeSite::removed(&old.at, &holder(&pair.new.at));
    let message = format!("{} of `{}` was removed{when}", name(old), pair.new.label());
    let detail = format!("{} {}", pair.new.label(), old.name);
    comparison
        .report(Reach::Operation(pair.index), Change::new(format!("request-parameter-{end}"), site, detail, message));
}

fn added<'d>(comparison: &mut Comparison<'d>, pair: &OperationPair<'_, 'd>, new: &Parameter<'d>) {
    let id = match (new.location, new.shared, new.required()) {
        ("path", ..) => "new-request-path-parameter",
        (_, true, true) => "new-required-request-default-parameter-to-existing-path",
        (_, true, false) => "new-optional-request-default-parameter-to-existing-path",
        (_, false, true) => "new-required-request-parameter",
        (_, false, false) => "new-optional-request-parameter",
    };
    let site = ChangeSite::both(&holder(&pair.old.at), &new.at);
    let need = if new.required() { "required" } else { "optional" };
    let message = format!("the {need} {} parameter `{}` of `{}` was added", new.location, new.name, pair.new.label());
    let detail = format!("{} {}", pair.new.label(), new.name);
    comparison.report(Reach::Operation(pair.index), Change::new(id, site, detail, message));
}

fn compare_pair<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    old: &Parameter<'d>,
    new: &Parameter<'d>,
) {
    let reach = Reach::Operation(pair.index);
    let subject = name(new);
    for change in lifecycle::of_parameter(comparison, &old.at, &new.at, &subject) {
        comparison.report(reach, change);
    }
    let site = |key: &str| ChangeSite::both(&old.at.child_or_self(key), &new.at.child_or_self(key));
    if old.location == "path" && old.name != new.name {
        let message = format!("the path parameter `{}` was renamed to `{}`", old.name, new.name);
        comparison.report(
            reach,
            Change::new("request-parameter-renamed", site("name"), format!("{}>{}", old.name, new.name), message),
        );
    }
    let change = match (old.required(), new.required()) {
        (false, true) => Some(("request-parameter-became-required", "became required")),
        (true, false) => Some(("request-parameter-became-optional", "became optional")),
        _ => None,
    };
    if let Some((id, became)) = change {
        comparison.report(reach, Change::new(id, site("required"), "", format!("{subject} {became}")));
    }
    compare_writing(comparison, pair, old, new);
    compare_empty(comparison, pair, old, new);
    compare_schemas(comparison, pair, old, new);
}

/// Compares how the value is written: style, explode, reserved characters.
fn compare_writing<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    old: &Parameter<'d>,
    new: &Parameter<'d>,
) {
    let subject = name(new);
    let style = |parameter: &Parameter<'d>| match (parameter.at.text("style"), parameter.location) {
        (Some(style), _) => style.to_owned(),
        (None, "query" | "cookie") => "form".to_owned(),
        (None, _) => "simple".to_owned(),
    };
    let explode = |parameter: &Parameter<'d>| match parameter.at.value("explode").and_then(Node::as_bool) {
        Some(explode) => explode,
        None => style(parameter) == "form",
    };
    let reserved = |parameter: &Parameter<'d>| parameter.at.flag("allowReserved");
    let rows = [
        ("style", "request-parameter-style-changed", style(old), style(new)),
        ("explode", "request-parameter-explode-changed", explode(old).to_string(), explode(new).to_string()),
        (
            "allowReserved",
            "request-parameter-allow-reserved-changed",
            reserved(old).to_string(),
            reserved(new).to_string(),
        ),
    ];
    for (key, id, was, is) in rows {
        // The default of `explode` depends on the style, and scalars are written alike with both. So are
        // deep objects.
        let is_explode = key == "explode";
        let has_no_effect = || {
            let alike = style(old) != style(new) || style(new) == "deepObject";
            alike || is_scalar(comparison.old, old) || is_scalar(comparison.new, new)
        };
        if was == is || (is_explode && has_no_effect()) {
            continue;
        }
        let site = ChangeSite::both(&old.at.child_or_self(key), &new.at.child_or_self(key));
        let change = Change::new(
            id,
            site,
            format!("{was}>{is}"),
            format!("`{key}` of {subject} changed from `{was}` to `{is}`"),
        );
        comparison.report(Reach::Operation(pair.index), change);
    }
}

/// Compares whether a query parameter may be present without a value.
fn compare_empty<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    old: &Parameter<'d>,
    new: &Parameter<'d>,
) {
    let key = "allowEmptyValue";
    let allows = |revision: Revision<'d>, parameter: &Parameter<'d>| {
        parameter.at.flag(key) || is_any_text(revision, parameter) || parameter.location != "query"
    };
    let (id, phrase) = match (allows(comparison.old, old), allows(comparison.new, new)) {
        _ if old.at.flag(key) == new.at.flag(key) => return,
        (true, false) => ("request-parameter-empty-value-denied", "no longer allows an empty value"),
        (false, true) => ("request-parameter-empty-value-allowed", "now allows an empty value"),
        _ => return,
    };
    let site = ChangeSite::both(&old.at.child_or_self(key), &new.at.child_or_self(key));
    let message = format!("{} of `{}` {phrase}", name(new), pair.new.label());
    comparison.report(Reach::Operation(pair.index), Change::new(id, site, pair.new.label(), message));
}

/// Whether every text is a value of a parameter, and so the empty one.
fn is_any_text<'d>(revision: Revision<'d>, parameter: &Parameter<'d>) -> bool {
    let Some(schema) = parameter.at.child("schema").map(|at| Schema::new(revision, at)) else { return false };
    let plain = |key: &str| annotation(key) || matches!(key, "type" | "$ref");
    schema.is_anything() || (schema.types() == ["string"] && schema.keywords().iter().all(|(key, _)| plain(key)))
}

/// Whether a parameter has a type, and no value of it is an array or object.
fn is_scalar<'d>(revision: Revision<'d>, parameter: &Parameter<'d>) -> bool {
    let Some(schema) = parameter.at.child("schema") else { return false };
    let types = Schema::new(revision, schema).types();
    !types.is_empty() && !types.iter().any(|name| matches!(*name, "array" | "object"))
}

/// The schema of a parameter or header, and its media type if it has one.
pub(super) fn described<'d>(at: &Located<'d>) -> (Option<&'d str>, Option<Located<'d>>) {
    match at.child("content").and_then(|content| content.entries().into_iter().next()) {
        Some((media, content)) => (Some(media), content.child("schema")),
        None => (None, at.child("schema")),
    }
}

fn compare_schemas<'d>(
    comparison: &mut Comparison<'d>,
    pair: &OperationPair<'_, 'd>,
    old: &Parameter<'d>,
    new: &Parameter<'d>,
) {
    let ((old_media, old_schema), (new_media, new_schema)) = (described(&old.at), described(&new.at));
    if old_media != new_media {
        let site = ChangeSite::both(&old.at.child_or_self("content"), &new.at.child_or_self("content"));
        let text = |media: Option<&str>| media.map_or_else(|| "none".to_owned(), |media| format!("`{media}`"));
        let message =
            format!("the media type of {} changed from {} to {}", name(new), text(old_media), text(new_media));
        let detail = format!("{old_media:?}>{new_media:?}");
        comparison.report(
            Reach::Operation(pair.index),
            Change::new("request-parameter-content-changed", site, detail, message),
        );
    }
    if let (Some(old_schema), Some(new_schema)) = (old_schema, new_schema) {
        let role = if new.location == "header" { SchemaRole::Header } else { SchemaRole::Parameter };
        let context = Context::new(role, new_media.map_or(Writing::Text, writing));
        let root = name(new);
        comparison.compare_root(pair.index, old_schema, new_schema, context, &root);
    }
}
