//! Finds the properties that constructors fill in: those with a single value, and the tag property
//! of a member that every union knows under the same value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::ir::model::{
    Constant, Field, IntegerKind, Otherwise, Presence, Scalar, Shape, TagValue, Tagging, TypeId, TypeKind, TypeTable,
    TypeUse, Union,
};

/// Aliases of aliases are followed this far.
const ALIAS_DEPTH: usize = 32;

/// Sets the constant of each field that has one.
pub(super) fn set(table: &mut TypeTable) {
    let tags = tags(table);
    let mut found = Vec::new();
    for (id, definition) in (0u32..).map(TypeId).zip(&table.definitions) {
        let TypeKind::Struct(object) = &definition.kind else { continue };
        for (index, field) in object.fields.iter().enumerate() {
            let tag = || tag_value(&tags, id, field).and_then(|value| constant(table, &field.ty, &value));
            found.extend(only_value(table, field).or_else(tag).map(|constant| (id, index, constant)));
        }
    }
    for (id, index, constant) in found {
        if let Some(definition) = table.get_mut(id)
            && let TypeKind::Struct(object) = &mut definition.kind
            && let Some(field) = object.fields.get_mut(index)
        {
            field.constant = Some(constant);
        }
    }
}

/// The constant of a required property whose type has one value.
fn only_value(table: &TypeTable, field: &Field) -> Option<Constant> {
    let ty = resolved(table, &field.ty)?;
    if field.presence == Presence::Optional || field.ty.nullable {
        return None;
    }
    if let Shape::Named(id) = ty.shape {
        return match &table.get(id).kind {
            TypeKind::Enum(values) => match values.variants.as_slice() {
                [only] => Some(Constant::Variant { ty: id, variant: only.name.clone() }),
                _ => None,
            },
            TypeKind::IntegerEnum(values) => match values.variants.as_slice() {
                [(only, ..)] => Some(Constant::Variant { ty: id, variant: only.clone() }),
                _ => None,
            },
            _ => None,
        };
    }
    match (field.ty.rules.allowed.as_slice(), ty.rules.allowed.as_slice()) {
        ([only], _) | ([], [only]) => constant(table, ty, only),
        _ => None,
    }
}

/// By struct and property: the tag values under which unions know the struct. A member for values
/// with any other tag (`defaultMapping`) has no single one.
type Tags = BTreeMap<(TypeId, String), BTreeSet<TagValue>>;

fn tags(table: &TypeTable) -> Tags {
    let mut tags = Tags::new();
    for definition in &table.definitions {
        let TypeKind::Union(Union { variants, tagging }) = &definition.kind else { continue };
        if let Tagging::Property { wire, values, otherwise, .. } = tagging {
            let is_default = |member: usize| *otherwise == Otherwise::Member(member);
            for (value, member) in values.iter().filter(|(_, member)| !is_default(*member)) {
                let ty = variants.get(*member).and_then(|variant| resolved(table, &variant.ty));
                if let Some(TypeUse { shape: Shape::Named(id), .. }) = ty {
                    tags.entry((*id, wire.clone())).or_default().insert(value.clone());
                }
            }
        }
    }
    tags
}

/// The tag value of a property, if all unions agree on it.
fn tag_value(tags: &Tags, holder: TypeId, field: &Field) -> Option<Value> {
    let values = tags.get(&(holder, field.wire.clone()))?;
    let mut values = values.iter();
    match (values.next(), values.next()) {
        (Some(only), None) => Some(only.to_json()),
        _ => None,
    }
}

/// A value as a constant of a type, if the type can express it.
fn constant(table: &TypeTable, ty: &TypeUse, value: &Value) -> Option<Constant> {
    let ty = resolved(table, ty)?;
    match (&ty.shape, value) {
        (Shape::Scalar(Scalar::String) | Shape::Any, Value::String(text)) => Some(Constant::Text(text.clone())),
        (Shape::Scalar(Scalar::Bool), Value::Bool(value)) => Some(Constant::Bool(*value)),
        (Shape::Scalar(Scalar::Integer(kind)), Value::Number(number)) => {
            number.as_i64().filter(|number| holds(*kind, *number)).map(Constant::Integer)
        }
        (Shape::Named(id), value) => named(table, *id, value),
        _ => None,
    }
}

fn named(table: &TypeTable, id: TypeId, value: &Value) -> Option<Constant> {
    match (&table.get(id).kind, value) {
        (TypeKind::Enum(values), Value::String(text)) => {
            let variant = values.variants.iter().find(|variant| variant.wire == *text)?;
            Some(Constant::Variant { ty: id, variant: variant.name.clone() })
        }
        (TypeKind::IntegerEnum(values), Value::Number(number)) => {
            let (variant, ..) = values.variants.iter().find(|(_, value, _)| number.as_i64() == Some(*value))?;
            Some(Constant::Variant { ty: id, variant: variant.clone() })
        }
        (TypeKind::Newtype(newtype), Value::String(text)) => {
            let is_plain = newtype.inner.shape == Shape::Scalar(Scalar::String) && newtype.inner.rules.is_empty();
            is_plain.then(|| Constant::Text(text.clone()))
        }
        _ => None,
    }
}

/// Whether a type of integers holds a value.
fn holds(kind: IntegerKind, value: i64) -> bool {
    match kind {
        IntegerKind::I8 => i8::try_from(value).is_ok(),
        IntegerKind::I16 => i16::try_from(value).is_ok(),
        IntegerKind::I32 => i32::try_from(value).is_ok(),
        IntegerKind::I64 | IntegerKind::I128 => true,
        IntegerKind::U8 => u8::try_from(value).is_ok(),
        IntegerKind::U16 => u16::try_from(value).is_ok(),
        IntegerKind::U32 => u32::try_from(value).is_ok(),
        IntegerKind::U64 | IntegerKind::U128 => value >= 0,
    }
}

/// The type behind aliases; `None` behind too many.
fn resolved<'t>(table: &'t TypeTable, ty: &'t TypeUse) -> Option<&'t TypeUse> {
    let mut ty = ty;
    for _ in 0..ALIAS_DEPTH {
        match &ty.shape {
            Shape::Named(id) => match &table.get(*id).kind {
                TypeKind::Alias(target) => ty = target,
                _ => return Some(ty),
            },
            _ => return Some(ty),
        }
    }
    None
}
