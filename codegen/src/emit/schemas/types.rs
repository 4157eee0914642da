//! Prints a type as a schema.

use serde_json::Value;

use super::json::{Object, list, text};
use crate::emit::Scope;
use crate::ir::model::{
    Assertion, Constraints, Extra, Format, IntegerKind, Otherwise, Presence, Probe, Scalar, Shape, Struct, Tagging,
    TypeId, TypeKind, TypeUse, Union,
};
use crate::limits::SHAPE_DEPTH;

/// The name of a type's definition.
pub(super) fn key(scope: Scope<'_>, id: TypeId) -> String {
    let id = scope.distinct(id);
    let name = scope.table().get(id).name.as_str();
    if scope.table().is_shared(id) { format!("shared/{name}") } else { name.to_owned() }
}

/// `{"$ref": "Pet"}`
pub(super) fn named(scope: Scope<'_>, id: TypeId) -> Object {
    let mut object = Object::default();
    object.add_text("$ref", &key(scope, id));
    object
}

/// The schema of a type where it is used.
pub(super) fn used(scope: Scope<'_>, ty: &TypeUse) -> Object {
    within(scope, ty, SHAPE_DEPTH)
}

/// The schema of a type.
pub(super) fn definition(scope: Scope<'_>, id: TypeId) -> Object {
    let definition = scope.table().get(id);
    match &definition.kind {
        TypeKind::Struct(structure) => {
            let mut object = self::structure(scope, structure);
            add_counts(&mut object, &definition.assertions);
            object
        }
        TypeKind::Enum(values) => {
            let mut object = typed(&["string"]);
            if values.extensible {
                return object;
            }
            object.add("enum", list(values.variants.iter().map(|variant| text(&variant.wire))));
            object
        }
        TypeKind::IntegerEnum(values) => {
            let mut object = typed(&["integer"]);
            object.add("enum", list(values.variants.iter().map(|(_, value, _)| value.to_string())));
            object
        }
        TypeKind::Union(union) => self::union(scope, union),
        TypeKind::Newtype(newtype) if newtype.reads_numbers => {
            let mut object = typed(&["string", "integer"]);
            add_rules(&mut object, &newtype.inner.constraints);
            object
        }
        TypeKind::Newtype(newtype) => used(scope, &newtype.inner),
        TypeKind::Alias(target) => used(scope, target),
    }
}

fn within(scope: Scope<'_>, ty: &TypeUse, depth: usize) -> Object {
    let Some(depth) = depth.checked_sub(1) else { return Object::default() };
    let mut object = match &ty.shape {
        Shape::Named(id) => named(scope, *id),
        Shape::Scalar(scalar) => self::scalar(scope, *scalar),
        Shape::List(item) => {
            let mut object = typed(&["array"]);
            object.add("items", within(scope, item, depth));
            object
        }
        Shape::Map(value, _) => {
            let mut object = typed(&["object"]);
            object.add("additionalProperties", within(scope, value, depth));
            object
        }
        Shape::Tuple(items) => {
            let mut object = typed(&["array"]);
            object.add("prefixItems", list(items.iter().map(|item| within(scope, item, depth).to_string())));
            object
        }
        Shape::Any => return Object::default(),
    };
    if ty.nullable {
        object.add("nullable", true);
    }
    add_rules(&mut object, &ty.constraints);
    if let Shape::Tuple(items) = &ty.shape {
        // A tuple can be read only if it is complete.
        for bound in ["minItems", "maxItems"].into_iter().filter(|bound| !object.has(bound)).collect::<Vec<_>>() {
            object.add(bound, items.len());
        }
    }
    object
}

fn structure(scope: Scope<'_>, structure: &Struct) -> Object {
    let mut object = typed(&["object"]);
    let required = structure.fields.iter().filter(|field| field.presence == Presence::Required);
    let required: Vec<String> = required.map(|field| text(&field.wire)).collect();
    if !required.is_empty() {
        object.add("required", list(required));
    }
    let properties = structure.fields.iter().map(|field| list([text(&field.wire), used(scope, &field.ty).to_string()]));
    // Any value: these are accepted, but not read.
    let unsent = structure.unsent.iter().map(|name| list([text(name), Object::default().to_string()]));
    let properties = properties.chain(unsent);
    object.add("properties", list(properties));
    match &structure.extra {
        Extra::Ignored => {}
        Extra::Denied => object.add("additionalProperties", false),
        Extra::Kept { value, patterns, .. } => {
            object.add("additionalProperties", used(scope, value));
            if !patterns.is_empty() {
                object.add("propertyNames", list(patterns.iter().map(|pattern| text(pattern))));
            }
        }
    }
    add_rules(&mut object, &structure.constraints);
    object
}

fn union(scope: Scope<'_>, union: &Union) -> Object {
    let mut object = Object::default();
    // The document does not contain this member. Faults found against it would not match what the
    // document describes.
    let members = union.variants.iter().filter(|variant| !variant.combined);
    object.add("anyOf", list(members.map(|variant| used(scope, &variant.ty).to_string())));
    if let Tagging::Property { wire, values, otherwise, .. } = &union.tagging {
        let mut tag = Object::default();
        tag.add_text("property", wire);
        let values = values.iter().map(|(value, index)| list([value.to_json().to_string(), index.to_string()]));
        tag.add("values", list(values));
        match otherwise {
            Otherwise::Refused => {}
            Otherwise::Shape => tag.add_text("otherwise", "shape"),
            Otherwise::Member(index) => tag.add("otherwise", index),
        }
        object.add("tag", tag);
    }
    object
}

fn scalar(scope: Scope<'_>, scalar: Scalar) -> Object {
    match scalar {
        Scalar::Bool => typed(&["boolean"]),
        Scalar::Integer(kind) => formatted("integer", integer_format(kind)),
        Scalar::Float64 => typed(&["number"]),
        Scalar::String | Scalar::Secret => typed(&["string"]),
        Scalar::Text(format) => formatted("string", text_format(format)),
        Scalar::Null => typed(&["null"]),
        Scalar::Never => typed(&[]),
        // Only the type of the other crate knows what it reads.
        Scalar::Foreign(id) => match scope.table().foreign(id).map_or(0, |foreign| foreign.json) {
            0 => Object::default(),
            json => typed(&json_types(json)),
        },
        Scalar::Binary => Object::default(),
    }
}

fn formatted(ty: &str, format: &str) -> Object {
    let mut object = typed(&[ty]);
    object.add_text("format", format);
    object
}

fn typed(types: &[&str]) -> Object {
    let mut object = Object::default();
    match types {
        [only] => object.add_text("type", only),
        several => object.add("type", list(several.iter().map(|name| text(name)))),
    }
    object
}

fn json_types(json: u8) -> Vec<&'static str> {
    let words = [
        (Probe::NULL, "null"),
        (Probe::BOOL, "boolean"),
        (Probe::INTEGER, "integer"),
        (Probe::NUMBER, "number"),
        (Probe::STRING, "string"),
        (Probe::ARRAY, "array"),
        (Probe::OBJECT, "object"),
    ];
    words.into_iter().filter(|(bit, _)| json & bit != 0).map(|(_, word)| word).collect()
}

fn integer_format(kind: IntegerKind) -> &'static str {
    match kind {
        IntegerKind::I8 => "int8",
        IntegerKind::I16 => "int16",
        IntegerKind::I32 => "int32",
        IntegerKind::I64 => "int64",
        IntegerKind::I128 => "int128",
        IntegerKind::U8 => "uint8",
        IntegerKind::U16 => "uint16",
        IntegerKind::U32 => "uint32",
        IntegerKind::U64 => "uint64",
        IntegerKind::U128 => "uint128",
    }
}

/// The name that the runtime gives to the format.
fn text_format(format: Format) -> &'static str {
    match format {
        Format::DateTime => "date-time",
        Format::Date => "date",
        Format::Time => "time",
        Format::Duration => "duration",
        Format::Uuid => "uuid",
        Format::Uri => "uri",
        Format::Email => "email",
        Format::Ipv4 => "ipv4",
        Format::Ipv6 => "ipv6",
        Format::Decimal => "decimal",
        Format::Byte => "byte",
    }
}

/// The constraints, as JSON Schema writes them.
fn add_rules(object: &mut Object, constraints: &Constraints) {
    object.add_some("minLength", constraints.min_length);
    object.add_some("maxLength", constraints.max_length);
    object.add_some("pattern", constraints.pattern.as_deref().map(text));
    object.add_some("minimum", constraints.minimum.as_ref());
    object.add_some("maximum", constraints.maximum.as_ref());
    object.add_some("exclusiveMinimum", constraints.exclusive_minimum.as_ref());
    object.add_some("exclusiveMaximum", constraints.exclusive_maximum.as_ref());
    object.add_some("multipleOf", constraints.multiple_of.as_ref());
    object.add_some("minItems", constraints.min_items);
    object.add_some("maxItems", constraints.max_items);
    object.add_some("uniqueItems", constraints.unique_items.then_some(true));
    object.add_some("minProperties", constraints.min_properties);
    object.add_some("maxProperties", constraints.max_properties);
    if !constraints.allowed.is_empty() {
        object.add("enum", list(constraints.allowed.iter().map(Value::to_string)));
    }
    add_counts(object, &constraints.assertions);
    object.add_some("orText", constraints.or_text.then_some(true));
}

/// The limits on the number of properties that an assertion checks.
fn add_counts(object: &mut Object, assertions: &[Assertion]) {
    for assertion in assertions {
        if let Assertion::Limits(limits) = assertion {
            object.add_some("minProperties", limits.min_properties);
            object.add_some("maxProperties", limits.max_properties);
        }
    }
}
