//! Combines the objects among the members of an `anyOf`, so that a value with properties of several
//! members keeps all of them.

use indexmap::IndexMap;

use crate::document::Node;
use crate::ir::model::{Assertion, Tagging};
use crate::ir::types::conjunction::{Flat, Skip};
use crate::ir::types::inspector::Inspector;
use crate::ir::types::kind::{Facet, Schema, SchemaKind, UnionMember, UnionSchema};
use crate::ir::types::mode::Mode;

/// Unions with more members or more properties are not combined.
const MOST_MEMBERS: usize = 8;
const MOST_PROPERTIES: usize = 64;

/// Objects with these keywords keep their other properties, have none, or are limited as a whole.
const LIMITS: &[&str] =
    &["additionalProperties", "unevaluatedProperties", "patternProperties", "minProperties", "maxProperties", "enum"];

impl<'d> Inspector<'d> {
    /// The member that has the properties of all members, if a value may need it. This is the case
    /// if nothing distinguishes the members, each of them is open, none has all properties, and
    /// they agree on the properties that they share.
    pub(super) fn combined(
        &self,
        schema: &Schema<'d>,
        union: &UnionSchema<'d>,
        members: &[UnionMember<'d>],
        mode: Mode,
    ) -> Option<UnionMember<'d>> {
        if !union.overlaps || members.len() > MOST_MEMBERS {
            return None;
        }
        let structs: Vec<Flat<'d>> = members.iter().filter_map(|member| self.object(member)).collect();
        if structs.len() < 2 || structs.iter().any(|flat| flat.has(LIMITS)) {
            return None;
        }
        let properties = combined_properties(&structs)?;
        let has_all = |flat: &Flat<'d>| flat.properties().len() == properties;
        let plain = UnionSchema { members: members.to_vec(), ..union.clone() };
        if structs.iter().any(has_all) || !matches!(self.tagging(&plain, mode), Tagging::Shape) {
            return None;
        }
        let owner = schema.conjuncts.first()?.clone();
        let conjuncts = structs.into_iter().flat_map(|flat| flat.conjuncts);
        let conjuncts = conjuncts.map(|conjunct| conjunct.skipping(Skip::REQUIRED)).collect();
        let schema = Schema {
            kind: SchemaKind::Struct(Flat { conjuncts, ..Flat::default() }),
            nullable: false,
            conjuncts: schema.conjuncts.clone(),
            facet: Facet::Combined,
            path: schema.path.word("combined"),
            assertions: self.fits_one(members).into_iter().collect(),
        };
        Some(UnionMember { schema, alternative: owner, rest: false })
    }

    /// Asserts that a value fits at least one member, unless that is too much to check.
    fn fits_one(&self, members: &[UnionMember<'d>]) -> Option<Assertion> {
        let nodes = members.iter().map(|member| self.asserted(member.alternative.node));
        Some(Assertion::Any(nodes.collect::<Option<_>>()?))
    }
}

/// The number of different properties of the objects; `None` if they disagree on one, or have too
/// many.
fn combined_properties(structs: &[Flat<'_>]) -> Option<usize> {
    let mut all: IndexMap<&str, Vec<&Node>> = IndexMap::new();
    for (name, conjuncts) in structs.iter().flat_map(Flat::properties) {
        let nodes: Vec<&Node> = conjuncts.iter().map(|conjunct| conjunct.node).collect();
        if all.get(name).is_some_and(|known| *known != nodes) {
            return None;
        }
        all.insert(name, nodes);
    }
    Some(all.len()).filter(|count| *count <= MOST_PROPERTIES)
}
