//! Finds the tag property of a union: the discriminator, or a required property with distinct
//! constants.

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexMap;

use super::claims::Claims;
use crate::document::Node;
use crate::ir::model::{Otherwise, Probe, TagValue, TagWrite, Tagging};
use crate::ir::types::conjunction::{Conjunct, Flat};
use crate::ir::types::inspector::Inspector;
use crate::ir::types::kind::{SchemaKind, UnionMember, UnionSchema};
use crate::ir::types::mode::Mode;

/// The properties of a member, each with all schemas that it must satisfy.
type Properties<'d> = IndexMap<&'d str, Vec<Conjunct<'d>>>;

/// Tag values, each with the index of its member.
type Values = Vec<(TagValue, usize)>;

impl<'d> Inspector<'d> {
    /// How the member for a value is found.
    pub(in crate::ir::types) fn tagging(&self, union: &UnionSchema<'d>, mode: Mode) -> Tagging {
        let structs: Vec<Option<Flat<'d>>> = union.members.iter().map(|member| self.object(member)).collect();
        let by_discriminator = self.by_discriminator(union, &structs, mode);
        by_discriminator.or_else(|| self.by_constant(&structs, mode)).unwrap_or(Tagging::Shape)
    }

    /// The nodes of a member, if it is a struct.
    pub(super) fn object(&self, member: &UnionMember<'d>) -> Option<Flat<'d>> {
        match &member.schema.kind {
            SchemaKind::Struct(flat) => Some(flat.clone()),
            SchemaKind::Reference(target, _) => self.struct_of(target),
            _ => None,
        }
    }

    fn by_discriminator(&self, union: &UnionSchema<'d>, structs: &[Option<Flat<'d>>], mode: Mode) -> Option<Tagging> {
        let tag = self.tag_property(union)?;
        let claims = self.claims(union, &tag, structs, mode);
        if claims.values.is_empty() {
            return None;
        }
        let default = tag.discriminators.iter().find_map(|node| node.get("defaultMapping").and_then(Node::as_str));
        let optional = |flat: &Flat<'d>| !flat.required().contains(tag.wire) && flat.property(tag.wire).is_some();
        let open = claims.contested || structs.iter().flatten().any(optional);
        let otherwise = match default.and_then(|text| self.member_of(text, union, &self.members_by_address(union))) {
            Some(member) => Otherwise::Member(member),
            None if !claims.mapped || default.is_some() || open => Otherwise::Shape,
            None if (0..union.members.len()).any(|index| claims.of(index).is_empty()) => Otherwise::Shape,
            None => Otherwise::Refused,
        };
        let write = |index: usize| {
            let is_default = otherwise == Otherwise::Member(index);
            self.write(&claims, index, tag.wire, structs.get(index)?.as_ref()?, is_default, mode)
        };
        let writes = (0..union.members.len()).map(write).collect();
        Some(Tagging::Property { wire: tag.wire.to_owned(), values: claims.values, writes, otherwise })
    }

    /// The tag value that the union writes for a member. The type of the member may lack the
    /// property, leave it out, or contain a different value.
    fn write(
        &self,
        claims: &Claims,
        index: usize,
        wire: &str,
        flat: &Flat<'d>,
        is_default: bool,
        mode: Mode,
    ) -> Option<TagWrite> {
        let values = claims.of(index);
        let first = values.first()?.clone();
        let is_only = values.len() == 1;
        let required = flat.required().contains(wire);
        let property = flat.property(wire);
        let carried = property.as_ref().is_some_and(|property| mode.carries(&self.graph.flatten(property)));
        if !carried && (property.is_some() || !required) {
            return Some(TagWrite { value: first, replaces: true });
        }
        if is_default {
            return None;
        }
        let listed = property.and_then(|property| self.scalars_of(&property)).unwrap_or_default();
        let is_fixed = required && listed.as_slice() == std::slice::from_ref(&first);
        match (is_only, required) {
            (true, _) => Some(TagWrite { value: first, replaces: true }).filter(|_| !is_fixed),
            (false, true) => None,
            (false, false) => Some(TagWrite { value: first, replaces: false }),
        }
    }

    /// The values that a property lists, if the mode includes the property.
    pub(super) fn values_of(&self, property: &[Conjunct<'d>], mode: Mode) -> Option<Vec<TagValue>> {
        if mode != Mode::Any && !mode.carries(&self.graph.flatten(property)) {
            return None;
        }
        self.scalars_of(property)
    }

    /// Tagging by a property that every member requires and whose values differ between members.
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
        let writes = vec![None; flats.len()];
        Some(Tagging::Property { wire: wire.to_owned(), values, writes, otherwise: Otherwise::Refused })
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

    /// Confines each member to its tag values, even when a value is tried by shape. A value that
    /// resembles the name of another member's schema does not belong to the member.
    pub(super) fn confine(&self, probes: &mut [Probe], union: &UnionSchema<'d>, wire: &str, values: &Values) {
        let listed = |member: &UnionMember<'d>| {
            let property = self.object(member).filter(|_| !member.rest)?.property(wire)?;
            self.scalars_of(&property)
        };
        let listed: Vec<Vec<TagValue>> =
            union.members.iter().map(|member| listed(member).unwrap_or_default()).collect();
        let near: Vec<Option<TagValue>> =
            union.members.iter().zip(&listed).map(|(member, listed)| self.near_name(member, listed)).collect();
        let claimed: HashMap<&TagValue, usize> = values.iter().map(|(value, member)| (value, *member)).collect();
        let mut owned: HashMap<usize, Vec<TagValue>> = HashMap::new();
        for (value, member) in values {
            owned.entry(*member).or_default().push(value.clone());
        }
        let mut names: HashMap<&TagValue, Option<usize>> = HashMap::new();
        for (index, near) in near.iter().enumerate() {
            if let Some(near) = near {
                names.entry(near).and_modify(|member| *member = None).or_insert(Some(index));
            }
        }
        for (index, (probe, listed)) in probes.iter_mut().zip(&listed).enumerate() {
            let is_own = |value: &&TagValue| {
                let claimed = claimed.get(value).is_none_or(|member| *member == index);
                claimed && names.get(value).is_none_or(|member| *member == Some(index))
            };
            let mut own = owned.remove(&index).unwrap_or_default();
            let more: Vec<TagValue> = listed.iter().filter(is_own).cloned().collect();
            own.extend(more.into_iter().filter(|value| claimed.get(value) != Some(&index)));
            probe.constants.retain(|(name, _)| name != wire);
            if !own.is_empty() {
                probe.constants.push((wire.to_owned(), own));
            }
        }
    }
}
