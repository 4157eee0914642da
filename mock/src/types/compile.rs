//! The types of the intermediate representation → types as data.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use specwright_codegen::ir::model::{
    self as ir, Api, Extra, Format, Otherwise, Scalar, Struct, TagValue, Tagging, TypeId, TypeKind, TypeUse, Union,
};
use specwright_runtime::union::{self as rt, Alternatives, Probe, Tag};
use specwright_runtime::validation::Constraints;

use super::constraints::{self, ConstraintTable, plain};
use super::model::{Definition, Field, Kind, Object, Presence, Rest, Shape, Type, Variant};
use crate::leak::{leak, leak_all, leak_text, leak_texts};

/// The maximum depth to which aliases of aliases and lists of lists are followed.
const DEPTH: usize = 32;

/// The compiled types of an API.
#[derive(Debug)]
pub struct Types<'a> {
    api: &'a Api,
    constraints: ConstraintTable<'a>,
    known: BTreeMap<TypeId, &'static Definition>,
    /// Definitions whose kind is not known yet.
    open: Vec<TypeId>,
}

impl<'a> Types<'a> {
    /// The types of an API, which are compiled when they are requested.
    #[must_use]
    pub fn new(api: &'a Api) -> Self {
        Self { api, constraints: ConstraintTable::new(&api.types), known: BTreeMap::new(), open: Vec::new() }
    }

    /// The type of a use.
    pub fn of(&mut self, ty: &TypeUse) -> &'static Type {
        let compiled = self.used(ty);
        self.finish();
        compiled
    }

    /// The type of a use without `null`.
    pub fn not_null(&mut self, ty: &TypeUse) -> &'static Type {
        let (shape, constraints) = (self.shape(&ty.shape, DEPTH), self.constraints.of(ty));
        self.finish();
        leak(Type { shape, nullable: false, constraints })
    }

    /// Whether a type describes whole events, whose names decide what their data is.
    #[must_use]
    pub fn is_by_name(&self, ty: &TypeUse) -> bool {
        self.api.types.is_by_name(ty)
    }

    /// The definition of a form's properties, by the type of its body.
    pub fn object(&mut self, id: TypeId) -> &'static Definition {
        let definition = self.definition(id);
        self.finish();
        definition
    }

    /// Compiles the kinds of all definitions that were mentioned.
    fn finish(&mut self) {
        while let Some(id) = self.open.pop() {
            let Some(definition) = self.known.get(&id).copied() else { continue };
            let kind = self.kind(definition.name, &self.api.types.get(id).kind);
            let _ = definition.kind.set(kind);
        }
    }

    fn definition(&mut self, id: TypeId) -> &'static Definition {
        if let Some(known) = self.known.get(&id) {
            return known;
        }
        let of = self.api.types.get(id);
        let (name, assertions) = (leak_text(of.name.as_str()), constraints::assertions(&of.assertions));
        let definition = leak(Definition { name, assertions, kind: OnceLock::new() });
        self.known.insert(id, definition);
        self.open.push(id);
        definition
    }

    fn used(&mut self, ty: &TypeUse) -> &'static Type {
        leak(self.inline(ty, DEPTH))
    }

    fn inline(&mut self, ty: &TypeUse, depth: usize) -> Type {
        Type {
            shape: self.shape(&ty.shape, depth),
            nullable: self.api.types.is_nullable(ty),
            constraints: self.constraints.of(ty),
        }
    }

    fn shape(&mut self, shape: &ir::Shape, depth: usize) -> Shape {
        let Some(depth) = depth.checked_sub(1) else { return Shape::Any };
        let api = self.api;
        match api.types.resolved(shape) {
            ir::Shape::Named(id) => Shape::Named(self.definition(*id)),
            ir::Shape::Scalar(Scalar::Foreign(id)) => {
                Shape::Foreign(api.types.foreign(*id).filter(|one| one.known).and_then(|one| format_of(&one.path)))
            }
            ir::Shape::Scalar(scalar) => Shape::Scalar(*scalar),
            ir::Shape::List(item) => Shape::List(leak(self.inline(item, depth))),
            ir::Shape::Map(value, _) => Shape::Map(leak(self.inline(value, depth))),
            ir::Shape::Tuple(items) => {
                Shape::Tuple(leak_all(items.iter().map(|item| self.inline(item, depth)).collect()))
            }
            ir::Shape::Any => Shape::Any,
        }
    }

    fn kind(&mut self, name: &'static str, kind: &TypeKind) -> Kind {
        match kind {
            TypeKind::Struct(object) => Kind::Object(self.structure(object)),
            TypeKind::Enum(values) => {
                let texts = values.variants.iter().map(|variant| &variant.wire);
                Kind::Texts { values: leak_texts(texts), open: values.open, extensible: values.extensible }
            }
            TypeKind::IntegerEnum(values) => {
                let numbers = values.variants.iter().map(|(_, value, _)| *value).collect();
                Kind::Integers { values: leak_all(numbers), open: values.open }
            }
            TypeKind::Union(union) => self.union(name, union),
            TypeKind::Newtype(newtype) => {
                let is_text = newtype.inner.shape == ir::Shape::Scalar(Scalar::String);
                Kind::Newtype {
                    inner: self.used(&newtype.inner),
                    reads_numbers: newtype.reads_numbers && is_text,
                    reads_text: newtype.inner.constraints.or_text,
                }
            }
            // Uses of aliases already refer to their targets.
            TypeKind::Alias(target) => {
                Kind::Newtype { inner: self.used(target), reads_numbers: false, reads_text: false }
            }
        }
    }

    fn structure(&mut self, object: &Struct) -> Object {
        let fields = object.fields.iter().map(|field| self.field(field)).collect();
        let rest = match &object.extra {
            Extra::Ignored => Rest::Ignored,
            Extra::Denied => Rest::Denied,
            Extra::Kept { value, patterns, .. } => Rest::Kept(self.used(value), leak_texts(patterns)),
        };
        let constraints = plain(&object.constraints);
        let constraints = if constraints == Constraints::NONE { &Constraints::NONE } else { leak(constraints) };
        Object { fields: leak_all(fields), rest, unsent: leak_texts(&object.unsent), constraints }
    }

    fn field(&mut self, field: &ir::Field) -> Field {
        let ty = self.used(&field.ty);
        let presence = match (field.presence, ty.nullable) {
            (ir::Presence::Required, _) => Presence::Required,
            (ir::Presence::Optional, true) => Presence::OptionalOrNull,
            (ir::Presence::Optional, false) if is_any(self.api.types.resolved(&field.ty.shape)) => {
                Presence::OptionalAny
            }
            (ir::Presence::Optional, false) => Presence::Optional,
        };
        Field {
            name: leak_text(&field.wire),
            not_null: leak(Type { nullable: false, ..*ty }),
            presence,
            reads_text: presence != Presence::OptionalAny && self.reads_text(&field.ty),
            is_file: holds_file(ty.shape),
            ty,
        }
    }

    /// Whether numbers of a type may arrive as text: the type itself, or items of its lists and
    /// values of its maps.
    fn reads_text(&self, ty: &TypeUse) -> bool {
        let mut ty = ty;
        for _ in 0..DEPTH {
            if ty.constraints.or_text {
                return true;
            }
            ty = match &ty.shape {
                ir::Shape::List(inner) | ir::Shape::Map(inner, _) => inner,
                shape => match self.api.types.alias_target(shape) {
                    Some(target) => target,
                    None => return false,
                },
            };
        }
        false
    }

    fn union(&mut self, name: &'static str, union: &Union) -> Kind {
        let members =
            union.variants.iter().map(|one| (leak_text(one.name.as_str()), probe(&one.probe, &union.tagging)));
        let members = leak_all(members.collect());
        let variants = union
            .variants
            .iter()
            .enumerate()
            .map(|(index, variant)| Variant { ty: self.used(&variant.ty), tag: written(&union.tagging, index) });
        let variants = leak_all(variants.collect());
        Kind::Union { alternatives: Alternatives { name, tag: tag(&union.tagging), members }, variants }
    }
}

fn is_any(shape: &ir::Shape) -> bool {
    matches!(shape, ir::Shape::Any | ir::Shape::Scalar(Scalar::Null))
}

/// Whether a form can send files here.
fn holds_file(shape: Shape) -> bool {
    match shape {
        Shape::Scalar(scalar) => scalar == Scalar::Binary,
        Shape::List(item) | Shape::Map(item) => holds_file(item.shape),
        Shape::Named(_) | Shape::Foreign(_) | Shape::Tuple(_) | Shape::Any => false,
    }
}

/// The format of a type from a known crate.
fn format_of(path: &str) -> Option<Format> {
    let is = |part: &str| path.contains(part);
    Some(match path {
        _ if is("Timestamp") || is("DateTime") || is("Rfc3339") => Format::DateTime,
        _ if is("Date") => Format::Date,
        _ if is("Uuid") => Format::Uuid,
        _ if is("Url") => Format::Uri,
        _ if is("Decimal") => Format::Decimal,
        _ => return None,
    })
}

fn written(tagging: &Tagging, index: usize) -> Option<(&'static str, bool, serde_json::Value)> {
    let Tagging::Property { wire, writes, .. } = tagging else { return None };
    let write = writes.get(index)?.as_ref()?;
    Some((leak_text(wire), write.replaces, write.value.to_json()))
}

fn tag(tagging: &Tagging) -> Tag {
    let Tagging::Property { wire, values, otherwise, .. } = tagging else { return Tag::NONE };
    let texts = values.iter().filter_map(|(value, index)| match value {
        TagValue::Text(text) => Some((leak_text(text), *index)),
        TagValue::Integer(_) | TagValue::Bool(_) => None,
    });
    let scalars = values.iter().filter_map(|(value, index)| Some((scalar(value)?, *index)));
    let (texts, scalars) = (leak_all(texts.collect()), leak_all(scalars.collect()));
    let tag = Tag::new(leak_text(wire), texts).and_scalars(scalars);
    match otherwise {
        Otherwise::Refused => tag,
        Otherwise::Shape => tag.or_shape(),
        Otherwise::Member(index) => tag.or_member(*index),
    }
}

fn scalar(value: &TagValue) -> Option<rt::TagValue> {
    match value {
        TagValue::Text(_) => None,
        TagValue::Integer(number) => Some(rt::TagValue::Integer(*number)),
        TagValue::Bool(value) => Some(rt::TagValue::Bool(*value)),
    }
}

/// The shape of a member's values. It is any shape if the tag alone decides.
fn probe(probe: &ir::Probe, tagging: &Tagging) -> Probe {
    if matches!(tagging, Tagging::Property { otherwise: Otherwise::Refused | Otherwise::Member(_), .. }) {
        return Probe::ANY;
    }
    let is_text = |value: &TagValue| matches!(value, TagValue::Text(_));
    let texts = probe.constants.iter().filter(|(_, allowed)| allowed.iter().all(is_text)).map(|(name, allowed)| {
        let allowed: Vec<String> = allowed.iter().map(ToString::to_string).collect();
        (leak_text(name), leak_texts(&allowed))
    });
    let scalars = probe.constants.iter().filter(|(_, allowed)| !allowed.iter().any(is_text)).map(|(name, allowed)| {
        let allowed: &'static [rt::TagValue] = leak_all(allowed.iter().filter_map(scalar).collect());
        (leak_text(name), allowed)
    });
    Probe {
        json: probe.json,
        required: leak_texts(&probe.required),
        known: leak_texts(&probe.known),
        constants: leak_all(texts.collect()),
        scalars: leak_all(scalars.collect()),
        closed: probe.closed,
        strings: leak_texts(&probe.strings),
    }
}
