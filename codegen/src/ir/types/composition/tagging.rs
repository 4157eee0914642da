//! Finds the tag property of a union: the discriminator, or a required property with distinct
//! constants.

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;

use crate::document::Node;
use crate::ir::model::{Otherwise, Tagging};
use crate::ir::types::inspector::Inspector;
use crate::ir::types::kind::{SchemaKind, UnionMember, UnionSchema};
use crate::ir::types::mode::Mode;
use crate::ir::types::schema::{Conjunct, Flat, address};

/// The properties of a member, each with all schemas that it must satisfy.
type Properties<'d> = IndexMap<&'d str, Vec<Conjunct<'d>>>;

/// Tag values, each with the index of its member.
type Values = Vec<(String, usize)>;

impl<'d> Inspector<'d> {
    /// How the member of a value is found.
    pub(in crate::ir::types) fn tagging(&self, union: &UnionSchema<'d>, mode: Mode) -> Tagging {
        let structs: Vec<Option<Flat<'d>>> = union.members.iter().map(|member| self.object(member)).collect();
        let by_discriminator =
            union.discriminator.as_ref().and_then(|conjunct| self.by_discriminator(conjunct, union, &structs, mode));
        by_discriminator.or_else(|| self.by_constant(&structs, mode)).unwrap_or(Tagging::Shape)
    }

    /// The nodes of a member, if it is a struct.
    fn object(&self, member: &UnionMember<'d>) -> Option<Flat<'d>> {
        match &member.schema.kind {
            SchemaKind::Struct(flat) => Some(flat.clone()),
            SchemaKind::Reference(target, _) => self.struct_of(target),
            _ => None,
        }
    }

    fn by_discriminator(
        &self,
        conjunct: &Conjunct<'d>,
        union: &UnionSchema<'d>,
        structs: &[Option<Flat<'d>>],
        mode: Mode,
    ) -> Option<Tagging> {
        let discriminator = conjunct.get("discriminator")?;
        let wire = discriminator.get("propertyName")?.as_str()?;
        let mut values = self.mapped_values(discriminator, union);
        let mut taken: BTreeSet<String> = values.iter().map(|(value, _)| value.clone()).collect();
        let mapped: BTreeSet<usize> = values.iter().map(|(_, index)| *index).collect();
        for (index, (member, flat)) in union.members.iter().zip(structs).enumerate() {
            let property = flat.as_ref().and_then(|flat| flat.properties().swap_remove(wire));
            let constants = property.and_then(|property| self.values_of(&property, mode)).unwrap_or_default();
            let name =
                self.schema_name(member).filter(|_| constants.is_empty() && !mapped.contains(&index) && !member.rest);
            for value in constants.into_iter().chain(name) {
                if taken.insert(value.clone()) {
                    values.push((value, index));
                }
            }
        }
        if values.is_empty() {
            return None;
        }
        let mut firsts: HashMap<usize, &str> = HashMap::new();
        for (value, member) in &values {
            firsts.entry(*member).or_insert(value);
        }
        let first = |index: usize| firsts.get(&index).map(|value| (*value).to_owned());
        let has = |flat: &Flat<'d>| flat.properties().contains_key(wire) || flat.required().contains(wire);
        let lacks = |index: usize| structs.get(index).and_then(Option::as_ref).is_some_and(|flat| !has(flat));
        let inject = (0..union.members.len()).map(|index| first(index).filter(|_| lacks(index))).collect();
        let default = discriminator.get("defaultMapping").and_then(Node::as_str);
        let otherwise = match default.and_then(|text| self.member_of(text, &self.members_by_address(union))) {
            Some(member) => Otherwise::Member(member),
            None if mapped.is_empty() || default.is_some() => Otherwise::Shape,
            None if (0..union.members.len()).any(|index| first(index).is_none()) => Otherwise::Shape,
            None => Otherwise::Refused,
        };
        Some(Tagging::Property { wire: wire.to_owned(), values, inject, otherwise })
    }

    /// The first member of each component, by the component's address.
    fn members_by_address(&self, union: &UnionSchema<'d>) -> HashMap<usize, usize> {
        let mut found = HashMap::new();
        for (index, member) in union.members.iter().enumerate() {
            if let Some(named) = self.named(member) {
                found.entry(address(named.node)).or_insert(index);
            }
        }
        found
    }

    /// The member that an entry of the mapping names.
    fn member_of(&self, text: &str, members: &HashMap<usize, usize>) -> Option<usize> {
        let target = self.graph.mapping_target(text).and_then(|index| self.graph.conjunct(index))?;
        members.get(&address(target.node)).copied()
    }

    /// The tag values of the mapping, each with its member.
    fn mapped_values(&self, discriminator: &'d Node, union: &UnionSchema<'d>) -> Vec<(String, usize)> {
        let mapping = discriminator.get("mapping").and_then(Node::as_object);
        let members = self.members_by_address(union);
        let mut values = Vec::new();
        for entry in mapping.into_iter().flatten() {
            let member = entry.value.as_str().and_then(|text| self.member_of(text, &members));
            values.extend(member.map(|member| (entry.key.to_string(), member)));
        }
        values
    }

    /// The component behind a member: the target of its reference, or of the alternative that it
    /// was merged from.
    fn named(&self, member: &UnionMember<'d>) -> Option<Conjunct<'d>> {
        if member.rest {
            return None;
        }
        match &member.schema.kind {
            SchemaKind::Reference(target, _) => Some(target.clone()),
            _ => self.graph.target(member.alternative.reference()?),
        }
    }

    fn schema_name(&self, member: &UnionMember<'d>) -> Option<String> {
        let named = self.named(member)?;
        let component = self.graph.components.get(self.graph.component(named.node)?)?;
        Some(component.name.to_owned())
    }

    /// The constants of a property, if the direction carries it.
    fn values_of(&self, property: &[Conjunct<'d>], mode: Mode) -> Option<Vec<String>> {
        if mode != Mode::Any && !mode.carries(&self.graph.flatten(property)) {
            return None;
        }
        self.strings_of(property)
    }

    /// Tagging by a property that every member requires, with values that no other member has.
    fn by_constant(&self, structs: &[Option<Flat<'d>>], mode: Mode) -> Option<Tagging> {
        let flats: Vec<&Flat<'d>> = structs.iter().map(Option::as_ref).collect::<Option<_>>()?;
        let required: Vec<_> = flats.iter().map(|flat| flat.required()).collect();
        let mut candidates = required.first()?.clone();
        candidates.retain(|wire| required.iter().all(|names| names.contains(wire)));
        if candidates.is_empty() {
            return None;
        }
        let properties: Vec<Properties<'d>> = flats.iter().map(|flat| flat.properties()).collect();
        let mut best: Option<(&str, Values)> = None;
        for wire in candidates {
            let Some(values) = self.distinct_values(&properties, wire, mode) else {
                continue;
            };
            if best.as_ref().is_none_or(|(_, fewest)| values.len() < fewest.len()) {
                best = Some((wire, values));
            }
        }
        let (wire, values) = best?;
        let inject = vec![None; flats.len()];
        Some(Tagging::Property { wire: wire.to_owned(), values, inject, otherwise: Otherwise::Refused })
    }

    fn distinct_values(&self, members: &[Properties<'d>], wire: &str, mode: Mode) -> Option<Values> {
        let mut taken = BTreeSet::new();
        let mut values = Vec::new();
        for (index, properties) in members.iter().enumerate() {
            for value in self.values_of(properties.get(wire)?, mode)? {
                if !taken.insert(value.clone()) {
                    return None;
                }
                values.push((value, index));
            }
        }
        Some(values)
    }
}
