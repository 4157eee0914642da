//! Makes type uses and definitions from inspected schemas.

use super::builder::{Pending, TypeBuilder};
use super::choices::SchemaNames;
use super::codes;
use super::conjunction::Conjunct;
use super::enumeration::Named;
use super::kind::{Schema, SchemaKind};
use super::mode::Mode;
use super::path::SchemaPath;
use super::{enumeration, object};
use crate::document::Node;
use crate::ir::model::{Constraints, IntegerKind, Newtype, Scalar, Shape, TypeId, TypeKind, TypeUse};
use crate::limits::{ALTERNATIVES_DEPTH, LIST_DEPTH, PLACE_DEPTH};
use crate::lower::ASSERTIONS;

impl<'d> TypeBuilder<'d> {
    /// The use of a schema's type. Structs, enums and unions get a definition.
    pub(super) fn realize(&mut self, schema: Schema<'d>, mode: Mode) -> TypeUse {
        self.realize_within(schema, mode, LIST_DEPTH)
    }

    fn realize_within(&mut self, schema: Schema<'d>, mode: Mode, depth: usize) -> TypeUse {
        self.table.statistics.schemas += 1;
        let (nullable, assertions) = (schema.nullable, schema.assertions.clone());
        let Some(depth) = depth.checked_sub(1).filter(|_| schema.path.depth() < PLACE_DEPTH) else {
            return self.too_deep(&schema);
        };
        let (shape, constraints) = match schema.kind {
            SchemaKind::Reference(target, constraints) => {
                self.report_content_schema(&schema.conjuncts);
                // An assertion counts the properties.
                let constraints = Constraints { assertions, min_properties: None, max_properties: None, ..constraints };
                return self.reference(&target, constraints, nullable, mode, depth);
            }
            SchemaKind::Scalar(scalar, constraints) => {
                self.report_wide_integer(scalar, &schema.conjuncts);
                self.report_content(&schema.conjuncts);
                (Shape::Scalar(scalar), constraints)
            }
            SchemaKind::List(items, constraints) => {
                (Shape::List(Box::new(self.conjuncts(items, &schema.path, "item", mode, depth))), constraints)
            }
            SchemaKind::MixedList(items, constraints) => {
                (Shape::List(Box::new(self.realize_within(*items, mode, depth))), constraints)
            }
            SchemaKind::Map(values, constraints) => {
                let key = self.key(&schema.conjuncts, &schema.path, mode);
                (Shape::Map(Box::new(self.conjuncts(values, &schema.path, "value", mode, depth)), key), constraints)
            }
            SchemaKind::Tuple(items, constraints) => {
                let types = items.into_iter().map(|item| self.conjuncts(Some(item), &schema.path, "item", mode, depth));
                (Shape::Tuple(types.collect()), constraints)
            }
            SchemaKind::Any(untyped) => {
                let any = self.any(untyped, &schema.conjuncts);
                return TypeUse { constraints: Constraints { assertions, ..any.constraints }, ..any };
            }
            SchemaKind::Struct(_) | SchemaKind::Strings(..) | SchemaKind::Integers(_) | SchemaKind::Union(_) => {
                if !self.may_merge(&schema.conjuncts) {
                    return self.too_deep(&schema);
                }
                let mode = self.graph().mode(&schema.conjuncts, mode);
                let (conjuncts, path) = (schema.conjuncts.clone(), schema.path.clone());
                let id = self.intern(&conjuncts, schema.facet, &path, mode, Some(schema));
                return TypeUse { shape: Shape::Named(id), nullable, constraints: Constraints::default() };
            }
        };
        TypeUse { shape, nullable, constraints: Constraints { assertions, ..constraints } }
    }

    /// The enum that lists the names of properties, if there is one.
    fn key(&mut self, conjuncts: &[Conjunct<'d>], path: &SchemaPath, mode: Mode) -> Option<TypeId> {
        let flat = self.graph().flatten(conjuncts);
        let names = flat.conjuncts.iter().find_map(|conjunct| conjunct.get(ASSERTIONS)?.get("propertyNames"))?;
        let names = Conjunct::new(names, path.word("key"));
        let schema = self.inspector.schema(vec![names.clone()], &names.path, ALTERNATIVES_DEPTH);
        let is_enum = match &schema.kind {
            SchemaKind::Strings(..) => true,
            SchemaKind::Reference(target, _) => matches!(self.inspector.inspect(target).kind, SchemaKind::Strings(..)),
            _ => false,
        };
        if !is_enum {
            return None;
        }
        match self.realize_within(schema, mode, LIST_DEPTH).shape {
            Shape::Named(id) => Some(id),
            _ => None,
        }
    }

    /// The type of items or values. It is any JSON if they have no schema.
    fn conjuncts(
        &mut self,
        conjuncts: Option<Vec<Conjunct<'d>>>,
        path: &SchemaPath,
        word: &str,
        mode: Mode,
        depth: usize,
    ) -> TypeUse {
        let Some(conjuncts) = conjuncts else {
            return object::any();
        };
        let schema = self.inspector.schema(conjuncts, &path.word(word), ALTERNATIVES_DEPTH);
        self.realize_within(schema, mode, depth)
    }

    fn reference(
        &mut self,
        target: &Conjunct<'d>,
        constraints: Constraints,
        nullable: bool,
        mode: Mode,
        depth: usize,
    ) -> TypeUse {
        let nullable = nullable || self.graph().is_nullable(target);
        if self.graph().component(target.node).is_none() {
            let schema = self.inspector.inspect(target);
            if matches!(schema.kind, SchemaKind::Scalar(..) | SchemaKind::Any(_)) {
                let mut ty = self.realize_within(schema, mode, depth);
                ty.constraints.tighten(&constraints);
                return TypeUse { nullable: ty.shape != Shape::Any && (nullable || ty.nullable), ..ty };
            }
        }
        let mode = self.graph().mode(std::slice::from_ref(target), mode);
        TypeUse { shape: Shape::Named(self.target_type(target, mode)), nullable, constraints }
    }

    fn any(&mut self, untyped: bool, conjuncts: &[Conjunct<'d>]) -> TypeUse {
        self.table.statistics.untyped += usize::from(untyped);
        let intended = conjuncts.iter().any(|conjunct| conjunct.flag("x-untyped"));
        if let Some(conjunct) = conjuncts.first().filter(|_| untyped && !intended) {
            let keywords: Vec<&str> = conjunct.constraints().collect();
            let message = match keywords.as_slice() {
                [] => "this schema is kept as any JSON".to_owned(),
                keywords => format!("this schema is kept as any JSON: no type can express `{}`", keywords.join("`, `")),
            };
            self.inspector.report(
                &codes::UNTYPED_SCHEMA,
                conjunct,
                message,
                "give the schema a `type`, or replace it with an overlay action",
            );
        }
        object::any()
    }

    /// Reports integers of more than 64 bits. Unions are read from `serde_json::Value`, which does
    /// not support them.
    fn report_wide_integer(&mut self, scalar: Scalar, conjuncts: &[Conjunct<'d>]) {
        let is_wide = matches!(scalar, Scalar::Integer(IntegerKind::I128 | IntegerKind::U128));
        if let Some(conjunct) = conjuncts.first().filter(|_| is_wide) {
            let message = "this integer has more than 64 bits; within a union, values beyond 64 bits are refused";
            self.inspector.report(
                &codes::WIDE_INTEGER,
                conjunct,
                message,
                "use `type: string` if every digit matters there",
            );
        }
    }

    /// Reports what a string contains other than text: a schema of its content, or bytes, which JSON
    /// cannot contain.
    fn report_content(&self, conjuncts: &[Conjunct<'d>]) {
        let is_simple = conjuncts.iter().all(|one| one.reference().is_none() && one.get("allOf").is_none());
        let flat = (!is_simple).then(|| self.graph().flatten(conjuncts).conjuncts);
        let conjuncts = flat.as_deref().unwrap_or(conjuncts);
        self.report_content_schema(conjuncts);
        if let Some(conjunct) = conjuncts.iter().find(|conjunct| conjunct.str("format") == Some("binary")) {
            let message = "JSON cannot hold bytes, so this is text";
            let help = "write `contentEncoding: base64` if the text encodes bytes";
            self.inspector.report(&codes::BYTES_IN_JSON, conjunct, message, help);
        }
    }

    fn report_content_schema(&self, conjuncts: &[Conjunct<'d>]) {
        if let Some(conjunct) = conjuncts.iter().find(|conjunct| conjunct.get("contentSchema").is_some()) {
            let message = "the schema of the decoded content is not checked";
            let help = "the string itself is kept";
            self.inspector.report_at(&codes::UNSUPPORTED_KEYWORD, conjunct, &["contentSchema"], message, help);
        }
    }

    fn too_deep(&mut self, schema: &Schema<'d>) -> TypeUse {
        self.table.statistics.untyped += 1;
        if let Some(conjunct) = schema.conjuncts.first() {
            let help = "give the inner schema a name under components/schemas and refer to it";
            self.inspector.report(
                &codes::NESTED_TOO_DEEP,
                conjunct,
                "this schema is nested too deeply to be typed",
                help,
            );
        }
        object::any()
    }

    /// Gives content to a reserved type.
    pub(super) fn define(&mut self, pending: Pending<'d>) {
        let Pending { id, schema, conjuncts, path, mode } = pending;
        let schema = schema.unwrap_or_else(|| self.inspector.schema(conjuncts.clone(), &path, ALTERNATIVES_DEPTH));
        let default = object::default(&conjuncts, &path);
        let assertions = schema.assertions.clone();
        let kind = match &schema.kind {
            SchemaKind::Struct(flat) if self.spend_fields(flat.properties().len()) => {
                TypeKind::Struct(self.object(flat, &path, mode))
            }
            SchemaKind::Struct(_) => TypeKind::Alias(self.too_large(&conjuncts)),
            SchemaKind::Strings(values, extensible) => {
                let default = default.as_ref().and_then(serde_json::Value::as_str);
                TypeKind::Enum(enumeration::string_enum(
                    &self.named(values, &path),
                    self.is_open(&schema, &path),
                    *extensible,
                    default,
                ))
            }
            SchemaKind::Integers(values) => TypeKind::IntegerEnum(enumeration::integer_enum(
                &self.named(values, &path),
                self.is_open(&schema, &path),
            )),
            SchemaKind::Union(union) => self.union(&schema, union, mode),
            SchemaKind::Scalar(scalar, _) if is_plain(*scalar) => TypeKind::Newtype(Newtype {
                reads_numbers: *scalar == Scalar::String && self.is_chosen(&self.choices.read_numbers, &path),
                inner: self.inner(schema, mode),
            }),
            _ => TypeKind::Alias(self.inner(schema, mode)),
        };
        if let Some(definition) = self.table.get_mut(id) {
            let has_rules = matches!(kind, TypeKind::Alias(_) | TypeKind::Newtype(_));
            definition.assertions = if has_rules { Vec::new() } else { assertions };
            definition.kind = kind;
        }
    }

    /// Any JSON, for a struct that exceeds the limit on properties.
    fn too_large(&self, conjuncts: &[Conjunct<'d>]) -> TypeUse {
        if let Some(conjunct) = conjuncts.first() {
            let message = "with inherited properties, the schemas have more properties than can be printed; this one is kept as any JSON";
            let help = "shorten the chain of `allOf`, or generate fewer operations at a time";
            self.inspector.report(&codes::UNTYPED_SCHEMA, conjunct, message, help);
        }
        object::any()
    }

    /// The type behind a name. `null` belongs to each use of the name.
    fn inner(&mut self, schema: Schema<'d>, mode: Mode) -> TypeUse {
        TypeUse { nullable: false, ..self.realize(schema, mode) }
    }

    /// The name of a schema in choices: `User`, or `User.address` for a schema inside it.
    pub(super) fn chosen_name(&self, path: &SchemaPath) -> Option<String> {
        let component = self.graph().components.get(path.root_id().0)?;
        Some(format!("{}{}", component.name, path.dotted_words()))
    }

    /// The values, with the names that choices give them.
    fn named<T: Clone + std::fmt::Display>(&self, values: &[Named<T>], path: &SchemaPath) -> Vec<Named<T>> {
        let mut values = values.to_vec();
        let renames = &self.choices.rename_variants;
        if let Some(schema) = self.chosen_name(path).filter(|_| !renames.is_empty()) {
            for value in &mut values {
                if let Some(name) = renames.get(&format!("{schema}.{}", value.value)) {
                    value.name = Some(name.clone());
                }
            }
        }
        values
    }

    /// Whether a choice names the schema, its property, or all schemas (`*`).
    fn is_chosen(&self, names: &SchemaNames, path: &SchemaPath) -> bool {
        let component = self.graph().components.get(path.root_id().0);
        let by_path = path.name().replace('-', ".");
        let by_name = component.filter(|_| path.is_root()).is_some_and(|component| names.has(component.name));
        by_name || names.has("*") || names.has(&by_path)
    }

    /// Whether an enum keeps values that it does not name.
    fn is_open(&self, schema: &Schema<'d>, path: &SchemaPath) -> bool {
        let choices = &self.choices;
        let (open, strict) = (self.is_chosen(&choices.open_enums, path), self.is_chosen(&choices.strict_enums, path));
        let closed = strict || (choices.closed && !open);
        let extensible = schema.conjuncts.iter().any(|conjunct| {
            let model = conjunct.get("x-ms-enum").and_then(|node| node.get("modelAsString"));
            conjunct.flag("x-extensible-enum") || model.and_then(Node::as_bool) == Some(true)
        });
        !closed || extensible || matches!(schema.kind, SchemaKind::Strings(_, true))
    }
}

/// Whether a named scalar of this kind becomes a newtype.
fn is_plain(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::String | Scalar::Bool | Scalar::Integer(_) | Scalar::Float64)
}
