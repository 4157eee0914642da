//! Writes the printed content of a type as text, so that two types are equal if their texts are.
//!
//! **Invariant:** the text contains no documentation, and does not depend on the order of
//! properties, values and headers, which have no meaningful order.

use std::fmt::Write as _;

use crate::ir::model::{
    Constant, Constraints, Doc, Extra, Field, HeaderGroup, Otherwise, Probe, Scalar, Shape, Struct, Tagging, TypeDef,
    TypeId, TypeKind, TypeTable, TypeUse, Union, UnionVariant,
};
use crate::limits::{ALIAS_CHAIN, SHAPE_DEPTH};

/// Writes keys. `name` returns the text for a type that another one mentions.
pub(super) struct Keys<'t, F> {
    pub(super) table: &'t TypeTable,
    pub(super) name: F,
}

impl<F: Fn(TypeId) -> String> Keys<'_, F> {
    /// The key of a struct, enum or union; `None` for other definitions.
    pub(super) fn of(&self, definition: &TypeDef) -> Option<String> {
        let content = match &definition.kind {
            TypeKind::Struct(body) => self.object(body),
            TypeKind::Enum(body) => {
                let value =
                    |one: &crate::ir::model::EnumVariant| format!("{} = {:?}{}", one.name, one.wire, flag(&one.doc));
                let extensible = if body.extensible { " extensible" } else { "" };
                let default = body.default.as_ref().map(|name| format!(" default {name}")).unwrap_or_default();
                format!("enum open: {}{extensible}{default} {}", body.open, sorted(body.variants.iter().map(value)))
            }
            TypeKind::IntegerEnum(body) => {
                let values = body.variants.iter().map(|(name, value, doc)| format!("{name} = {value}{}", flag(doc)));
                format!("integers open: {} {}", body.open, sorted(values))
            }
            TypeKind::Union(body) => self.union(body),
            TypeKind::Newtype(_) | TypeKind::Alias(_) => return None,
        };
        let TypeDef { default, eq, decoration, assertions, .. } = definition;
        let assertions = if assertions.is_empty() { String::new() } else { format!(" {assertions:?}") };
        Some(format!("{content} default: {default} eq: {eq} {decoration:?}{assertions}"))
    }

    /// The key of a group of headers.
    pub(super) fn of_headers(&self, group: &HeaderGroup) -> String {
        let header = |one: &crate::ir::model::Header| {
            format!("{} {:?} {:?} {}{}", one.name, one.wire, one.form, self.of_use(&one.ty), flag(&one.doc))
        };
        format!("headers {:?} {}", group.holder, sorted(group.headers.iter().map(header)))
    }

    fn object(&self, body: &Struct) -> String {
        let extra = match &body.extra {
            Extra::Ignored => "ignored".to_owned(),
            Extra::Denied => "denied".to_owned(),
            Extra::Kept { name, value, patterns } => {
                let patterns = sorted(patterns.iter().map(|pattern| format!("{pattern:?}")));
                format!("kept {name} {:?} {} {patterns}", body.extra_setter, self.of_use(value))
            }
        };
        let fields = sorted(body.fields.iter().map(|field| self.field(field)));
        let unsent = if body.unsent.is_empty() { String::new() } else { format!(" unsent {:?}", body.unsent) };
        format!("struct {fields} {extra}{unsent}{}", constraints(&body.constraints))
    }

    fn field(&self, field: &Field) -> String {
        let Field { name, setter, wire, ty, presence, boxed, doc, constant, default } = field;
        let constant = constant.as_ref().map(|constant| match constant {
            Constant::Variant { ty, variant } => format!(" = {}::{variant}", (self.name)(*ty)),
            plain => format!(" = {plain:?}"),
        });
        let default = default.as_ref().map(|value| format!(" default {value}"));
        let (constant, default) = (constant.unwrap_or_default(), default.unwrap_or_default());
        let ty = self.of_use(ty);
        format!("{name} {setter} {wire:?} {presence:?} {boxed} {ty}{constant}{default}{}", flag(doc))
    }

    fn union(&self, body: &Union) -> String {
        let variants: Vec<String> = body.variants.iter().map(|one| self.variant(one)).collect();
        let name = |member: usize| body.variants.get(member).map(|variant| variant.name.to_string());
        let tagging = match &body.tagging {
            Tagging::Shape => "shape".to_owned(),
            Tagging::Property { wire, values, writes, otherwise } => {
                let values = sorted(values.iter().map(|(value, member)| format!("{value:?} {:?}", name(*member))));
                let otherwise = match otherwise {
                    Otherwise::Member(member) => format!("{:?}", name(*member)),
                    other => format!("{other:?}"),
                };
                format!("tag {wire:?} {values} {writes:?} {otherwise}")
            }
        };
        let by_name = if body.by_name { " by name" } else { "" };
        format!("union {variants:?} {tagging}{by_name}")
    }

    fn variant(&self, variant: &UnionVariant) -> String {
        let UnionVariant { name, ty, boxed, combined, doc, probe, tag } = variant;
        let tag = tag.as_ref().map(|tag| self.field(tag));
        let combined = if *combined { " combined" } else { "" };
        format!("{name} {boxed} {} {} {tag:?}{combined}{}", self.of_use(ty), self::probe(probe), flag(doc))
    }

    /// The key of a use. An alias that the document does not name is replaced by its target.
    pub(super) fn of_use(&self, ty: &TypeUse) -> String {
        self.use_within(ty, SHAPE_DEPTH)
    }

    fn use_within(&self, ty: &TypeUse, depth: usize) -> String {
        let TypeUse { shape, nullable, constraints } = expanded(self.table, ty);
        let Some(depth) = depth.checked_sub(1) else { return format!("{shape:?}") };
        let text = match &shape {
            Shape::Named(id) => (self.name)(*id),
            Shape::List(item) => format!("[{}]", self.use_within(item, depth)),
            Shape::Map(value, key) => {
                let key = key.map(|key| format!("{}: ", (self.name)(key))).unwrap_or_default();
                format!("{{{key}{}}}", self.use_within(value, depth))
            }
            Shape::Tuple(items) => {
                format!("{:?}", items.iter().map(|item| self.use_within(item, depth)).collect::<Vec<_>>())
            }
            Shape::Scalar(Scalar::Foreign(id)) => format!("{:?}", self.table.foreign(*id)),
            Shape::Scalar(scalar) => format!("{scalar:?}"),
            Shape::Any => "any".to_owned(),
        };
        format!("{text}{}{}", if nullable { "?" } else { "" }, self::constraints(&constraints))
    }
}

/// A use in which aliases that the document does not name are replaced.
pub(super) fn expanded(table: &TypeTable, ty: &TypeUse) -> TypeUse {
    let mut ty = ty.clone();
    for _ in 0..ALIAS_CHAIN {
        let Shape::Named(id) = ty.shape else { break };
        match table.get(id) {
            TypeDef { kind: TypeKind::Alias(target), schema_name: None, .. } if ty.constraints.is_empty() => {
                ty = TypeUse { nullable: ty.nullable || target.nullable, ..target.clone() };
            }
            _ => break,
        }
    }
    ty
}

/// Names of shared types are made from this text, so it does not mention kinds of constraints that
/// a type does not have.
fn constraints(constraints: &Constraints) -> String {
    if constraints.is_empty() { String::new() } else { format!(" {constraints:?}").replace("assertions: [], ", "") }
}

fn probe(probe: &Probe) -> String {
    let Probe { json, required, known, constants, closed, strings } = probe;
    let list = |names: &[String]| sorted(names.iter().map(|name| format!("{name:?}")));
    let constants = sorted(
        constants
            .iter()
            .map(|(name, values)| format!("{name:?} {}", sorted(values.iter().map(|value| format!("{value:?}"))))),
    );
    format!("{json} {} {} {constants} {closed} {}", list(required), list(known), list(strings))
}

/// Deprecation is an attribute that the compiler reads.
fn flag(doc: &Doc) -> &'static str {
    if doc.deprecated.is_some() { " deprecated" } else { "" }
}

fn sorted(parts: impl Iterator<Item = String>) -> String {
    let mut parts: Vec<String> = parts.collect();
    parts.sort_unstable();
    let mut text = String::new();
    for part in parts {
        let _ = write!(text, "({part})");
    }
    text
}
