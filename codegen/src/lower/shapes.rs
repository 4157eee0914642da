//! Removes values of the wrong type, which `validate` has reported, or reads them as they were
//! meant: `"true"` as `true`, `1.0` as `"1.0"`.

use super::UNTYPED;
use super::schema::is_annotation;
use crate::document::{Node, Number, Object, Value};
use crate::openapi::grammar::{Form, Kind};

/// Makes every value of an object fit its key.
pub(super) fn repair(kind: Kind, node: &mut Node) {
    let Some(object) = node.as_object_mut() else {
        return;
    };
    let sound = object.iter().all(|entry| kind.form(&entry.key).is_none_or(|form| form.fits(&entry.value)));
    if !sound {
        invalid_reference(kind, object);
        object.retain(|key, value| kind.form(key).is_none_or(|form| coerce(form, value)));
    }
}

/// A `$ref` that is not a string has no target. A schema with nothing else becomes any JSON.
fn invalid_reference(kind: Kind, object: &mut Object) {
    let invalid = object.get("$ref").is_some_and(|target| target.as_str().is_none());
    if !invalid || kind.form("$ref") != Some(Form::Text) {
        return;
    }
    let Some(target) = object.remove("$ref") else {
        return;
    };
    if kind == Kind::Schema && object.keys().all(is_annotation) {
        object.insert(UNTYPED, Node::new(true, target.span));
    }
}

/// Makes a value fit its form. Returns `false` if it has to be removed.
fn coerce(form: Form, node: &mut Node) -> bool {
    if form.fits(node) {
        return true;
    }
    match form {
        Form::Text => text(node),
        Form::Flag => flag(node),
        Form::Number | Form::Count => number(node) && form.fits(node),
        Form::Texts => texts(node),
        Form::TextMap => match node.as_object_mut() {
            Some(object) => {
                object.retain(|_, value| text(value));
                true
            }
            None => false,
        },
        Form::List => list(node),
        Form::One(kind) => object(kind, node),
        Form::Many(kind) => members(kind, node),
        Form::OneOrMany(kind) => {
            if matches!(node.value, Value::Array(_)) {
                members(kind, node)
            } else {
                object(kind, node)
            }
        }
        Form::Named(kind) => match node.as_object_mut() {
            Some(named) => {
                named.retain(|_, value| object(kind, value));
                true
            }
            None => false,
        },
        Form::Anything | Form::Map => false,
    }
}

fn text(node: &mut Node) -> bool {
    let text = match &node.value {
        Value::String(_) => return true,
        Value::Number(number) => number.to_string(),
        Value::Bool(flag) => flag.to_string(),
        _ => return false,
    };
    node.value = text.into();
    true
}

fn flag(node: &mut Node) -> bool {
    let flag = match node.as_str().map(str::trim) {
        Some("true" | "True" | "yes") => true,
        Some("false" | "False" | "no") => false,
        _ => return false,
    };
    node.value = flag.into();
    true
}

fn number(node: &mut Node) -> bool {
    match node.as_str().and_then(|text| Number::parse(text.trim())) {
        Some(number) => {
            node.value = number.into();
            true
        }
        None => false,
    }
}

fn texts(node: &mut Node) -> bool {
    match &mut node.value {
        Value::Array(members) => {
            members.retain_mut(text);
            true
        }
        Value::String(_) => list(node),
        _ => false,
    }
}

/// A single object or string in place of a list becomes a list of one.
fn list(node: &mut Node) -> bool {
    if !matches!(node.value, Value::Object(_) | Value::String(_)) {
        return false;
    }
    let span = node.span;
    let single = Node::new(std::mem::take(&mut node.value), span);
    node.value = Value::Array(vec![single]);
    true
}

fn members(kind: Kind, node: &mut Node) -> bool {
    match node.as_array_mut() {
        Some(members) => {
            members.retain_mut(|member| object(kind, member));
            true
        }
        None => false,
    }
}

/// Turns `null` into an empty object where an empty object has a meaning. Schemas are left to their
/// own passes.
fn object(kind: Kind, node: &mut Node) -> bool {
    let empty = matches!(kind, Kind::Response | Kind::MediaType | Kind::Header | Kind::Encoding);
    match node.value {
        Value::Object(_) => true,
        _ if kind == Kind::Schema => true,
        Value::Null if empty => {
            node.value = Value::Object(Object::new());
            true
        }
        _ => false,
    }
}
