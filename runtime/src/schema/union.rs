//! The faults of a union's value, which are those of the member that it is meant to be.

use serde_json::{Map, Value};

use super::walk::{DEEPEST_REFERENCE, Walk};
use super::{Otherwise, Schema, Schemas, Tag, Types};
use crate::validation::{MISSING, equal};

impl<'s> Walk<'s> {
    /// Finds the faults of the current value as one of the member that its tag or a constant names,
    /// or else of the member that it violates least.
    pub(super) fn union(&mut self, schema: &'s Schema, value: &Value) {
        if let (Some(tag), Value::Object(entries)) = (&schema.tag, value)
            && self.by_tag(schema, tag, entries, value)
        {
            return;
        }
        let fits = |member: &&Schema| self.schemas.types(member).has(Types::of(value));
        let mut candidates: Vec<&'s Schema> = schema.members.iter().filter(fits).collect();
        if let Value::Object(entries) = value {
            let named = |member: &&&Schema| has_constant_of(self.schemas, member, entries);
            let named: Vec<&'s Schema> = candidates.iter().filter(named).copied().collect();
            candidates = if named.is_empty() { candidates } else { named };
        }
        match candidates.as_slice() {
            [] => self.wrong_type(self.schemas.types(schema), value),
            [only] => self.check(only, value),
            _ => self.closest(&candidates, value),
        }
    }

    /// Whether the tag decides.
    fn by_tag(&mut self, schema: &'s Schema, tag: &Tag, entries: &Map<String, Value>, value: &Value) -> bool {
        let given = entries.get(&tag.property);
        let index = given.and_then(|given| tag.values.iter().find(|(known, _)| equal(known, given)));
        let index = match (index, tag.otherwise) {
            (Some((_, index)), _) => *index,
            (None, Otherwise::Member(index)) => index,
            (None, Otherwise::Shape) => return false,
            (None, Otherwise::Refused) => {
                let allowed: Vec<Value> = tag.values.iter().map(|(value, _)| value.clone()).collect();
                let types = allowed.iter().map(Types::of).fold(Types(0), Types::and);
                self.within(&tag.property, |walk| match given {
                    None => walk.fault("required", MISSING),
                    Some(given) if !types.has(Types::of(given)) => walk.wrong_type(types, given),
                    Some(_) => walk.not_allowed(&allowed),
                });
                return true;
            }
        };
        if let Some(member) = schema.members.get(index) {
            self.check(member, value);
        }
        true
    }

    /// The faults of the member that has the fewest. Among equals, the first one counts.
    fn closest(&mut self, candidates: &[&'s Schema], value: &Value) {
        let before = std::mem::take(&mut self.found);
        let mut best = None;
        for member in candidates {
            self.check(member, value);
            // A member whose check was interrupted would seem to have few faults.
            let is_whole = !self.is_exhausted();
            let found = std::mem::take(&mut self.found);
            let is_better = best.as_ref().is_none_or(|best: &Vec<_>| found.len() < best.len());
            if is_better && (is_whole || best.is_none()) {
                best = Some(found);
            }
            if best.as_ref().is_some_and(Vec::is_empty) || !is_whole {
                break;
            }
        }
        self.found = before;
        best.into_iter().flatten().for_each(|fault| self.push(fault));
    }
}

/// Whether the object has a property whose value is the only one that this member allows there.
fn has_constant_of(schemas: &Schemas, member: &Schema, entries: &Map<String, Value>) -> bool {
    schemas.resolved(member).properties.iter().any(|property| {
        let Some(given) = entries.get(&property.name) else { return false };
        let mut schema = &property.schema;
        for _ in 0..DEEPEST_REFERENCE {
            if let [only] = schema.allowed.as_slice() {
                return equal(only, given);
            }
            let Some(target) = schemas.target(schema) else { break };
            schema = target;
        }
        false
    })
}
