//! The overlay actions for one kind of violation.

use serde_json::{Value, json};
use specwright_codegen::document::{Node, VersionLine, pointer};
use specwright_codegen::openapi::repair::{self, path_of};

use super::infer;
use super::place::{Place, Places};
use crate::traffic::kind::{Side, Violations};

/// The actions with which the document might allow a kind of violation; `None` if there are none.
pub(super) fn actions(places: Places<'_>, violations: &Violations) -> Option<Vec<String>> {
    match violations.kind() {
        "status" => status(places, violations),
        "mediaType" | "body" => content(places, violations),
        _ if violations.pointer().starts_with("/body") => in_body(places, violations),
        _ => in_parameter(places, violations),
    }
}

fn update(place: &Place<'_>, value: &Value) -> String {
    repair::update(&place.pointer, &value.to_string())
}

fn remove(place: &Place<'_>, keyword: &str) -> String {
    repair::remove(&pointer::join(&place.pointer, keyword))
}

/// Another response.
fn status(places: Places<'_>, violations: &Violations) -> Option<Vec<String>> {
    let responses = places.responses(violations)?;
    let mut response = json!({"description": "Seen in traffic"});
    let described = described(places.line(), violations);
    if let (Some(response), Value::Object(described)) = (response.as_object_mut(), described) {
        response.extend(described);
    }
    let key = violations.status()?.to_string();
    Some(vec![update(&responses, &json!({ key: response }))])
}

/// Another media type, or a body where there is none.
fn content(places: Places<'_>, violations: &Violations) -> Option<Vec<String>> {
    let response = places.response(violations).filter(|_| violations.side() == Side::Response)?;
    let described = described(places.line(), violations);
    let is_empty = described.as_object().is_none_or(serde_json::Map::is_empty);
    (!is_empty).then(|| vec![update(&response, &described)])
}

/// What the sample shows of the body of a response.
fn described(line: VersionLine, violations: &Violations) -> Value {
    let Some(sample) = &violations.sample else { return json!({}) };
    let body = sample.response_body.clone().unwrap_or_default();
    let media = sample.response_headers.get(http::header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
    let media = media.map(|media| media.split(';').next().unwrap_or(media).trim()).filter(|_| !body.is_empty());
    let Some(media) = media else { return json!({}) };
    let value: Option<Value> = serde_json::from_slice(&body).ok();
    let schema = value.map_or_else(|| json!({"type": "string"}), |value| infer::schema(&value));
    if line == VersionLine::V2_0 { json!({"schema": schema}) } else { json!({"content": {media: {"schema": schema}}}) }
}

/// A parameter or a header that is missing, or has another value.
fn in_parameter(places: Places<'_>, violations: &Violations) -> Option<Vec<String>> {
    let mut tokens = violations.pointer().split('/').skip(1);
    let (location, name) = (tokens.next()?, pointer::unescape(tokens.next()?));
    let place = match violations.side() {
        Side::Request => places.parameter(violations, location, &name)?,
        Side::Response => {
            let response = places.response(violations)?;
            let headers = places.below(&response, &["headers"])?;
            let key = headers.node.as_object()?.iter().find(|entry| entry.key.eq_ignore_ascii_case(&name))?;
            places.below(&headers, &[&key.key])?
        }
    };
    match violations.kind() {
        "required" if location != "path" => Some(vec![update(&place, &json!({"required": false}))]),
        _ => {
            let schema = places.below(&place, &["schema"]).unwrap_or(place);
            in_schema(places.line(), &[schema], violations)
        }
    }
}

fn in_body(places: Places<'_>, violations: &Violations) -> Option<Vec<String>> {
    if violations.kind() == "required" || violations.kind() == "additionalProperties" {
        return in_object(places, violations);
    }
    in_schema(places.line(), &places.schemas(violations), violations)
}

/// A property that is missing, or not allowed. The pointer is that of the property.
fn in_object(places: Places<'_>, violations: &Violations) -> Option<Vec<String>> {
    let (parent, name) = violations.pointer().rsplit_once('/')?;
    let name = pointer::unescape(name);
    let mut owner = violations.clone();
    parent.clone_into(&mut owner.key.pointer);
    let schemas = places.schemas(&owner);
    if violations.kind() == "required" {
        let lists = |place: &&Place<'_>| {
            let list = place.node.get("required").and_then(Node::as_array).unwrap_or_default();
            list.iter().any(|one| one.as_str() == Some(&name))
        };
        let found: Vec<&Place<'_>> = schemas.iter().filter(lists).collect();
        let actions = found.into_iter().map(|place| {
            let list = path_of(&pointer::join(&place.pointer, "required"));
            let quoted = name.replace('\\', "\\\\").replace('\'', "\\'");
            format!("- target: {}\n  remove: true", Value::from(format!("{list}[?@ == '{quoted}']")))
        });
        return Some(actions.collect::<Vec<_>>()).filter(|actions| !actions.is_empty());
    }
    let closes = |place: &&Place<'_>| place.node.get("additionalProperties").and_then(Node::as_bool) == Some(false);
    let place = schemas.iter().find(closes)?;
    let sample: Option<Value> = sample_value(violations);
    let property = json!({"properties": {name: sample.map_or_else(|| json!({}), |value| infer::schema(&value))}});
    Some(vec![update(place, &property)])
}

/// The value at the pointer of the violations in their sample. The first item of a list stands for
/// all.
fn sample_value(violations: &Violations) -> Option<Value> {
    let sample = violations.sample.as_ref()?;
    let body = match violations.side() {
        Side::Request => sample.request_body.as_ref()?,
        Side::Response => sample.response_body.as_ref()?,
    };
    let json: Value = serde_json::from_slice(body).ok()?;
    let tokens: Vec<&str> = violations.pointer().split('/').skip(2).collect();
    found(&json, &tokens).cloned()
}

fn found<'v>(value: &'v Value, tokens: &[&str]) -> Option<&'v Value> {
    let Some((first, rest)) = tokens.split_first() else { return Some(value) };
    match (value, *first) {
        (Value::Array(items), "*") => items.iter().find_map(|item| found(item, rest)),
        (value, token) => found(value.pointer(&format!("/{token}"))?, rest),
    }
}

/// A keyword of a schema that a value breaks.
fn in_schema(line: VersionLine, schemas: &[Place<'_>], violations: &Violations) -> Option<Vec<String>> {
    let with = |keyword: &str| schemas.iter().find(|place| place.node.get(keyword).is_some());
    let is_null = violations.values.contains_key("null");
    let kind = violations.kind();
    match kind {
        "type" if is_null => nullable(line, schemas.first()?),
        "type" => wider(line, with("type")?, violations),
        "enum" | "const" => listed(with("enum"), with("const"), violations),
        "minLength" | "minItems" | "minProperties" => {
            let (least, _) = violations.lengths?;
            Some(vec![update(with(kind)?, &json!({kind: least}))])
        }
        "maxLength" | "maxItems" | "maxProperties" => {
            let (_, most) = violations.lengths?;
            Some(vec![update(with(kind)?, &json!({kind: most}))])
        }
        "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => bound(schemas, kind),
        "pattern" | "format" | "multipleOf" | "uniqueItems" => Some(vec![remove(with(kind)?, kind)]),
        _ => None,
    }
}

/// Further values of `enum`, or of a constant.
fn listed(list: Option<&Place<'_>>, constant: Option<&Place<'_>>, violations: &Violations) -> Option<Vec<String>> {
    let place = list.or(constant)?;
    let of_text = |word: &String| {
        let is_number = place.node.get("type").and_then(Node::as_str).is_some_and(|one| one != "string");
        serde_json::from_str(word).ok().filter(|_| is_number || word == "null").unwrap_or_else(|| json!(word))
    };
    let values: Vec<Value> = violations.values.keys().map(of_text).collect();
    if values.is_empty() {
        return None;
    }
    if list.is_some() {
        return Some(vec![update(place, &json!({ "enum": values }))]);
    }
    let own = place.node.get("const")?.to_json();
    let all: Vec<Value> = std::iter::once(own).chain(values).collect();
    Some(vec![remove(place, "const"), update(place, &json!({ "enum": all }))])
}

/// A bound is removed: one value does not show where the right one is.
fn bound(schemas: &[Place<'_>], kind: &str) -> Option<Vec<String>> {
    let exclusive = if kind.ends_with("inimum") { "exclusiveMinimum" } else { "exclusiveMaximum" };
    let plain = if kind.ends_with("inimum") { "minimum" } else { "maximum" };
    let place = schemas.iter().find(|place| place.node.get(plain).or_else(|| place.node.get(exclusive)).is_some())?;
    let present = [plain, exclusive].into_iter().filter(|keyword| place.node.get(keyword).is_some());
    Some(present.map(|keyword| remove(place, keyword)).collect())
}

/// `null` as a value.
fn nullable(line: VersionLine, place: &Place<'_>) -> Option<Vec<String>> {
    let mut actions = Vec::new();
    if let Some(reference) = place.node.reference() {
        actions.push(remove(place, "$ref"));
        actions.push(match line {
            VersionLine::V2_0 => update(place, &json!({"allOf": [{"$ref": reference}], "x-nullable": true})),
            VersionLine::V3_0 => update(place, &json!({"allOf": [{"$ref": reference}], "nullable": true})),
            _ => update(place, &json!({"anyOf": [{"$ref": reference}, {"type": "null"}]})),
        });
        return Some(actions);
    }
    match line {
        VersionLine::V2_0 => actions.push(update(place, &json!({"x-nullable": true}))),
        VersionLine::V3_0 => actions.push(update(place, &json!({"nullable": true}))),
        _ => actions.push(update(place, &json!({"type": with_type(place.node, "null")?}))),
    }
    if place.node.get("enum").is_some() {
        actions.push(update(place, &json!({"enum": [null]})));
    }
    Some(actions)
}

/// Another type beside the documented one.
fn wider(line: VersionLine, place: &Place<'_>, violations: &Violations) -> Option<Vec<String>> {
    let found = match sample_value(violations)? {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let own = place.node.get("type")?.as_str();
    if own == Some("integer") && found == "number" {
        let format = place.node.get("format").map(|_| remove(place, "format"));
        return Some(format.into_iter().chain([update(place, &json!({"type": "number"}))]).collect());
    }
    if line >= VersionLine::V3_1 {
        return Some(vec![update(place, &json!({"type": with_type(place.node, found)?}))]);
    }
    // Before 3.1, a schema has one type or none.
    let dropped = ["type", "format"].into_iter().filter(|keyword| place.node.get(keyword).is_some());
    Some(dropped.map(|keyword| remove(place, keyword)).collect())
}

/// The types of a schema and another one. An update appends to a list, and replaces a single type.
fn with_type(schema: &Node, more: &str) -> Option<Value> {
    match schema.get("type")?.as_str() {
        Some(own) => Some(json!([own, more])),
        None => Some(json!([more])),
    }
}
