//! Writes an argument of a setter in one line: the document's own example, or else a value that its
//! type allows.

use serde_json::Value;

use crate::emit::Scope;
use crate::emit::type_use::Absence;
use crate::ir::model::{
    Field, Format, IntegerEnum, IntegerKind, Newtype, Scalar, Shape, Struct, TypeDef, TypeId, TypeKind, TypeUse,
};

/// Longer strings, lists and structs are omitted.
const MAX_TEXT: usize = 80;
const MAX_ITEMS: usize = 4;
const MAX_CONSTRUCTED: usize = 160;

/// An argument for a setter of this type. `name` is the name of the parameter.
pub(super) fn literal(scope: Scope<'_>, ty: &TypeUse, example: Option<&Value>, name: &str) -> Option<String> {
    match scope.resolved(&ty.shape) {
        Shape::List(item) if !scope.is_nullable(item) => list(scope, item, example, name),
        _ => single(scope, ty, example, name),
    }
}

/// `types::Pet::new("Rex")`: a struct whose required properties can be written in one line.
pub(super) fn constructed(scope: Scope<'_>, id: TypeId) -> Option<String> {
    let definition = scope.table().get(id);
    let TypeKind::Struct(body) = &definition.kind else { return None };
    let asked: Vec<&Field> = body.asked().collect();
    let constructed = match (asked.as_slice(), &body.required) {
        ([], _) => Some(with_one_property(scope, definition, body)),
        ([only], _) => Some(format!("types::{}::new({})", definition.name, argument(scope, only)?)),
        (asked, Some(required)) => {
            let field = |field: &&Field| Some(format!("{}: {}", field.name, property(scope, field)?));
            let fields = asked.iter().map(field).collect::<Option<Vec<_>>>()?.join(", ");
            Some(format!("types::{}::new(types::{required} {{ {fields} }})", definition.name))
        }
        (_, None) => None,
    };
    constructed.filter(|constructed| constructed.len() <= MAX_CONSTRUCTED)
}

/// `types::Pet::new().name("Rex")`. An empty body would teach nothing.
fn with_one_property(scope: Scope<'_>, definition: &TypeDef, body: &Struct) -> String {
    let is_plain = |field: &&Field| !field.boxed && field.constant.is_none() && scope.absence(field) == Absence::Absent;
    let fields = body.fields.iter().filter(is_plain).filter(|field| field.doc.deprecated.is_none());
    let shown = fields.filter_map(|field| {
        let value = argument(scope, field)?;
        Some(format!("types::{}::new().{}({value})", definition.name, field.setter))
    });
    let mut shown = shown.filter(|constructed| constructed.len() <= MAX_CONSTRUCTED);
    shown.next().unwrap_or_else(|| format!("types::{}::new()", definition.name))
}

/// An argument of `new` or of a setter. Both convert strings themselves.
fn argument(scope: Scope<'_>, field: &Field) -> Option<String> {
    let value = property(scope, field)?;
    let value = value.strip_suffix(".into()").or_else(|| value.strip_suffix(".to_owned()")).unwrap_or(&value);
    Some(value.to_owned())
}

/// A value whose type is exactly that of the property.
fn property(scope: Scope<'_>, field: &Field) -> Option<String> {
    if scope.is_nullable(&field.ty) {
        return None;
    }
    let example = field.doc.examples.first().or(field.default.as_ref());
    if matches!(scope.resolved(&field.ty.shape), Shape::Any) {
        return Some(format!("{}.into()", text(example).unwrap_or_else(|| quoted(&field.wire))));
    }
    let value = single(scope, &field.ty, example, &field.wire)?;
    match scope.resolved(&field.ty.shape) {
        Shape::Scalar(Scalar::Text(_)) => Some(format!("{value}.parse()?")),
        Shape::Scalar(Scalar::Secret) => Some(format!("{value}.into()")),
        Shape::Scalar(Scalar::String) => Some(format!("{value}.to_owned()")),
        Shape::Named(id) => match &scope.table().get(*id).kind {
            TypeKind::Newtype(newtype) if newtype.inner.constraints.is_empty() => Some(format!("{value}.into()")),
            TypeKind::Newtype(_) => Some(format!("{value}.try_into()?")),
            _ => Some(value),
        },
        _ => Some(value),
    }
}

/// `["a", "b"]`
fn list(scope: Scope<'_>, item: &TypeUse, example: Option<&Value>, name: &str) -> Option<String> {
    let has_plain_items = match scope.resolved(&item.shape) {
        Shape::Scalar(Scalar::Text(_) | Scalar::Foreign(_)) => false,
        Shape::Scalar(_) => true,
        Shape::Named(id) => match &scope.table().get(*id).kind {
            TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => true,
            TypeKind::Newtype(newtype) => newtype.inner.constraints.is_empty(),
            _ => false,
        },
        _ => false,
    };
    if !has_plain_items {
        return None;
    }
    let examples = example.and_then(Value::as_array).filter(|items| (1..=MAX_ITEMS).contains(&items.len()));
    let items: Option<Vec<String>> = match examples {
        Some(items) => items.iter().map(|one| single(scope, item, Some(one), name)).collect(),
        None => single(scope, item, example, name).map(|one| vec![one]),
    };
    Some(format!("[{}]", items?.join(", ")))
}

fn single(scope: Scope<'_>, ty: &TypeUse, example: Option<&Value>, name: &str) -> Option<String> {
    match scope.resolved(&ty.shape) {
        Shape::Scalar(one) => scalar(*one, ty, example, name),
        Shape::Named(id) => named(scope, scope.table().get(*id), example, name),
        _ => None,
    }
}

fn named(scope: Scope<'_>, definition: &TypeDef, example: Option<&Value>, name: &str) -> Option<String> {
    let example = example.or(definition.doc.examples.first());
    let variant = match &definition.kind {
        TypeKind::Enum(values) => {
            let shown = values.variants.iter().find(|one| example.and_then(Value::as_str) == Some(&one.wire));
            shown.map(|one| &one.name).or(values.default.as_ref()).or(values.variants.first().map(|one| &one.name))?
        }
        TypeKind::IntegerEnum(IntegerEnum { variants, .. }) => {
            let shown = variants.iter().find(|(_, value, _)| example.and_then(Value::as_i64) == Some(*value));
            &shown.or(variants.first())?.0
        }
        TypeKind::Newtype(Newtype { inner, .. }) => {
            let Shape::Scalar(one) = scope.resolved(&inner.shape) else { return None };
            // A newtype is constructed from the string that it wraps, whatever its format is.
            return if matches!(one, Scalar::Text(_)) { None } else { scalar(*one, inner, example, name) };
        }
        _ => return None,
    };
    Some(format!("types::{}::{variant}", definition.name))
}

fn scalar(scalar: Scalar, ty: &TypeUse, example: Option<&Value>, name: &str) -> Option<String> {
    match scalar {
        Scalar::Bool => Some(example.and_then(Value::as_bool).unwrap_or(true).to_string()),
        Scalar::Integer(kind) => Some(integer(kind, ty, example)),
        Scalar::Float64 => Some(float(ty, example)),
        Scalar::String => Some(text(example).unwrap_or_else(|| quoted(name.trim_start_matches("r#")))),
        // An example secret may look like a real one.
        Scalar::Secret => Some(quoted(name.trim_start_matches("r#"))),
        Scalar::Text(format) if format != Format::Byte => Some(text(example).unwrap_or_else(|| quoted(sample(format)))),
        // Neither bytes nor their Base64 form would show anything.
        Scalar::Text(_) | Scalar::Binary | Scalar::Null | Scalar::Never | Scalar::Foreign(_) => None,
    }
}

/// The example, or else the smallest value from 1 that the bounds allow; 1 if neither fits the
/// type.
fn integer(kind: IntegerKind, ty: &TypeUse, example: Option<&Value>) -> String {
    let least = ty.constraints.minimum.as_ref().and_then(serde_json::Number::as_i64).unwrap_or(1).max(1);
    let value = example.and_then(Value::as_i64).unwrap_or(least);
    let (low, high) = match kind {
        IntegerKind::I8 => (i64::from(i8::MIN), i64::from(i8::MAX)),
        IntegerKind::I16 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        IntegerKind::I32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        IntegerKind::I64 | IntegerKind::I128 => (i64::MIN, i64::MAX),
        IntegerKind::U8 => (0, i64::from(u8::MAX)),
        IntegerKind::U16 => (0, i64::from(u16::MAX)),
        IntegerKind::U32 => (0, i64::from(u32::MAX)),
        IntegerKind::U64 | IntegerKind::U128 => (0, i64::MAX),
    };
    if (low..=high).contains(&value) { value.to_string() } else { "1".to_owned() }
}

fn float(ty: &TypeUse, example: Option<&Value>) -> String {
    let least = ty.constraints.minimum.as_ref().and_then(serde_json::Number::as_f64).unwrap_or(1.0).max(1.0);
    let value = example.and_then(Value::as_f64).unwrap_or(least);
    // Long numbers are hard to read, and single precision cannot represent all of them.
    let value = if value.abs() < 1.0e9 { value } else { 1.0 };
    format!("{value:?}")
}

/// The example, if it is a readable string.
fn text(example: Option<&Value>) -> Option<String> {
    let shown = example.and_then(Value::as_str).filter(|text| text.len() <= MAX_TEXT && !text.contains("```"))?;
    (!shown.is_empty() && !shown.chars().any(char::is_control)).then(|| quoted(shown))
}

fn quoted(text: &str) -> String {
    format!("{text:?}")
}

/// A string in a format.
fn sample(format: Format) -> &'static str {
    match format {
        Format::DateTime => "2026-01-31T12:00:00Z",
        Format::Date => "2026-01-31",
        Format::Time => "12:00:00Z",
        Format::Duration => "PT1H",
        Format::Uuid => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        Format::Uri => "https://example.com",
        Format::Email => "jane@example.com",
        Format::Ipv4 => "192.0.2.1",
        Format::Ipv6 => "2001:db8::1",
        Format::Decimal => "1.50",
        Format::Byte => "aGVsbG8=",
    }
}
