//! Turns the properties of a conjunction into a struct.

use super::builder::TypeBuilder;
use super::classify::DEEPEST;
use super::direction::Mode;
use super::place::Place;
use super::schema::{Flat, Part};
use super::shapes::is_false;
use super::{doc, rules};
use crate::document::Node;
use crate::ir::model::{Doc, Extra, Field, Presence, Rules, Shape, Struct, TypeUse};
use crate::ir::naming::Scope;

impl<'d> TypeBuilder<'d> {
    /// The struct of the properties that travel in a direction.
    pub(super) fn object(&mut self, flat: &Flat<'d>, place: &Place, mode: Mode) -> Struct {
        let required = flat.required();
        let mut properties = self.graph.carried(flat, mode);
        let declared = flat.properties();
        let undeclared = required.iter().filter(|name| !declared.contains_key(*name));
        properties.extend(undeclared.map(|name| (*name, Vec::new())));
        let names: Vec<&str> = properties.iter().map(|(name, _)| *name).collect();
        let mut scope = Scope::new();
        let names = scope.fields(&names);
        let mut fields = Vec::with_capacity(names.len());
        for (name, (wire, parts)) in names.into_iter().zip(properties) {
            let ty = self.property(flat, &parts, &place.property("properties", wire), mode);
            let presence = if required.contains(wire) { Presence::Required } else { Presence::Optional };
            fields.push(Field {
                name,
                wire: wire.to_owned(),
                ty,
                presence,
                boxed: false,
                doc: doc_of(&parts),
                constant: None,
                default: default(&parts),
            });
        }
        let extra = self.extra(flat, place, mode, &mut scope);
        Struct { fields, extra, rules: Rules { allowed: rules::allowed(flat), ..rules::object(flat) } }
    }

    fn property(&mut self, flat: &Flat<'d>, parts: &[Part<'d>], place: &Place, mode: Mode) -> TypeUse {
        if parts.is_empty() {
            let additional = flat.parts.iter().filter_map(|part| part.schema("additionalProperties"));
            let values: Vec<Part<'d>> =
                additional.filter(|part| !part.is_annotation() && !is_false(part.node)).collect();
            return if values.is_empty() { any() } else { self.typed(values, place, mode.inner()) };
        }
        if mode == Mode::Form
            && let Some(ty) = self.form_property(parts)
        {
            return ty;
        }
        self.typed(parts.to_vec(), place, mode.inner())
    }

    /// The type of a conjunction.
    pub(super) fn typed(&mut self, parts: Vec<Part<'d>>, place: &Place, mode: Mode) -> TypeUse {
        let schema = self.graph.schema(parts, place, DEEPEST);
        self.realize(schema, mode)
    }

    /// What becomes of properties that are not named.
    fn extra(&mut self, flat: &Flat<'d>, place: &Place, mode: Mode, scope: &mut Scope) -> Extra {
        let additional: Vec<Part<'d>> =
            flat.parts.iter().filter_map(|part| part.schema("additionalProperties")).collect();
        let patterns: Vec<(&str, Part<'d>)> =
            flat.parts.iter().flat_map(|part| part.entries("patternProperties")).collect();
        let closed = additional.iter().any(|part| is_false(part.node));
        let asked: Vec<Part<'d>> =
            additional.iter().filter(|part| !is_false(part.node) && !part.is_annotation()).cloned().collect();
        if patterns.is_empty() && (closed || additional.is_empty()) {
            return if closed { Extra::Denied } else { Extra::Ignored };
        }
        let place = place.word("value");
        let value = if patterns.is_empty() && asked.is_empty() {
            any()
        } else if patterns.is_empty() {
            self.typed(asked, &place, mode.inner())
        } else {
            let alternatives = patterns.iter().map(|(_, part)| part.clone()).chain(asked).collect();
            let schema = self.graph.either(alternatives, &flat.parts, &place, DEEPEST);
            self.realize(schema, mode.inner())
        };
        let patterns = patterns.iter().filter(|_| closed).map(|(pattern, _)| (*pattern).to_owned()).collect();
        Extra::Kept { name: scope.field("additional_properties"), value: Box::new(value), patterns }
    }
}

/// Any JSON that the document means to be any.
pub(super) fn any() -> TypeUse {
    TypeUse { shape: Shape::Any, nullable: false, rules: Rules::default() }
}

fn doc_of(parts: &[Part<'_>]) -> Doc {
    doc::of_parts(parts)
}

/// The documented default: that of the most specific node.
pub(super) fn default(parts: &[Part<'_>]) -> Option<serde_json::Value> {
    parts.iter().rev().find_map(|part| part.get("default")).map(Node::to_json)
}
