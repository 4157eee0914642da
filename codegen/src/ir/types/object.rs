//! Turns the properties of a conjunction into a struct.

use super::builder::TypeBuilder;
use super::conjunction::{Conjunct, Flat, nearest};
use super::mode::Mode;
use super::path::SchemaPath;
use super::shapes::{add_rest, is_closed, is_false};
use super::{constraints, doc};
use crate::ir::model::{Constraints, Doc, Extra, Field, Presence, Shape, Struct, TypeUse};
use crate::ir::naming::Scope;
use crate::limits::ALTERNATIVES_DEPTH;

impl<'d> TypeBuilder<'d> {
    /// The struct of the properties that are sent in one direction.
    pub(super) fn object(&mut self, flat: &Flat<'d>, path: &SchemaPath, mode: Mode) -> Struct {
        let required = flat.required();
        let mut properties = self.graph().carried(flat, mode);
        let declared = flat.properties();
        let is_unsent = |name: &&&str| !properties.iter().any(|(sent, _)| sent == *name);
        let mut unsent: Vec<String> = declared.keys().filter(is_unsent).map(|name| (*name).to_owned()).collect();
        unsent.sort_unstable();
        let undeclared = required.iter().filter(|name| !declared.contains_key(*name));
        properties.extend(undeclared.map(|name| (*name, Vec::new())));
        let names = properties.iter().map(|(wire, conjuncts)| self.field_name(wire, conjuncts, path));
        let names: Vec<String> = names.collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut scope = Scope::new();
        let names = scope.fields(&names);
        let mut fields = Vec::with_capacity(names.len());
        let types = self.properties(flat, &properties, path, mode);
        for ((name, ty), (wire, conjuncts)) in names.into_iter().zip(types).zip(properties) {
            let presence = if required.contains(wire) { Presence::Required } else { Presence::Optional };
            fields.push(Field {
                setter: name.clone(),
                name,
                wire: wire.to_owned(),
                ty,
                presence,
                boxed: false,
                doc: doc_of(&conjuncts),
                constant: None,
                default: default(&conjuncts, path),
            });
        }
        let extra = self.extra(flat, path, mode, &mut scope);
        let mut setters = Scope::setters(fields.iter().map(|field| &field.name).chain(extra.field()));
        for field in &mut fields {
            field.setter = setters.setter(&field.name);
        }
        let extra_setter = extra.field().map(|name| setters.setter(name));
        let unsent = match &extra {
            Extra::Ignored => Vec::new(),
            Extra::Denied | Extra::Kept { .. } => unsent,
        };
        // The struct drops the other properties, so an assertion counts them.
        let counts = if matches!(extra, Extra::Ignored) { Constraints::default() } else { constraints::object(flat) };
        let constraints = Constraints { allowed: constraints::allowed(flat), ..counts };
        Struct { fields, extra, unsent, constraints, required: None, extra_setter }
    }

    /// The types of properties. They are made in the order of their names. If two properties
    /// combine the same nodes, they share one type, which is named after the first.
    fn properties(
        &mut self,
        flat: &Flat<'d>,
        properties: &[(&'d str, Vec<Conjunct<'d>>)],
        path: &SchemaPath,
        mode: Mode,
    ) -> Vec<TypeUse> {
        let mut by_name: Vec<(usize, &(&'d str, Vec<Conjunct<'d>>))> = properties.iter().enumerate().collect();
        by_name.sort_by_key(|(_, (wire, _))| *wire);
        let types = by_name.into_iter().map(|(index, (wire, conjuncts))| {
            (index, self.property(flat, conjuncts, &path.property("properties", wire), mode))
        });
        let mut types: Vec<(usize, TypeUse)> = types.collect();
        types.sort_by_key(|(index, _)| *index);
        types.into_iter().map(|(_, ty)| ty).collect()
    }

    /// The name that a choice gives to the field. The choice may name the schema that declares the
    /// property.
    fn field_name(&self, wire: &str, conjuncts: &[Conjunct<'d>], path: &SchemaPath) -> String {
        let renames = &self.choices.rename_fields;
        if renames.is_empty() {
            return wire.to_owned();
        }
        let own = self.chosen_name(path).map(|schema| format!("{schema}.{wire}"));
        let declared = conjuncts.iter().filter_map(|conjunct| self.chosen_name(&conjunct.path));
        let mut chosen = own.into_iter().chain(declared).filter_map(|name| renames.get(&name));
        chosen.next().cloned().unwrap_or_else(|| wire.to_owned())
    }

    fn property(&mut self, flat: &Flat<'d>, conjuncts: &[Conjunct<'d>], path: &SchemaPath, mode: Mode) -> TypeUse {
        if conjuncts.is_empty() {
            let additional = flat.conjuncts.iter().filter_map(|conjunct| conjunct.schema("additionalProperties"));
            let values: Vec<Conjunct<'d>> =
                additional.filter(|conjunct| !conjunct.is_annotation() && !is_false(conjunct.node)).collect();
            return if values.is_empty() { any() } else { self.typed(values, path, mode.inner()) };
        }
        if mode == Mode::Form
            && let Some(ty) = self.form_property(conjuncts)
        {
            return ty;
        }
        self.typed(conjuncts.to_vec(), path, mode.inner())
    }

    /// The type of a conjunction.
    pub(super) fn typed(&mut self, conjuncts: Vec<Conjunct<'d>>, path: &SchemaPath, mode: Mode) -> TypeUse {
        let schema = self.inspector.schema(conjuncts, path, ALTERNATIVES_DEPTH);
        self.realize(schema, mode)
    }

    /// How properties without a field are treated.
    fn extra(&mut self, flat: &Flat<'d>, path: &SchemaPath, mode: Mode, scope: &mut Scope) -> Extra {
        let additional: Vec<Conjunct<'d>> =
            flat.conjuncts.iter().filter_map(|conjunct| conjunct.schema("additionalProperties")).collect();
        let patterns: Vec<(&str, Conjunct<'d>)> =
            flat.conjuncts.iter().flat_map(|conjunct| conjunct.entries("patternProperties")).collect();
        let closed = is_closed(flat);
        let constrained: Vec<Conjunct<'d>> = additional
            .iter()
            .filter(|conjunct| !is_false(conjunct.node) && !conjunct.is_annotation())
            .cloned()
            .collect();
        if patterns.is_empty() && (closed || additional.is_empty()) {
            return if closed { Extra::Denied } else { Extra::Ignored };
        }
        let path = path.word("value");
        let value = if patterns.is_empty() && constrained.is_empty() {
            any()
        } else if patterns.is_empty() {
            self.typed(constrained, &path, mode.inner())
        } else {
            let rest = !closed && constrained.is_empty();
            let alternatives = patterns.iter().map(|(_, conjunct)| conjunct.clone()).chain(constrained).collect();
            let schema = self.inspector.either(alternatives, &flat.conjuncts, &path, ALTERNATIVES_DEPTH);
            let schema = if rest { add_rest(schema, &flat.conjuncts) } else { schema };
            self.realize(schema, mode.inner())
        };
        let patterns = patterns.iter().filter(|_| closed).map(|(pattern, _)| (*pattern).to_owned()).collect();
        Extra::Kept { name: scope.field("additional_properties"), value: Box::new(value), patterns }
    }
}

/// Any JSON, as the document intends.
pub(super) fn any() -> TypeUse {
    TypeUse { shape: Shape::Any, nullable: false, constraints: Constraints::default() }
}

fn doc_of(conjuncts: &[Conjunct<'_>]) -> Doc {
    doc::of_parts(conjuncts)
}

/// The documented default. The nearest node takes precedence; equally near nodes with different
/// defaults have none.
pub(super) fn default(conjuncts: &[Conjunct<'_>], path: &SchemaPath) -> Option<serde_json::Value> {
    match nearest(conjuncts, path, |conjunct| conjunct.get("default")).as_slice() {
        [only] => Some(only.to_json()),
        _ => None,
    }
}
