//! The query of a list: filters for equal values, and pages.

use serde_json::Value;
use specwright_runtime::descriptor::Location;

use super::resource::Resource;
use crate::call::Call;
use crate::document::Operation;
use crate::limits::PAGE_ITEMS;

/// The meaning of a parameter for pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Limit,
    Offset,
    /// The number of the page. It starts at 0 if the parameter allows 0, and at 1 otherwise.
    Number {
        first: usize,
    },
}

impl Page {
    /// Its name in the list of behaviours.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Limit => "length",
            Self::Offset => "offset",
            Self::Number { .. } => "number",
        }
    }
}

/// The parameters of an operation that divide a list into pages.
pub(super) fn pages(operation: &Operation) -> impl Iterator<Item = (&'static str, Page)> {
    let parameters = operation.descriptor.parameters.iter().zip(&operation.ir.parameters);
    parameters.filter_map(|(parameter, ir)| {
        if parameter.location != Location::Query {
            return None;
        }
        let plain: String = parameter.name.chars().filter(|c| c.is_alphanumeric()).collect();
        let from_zero = ir.default.as_ref().and_then(Value::as_u64) == Some(0)
            || ir.ty.constraints.minimum.as_ref().and_then(serde_json::Number::as_u64) == Some(0);
        let page = match plain.to_lowercase().as_str() {
            "limit" | "perpage" | "pagesize" | "pagelimit" | "size" | "count" | "maxresults" | "first" | "top" => {
                Page::Limit
            }
            "offset" | "skip" | "start" | "startindex" => Page::Offset,
            "page" | "pagenumber" | "pageno" => Page::Number { first: usize::from(!from_zero) },
            _ => return None,
        };
        Some((parameter.name, page))
    })
}

/// The items of a list that a request asks for, and the number of items on all pages.
pub(super) fn select(resource: &Resource, operation: &Operation, call: &Call, all: Vec<Value>) -> (Vec<Value>, usize) {
    let filters: Vec<(&str, &Value)> = resource
        .filters
        .iter()
        .filter_map(|name| Some((*name, call.parameters.get(*name).filter(|wanted| !wanted.is_null())?)))
        .collect();
    let is_wanted = |item: &Value| filters.iter().all(|(name, wanted)| equals(item.get(*name), wanted));
    let found: Vec<Value> = all.into_iter().filter(is_wanted).collect();
    let total = found.len();
    let (mut limit, mut offset, mut number) = (PAGE_ITEMS, 0, None);
    for (name, page) in pages(operation) {
        let given = call.parameters.get(name).or_else(|| default(operation, name));
        let Some(value) = given.and_then(Value::as_u64).and_then(|value| usize::try_from(value).ok()) else { continue };
        match page {
            Page::Limit => limit = value.min(PAGE_ITEMS),
            Page::Offset => offset = value,
            Page::Number { first } => number = Some(value.saturating_sub(first)),
        }
    }
    let start = offset.saturating_add(number.unwrap_or_default().saturating_mul(limit));
    (found.into_iter().skip(start).take(limit).collect(), total)
}

fn default<'o>(operation: &'o Operation, name: &str) -> Option<&'o Value> {
    operation.ir.parameters.iter().find(|parameter| parameter.wire == name)?.default.as_ref()
}

/// Whether a property equals the wanted value or one of the wanted values, or contains it.
fn equals(own: Option<&Value>, wanted: &Value) -> bool {
    match (own, wanted) {
        (_, Value::Array(wanted)) => wanted.is_empty() || wanted.iter().any(|one| equals(own, one)),
        (Some(Value::Array(items)), wanted) => items.iter().any(|item| equals(Some(item), wanted)),
        (Some(own), wanted) => text(own) == text(wanted),
        (None, _) => false,
    }
}

/// A scalar as text, because `1` in a query is the number 1.
fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}
