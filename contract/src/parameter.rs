//! Parameters of an operation, and their values as text.

use http::{HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use specwright_codegen::document::Node;
use specwright_codegen::openapi::fit::Validator;
use specwright_codegen::values::Maker;

use super::shrink::changes;
use super::{Settings, target};

/// The characters that are escaped; the others are sent unchanged.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A parameter with a valid value.
pub(super) struct Parameter<'d> {
    root: &'d Node,
    pub(super) name: &'d str,
    pub(super) location: Location,
    pub(super) is_required: bool,
    schema: &'d Node,
    /// Whether the settings fix the value.
    pub(super) is_fixed: bool,
    pub(super) value: Value,
}

/// Where a parameter is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// A parameter in the form in which it is sent.
#[derive(Clone, Debug)]
pub(super) enum Sent {
    /// The name in the template, and the text for it.
    Path(String, String),
    /// Pairs.
    Query(String),
    Header(HeaderName, HeaderValue),
    /// A pair.
    Cookie(String),
}

impl Location {
    fn of(word: &str) -> Option<Self> {
        [Self::Path, Self::Query, Self::Header, Self::Cookie].into_iter().find(|location| location.word() == word)
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The parameters of an operation that can be sent, or the reason why a required one cannot.
pub(super) fn of<'d>(
    root: &'d Node,
    settings: &Settings,
    item: Option<&'d Node>,
    operation: &'d Node,
) -> Result<Vec<Parameter<'d>>, String> {
    let listed = |node: &'d Node| node.get("parameters").and_then(Node::as_array).unwrap_or_default();
    let own: Vec<&Node> = listed(operation).iter().map(|node| target(root, node)).collect();
    let same = |one: &Node, other: &Node| {
        let key = |node: &Node, key: &str| node.get(key).and_then(Node::as_str).map(ToOwned::to_owned);
        key(one, "name") == key(other, "name") && key(one, "in") == key(other, "in")
    };
    let shared = item.map(listed).unwrap_or_default().iter().map(|node| target(root, node));
    let shared = shared.filter(|node| !own.iter().any(|one| same(one, node)));
    let mut parameters = Vec::new();
    for node in shared.chain(own.iter().copied()) {
        let is_required = node.get("required").and_then(Node::as_bool).unwrap_or_default();
        let name = node.get("name").and_then(Node::as_str).unwrap_or_default();
        match parameter(root, settings, node) {
            Some(parameter) => parameters.push(parameter),
            None if is_required => return Err(format!("no value of its parameter `{name}` can be sent")),
            None => {}
        }
    }
    Ok(parameters)
}

fn parameter<'d>(root: &'d Node, settings: &Settings, node: &'d Node) -> Option<Parameter<'d>> {
    let name = node.get("name")?.as_str()?;
    let location = Location::of(node.get("in")?.as_str()?)?;
    let schema = node.get("schema")?;
    let examples = node.get("examples").and_then(Node::as_object).into_iter().flatten();
    let examples = examples.filter_map(|example| target(root, &example.value).get("value"));
    let example = node.get("example").into_iter().chain(examples).next();
    let fixed = settings.parameters.get(name).cloned();
    let is_fixed = fixed.is_some();
    let value = fixed.or_else(|| example.map(Node::to_json)).or_else(|| Maker::of_requests(root).valid(schema))?;
    let is_required = node.get("required").and_then(Node::as_bool).unwrap_or_default();
    let parameter = Parameter { root, name, location, is_required, schema, is_fixed, value };
    parameter.as_sent(&parameter.value).is_some().then_some(parameter)
}

impl Parameter<'_> {
    /// Values that break a constraint. A value whose text would be valid is left out, because text has
    /// no JSON type.
    pub(super) fn broken(&self) -> Vec<(&'static str, Value)> {
        let broken = Maker::of_requests(self.root).broken(self.schema, &self.value);
        let broken = broken.into_iter().filter(|one| !one.value.is_null() && !self.reads(&one.value));
        broken.filter(|one| self.as_sent(&one.value).is_some()).map(|one| (one.keyword, one.value)).collect()
    }

    /// Smaller values that are valid, too.
    pub(super) fn smaller(&self, value: &Value) -> Vec<Value> {
        let smaller = changes(value).into_iter().filter_map(|change| change.apply(value));
        smaller.filter(|one| fits(self.root, self.schema, one) && self.as_sent(one).is_some()).collect()
    }

    /// Whether the text of a value is also the text of a valid value.
    fn reads(&self, value: &Value) -> bool {
        let Some(text) = scalar(value) else { return value.as_array().is_none_or(Vec::is_empty) };
        let as_json = serde_json::from_str(&text).ok();
        let readings = as_json.into_iter().chain([Value::from(text.as_str()), Value::from(vec![text.as_str()])]);
        text.is_empty() || readings.into_iter().any(|reading| fits(self.root, self.schema, &reading))
    }

    /// A value in the form in which it is sent.
    pub(super) fn as_sent(&self, value: &Value) -> Option<Sent> {
        let texts = match value {
            Value::Array(items) => items.iter().map(scalar).collect::<Option<Vec<_>>>()?,
            other => vec![scalar(other)?],
        };
        if texts.is_empty() {
            return None;
        }
        let escaped: Vec<String> = texts.iter().map(|text| utf8_percent_encode(text, ESCAPED).to_string()).collect();
        let name = utf8_percent_encode(self.name, ESCAPED);
        Some(match self.location {
            Location::Path if texts.iter().all(|text| !matches!(text.as_str(), "" | "." | "..")) => {
                Sent::Path(self.name.to_owned(), escaped.join(","))
            }
            Location::Path => return None,
            Location::Query => {
                let pairs: Vec<String> = escaped.iter().map(|text| format!("{name}={text}")).collect();
                Sent::Query(pairs.join("&"))
            }
            Location::Header => {
                Sent::Header(HeaderName::try_from(self.name).ok()?, HeaderValue::try_from(texts.join(",")).ok()?)
            }
            Location::Cookie => Sent::Cookie(format!("{name}={}", escaped.join(","))),
        })
    }
}

/// Whether a value fits a schema.
pub(super) fn fits<'d>(root: &'d Node, schema: &'d Node, value: &Value) -> bool {
    let node = Node::from_json(value, schema.span);
    Validator::new(root).with_formats().validate(schema, &node).is_ok()
}

pub(super) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}
