//! Views unions: what their members have in common, and the values of those that list constants.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::keywords::annotation;
use super::schema::Schema;
use super::{Located, Revision};
use crate::document::Node;

impl<'d> Schema<'d> {
    /// The keyword and the members of the only union of the schema.
    pub(crate) fn union(&self) -> Option<(&'static str, Vec<Self>)> {
        let key = match (self.value("oneOf").is_some(), self.value("anyOf").is_some()) {
            (true, false) => "oneOf",
            (false, true) => "anyOf",
            _ => return None,
        };
        Some((key, self.composition(key))).filter(|(_, members)| !members.is_empty())
    }

    /// Both schemas with their own properties in the members of their unions, if the members of one
    /// have properties that the other one has itself.
    pub(crate) fn distributed_alike(old: Self, new: Self) -> (Self, Self) {
        let moved = old.has_union() && new.has_union() && (old.passed_to(&new) || new.passed_to(&old));
        match moved.then(|| Some((old.distributed()?, new.distributed()?))).flatten() {
            Some(both) => both,
            None => (old, new),
        }
    }

    fn has_union(&self) -> bool {
        self.value("oneOf").is_some() || self.value("anyOf").is_some()
    }

    /// Whether the members of another union have properties of this schema that the other schema
    /// lacks.
    fn passed_to(&self, other: &Self) -> bool {
        let names = |schema: &Self| -> BTreeSet<&'d str> {
            schema.named("properties").into_iter().map(|(name, _)| name).collect()
        };
        let (mut own, others) = (names(self), names(other));
        own.retain(|name| !others.contains(name));
        let has_all = |member: &Self| {
            let parts = member.parts();
            own.is_subset(&parts.iter().flat_map(names).collect())
        };
        !own.is_empty() && other.union().is_some_and(|(_, members)| members.iter().all(has_all))
    }

    /// The view whose members have the properties of the schema. `allOf` would hold for them too.
    fn distributed(&self) -> Option<Self> {
        if self.value("allOf").is_some() {
            return None;
        }
        let mut shared = Self { nullable: false, ..self.clone() };
        shared.layers.iter_mut().for_each(|layer| layer.wrapper = true);
        let mut view = Self { variant: self.variant.wrapping_mul(31).wrapping_add(1), ..self.clone() };
        view.layers.iter_mut().for_each(|layer| layer.distributed = true);
        view.shared = Some(Rc::new(shared));
        Some(view)
    }

    /// The values that the schema lists, with `const`.
    pub(crate) fn constants(&self) -> Vec<Located<'d>> {
        let values = self.enumeration();
        if values.is_empty() { self.at("const").into_iter().collect() } else { values }
    }

    /// The values that the schema, or else a member of its `allOf`, lists.
    pub(crate) fn fixed_values(&self) -> Vec<Located<'d>> {
        self.parts().iter().map(Self::constants).find(|values| !values.is_empty()).unwrap_or_default()
    }

    /// The view of a union of constants as a list of values.
    pub(crate) fn as_list(&self) -> Option<Self> {
        let (key, members) = self.union()?;
        let plain = |name: &str| annotation(name) || matches!(name, "type" | "enum" | "const" | "$ref");
        let own = |name: &str| annotation(name) || matches!(name, "type" | "$ref") || name == key;
        if !self.keywords().iter().all(|(name, _)| own(name)) {
            return None;
        }
        let mut values: Vec<Located<'d>> = Vec::new();
        for member in &members {
            let constants = member.constants();
            let is_plain = member.keywords().iter().all(|(name, _)| plain(name));
            let is_new = |value: &Located<'d>| values.iter().all(|other| other.node != value.node);
            if constants.is_empty() || !is_plain || !constants.iter().all(is_new) {
                return None;
            }
            values.extend(constants);
        }
        Some(Self { listed: Some(values.into()), ..self.clone() })
    }

    /// Whether no value is valid for two members of the union, as far as their structure tells.
    pub(crate) fn has_distinct_members(&self) -> bool {
        let Some((_, members)) = self.union() else { return true };
        let tagged = self.value("discriminator").is_some();
        let mut rest = members.as_slice();
        while let Some((first, others)) = rest.split_first() {
            if !tagged && !others.iter().all(|other| first.excludes(other)) {
                return false;
            }
            rest = others;
        }
        true
    }

    /// Whether no value is valid for both schemas, as far as types, constants and required
    /// properties tell.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        if self.nullable && other.nullable {
            return false;
        }
        let (types, others) = (self.types(), other.types());
        let shares = |name: &&str| others.iter().any(|other| overlap(name, other));
        if !types.is_empty() && !others.is_empty() && !types.iter().any(shares) {
            return true;
        }
        let (values, theirs) = (self.constants(), other.constants());
        if !values.is_empty() && !theirs.is_empty() {
            return are_disjoint(&values, &theirs);
        }
        let (one, two) = (Object::new(self), Object::new(other));
        one.is_tagged_apart(&two) || one.refuses(&two) || two.refuses(&one)
    }
}

fn overlap(one: &str, other: &str) -> bool {
    one == other || matches!((one, other), ("integer", "number") | ("number", "integer"))
}

fn are_disjoint(one: &[Located<'_>], other: &[Located<'_>]) -> bool {
    one.iter().all(|value| other.iter().all(|theirs| theirs.node != value.node))
}

/// What tells an object from others.
struct Object<'d> {
    revision: Revision<'d>,
    properties: Vec<(&'d str, Located<'d>)>,
    required: BTreeSet<&'d str>,
    /// Whether other properties are refused.
    is_closed: bool,
}

impl<'d> Object<'d> {
    fn new(schema: &Schema<'d>) -> Self {
        let parts = schema.parts();
        let is_closed = |part: &Schema<'d>| part.value("additionalProperties").and_then(Node::as_bool) == Some(false);
        Self {
            revision: schema.revision,
            properties: parts.iter().flat_map(|part| part.named_in_all("properties")).collect(),
            required: parts.iter().flat_map(Schema::required).collect(),
            is_closed: parts.len() == 1 && parts.iter().all(is_closed),
        }
    }

    /// Whether both require a property with constants that differ.
    fn is_tagged_apart(&self, other: &Self) -> bool {
        self.required.intersection(&other.required).any(|name| {
            let (values, theirs) = (self.constants(name), other.constants(name));
            !values.is_empty() && !theirs.is_empty() && are_disjoint(&values, &theirs)
        })
    }

    fn constants(&self, name: &str) -> Vec<Located<'d>> {
        let same = self.properties.iter().filter(|(other, _)| *other == name);
        let lists = same.map(|(_, at)| Schema::new(self.revision, at.clone()).fixed_values());
        lists.into_iter().find(|values| !values.is_empty()).unwrap_or_default()
    }

    /// Whether the object has no place for a property that the other requires.
    fn refuses(&self, other: &Self) -> bool {
        self.is_closed && other.required.iter().any(|name| self.properties.iter().all(|(own, _)| own != name))
    }
}
