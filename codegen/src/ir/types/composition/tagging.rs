//! Finds the tag property of a union: the discriminator, or a required property with distinct
//! constants.

use std::collections::BTreeSet;

use super::claims::Claims;
use crate::document::Node;
use crate::ir::model::{Otherwise, Probe, TagValue, TagWrite, Tagging};
use crate::ir::types::inspector::Inspector;
use crate::ir::types::kind::{SchemaKind, UnionMember, UnionSchema};
use crate::ir::types::mode::Mode;
use crate::ir::types::schema::Flat;

/// Tag values, each with the index of its member.
type Values = Vec<(TagValue, usize)>;

impl<'d> Inspector<'d> {
    /// How the member of a value is found.
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
        let optional =
            |flat: &Flat<'d>| !flat.required().contains(tag.wire) && flat.properties().contains_key(tag.wire);
        let open = claims.contested || structs.iter().flatten().any(optional);
        let otherwise = match default.and_then(|text| self.member_of(text, union)) {
            Some(member) => Otherwise::Member(member),
            None if !claims.mapped || default.is_some() || open => Otherwise::Shape,
            None if (0..union.members.len()).any(|index| claims.of(index).next().is_none()) => Otherwise::Shape,
            None => Otherwise::Refused,
        };
        let write = |index: usize| {
            let is_default = otherwise == Otherwise::Member(index);
            self.write(&claims, index, tag.wire, structs.get(index)?.as_ref()?, is_default, mode)
        };
        let writes = (0..union.members.len()).map(write).collect();
        Some(Tagging::Property { wire: tag.wire.to_owned(), values: claims.values, writes, otherwise })
    }

    /// The tag value that the union writes for a member: its type may lack the property, leave it
    /// out, or hold another value.
    fn write(
        &self,
        claims: &Claims,
        index: usize,
        wire: &str,
        flat: &Flat<'d>,
        is_default: bool,
        mode: Mode,
    ) -> Option<TagWrite> {
        let mut values = claims.of(index);
        let first = values.next()?.clone();
        let is_only = values.next().is_none();
        let required = flat.required().contains(wire);
        let property = flat.properties().swap_remove(wire);
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

    /// The values that a property lists, if the mode carries it.
    pub(super) fn values_of(&self, flat: &Flat<'d>, wire: &str, mode: Mode) -> Option<Vec<TagValue>> {
        let conjunction = flat.properties().swap_remove(wire)?;
        if mode != Mode::Any && !mode.carries(&self.graph.flatten(&conjunction)) {
            return None;
        }
        self.scalars_of(&conjunction)
    }

    /// Tagging by a property that every member requires, with values that no other member has.
    fn by_constant(&self, structs: &[Option<Flat<'d>>], mode: Mode) -> Option<Tagging> {
        let flats: Vec<&Flat<'d>> = structs.iter().map(Option::as_ref).collect::<Option<_>>()?;
        let first = flats.first()?;
        let mut candidates = first.required();
        candidates.retain(|wire| flats.iter().all(|flat| flat.required().contains(wire)));
        let mut best: Option<(&str, Values)> = None;
        for wire in candidates {
            let Some(values) = self.distinct_values(&flats, wire, mode) else {
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

    fn distinct_values(&self, flats: &[&Flat<'d>], wire: &str, mode: Mode) -> Option<Values> {
        let mut taken = BTreeSet::new();
        let mut values = Vec::new();
        for (index, flat) in flats.iter().enumerate() {
            for value in self.values_of(flat, wire, mode)? {
                if !taken.insert(value.clone()) {
                    return None;
                }
                values.push((value, index));
            }
        }
        Some(values)
    }

    /// Confines each member to its tag values, also when a value is tried by shape. A value that
    /// looks like the name of another member's schema is not one of its own.
    pub(super) fn confine(&self, probes: &mut [Probe], union: &UnionSchema<'d>, wire: &str, values: &Values) {
        let listed = |member: &UnionMember<'d>| {
            let property = self.object(member).filter(|_| !member.rest)?.properties().swap_remove(wire)?;
            self.scalars_of(&property)
        };
        let listed: Vec<Vec<TagValue>> =
            union.members.iter().map(|member| listed(member).unwrap_or_default()).collect();
        let near: Vec<Option<TagValue>> =
            union.members.iter().zip(&listed).map(|(member, listed)| self.near_name(member, listed)).collect();
        for (index, probe) in probes.iter_mut().enumerate() {
            let of_other = |value: &TagValue| {
                values.iter().any(|(known, member)| known == value && *member != index)
                    || near.iter().enumerate().any(|(member, near)| near.as_ref() == Some(value) && member != index)
            };
            let mut own: Vec<TagValue> =
                values.iter().filter(|(_, member)| *member == index).map(|(value, _)| value.clone()).collect();
            let more = listed.get(index).into_iter().flatten().filter(|value| !of_other(value));
            let more: Vec<TagValue> = more.filter(|value| !own.contains(value)).cloned().collect();
            own.extend(more);
            probe.constants.retain(|(name, _)| name != wire);
            if !own.is_empty() {
                probe.constants.push((wire.to_owned(), own));
            }
        }
    }
}
