//! Looks into types: the properties of a shape, and the place of items in a body.

use specwright_codegen::ir::model::{Operation, ResponseBody, Status};

use super::resource::{Place, Placed};
use crate::document::Document;
use crate::types::{Field, Kind, Object, Rest, Shape, Type};

/// The object of a shape. For a newtype, it is that of the content; for a union, that of the first
/// member.
pub(super) fn object(shape: Shape) -> Option<&'static Object> {
    let mut shape = shape;
    // The loop is bounded, because newtypes and unions can contain themselves.
    for _ in 0..16 {
        let Shape::Named(definition) = shape else { return None };
        shape = match definition.kind() {
            Kind::Object(object) => return Some(object),
            Kind::Newtype { inner, .. } => inner.shape,
            Kind::Union { variants, .. } => variants.first()?.ty.shape,
            Kind::Texts { .. } | Kind::Integers { .. } | Kind::Unknown => return None,
        };
    }
    None
}

/// The properties of a shape.
pub(super) fn fields(shape: Shape) -> &'static [Field] {
    object(shape).map(|object| object.fields).unwrap_or_default()
}

/// Whether other properties are kept.
pub(super) fn is_open(shape: Shape) -> bool {
    object(shape).is_some_and(|object| matches!(object.rest, Rest::Kept(..)))
}

/// The items of a list.
fn items(shape: Shape) -> Option<Shape> {
    match shape {
        Shape::List(item) => Some(item.shape),
        Shape::Named(definition) => match definition.kind() {
            Kind::Newtype { inner, .. } => items(inner.shape),
            _ => None,
        },
        _ => None,
    }
}

/// Names of properties that hold an item, whatever it is.
const HOLDERS: [&str; 8] = ["data", "item", "result", "resource", "object", "entity", "record", "response"];

/// The place of an item in a body: the body itself, or its only property that is an item. Such a
/// property is named after the items or says nothing. `file` of a template is part of an item.
pub(super) fn item_in(ty: &Type, noun: &str, is_item: &dyn Fn(Shape) -> bool) -> Option<Placed> {
    if is_item(ty.shape) {
        return Some((Place::Whole, ty.shape));
    }
    let fields = fields(ty.shape);
    let holds = |name: &str| {
        let (name, noun) = (plain(name), plain(noun));
        fields.len() == 1 || HOLDERS.contains(&name.as_str()) || noun.ends_with(&name) || name.ends_with(&noun)
    };
    let found = fields.iter().filter(|field| is_item(field.ty.shape) && holds(field.name));
    only(found.map(|field| (field.name, field.ty.shape)))
}

/// A name without its punctuation and case.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The place of the items of a list in a body.
pub(super) fn list_in(ty: &Type, is_item: &dyn Fn(Shape) -> bool) -> Option<Placed> {
    if let Some(item) = items(ty.shape) {
        return is_item(item).then_some((Place::Whole, item));
    }
    only(fields(ty.shape).iter().filter_map(|field| {
        let item = items(field.ty.shape).filter(|item| is_item(*item))?;
        Some((field.name, item))
    }))
}

fn only(mut found: impl Iterator<Item = (&'static str, Shape)>) -> Option<Placed> {
    let (name, shape) = found.next()?;
    found.next().is_none().then_some((Place::Within(name), shape))
}

/// The type of the JSON body of an operation's first success.
pub(super) fn success(document: &Document, operation: &Operation) -> Option<&'static Type> {
    let json = operation.responses.success.iter().filter_map(|case| match (&case.body, case.status) {
        (ResponseBody::Json(ty), Status::Code(code)) if (200..300).contains(&code) => Some((code, ty)),
        (ResponseBody::Json(ty), Status::Range(2) | Status::Default) => Some((299, ty)),
        _ => None,
    });
    let (_, ty) = json.min_by_key(|(code, _)| *code)?;
    Some(document.response_type(ty))
}

/// Whether a success without a body is documented.
pub(super) fn has_empty_success(operation: &Operation) -> bool {
    operation.responses.success.iter().any(|case| matches!(case.body, ResponseBody::Empty))
}
