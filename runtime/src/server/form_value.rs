//! The parts of a field of a multipart form → a value.

use std::borrow::Cow;

use serde::de::{DeserializeOwned, IgnoredAny};

use super::Rejection;
use super::form_field::{missing, pointer};
use crate::descriptor::{FormField, MultipartField, PartContent};
use crate::form::push;
use crate::multipart::decode::Received;
use crate::params::decode::{Entries, Item, ParamDecodeError, attempt};
use crate::validation::Violation;

/// The content of the parts with one name.
#[derive(Clone, Copy)]
pub(super) struct Content {
    json: bool,
    /// Whether each part is an item of a list.
    repeated: bool,
}

impl Content {
    pub(super) fn of(received: &[Received], json: bool) -> Self {
        Self { json: json || received.iter().any(Received::is_json), repeated: received.len() > 1 }
    }
}

/// The content of the parts of a field.
pub(super) fn piece<'r>(field: &MultipartField, received: &'r [Received]) -> Result<Item<'r>, Rejection> {
    if let Some(form_field) = field.styled() {
        return styled(&form_field, received);
    }
    let content = Content::of(received, field.content == PartContent::Json);
    match received {
        [only] if only.bytes.is_empty() && field.empty_is_null => Ok(Item::Null),
        _ => item(field.name, received, Content { repeated: field.repeated, ..content }),
    }
}

pub(super) fn item<'r>(name: &str, received: &'r [Received], content: Content) -> Result<Item<'r>, Rejection> {
    let texts: Vec<Cow<'_, str>> =
        received.iter().map(|part| text(name, part).map(Cow::Borrowed)).collect::<Result<_, _>>()?;
    Ok(match (texts.as_slice(), content) {
        ([], _) => Item::Absent,
        ([text], Content { json: true, repeated: true }) => json_list(text),
        ([text], Content { json: true, .. }) => Item::Json(text.clone()),
        ([text], Content { repeated: false, .. }) => Item::Text(text.clone()),
        (_, Content { json: true, .. }) => Item::Jsons(texts),
        _ => Item::Texts(texts),
    })
}

/// A list in one part. Documentation pages send `[a,b]`, or the items with commas between them.
fn json_list<'r>(text: &Cow<'r, str>) -> Item<'r> {
    if text.trim_start().starts_with('[') {
        return Item::Json(text.clone());
    }
    let listed = format!("[{text}]");
    let is_json = |text: &str| serde_json::from_str::<IgnoredAny>(text).is_ok();
    if !is_json(text) && is_json(&listed) { Item::Json(Cow::Owned(listed)) } else { Item::Jsons(vec![text.clone()]) }
}

/// The parts of a field that has the style of a form.
fn styled<'r>(field: &FormField, received: &'r [Received]) -> Result<Item<'r>, Rejection> {
    let mut entries = Entries::new();
    for part in received {
        let text = Cow::Borrowed(text(field.name, part)?);
        push(&mut entries, std::slice::from_ref(field), Cow::Borrowed(&part.name), text)
            .map_err(|error| rejection(field.name, error))?;
    }
    Ok(entries.remove(field.name).unwrap_or(Item::Absent))
}

fn text<'r>(name: &str, part: &'r Received) -> Result<&'r str, Rejection> {
    std::str::from_utf8(&part.bytes).map_err(|_| Rejection::unreadable(&pointer(name), "must be UTF-8"))
}

pub(super) fn decode<T: DeserializeOwned>(name: &str, item: &Item<'_>) -> Result<T, Rejection> {
    attempt(|mode| T::deserialize(item.clone().with(mode))).map_err(|error| rejection(name, error))
}

fn rejection(name: &str, error: ParamDecodeError) -> Rejection {
    match error {
        ParamDecodeError::Absent => missing(name),
        ParamDecodeError::Invalid { pointer: within, kind, detail } => {
            Rejection::invalid(vec![Violation::new(pointer(name) + &within, kind, detail)])
        }
    }
}
