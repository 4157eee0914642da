//! A parent with a discriminator stands for its heirs: the schemas that extend it through `allOf`, or that its mapping names.
//!
//! The rule it keeps: as a base (`allOf`) the parent is a struct; as the type of a value it is the union of its heirs and, for
//! tags that none of them claims, of the parent's own properties.

use crate::ir::model::Rules;
use crate::ir::types::form::{Form, Member, Plan, Schema};
use crate::ir::types::graph::Graph;
use crate::ir::types::schema::{Part, Skip};

impl<'d> Graph<'d> {
    /// The union that a component stands for, if it is such a parent.
    pub(in crate::ir::types) fn inheritance(&self, parts: &[Part<'d>], depth: usize) -> Option<Plan<'d>> {
        let [parent] = parts else { return None };
        parent.get("discriminator")?;
        let heirs = self.heirs(self.component(parent.node)?);
        if heirs.is_empty() {
            return None;
        }
        let mut members: Vec<Member<'d>> = heirs.iter().filter_map(|heir| Some(reference(self.part(*heir)?))).collect();
        let own = parent.skipping(Skip::ALTERNATIVES);
        let place = parent.place.word("base");
        let flat = self.flatten(std::slice::from_ref(&own));
        let form = self.plain(&flat, std::slice::from_ref(&own), &place, depth);
        let schema = Schema { form, nullable: false, parts: vec![own.clone()], facet: 0, place };
        members.push(Member { schema, alternative: own, rest: true });
        Some(Plan { members, discriminator: Some(parent.clone()) })
    }
}

/// An heir that is a parent itself is met as a value, not as a base: the union of its own heirs.
fn reference(heir: Part<'_>) -> Member<'_> {
    let place = heir.place.clone();
    let form = Form::Reference(heir.clone(), Rules::default());
    Member {
        schema: Schema { form, nullable: false, parts: vec![heir.clone()], facet: 0, place },
        alternative: heir,
        rest: false,
    }
}
