//! A value that was read according to its type.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap as _, Serializer};
use serde_json::Value;

use super::model::{Kind, Shape, Type};

/// A value with its type. `Debug` does not show it, because it may be a secret.
#[derive(Clone)]
pub struct Typed {
    pub(super) ty: &'static Type,
    pub(super) content: Content,
}

/// The content of a value.
#[derive(Clone)]
pub enum Content {
    /// `null`, of a nullable type or of the type that has only this value.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i128),
    /// A whole number beyond that range.
    Large(u128),
    /// A number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list or tuple.
    List(Vec<Typed>),
    /// An object whose keys the document does not name.
    Map(BTreeMap<String, Typed>),
    /// An object: the properties of its definition, and other properties that are kept.
    Object(Vec<Option<Typed>>, BTreeMap<String, Typed>),
    /// The member of a union.
    Member(usize, Box<Typed>),
    /// Any JSON.
    Any(Value),
}

impl Typed {
    /// A value of a type that was read elsewhere.
    pub(super) fn new(ty: &'static Type, content: Content) -> Self {
        Self { ty, content }
    }

    /// The value as JSON, as the generated type would write it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or_default()
    }
}

impl fmt::Debug for Typed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typed").finish_non_exhaustive()
    }
}

impl Serialize for Typed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.content {
            Content::Null => serializer.serialize_unit(),
            Content::Bool(value) => value.serialize(serializer),
            Content::Integer(value) => integer(*value, serializer),
            Content::Large(value) => value.serialize(serializer),
            Content::Float(value) => value.serialize(serializer),
            Content::Text(text) => text.serialize(serializer),
            Content::List(items) => items.serialize(serializer),
            Content::Map(entries) => entries.serialize(serializer),
            Content::Any(value) => value.serialize(serializer),
            Content::Object(fields, rest) => object(self.ty, fields, rest, serializer),
            Content::Member(index, member) => tagged(self.ty, *index, member, serializer),
        }
    }
}

/// Numbers of 64 bits are written as such, because some formats support no others.
fn integer<S: Serializer>(value: i128, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(value) = i64::try_from(value) {
        return value.serialize(serializer);
    }
    match u64::try_from(value) {
        Ok(value) => value.serialize(serializer),
        Err(_) => value.serialize(serializer),
    }
}

fn object<S: Serializer>(
    ty: &'static Type,
    fields: &[Option<Typed>],
    rest: &BTreeMap<String, Typed>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let named = definition(ty).and_then(|kind| match kind {
        Kind::Object(object) => Some(object.fields),
        _ => None,
    });
    let mut map = serializer.serialize_map(None)?;
    for (field, value) in named.unwrap_or_default().iter().zip(fields) {
        if let Some(value) = value {
            map.serialize_entry(field.name, value)?;
        }
    }
    for (name, value) in rest {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

/// A member with the tag that the union writes.
fn tagged<S: Serializer>(ty: &'static Type, index: usize, member: &Typed, serializer: S) -> Result<S::Ok, S::Error> {
    let variant = match definition(ty) {
        Some(Kind::Union { variants, .. }) => variants.get(index),
        _ => None,
    };
    let Some((property, replaces, value)) = variant.and_then(|variant| variant.tag.as_ref()) else {
        return member.serialize(serializer);
    };
    let mut json = member.to_json();
    if let Some(object) = json.as_object_mut()
        && (*replaces || !object.contains_key(*property))
    {
        object.insert((*property).to_owned(), value.clone());
    }
    json.serialize(serializer)
}

/// The definition behind any newtypes.
fn definition(ty: &'static Type) -> Option<&'static Kind> {
    let mut shape = ty.shape;
    loop {
        let Shape::Named(definition) = shape else { return None };
        match definition.kind() {
            Kind::Newtype { inner, .. } => shape = inner.shape,
            kind => return Some(kind),
        }
    }
}
