//! Items as they are stored: the content of a request, completed with what the service makes.

use serde_json::{Map, Value};

use super::identity::{is_valid, stamp};
use super::resource::Resource;
use crate::types::{Field, Presence, Rest, Shape, Type};

/// A new item: the properties of the body that an item has, and the missing ones from the template.
pub(super) fn created(
    resource: &Resource,
    body: Map<String, Value>,
    template: &Map<String, Value>,
    id: Value,
) -> Map<String, Value> {
    let mut item = known(resource, body);
    let has_id = item.get(resource.id.name).is_some_and(|own| !own.is_null());
    if !has_id {
        item.insert(resource.id.name.to_owned(), id);
    }
    complete(resource, &mut item, template);
    stamp(resource, &mut item, true);
    item
}

/// An item with another body. Properties that a request cannot contain are kept.
pub(super) fn replaced(
    resource: &Resource,
    old: &Map<String, Value>,
    body: Map<String, Value>,
    request: Option<&Type>,
) -> Map<String, Value> {
    let sent = request.map(|ty| super::fields::fields(ty.shape)).unwrap_or_default();
    let can_be_sent = |name: &str| sent.iter().any(|field| field.name == name);
    let mut item = known(resource, body);
    item.insert(resource.id.name.to_owned(), old.get(resource.id.name).cloned().unwrap_or_default());
    for (name, value) in old {
        let is_required =
            resource.fields.iter().any(|field| field.name == name && field.presence == Presence::Required);
        if !item.contains_key(name) && (is_required || !can_be_sent(name)) {
            item.insert(name.clone(), value.clone());
        }
    }
    stamp(resource, &mut item, false);
    item
}

/// An item after a merge patch (RFC 7396). Its ID is kept.
pub(super) fn patched(resource: &Resource, old: &Map<String, Value>, patch: Map<String, Value>) -> Map<String, Value> {
    let mut item = Value::Object(old.clone());
    merge(&mut item, Value::Object(patch));
    let Value::Object(item) = item else { return old.clone() };
    let mut item = known(resource, item);
    item.insert(resource.id.name.to_owned(), old.get(resource.id.name).cloned().unwrap_or_default());
    for field in resource.fields.iter().filter(|field| field.presence == Presence::Required) {
        if !item.contains_key(field.name)
            && let Some(value) = old.get(field.name)
        {
            // `null` removes a property. A required property becomes `null` if that is allowed.
            let value = if is_valid(field, &Value::Null) { Value::Null } else { value.clone() };
            item.insert(field.name.to_owned(), value);
        }
    }
    stamp(resource, &mut item, false);
    item
}

fn merge(target: &mut Value, patch: Value) {
    let Value::Object(patch) = patch else {
        *target = patch;
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Some(object) = target.as_object_mut() else { return };
    for (name, value) in patch {
        if value.is_null() {
            object.remove(&name);
        } else {
            merge(object.entry(name).or_insert(Value::Null), value);
        }
    }
}

/// The properties that an item has, with values that are valid for it. A request may have different
/// properties with the same name.
fn known(resource: &Resource, body: Map<String, Value>) -> Map<String, Value> {
    let field = |name: &str| resource.fields.iter().find(|field| field.name == name);
    let fits = |(name, value): &(String, Value)| match field(name) {
        Some(field) => is_valid(field, value),
        None => resource.is_open,
    };
    body.into_iter().filter(fits).collect()
}

/// Adds required properties from the template.
fn complete(resource: &Resource, item: &mut Map<String, Value>, template: &Map<String, Value>) {
    let required = |field: &&Field| field.presence == Presence::Required;
    for field in resource.fields.iter().filter(required) {
        if !item.contains_key(field.name)
            && let Some(value) = template.get(field.name)
        {
            item.insert(field.name.to_owned(), value.clone());
        }
    }
}

/// Fills in the numbers of a list around its items: their total, and whether there are more.
pub(super) fn count(envelope: &mut Map<String, Value>, shape: Shape, total: usize, shown: usize) {
    let Some(object) = super::fields::object(shape) else { return };
    if matches!(object.rest, Rest::Denied) && object.fields.is_empty() {
        return;
    }
    for field in object.fields {
        let name: String = field.name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let value = match name.as_str() {
            "total" | "totalcount" | "totalitems" | "totalresults" | "totalsize" | "totalelements" => {
                Value::from(total)
            }
            "count" | "size" => Value::from(shown),
            "hasmore" => Value::from(shown < total),
            _ => continue,
        };
        if is_valid(field, &value) {
            envelope.insert(field.name.to_owned(), value);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::merge;

    #[test]
    fn a_merge_patch_follows_rfc_7396() {
        for (target, patch, expected) in [
            (json!({"a": "b"}), json!({"a": null}), json!({})),
            (json!({"a": {"b": "c"}}), json!({"a": {"b": "d", "c": null}}), json!({"a": {"b": "d"}})),
            (json!({"a": [1, 2]}), json!({"a": [3]}), json!({"a": [3]})),
            (json!({}), json!({"a": {"bb": {"ccc": null}}}), json!({"a": {"bb": {}}})),
        ] {
            let mut merged = target;
            merge(&mut merged, patch);
            assert_eq!(merged, expected);
        }
    }
}
