//! Makes a type, or the place where one is used, of a schema that has been looked at.

use super::builder::{Pending, TypeBuilder};
use super::choices::Names;
use super::codes;
use super::direction::Mode;
use super::form::{Form, Schema};
use super::place::Place;
use super::schema::Part;
use super::{enumeration, object};
use crate::document::Node;
use crate::ir::model::{IntegerKind, Newtype, Rules, Scalar, Shape, TypeKind, TypeUse};

/// Lists of lists deeper than this are any JSON.
const DEEPEST_LIST: usize = 24;

/// Places deeper than this come from schemas that are merged with themselves for ever.
const DEEPEST_PLACE: usize = 200;

impl<'d> TypeBuilder<'d> {
    /// The type of a schema where it is used. Structs, enums and unions get a definition.
    pub(super) fn realize(&mut self, schema: Schema<'d>, mode: Mode) -> TypeUse {
        self.realize_within(schema, mode, DEEPEST_LIST)
    }

    fn realize_within(&mut self, schema: Schema<'d>, mode: Mode, depth: usize) -> TypeUse {
        self.table.statistics.schemas += 1;
        let nullable = schema.nullable;
        let Some(depth) = depth.checked_sub(1).filter(|_| schema.place.depth() < DEEPEST_PLACE) else {
            return self.too_deep(&schema);
        };
        let (shape, rules) = match schema.form {
            Form::Reference(target, rules) => {
                return self.reference(&target, rules, nullable, mode, depth);
            }
            Form::Scalar(scalar, rules) => {
                self.report_wide(scalar, &schema.parts);
                (Shape::Scalar(scalar), rules)
            }
            Form::List(items, rules) => {
                (Shape::List(Box::new(self.parts(items, &schema.place, "item", mode, depth))), rules)
            }
            Form::MixedList(items, rules) => (Shape::List(Box::new(self.realize_within(*items, mode, depth))), rules),
            Form::Map(values, rules) => {
                (Shape::Map(Box::new(self.parts(values, &schema.place, "value", mode, depth))), rules)
            }
            Form::Tuple(items, rules) => {
                let types = items.into_iter().map(|item| self.parts(Some(item), &schema.place, "item", mode, depth));
                (Shape::Tuple(types.collect()), rules)
            }
            Form::Any(untyped) => return self.any(untyped, &schema.parts),
            Form::Struct(_) | Form::Strings(..) | Form::Integers(_) | Form::Union(_) => {
                if !self.may_merge(&schema.parts) {
                    return self.too_deep(&schema);
                }
                let mode = self.graph.mode(&schema.parts, mode);
                let (parts, place) = (schema.parts.clone(), schema.place.clone());
                (Shape::Named(self.intern(&parts, schema.facet, &place, mode, Some(schema))), Rules::default())
            }
        };
        TypeUse { shape, nullable, rules }
    }

    /// The type of items or values; any JSON where nothing is asked of them.
    fn parts(&mut self, parts: Option<Vec<Part<'d>>>, place: &Place, word: &str, mode: Mode, depth: usize) -> TypeUse {
        let Some(parts) = parts else {
            return object::any();
        };
        let schema = self.graph.schema(parts, &place.word(word), super::classify::DEEPEST);
        self.realize_within(schema, mode, depth)
    }

    fn reference(&mut self, target: &Part<'d>, rules: Rules, nullable: bool, mode: Mode, depth: usize) -> TypeUse {
        let nullable = nullable || self.graph.is_nullable(target);
        if self.graph.component(target.node).is_none() {
            let schema = self.graph.look_at(target);
            if matches!(schema.form, Form::Scalar(..) | Form::Any(_)) {
                let ty = self.realize_within(schema, mode, depth);
                return TypeUse { nullable: ty.shape != Shape::Any && (nullable || ty.nullable), ..ty };
            }
        }
        let mode = self.graph.mode(std::slice::from_ref(target), mode);
        TypeUse { shape: Shape::Named(self.target_type(target, mode)), nullable, rules }
    }

    fn any(&mut self, untyped: bool, parts: &[Part<'d>]) -> TypeUse {
        self.table.statistics.untyped += usize::from(untyped);
        let told = parts.iter().any(|part| part.flag("x-untyped"));
        if let Some(part) = parts.first().filter(|_| untyped && !told) {
            let keywords: Vec<&str> = part.constraints().collect();
            let message = match keywords.as_slice() {
                [] => "this schema is kept as any JSON".to_owned(),
                keywords => format!("this schema is kept as any JSON: no type can say `{}`", keywords.join("`, `")),
            };
            self.graph.report(
                &codes::UNTYPED_SCHEMA,
                part,
                message,
                "give the schema a `type`, or replace it by an overlay action",
            );
        }
        object::any()
    }

    /// Integers of more than 64 bits: `serde_json::Value`, from which unions are read, has none.
    fn report_wide(&mut self, scalar: Scalar, parts: &[Part<'d>]) {
        let is_wide = matches!(scalar, Scalar::Integer(IntegerKind::I128 | IntegerKind::U128));
        if let Some(part) = parts.first().filter(|_| is_wide) {
            let message = "this integer has more than 64 bits; within a union, what lies beyond 64 bits is refused";
            self.graph.report(&codes::WIDE_INTEGER, part, message, "use `type: string` if every digit matters there");
        }
    }

    fn too_deep(&mut self, schema: &Schema<'d>) -> TypeUse {
        self.table.statistics.untyped += 1;
        if let Some(part) = schema.parts.first() {
            let help = "give the inner schema a name under components/schemas and refer to it";
            self.graph.report(&codes::NESTED_TOO_DEEP, part, "this schema is nested too deep to be typed", help);
        }
        object::any()
    }

    /// Gives a reserved type its content.
    pub(super) fn define(&mut self, pending: Pending<'d>) {
        let Pending { id, schema, parts, place, mode } = pending;
        let schema = schema.unwrap_or_else(|| self.graph.schema(parts.clone(), &place, super::classify::DEEPEST));
        let default = object::default(&parts);
        let kind = match &schema.form {
            Form::Struct(flat) if self.spend_fields(flat.properties().len()) => {
                TypeKind::Struct(self.object(flat, &place, mode))
            }
            Form::Struct(_) => TypeKind::Alias(self.too_large(&parts)),
            Form::Strings(values, _) => {
                let default = default.as_ref().and_then(serde_json::Value::as_str);
                TypeKind::Enum(enumeration::string_enum(values, self.is_open(&schema, &place), default))
            }
            Form::Integers(values) => {
                TypeKind::IntegerEnum(enumeration::integer_enum(values, self.is_open(&schema, &place)))
            }
            Form::Union(plan) => self.union(&schema, plan, mode),
            Form::Scalar(scalar, _) if is_plain(*scalar) => TypeKind::Newtype(Newtype {
                reads_numbers: *scalar == Scalar::String && self.is_chosen(&self.choices.read_numbers, &place),
                inner: self.inner(schema, mode),
            }),
            _ => TypeKind::Alias(self.inner(schema, mode)),
        };
        if let Some(definition) = self.table.get_mut(id) {
            definition.kind = kind;
        }
    }

    /// Any JSON for a struct that would be one too many.
    fn too_large(&self, parts: &[Part<'d>]) -> TypeUse {
        if let Some(part) = parts.first() {
            let message = "with what it inherits, the properties of all schemas are more than can be printed; it is kept as any JSON";
            let help = "extend fewer schemas in a row, or generate fewer operations at a time";
            self.graph.report(&codes::UNTYPED_SCHEMA, part, message, help);
        }
        object::any()
    }

    /// What a name stands for; `null` belongs to where the name is used.
    fn inner(&mut self, schema: Schema<'d>, mode: Mode) -> TypeUse {
        TypeUse { nullable: false, ..self.realize(schema, mode) }
    }

    /// Whether a choice names the schema, its property or all (`*`).
    fn is_chosen(&self, names: &Names, place: &Place) -> bool {
        let component = self.graph.components.get(place.root_id().0);
        let by_place = place.name().replace('-', ".");
        let by_name = component.filter(|_| place.is_root()).is_some_and(|component| names.has(component.name));
        by_name || names.has("*") || names.has(&by_place)
    }

    /// Whether an enum keeps values that it does not name.
    fn is_open(&self, schema: &Schema<'d>, place: &Place) -> bool {
        let closed = self.is_chosen(&self.choices.strict_enums, place);
        let extensible = schema.parts.iter().any(|part| {
            let model = part.get("x-ms-enum").and_then(|node| node.get("modelAsString"));
            part.flag("x-extensible-enum") || model.and_then(Node::as_bool) == Some(true)
        });
        !closed || extensible || matches!(schema.form, Form::Strings(_, true))
    }
}

/// Scalars that get a newtype when they have a name.
fn is_plain(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::String | Scalar::Bool | Scalar::Integer(_) | Scalar::Float32 | Scalar::Float64)
}
