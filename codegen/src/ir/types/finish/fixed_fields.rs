//! Finds the properties that constructors fill in: those with a single value, and the tag property
//! of a member of unions. If unions have different values for the member, converting it into one of
//! them sets the value of that union.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::ir::model::{
    Constant, Field, IntegerKind, Otherwise, Presence, Scalar, Shape, TagValue, TagWrite, Tagging, TypeId, TypeKind,
    TypeTable, TypeUse, Union,
};
use crate::limits::ALIAS_CHAIN;

/// Sets the constant of each field that has one.
pub(super) fn set(table: &mut TypeTable) {
    let tags = tags(table);
    let mut found = Vec::new();
    let mut contested = Vec::new();
    for (id, definition) in (0u32..).map(TypeId).zip(&table.definitions) {
        let TypeKind::Struct(object) = &definition.kind else { continue };
        for (index, field) in object.fields.iter().enumerate() {
            let tag = tags.get(&(id, field.wire.clone())).and_then(|known| known.tag(table, field));
            match only_value(table, field).map(Tag::Agreed).or(tag) {
                Some(Tag::Agreed(constant)) => found.push((id, index, constant)),
                Some(Tag::Contested(constant)) => {
                    contested.push((id, field.clone()));
                    // An optional property stays absent until the member is converted.
                    found.extend((field.presence == Presence::Required).then_some((id, index, constant)));
                }
                None => {}
            }
        }
    }
    set_on_conversion(table, &contested);
    for (id, index, constant) in found {
        if let Some(definition) = table.get_mut(id)
            && let TypeKind::Struct(object) = &mut definition.kind
            && let Some(field) = object.fields.get_mut(index)
        {
            field.constant = Some(constant);
        }
    }
}

/// The constant of a required property whose type has only one value.
fn only_value(table: &TypeTable, field: &Field) -> Option<Constant> {
    let ty = resolved(table, &field.ty)?;
    if field.presence == Presence::Optional || field.ty.nullable {
        return None;
    }
    if let Shape::Named(id) = ty.shape {
        return match &table.get(id).kind {
            TypeKind::Enum(values) => {
                values.only().map(|only| Constant::Variant { ty: id, variant: only.name.clone() })
            }
            TypeKind::IntegerEnum(values) => match values.variants.as_slice() {
                [(only, ..)] => Some(Constant::Variant { ty: id, variant: only.clone() }),
                _ => None,
            },
            _ => None,
        };
    }
    match (field.ty.constraints.allowed.as_slice(), ty.constraints.allowed.as_slice()) {
        ([only], _) | ([], [only]) => constant(table, ty, only),
        _ => None,
    }
}

/// By struct and property: the tag values that unions have for the struct. A member for values with
/// any other tag (`defaultMapping`) has no single value.
type Tags = BTreeMap<(TypeId, String), Known>;

/// The tag values of one member, by the index of the union.
#[derive(Default)]
struct Known(BTreeMap<usize, BTreeSet<TagValue>>);

/// The value of a tag property.
enum Tag {
    /// All unions have this value for the member.
    Agreed(Constant),
    /// Each union has one value for the member. This is the first of them.
    Contested(Constant),
}

impl Known {
    /// `None` if a union has several values for the member, because only the caller can choose.
    fn tag(&self, table: &TypeTable, field: &Field) -> Option<Tag> {
        let values: BTreeSet<&TagValue> = self.0.values().flatten().collect();
        let mut constants = Vec::new();
        for value in &values {
            constants.push(constant(table, &field.ty, &value.to_json())?);
        }
        let first = constants.into_iter().next()?;
        if values.len() == 1 {
            return Some(Tag::Agreed(first));
        }
        self.0.values().all(|values| values.len() == 1).then_some(Tag::Contested(first))
    }
}

/// Makes the unions of contested members write and set their own values.
fn set_on_conversion(table: &mut TypeTable, contested: &[(TypeId, Field)]) {
    let mut found = Vec::new();
    for (index, definition) in table.definitions.iter().enumerate() {
        let TypeKind::Union(Union { variants, tagging, .. }) = &definition.kind else { continue };
        let Tagging::Property { wire, values, .. } = tagging else { continue };
        for (value, member) in values {
            let id = variants.get(*member).and_then(|variant| struct_of(table, &variant.ty));
            let field = contested.iter().find(|(holder, field)| Some(*holder) == id && field.wire == *wire);
            let constant = field.and_then(|(_, field)| constant(table, &field.ty, &value.to_json()));
            if let (Some((_, field)), Some(constant)) = (field, constant) {
                let tag = Field { constant: Some(constant), ..field.clone() };
                found.push((index, *member, value.clone(), tag));
            }
        }
    }
    for (index, member, value, tag) in found {
        let Some(definition) = table.definitions.get_mut(index) else { continue };
        let TypeKind::Union(Union { variants, tagging: Tagging::Property { writes, .. }, .. }) = &mut definition.kind
        else {
            continue;
        };
        if let (Some(variant), Some(written)) = (variants.get_mut(member), writes.get_mut(member)) {
            *written = Some(TagWrite { value, replaces: true });
            variant.tag = Some(tag).filter(|_| !variant.ty.nullable);
        }
    }
}

fn struct_of(table: &TypeTable, ty: &TypeUse) -> Option<TypeId> {
    match resolved(table, ty)?.shape {
        Shape::Named(id) => Some(id),
        _ => None,
    }
}

fn tags(table: &TypeTable) -> Tags {
    let mut tags = Tags::new();
    for (index, definition) in table.definitions.iter().enumerate() {
        let TypeKind::Union(Union { variants, tagging, .. }) = &definition.kind else { continue };
        if let Tagging::Property { wire, values, otherwise, .. } = tagging {
            let is_default = |member: usize| *otherwise == Otherwise::Member(member);
            for (value, member) in values.iter().filter(|(_, member)| !is_default(*member)) {
                if let Some(id) = variants.get(*member).and_then(|variant| struct_of(table, &variant.ty)) {
                    tags.entry((id, wire.clone())).or_default().0.entry(index).or_default().insert(value.clone());
                }
            }
        }
    }
    tags
}

/// A value as a constant of a type, if the type can express the value.
fn constant(table: &TypeTable, ty: &TypeUse, value: &Value) -> Option<Constant> {
    let ty = resolved(table, ty)?;
    match (&ty.shape, value) {
        (Shape::Scalar(Scalar::String) | Shape::Any, Value::String(text)) => Some(Constant::Text(text.clone())),
        (Shape::Scalar(Scalar::Bool), Value::Bool(value)) => Some(Constant::Bool(*value)),
        (Shape::Scalar(Scalar::Integer(kind)), Value::Number(number)) => {
            number.as_i64().filter(|number| holds(*kind, *number)).map(Constant::Integer)
        }
        (Shape::Scalar(Scalar::Float64), Value::Number(number)) => number.as_f64().map(Constant::Number),
        (Shape::Named(id), value) => named(table, *id, value),
        (Shape::Map(inner, _), Value::Object(_)) | (Shape::List(inner), Value::Array(_))
            if inner.shape == Shape::Any =>
        {
            Some(Constant::Json(value.clone()))
        }
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
            let is_plain = newtype.inner.shape == Shape::Scalar(Scalar::String) && newtype.inner.constraints.is_empty();
            is_plain.then(|| Constant::Text(text.clone()))
        }
        _ => None,
    }
}

/// Whether an integer type can hold a value.
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

/// The type behind aliases; `None` if there are too many.
fn resolved<'t>(table: &'t TypeTable, ty: &'t TypeUse) -> Option<&'t TypeUse> {
    let mut ty = ty;
    for _ in 0..ALIAS_CHAIN {
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
