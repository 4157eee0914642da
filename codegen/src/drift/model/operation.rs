//! Lists the operations of a document, each with all parameters that apply to it.

use super::{Located, Revision};
use crate::openapi::operations;
use crate::openapi::parameters::is_reserved_header;

/// One operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation<'d> {
    /// In upper case.
    pub(crate) method: String,
    /// The key under `paths`, or the name of a webhook.
    pub(crate) path: &'d str,
    pub(crate) at: Located<'d>,
    pub(crate) item: Located<'d>,
    /// The parameters of the path item that the operation does not override, then its own.
    pub(crate) parameters: Vec<Parameter<'d>>,
}

impl Operation<'_> {
    /// The operation in messages, such as `GET /pets`.
    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether the stability level promises nothing, as `draft` and `alpha` do.
    pub(crate) fn unstable(&self) -> bool {
        matches!(self.at.text("x-stability-level"), Some("draft" | "alpha"))
    }
}

/// A parameter that applies to an operation.
#[derive(Clone, Debug)]
pub(crate) struct Parameter<'d> {
    /// As written. Path parameters are matched by position, see
    /// [`template`](crate::openapi::operations::template).
    pub(crate) name: &'d str,
    pub(crate) location: &'d str,
    pub(crate) at: Located<'d>,
    /// Whether the path item defines the parameter.
    pub(crate) shared: bool,
}

impl Parameter<'_> {
    pub(crate) fn required(&self) -> bool {
        self.location == "path" || self.at.flag("required")
    }
}

/// The operations under `paths`, in order.
pub(crate) fn operations(revision: Revision<'_>) -> Vec<Operation<'_>> {
    let paths = revision.root().child("paths");
    let items = paths.map(|paths| paths.entries()).unwrap_or_default();
    items
        .into_iter()
        .filter(|(path, _)| !path.starts_with("x-"))
        .flat_map(|(path, item)| of_item(revision, path, item))
        .collect()
}

/// The webhooks, each with its operations.
pub(crate) fn webhooks(revision: Revision<'_>) -> Vec<(&str, Located<'_>, Vec<Operation<'_>>)> {
    let root = revision.root();
    let hooks = root.child(operations::webhooks_key(root.node));
    let items = hooks.map(|hooks| hooks.entries()).unwrap_or_default();
    items.into_iter().map(|(name, item)| (name, item.clone(), of_item(revision, name, item))).collect()
}

/// The operations of a path item, under `paths` or in a callback.
pub(crate) fn of_item<'d>(revision: Revision<'d>, path: &'d str, item: Located<'d>) -> Vec<Operation<'d>> {
    let Some(item) = revision.follow(item) else { return Vec::new() };
    let additional = item.child(operations::ADDITIONAL);
    let found = operations::of_item(item.node).filter_map(|(key, _)| {
        let holder = if key.is_additional { additional.as_ref()? } else { &item };
        Some((key.method(), holder.child(key.text)?))
    });
    let shared = parameters(revision, &item, true);
    found
        .filter(|(_, at)| at.is_object())
        .map(|(method, at)| {
            let own = parameters(revision, &at, false);
            let replaced = |shared: &Parameter<'d>| {
                own.iter().any(|own| own.name == shared.name && own.location == shared.location)
            };
            let inherited = shared.iter().filter(|shared| !replaced(shared)).cloned();
            let parameters = inherited.chain(own.iter().cloned()).collect();
            Operation { method, path, at, item: item.clone(), parameters }
        })
        .collect()
}

fn parameters<'d>(revision: Revision<'d>, at: &Located<'d>, shared: bool) -> Vec<Parameter<'d>> {
    let list = at.child("parameters").map(|list| list.members()).unwrap_or_default();
    let parameter = |at: Located<'d>| {
        let at = revision.follow(at)?;
        Some(Parameter { name: at.text("name")?, location: at.text("in")?, at, shared })
    };
    list.into_iter().filter_map(parameter).filter(|parameter| !ignored(parameter)).collect()
}

/// Whether the format ignores a parameter because other objects describe the header.
fn ignored(parameter: &Parameter<'_>) -> bool {
    parameter.location == "header" && is_reserved_header(parameter.name)
}
