//! Turns a parent with a discriminator, its own or an inherited one, into the union of its
//! subtypes. These are the schemas that extend it through `allOf`, or that its mapping names.
//!
//! **Invariant:** as a base (`allOf`), the parent is a struct. As the type of a value, it is a
//! union of its subtypes and, for tags that none of them claims, of the parent's own properties.

use crate::ir::model::Constraints;
use crate::ir::types::conjunction::{Conjunct, Skip};
use crate::ir::types::inspector::Inspector;
use crate::ir::types::kind::{Facet, Schema, SchemaKind, UnionMember, UnionSchema};

impl<'d> Inspector<'d> {
    /// The union of a component's subtypes, if the component is such a parent.
    pub(in crate::ir::types) fn inheritance(
        &self,
        conjuncts: &[Conjunct<'d>],
        depth: usize,
    ) -> Option<UnionSchema<'d>> {
        let [parent] = conjuncts else { return None };
        if parent.skip.has(Skip::ALTERNATIVES) {
            return None;
        }
        let discriminator = self.graph.discriminator(parent)?;
        let subtypes = self.graph.subtypes(self.graph.component(parent.node)?);
        if subtypes.is_empty() {
            return None;
        }
        let mut members: Vec<UnionMember<'d>> =
            subtypes.iter().filter_map(|subtype| Some(reference(self.graph.conjunct(*subtype)?))).collect();
        let own = parent.skipping(Skip::ALTERNATIVES);
        let path = parent.path.word("base");
        let flat = self.graph.flatten(std::slice::from_ref(&own));
        let kind = self.plain(&flat, std::slice::from_ref(&own), &path, depth);
        let (conjuncts, assertions) = (vec![own.clone()], Vec::new());
        let schema = Schema { kind, nullable: false, conjuncts, facet: Facet::Whole, path, assertions };
        members.push(UnionMember { schema, alternative: own, rest: true });
        Some(UnionSchema { members, discriminator: Some(discriminator), overlaps: false })
    }
}

/// A subtype that is itself a parent is used as a value, so it is the union of its own subtypes.
fn reference(subtype: Conjunct<'_>) -> UnionMember<'_> {
    let path = subtype.path.clone();
    let kind = SchemaKind::Reference(subtype.clone(), Constraints::default());
    let (conjuncts, assertions) = (vec![subtype.clone()], Vec::new());
    let schema = Schema { kind, nullable: false, conjuncts, facet: Facet::Whole, path, assertions };
    UnionMember { schema, alternative: subtype, rest: false }
}
