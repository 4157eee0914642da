//! Which values of the tag property select which member of a union.
//!
//! The mapping takes precedence. Then come the values that a member's own property lists, then its
//! default, and then the name of the member's schema.
//!
//! **Invariant:** a value selects at most one member. A value that several members list carries no
//! information, because they inherit the list. Neither does a list that a member has from its
//! parent.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::document::Node;
use crate::ir::model::TagValue;
use crate::ir::types::conjunction::{Conjunct, Flat, address};
use crate::ir::types::inspector::Inspector;
use crate::ir::types::kind::{SchemaKind, UnionMember, UnionSchema};
use crate::ir::types::mode::Mode;
use crate::limits::{CLAIMS_DEPTH, SEARCHED_MEMBERS};

/// The property that distinguishes the members, and what the document says about its values.
#[derive(Debug)]
pub(super) struct TagProperty<'d> {
    pub(super) wire: &'d str,
    /// The union's own discriminator first, followed by those of schemas that all members extend.
    pub(super) discriminators: Vec<&'d Node>,
}

/// The tag values of a union.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// Each value with the index of its member.
    pub(super) values: Vec<(TagValue, usize)>,
    /// Whether a mapping names a member.
    pub(super) mapped: bool,
    /// Whether members list values that select none of them.
    pub(super) contested: bool,
    taken: BTreeSet<TagValue>,
    by_member: HashMap<usize, Vec<TagValue>>,
}

impl Claims {
    fn add(&mut self, value: TagValue, member: usize) {
        if self.taken.insert(value.clone()) {
            self.by_member.entry(member).or_default().push(value.clone());
            self.values.push((value, member));
        }
    }

    /// The values of a member.
    pub(super) fn of(&self, member: usize) -> &[TagValue] {
        self.by_member.get(&member).map_or(&[], Vec::as_slice)
    }

    fn has(&self, member: usize) -> bool {
        !self.of(member).is_empty()
    }
}

impl<'d> Inspector<'d> {
    /// The tag property that a union has, or that all of its members inherit.
    pub(super) fn tag_property(&self, union: &UnionSchema<'d>) -> Option<TagProperty<'d>> {
        let own = union.discriminator.as_ref().and_then(|conjunct| conjunct.get("discriminator"));
        let inherited = self.inherited_discriminators(union);
        let name = |node: &&'d Node| node.get("propertyName").and_then(Node::as_str);
        let wire = own.as_ref().and_then(name).or_else(|| inherited.iter().rev().find_map(name))?;
        let mut discriminators: Vec<&'d Node> = own.into_iter().filter(|own| name(own) == Some(wire)).collect();
        for node in inherited.into_iter().rev().filter(|node| name(node) == Some(wire)) {
            if !discriminators.iter().any(|known| std::ptr::eq(*known, node)) {
                discriminators.push(node);
            }
        }
        Some(TagProperty { wire, discriminators })
    }

    /// The discriminators of schemas that every member extends, bases first.
    fn inherited_discriminators(&self, union: &UnionSchema<'d>) -> Vec<&'d Node> {
        let mut common: Option<Vec<&'d Node>> = None;
        for member in union.members.iter().filter(|member| !member.rest) {
            let flat = match &member.schema.kind {
                SchemaKind::Struct(flat) => flat.clone(),
                SchemaKind::Reference(target, _) => self.graph.flatten(std::slice::from_ref(target)),
                _ => return Vec::new(),
            };
            let nodes: Vec<&'d Node> =
                flat.conjuncts.iter().filter_map(|conjunct| conjunct.node.get("discriminator")).collect();
            common = Some(match common {
                None => nodes,
                Some(common) => {
                    common.into_iter().filter(|node| nodes.iter().any(|n| std::ptr::eq(*n, *node))).collect()
                }
            });
        }
        common.unwrap_or_default()
    }

    /// The tag values of each member.
    pub(super) fn claims(
        &self,
        union: &UnionSchema<'d>,
        tag: &TagProperty<'d>,
        structs: &[Option<Flat<'d>>],
        mode: Mode,
    ) -> Claims {
        self.claims_within(union, tag, structs, mode, CLAIMS_DEPTH)
    }

    fn claims_within(
        &self,
        union: &UnionSchema<'d>,
        tag: &TagProperty<'d>,
        structs: &[Option<Flat<'d>>],
        mode: Mode,
        depth: usize,
    ) -> Claims {
        let mut claims = Claims::default();
        self.claim_mapped(&mut claims, union, tag, structs);
        claims.mapped = !claims.values.is_empty();
        let listed = self.own_lists(union, tag.wire, structs, mode);
        let counts = counts(listed.iter().flatten());
        for (index, values) in listed.iter().enumerate() {
            for value in values {
                if counts.get(value) == Some(&1) {
                    claims.add(value.clone(), index);
                } else if !claims.taken.contains(value) {
                    claims.contested = true;
                }
            }
        }
        self.claim_defaults(&mut claims, tag.wire, structs);
        self.claim_names(&mut claims, union, tag.wire, structs, mode);
        if let Some(depth) = depth.checked_sub(1) {
            for (index, (member, _)) in
                (0..).zip(union.members.iter().zip(structs)).filter(|(_, (_, flat))| flat.is_none())
            {
                for value in self.nested_values(member, tag.wire, mode, depth) {
                    claims.add(value, index);
                }
            }
        }
        claims
    }

    /// The values of the mapping. An inherited mapping applies to members that the union's own
    /// mapping does not name.
    fn claim_mapped(
        &self,
        claims: &mut Claims,
        union: &UnionSchema<'d>,
        tag: &TagProperty<'d>,
        structs: &[Option<Flat<'d>>],
    ) {
        let members = self.members_by_address(union);
        for discriminator in &tag.discriminators {
            let named: HashSet<usize> = claims.by_member.keys().copied().collect();
            let mapping = discriminator.get("mapping").and_then(Node::as_object);
            for entry in mapping.into_iter().flatten() {
                let member = entry.value.as_str().and_then(|text| self.member_of(text, union, &members));
                if let Some(member) = member.filter(|member| !named.contains(member)) {
                    claims.add(self.typed_key(&entry.key, tag.wire, member, structs), member);
                }
            }
        }
    }

    /// A key of a mapping as a value of the property. `"1"` selects by the number 1 if the property
    /// is a number.
    fn typed_key(&self, key: &str, wire: &str, member: usize, structs: &[Option<Flat<'d>>]) -> TagValue {
        let text = || TagValue::Text(key.to_owned());
        let own = structs.get(member).and_then(Option::as_ref);
        let mut properties = own.into_iter().chain(structs.iter().flatten()).filter_map(|flat| flat.property(wire));
        let Some(property) = properties.next() else { return text() };
        let listed = self.scalars_of(&property).unwrap_or_default();
        if let Some(value) = listed.into_iter().find(|value| value.to_string() == key) {
            return value;
        }
        match self.graph.flatten(&property).all("type").filter_map(Node::as_str).last() {
            Some("integer" | "number") => key.parse().map_or_else(|_| text(), TagValue::Integer),
            Some("boolean") => key.parse().map_or_else(|_| text(), TagValue::Bool),
            _ => text(),
        }
    }

    /// The first member of each component, by the address of the component.
    pub(super) fn members_by_address(&self, union: &UnionSchema<'d>) -> HashMap<usize, usize> {
        let mut found = HashMap::new();
        for (index, member) in union.members.iter().enumerate() {
            if let Some(named) = self.named(member) {
                found.entry(address(named.node)).or_insert(index);
            }
        }
        found
    }

    /// The member that an entry of the mapping names, or the member that is a union containing the
    /// named schema.
    pub(super) fn member_of(
        &self,
        text: &str,
        union: &UnionSchema<'d>,
        members: &HashMap<usize, usize>,
    ) -> Option<usize> {
        let target = self.graph.mapping_target(text).and_then(|index| self.graph.conjunct(index))?;
        if let Some(index) = members.get(&address(target.node)) {
            return Some(*index);
        }
        if union.members.len() > SEARCHED_MEMBERS {
            return None;
        }
        let bases = self.graph.flatten(std::slice::from_ref(&target)).seen;
        let covers = |named: Conjunct<'d>| {
            bases.contains(&address(named.node)) || self.has_alternative(&named, &target, CLAIMS_DEPTH)
        };
        let mut covering = (0..).zip(&union.members).filter(|(_, member)| self.named(member).is_some_and(&covers));
        match (covering.next(), covering.next()) {
            (Some((index, _)), None) => Some(index),
            _ => None,
        }
    }

    /// Whether a schema is a union that contains another schema as a member, at any depth.
    fn has_alternative(&self, schema: &Conjunct<'d>, wanted: &Conjunct<'d>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let members = ["oneOf", "anyOf"].into_iter().flat_map(|keyword| schema.members(keyword));
        let mut targets = members.filter_map(|member| self.graph.target(member.reference()?));
        targets
            .any(|target| address(target.node) == address(wanted.node) || self.has_alternative(&target, wanted, depth))
    }

    /// The values that each member itself lists, without those that it has from the parent.
    fn own_lists(
        &self,
        union: &UnionSchema<'d>,
        wire: &str,
        structs: &[Option<Flat<'d>>],
        mode: Mode,
    ) -> Vec<Vec<TagValue>> {
        let listed = |flat: &Option<Flat<'d>>| flat.as_ref().and_then(|flat| self.listed(flat, wire, mode));
        let mut lists: Vec<Vec<TagValue>> = structs.iter().map(|flat| listed(flat).unwrap_or_default()).collect();
        let rest = union.members.iter().position(|member| member.rest);
        let parent = rest.and_then(|rest| lists.get_mut(rest)).map(std::mem::take).unwrap_or_default();
        for list in &mut lists {
            if !parent.is_empty() && parent.iter().all(|value| list.contains(value)) {
                list.clear();
            }
        }
        lists
    }

    fn listed(&self, flat: &Flat<'d>, wire: &str, mode: Mode) -> Option<Vec<TagValue>> {
        self.values_of(&flat.property(wire)?, mode)
    }

    /// The default of a property without a list, if no other member has the same default.
    fn claim_defaults(&self, claims: &mut Claims, wire: &str, structs: &[Option<Flat<'d>>]) {
        let default = |flat: &Option<Flat<'d>>| {
            let property = flat.as_ref()?.property(wire)?;
            let default = crate::ir::types::object::default(&property, &flat.as_ref()?.conjuncts.last()?.path)?;
            TagValue::of(&default).filter(|_| self.scalars_of(&property).is_none())
        };
        let defaults: Vec<Option<TagValue>> = structs.iter().map(default).collect();
        let counts = counts(defaults.iter().flatten());
        for (index, value) in defaults.iter().enumerate() {
            if let Some(value) = value.as_ref().filter(|value| counts.get(value) == Some(&1) && !claims.has(index)) {
                claims.add(value.clone(), index);
            }
        }
    }

    /// The name of a member's schema, unless the property lists other values.
    fn claim_names(
        &self,
        claims: &mut Claims,
        union: &UnionSchema<'d>,
        wire: &str,
        structs: &[Option<Flat<'d>>],
        mode: Mode,
    ) {
        for (index, (member, flat)) in union.members.iter().zip(structs).enumerate() {
            let parent = || self.named(member).is_some_and(|named| self.graph.is_parent(&named));
            let nested = || flat.is_none() && self.inner_union(member).is_some();
            let Some(name) = self.schema_name(member).filter(|_| !claims.has(index) && (parent() || !nested())) else {
                continue;
            };
            let value = TagValue::Text(name);
            let listed = flat.as_ref().and_then(|flat| self.listed(flat, wire, mode));
            let is_text = flat.as_ref().is_none_or(|flat| self.holds_text(flat, wire));
            if is_text && listed.is_none_or(|listed| listed.contains(&value)) {
                claims.add(value, index);
            }
        }
    }

    /// Whether a property may hold text, as the name of a schema is.
    fn holds_text(&self, flat: &Flat<'d>, wire: &str) -> bool {
        let Some(property) = flat.properties().swap_remove(wire) else { return true };
        let property = self.graph.flatten(&property);
        property.all("type").filter_map(Node::as_str).all(|kind| kind == "string")
    }

    /// The values of a member that is itself a union, which are those of its own members. They are found
    /// once for each schema: in a chain of subtypes, each is a member of the unions of all before it.
    fn nested_values(&self, member: &UnionMember<'d>, wire: &'d str, mode: Mode, depth: usize) -> Vec<TagValue> {
        let key = match &member.schema.kind {
            SchemaKind::Reference(target, _) => Some((address(target.node), wire, mode, depth)),
            _ => None,
        };
        if let Some(known) = key.and_then(|key| self.claimed.borrow().get(&key).cloned()) {
            return known;
        }
        let values = match self.inner_union(member) {
            Some(inner) if self.spend() => self.values_of_members(&inner, wire, mode, depth),
            Some(_) => return Vec::new(),
            None => Vec::new(),
        };
        if let Some(key) = key {
            self.claimed.borrow_mut().insert(key, values.clone());
        }
        values
    }

    fn values_of_members(&self, inner: &UnionSchema<'d>, wire: &'d str, mode: Mode, depth: usize) -> Vec<TagValue> {
        let own = self.tag_property(inner).filter(|own| own.wire == wire);
        let own = own.unwrap_or(TagProperty { wire, discriminators: Vec::new() });
        let structs: Vec<Option<Flat<'d>>> = inner.members.iter().map(|member| self.object(member)).collect();
        self.claims_within(inner, &own, &structs, mode, depth).values.into_iter().map(|(value, _)| value).collect()
    }

    /// The union that a member represents.
    fn inner_union(&self, member: &UnionMember<'d>) -> Option<UnionSchema<'d>> {
        let kind = match &member.schema.kind {
            SchemaKind::Reference(target, _) => self.inspect(target).kind,
            kind => kind.clone(),
        };
        match kind {
            SchemaKind::Union(union) => Some(union),
            _ => None,
        }
    }

    /// The component behind a member: the target of its reference, or of the alternative from which
    /// it was merged.
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

    /// The values of a member that resemble the name of its schema: `CAT` and `cat` for `Cat`.
    pub(super) fn near_name(&self, member: &UnionMember<'d>, listed: &[TagValue]) -> Option<TagValue> {
        let plain = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let name = plain(&self.schema_name(member)?);
        listed.iter().find(|value| plain(&value.to_string()) == name).cloned()
    }
}

/// The number of occurrences of each value.
fn counts<'v>(values: impl Iterator<Item = &'v TagValue>) -> BTreeMap<&'v TagValue, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}
