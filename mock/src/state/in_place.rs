//! Puts an item or a list at its place in the body of a response.

use serde_json::{Map, Value};

use super::fields::{item_in, list_in};
use super::record;
use super::resource::{Place, Resource};
use super::response::StateResponse;
use crate::types::{Shape, Type};

/// The body of a response: `usual`, with the item or the list at its place.
pub(crate) fn in_place(
    resource: &Resource,
    ty: &'static Type,
    did: StateResponse,
    usual: Option<Value>,
) -> Option<Value> {
    match did {
        StateResponse::Item(item, _) => put(item_at(resource, ty)?, Value::Object(item), usual, |_| {}),
        StateResponse::List(items, total) => {
            let shown = items.len();
            put(list_at(resource, ty)?, Value::Array(items), usual, |envelope| {
                record::count(envelope, ty.shape, total, shown);
            })
        }
        _ => None,
    }
}

fn put(
    place: Place,
    value: Value,
    usual: Option<Value>,
    complete: impl FnOnce(&mut Map<String, Value>),
) -> Option<Value> {
    let Place::Within(name) = place else { return Some(value) };
    let Some(Value::Object(mut envelope)) = usual else { return None };
    envelope.insert(name.to_owned(), value);
    complete(&mut envelope);
    Some(Value::Object(envelope))
}

/// The place of an item of a resource in a body.
pub(super) fn item_at(resource: &Resource, ty: &'static Type) -> Option<Place> {
    item_in(ty, &resource.noun, &|shape| has_id(resource, shape)).map(|(place, _)| place)
}

/// The place of the items of a resource in a body.
pub(super) fn list_at(resource: &Resource, ty: &'static Type) -> Option<Place> {
    list_in(ty, &|shape| has_id(resource, shape)).map(|(place, _)| place)
}

fn has_id(resource: &Resource, shape: Shape) -> bool {
    super::fields::fields(shape).iter().any(|field| field.name == resource.id.name)
}
