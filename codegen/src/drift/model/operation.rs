//! The operations of a document, each with the parameters that hold for it.

use super::{Located, Side};

const METHODS: [&str; 9] = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// One operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation<'d> {
    /// In capitals.
    pub(crate) method: String,
    /// The key under `paths`, or the name of a webhook.
    pub(crate) path: &'d str,
    pub(crate) at: Located<'d>,
    pub(crate) item: Located<'d>,
    /// Those of the path item that the operation does not replace, then its own.
    pub(crate) parameters: Vec<Parameter<'d>>,
}

impl Operation<'_> {
    /// `GET /pets`
    pub(crate) fn label(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// Whether the operation may still change: drafts and alphas promise nothing.
    pub(crate) fn unstable(&self) -> bool {
        matches!(self.at.text("x-stability-level"), Some("draft" | "alpha"))
    }
}

/// A parameter that holds for an operation.
#[derive(Clone, Debug)]
pub(crate) struct Parameter<'d> {
    /// As written; for path parameters of renamed variables see [`template`].
    pub(crate) name: &'d str,
    pub(crate) location: &'d str,
    pub(crate) at: Located<'d>,
    /// Whether it stands in the path item.
    pub(crate) shared: bool,
}

impl Parameter<'_> {
    pub(crate) fn required(&self) -> bool {
        self.location == "path" || self.at.flag("required")
    }
}

/// A path with the names of its variables taken out, and those names: `/a/{b}` is `/a/{}` and `b`.
pub(crate) fn template(path: &str) -> (String, Vec<&str>) {
    let mut plain = String::with_capacity(path.len());
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        plain.push_str(before);
        plain.push_str("{}");
        names.push(name);
        rest = after;
    }
    plain.push_str(rest);
    (plain, names)
}

/// The operations under `paths`, in order.
pub(crate) fn operations(side: Side<'_>) -> Vec<Operation<'_>> {
    let paths = side.root().child("paths");
    let items = paths.map(|paths| paths.entries()).unwrap_or_default();
    items
        .into_iter()
        .filter(|(path, _)| !path.starts_with("x-"))
        .flat_map(|(path, item)| of_item(side, path, item))
        .collect()
}

/// The webhooks, each with its operations.
pub(crate) fn webhooks(side: Side<'_>) -> Vec<(&str, Located<'_>, Vec<Operation<'_>>)> {
    let hooks = ["webhooks", "x-webhooks"].iter().find_map(|key| side.root().child(key));
    let items = hooks.map(|hooks| hooks.entries()).unwrap_or_default();
    items.into_iter().map(|(name, item)| (name, item.clone(), of_item(side, name, item))).collect()
}

/// The operations of a path item; also those that a callback holds.
pub(crate) fn of_item<'d>(side: Side<'d>, path: &'d str, item: Located<'d>) -> Vec<Operation<'d>> {
    let Some(item) = side.follow(item) else { return Vec::new() };
    let known = METHODS.iter().filter_map(|method| Some((method.to_uppercase(), item.child(method)?)));
    let more = item.child("additionalOperations").map(|more| more.entries()).unwrap_or_default();
    let more = more.into_iter().map(|(method, at)| (method.to_owned(), at));
    let shared = parameters(side, &item, true);
    known
        .chain(more)
        .filter(|(_, at)| at.is_object())
        .map(|(method, at)| {
            let own = parameters(side, &at, false);
            let replaced = |shared: &Parameter<'d>| {
                own.iter().any(|own| own.name == shared.name && own.location == shared.location)
            };
            let inherited = shared.iter().filter(|shared| !replaced(shared)).cloned();
            let parameters = inherited.chain(own.iter().cloned()).collect();
            Operation { method, path, at, item: item.clone(), parameters }
        })
        .collect()
}

fn parameters<'d>(side: Side<'d>, at: &Located<'d>, shared: bool) -> Vec<Parameter<'d>> {
    let list = at.child("parameters").map(|list| list.members()).unwrap_or_default();
    let parameter = |at: Located<'d>| {
        let at = side.follow(at)?;
        Some(Parameter { name: at.text("name")?, location: at.text("in")?, at, shared })
    };
    list.into_iter().filter_map(parameter).filter(|parameter| !ignored(parameter)).collect()
}

/// The standard says that these are described elsewhere.
fn ignored(parameter: &Parameter<'_>) -> bool {
    let names = ["accept", "content-type", "authorization"];
    parameter.location == "header" && names.iter().any(|name| parameter.name.eq_ignore_ascii_case(name))
}
