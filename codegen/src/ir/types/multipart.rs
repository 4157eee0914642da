//! Turns the schema of a multipart body into a struct whose binary properties are files.

use super::builder::TypeBuilder;
use super::conjunction::{Conjunct, Flat, address};
use super::kind::{Facet, Schema, SchemaKind};
use super::mode::Mode;
use super::{NameHint, codes, constraints};
use crate::diagnostics::Diagnostics;
use crate::document::Node;
use crate::ir::model::{Constraints, Presence, Scalar, Shape, TypeId, TypeKind, TypeUse, Usage};
use crate::limits::ALTERNATIVES_DEPTH;

impl<'d> TypeBuilder<'d> {
    /// The struct of a multipart body, in which `format: binary` is [`Scalar::Binary`]; `None` if
    /// the schema is not an object.
    pub fn multipart(
        &mut self,
        schema: &'d Node,
        pointer: &str,
        usage: Usage,
        hint: &NameHint,
        out: &mut Diagnostics,
    ) -> Option<TypeId> {
        let known = self.asked_before(schema, Mode::Form, hint);
        if let Some(TypeUse { shape: Shape::Named(id), .. }) = known {
            self.roots.push((id, usage));
            return Some(id);
        }
        let path = self.root_path(schema, pointer, &hint.raw());
        self.inspector.reset_budget();
        let mut conjunct = Conjunct::new(schema, path);
        for _ in 0..ALTERNATIVES_DEPTH {
            let Some(target) = conjunct.reference().and_then(|reference| self.graph().target(reference)) else {
                break;
            };
            conjunct = target;
        }
        let id = self.multipart_struct(&conjunct, usage);
        self.drain();
        self.roots.extend(id.map(|id| (id, usage)));
        if let Some(id) = id {
            let ty = TypeUse { shape: Shape::Named(id), nullable: false, constraints: Constraints::default() };
            self.remember(schema, Mode::Form, hint, &ty);
        }
        out.extend(self.inspector.take_diagnostics());
        id
    }

    fn multipart_struct(&mut self, conjunct: &Conjunct<'d>, usage: Usage) -> Option<TypeId> {
        let inspected = self.inspector.inspect(conjunct);
        let own = self.graph().flatten(std::slice::from_ref(conjunct));
        let members = self.inspector.groups(&own).into_iter().flat_map(|group| group.members);
        let members: Vec<Conjunct<'d>> = members.collect();
        let is_union = !members.is_empty();
        let flat =
            if is_union { self.graph().flatten(&[vec![conjunct.clone()], members].concat()) } else { own.clone() };
        match inspected.kind {
            SchemaKind::Struct(_) | SchemaKind::Map(..) => {}
            SchemaKind::Union(_) if flat.has(&["properties"]) => {
                self.inspector.report(
                    &codes::MULTIPART_UNION,
                    conjunct,
                    "the alternatives of this multipart body are merged into one struct",
                    "describe the body by one object schema",
                );
            }
            _ => return None,
        }
        let binary = flat.properties().values().any(|conjuncts| self.form_property(conjuncts).is_some());
        let plain = matches!(inspected.kind, SchemaKind::Struct(_)) && !binary;
        let mode = if binary { Mode::Form } else { self.graph().mode(std::slice::from_ref(conjunct), Mode::of(usage)) };
        let facet = if plain || binary && !is_union { Facet::Whole } else { Facet::Multipart };
        // The union of the alternatives has the name of the schema.
        let path = if is_union { conjunct.path.word("form") } else { conjunct.path.clone() };
        let schema = Schema {
            kind: SchemaKind::Struct(flat),
            nullable: false,
            conjuncts: vec![conjunct.clone()],
            facet,
            path: path.clone(),
            assertions: Vec::new(),
        };
        let id = self.intern(std::slice::from_ref(conjunct), facet, &path, mode, Some(schema));
        self.drain();
        if is_union {
            self.relax(id, &own);
        }
        Some(id)
    }

    /// Makes parts optional if only some alternatives require them.
    fn relax(&mut self, id: TypeId, own: &Flat<'d>) {
        let required = own.required();
        if let Some(definition) = self.table.get_mut(id)
            && let TypeKind::Struct(object) = &mut definition.kind
        {
            for field in object.fields.iter_mut().filter(|field| !required.contains(field.wire.as_str())) {
                field.presence = Presence::Optional;
            }
        }
    }

    /// The type of a part that contains bytes or a list of files, if the part does.
    pub(super) fn form_property(&self, conjuncts: &[Conjunct<'d>]) -> Option<TypeUse> {
        let flat = self.graph().flatten(conjuncts);
        let nullable = self.graph().allows_null(conjuncts);
        let bytes =
            TypeUse { shape: Shape::Scalar(Scalar::Binary), nullable: false, constraints: Constraints::default() };
        if is_binary(&flat) {
            return Some(TypeUse { nullable, ..bytes });
        }
        let items: Vec<Conjunct<'d>> = flat.conjuncts.iter().filter_map(|conjunct| conjunct.schema("items")).collect();
        let known =
            conjuncts.iter().any(|conjunct| items.iter().any(|item| address(item.node) == address(conjunct.node)));
        if items.is_empty() || known || !is_binary(&self.graph().flatten(&items)) {
            return None;
        }
        Some(TypeUse { shape: Shape::List(Box::new(bytes)), nullable, constraints: constraints::list(&flat) })
    }
}

fn is_binary(flat: &Flat<'_>) -> bool {
    let text = flat.all("type").all(|node| node.as_str() == Some("string"));
    text && flat.all("format").any(|node| node.as_str() == Some("binary"))
}
