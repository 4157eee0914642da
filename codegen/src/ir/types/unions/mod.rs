//! Turns `oneOf` and `anyOf`, alone or next to properties and `allOf`, into a union of typed
//! members.
//!
//! **Invariant:** keywords next to the alternatives apply to each of them, so they are merged into
//! each.

mod claims;
mod collapse;
mod combined;
mod inherit;
mod label;
mod probe;
mod tagging;
mod union;

use super::codes;
use super::conjunction::{Conjunct, Flat, Skip, address};
use super::inspector::Inspector;
use super::kind::{Alternatives, Facet, Schema, SchemaKind, UnionMember, UnionSchema};
use super::path::SchemaPath;
use crate::ir::model::{Constraints, Scalar};
use crate::limits::{COMBINATIONS, MERGED_BASES};

impl<'d> Inspector<'d> {
    /// The sets of alternatives of a conjunction, without those that lead back to a schema that
    /// extends their owner, because those constrain nothing.
    pub(in crate::ir::types) fn groups(&self, flat: &Flat<'d>) -> Vec<Alternatives<'d>> {
        let mut groups = Vec::new();
        for owner in &flat.conjuncts {
            for keyword in ["oneOf", "anyOf"] {
                let members = owner.members(keyword);
                if members.is_empty() {
                    continue;
                }
                let closes = |member: &Conjunct<'d>| {
                    let target = member.reference().and_then(|reference| self.graph.target(reference));
                    target.filter(|target| flat.seen.contains(&address(target.node)))
                };
                let back: Vec<Option<Conjunct<'d>>> = members.iter().map(closes).collect();
                if back.iter().flatten().any(|target| !std::ptr::eq(target.node, owner.node)) {
                    continue;
                }
                let members: Vec<_> = members
                    .into_iter()
                    .zip(back)
                    .filter_map(|(member, back)| back.is_none().then_some(member))
                    .collect();
                if members.is_empty() {
                    continue;
                }
                groups.push(Alternatives { owner: owner.clone(), members, overlaps: keyword == "anyOf" });
            }
        }
        groups
    }

    /// The kind of a conjunction with alternatives, and whether a member allows `null`.
    pub(in crate::ir::types) fn alternatives(
        &self,
        flat: &Flat<'d>,
        groups: Vec<Alternatives<'d>>,
        depth: usize,
    ) -> (SchemaKind<'d>, bool) {
        let base: Vec<Conjunct<'d>> = flat
            .conjuncts
            .iter()
            .map(|conjunct| conjunct.skipping(Skip::ALTERNATIVES))
            .filter(|conjunct| !conjunct.is_annotation())
            .collect();
        let discriminator = flat.conjuncts.iter().find(|conjunct| conjunct.get("discriminator").is_some()).cloned();
        let overlaps = groups.iter().all(|group| group.overlaps);
        let mut members = Vec::new();
        let mut nullable = false;
        let labelled =
            groups.into_iter().map(|group| Alternatives { members: self.graph.labelled(group.members), ..group });
        let combinations = self.combinations(labelled.collect());
        let count = combinations.len();
        for combination in combinations {
            let Some(alternative) = combination.first().cloned() else {
                continue;
            };
            let others = || combination.iter().skip(1).map(|conjunct| conjunct.path.last_word());
            let owner = others().fold(alternative.path.clone(), |path, word| path.word(word));
            let words: Vec<&str> = std::iter::once(alternative.path.last_word()).chain(others()).collect();
            let label = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-");
            let alternative = Conjunct { path: alternative.path.word(&label), ..alternative };
            let conjuncts = self.with_base(&base, combination, count);
            let schema = self.schema(conjuncts, &owner, depth);
            nullable |= schema.nullable;
            members.push(UnionMember { schema, alternative, rest: false });
        }
        let (kind, null) = self.collapse(UnionSchema { members, discriminator, overlaps });
        (kind, nullable || null)
    }

    /// The alternatives merged with the keywords next to them, unless the alternatives already
    /// include those.
    fn with_base(&self, base: &[Conjunct<'d>], alternatives: Vec<Conjunct<'d>>, count: usize) -> Vec<Conjunct<'d>> {
        let has_shape = |conjunct: &Conjunct<'d>| {
            ["$ref", "allOf", "oneOf", "anyOf", "type"].iter().any(|keyword| conjunct.get(keyword).is_some())
        };
        let only_typed = |conjunct: &&Conjunct<'d>| conjunct.constraints().all(|key| key == "type");
        let typed = alternatives.iter().all(has_shape);
        let needed: Vec<&Conjunct<'d>> = base.iter().filter(|conjunct| !(typed && only_typed(conjunct))).collect();
        if needed.is_empty() || self.includes(&alternatives, &needed) {
            return alternatives;
        }
        if let Some(first) = alternatives.first().filter(|_| self.multiplies(&alternatives, needed.len(), count)) {
            let help = "move the shared keywords into a schema that each alternative extends";
            self.report(
                &codes::TOO_MANY_ALTERNATIVES,
                first,
                "the keywords beside these alternatives are not merged into them",
                help,
            );
            return alternatives;
        }
        needed.into_iter().cloned().chain(alternatives).collect()
    }

    /// Whether alternatives themselves have so many alternatives that merging the base would result
    /// in too many types.
    fn multiplies(&self, alternatives: &[Conjunct<'d>], bases: usize, count: usize) -> bool {
        let inner = self.groups(&self.graph.flatten(alternatives));
        let inner: usize = inner.iter().map(|group| group.members.len()).fold(0, usize::saturating_add);
        inner > 0 && (bases > MERGED_BASES || inner.saturating_mul(count) > 2 * COMBINATIONS)
    }

    /// Whether a reference has all properties of a base, and requires all that the base requires.
    fn includes(&self, alternatives: &[Conjunct<'d>], base: &[&Conjunct<'d>]) -> bool {
        const OF_OBJECTS: &[&str] = &["type", "properties", "required", "additionalProperties"];
        let [only] = alternatives else { return false };
        if only.reference().is_none() {
            return false;
        }
        let flat = self.graph.flatten(alternatives);
        let (properties, required) = (flat.properties(), flat.required());
        base.iter().all(|conjunct| {
            let known = conjunct.entries("properties").all(|(key, _)| properties.contains_key(key));
            let own = Flat { conjuncts: vec![(*conjunct).clone()], ..Flat::default() };
            let objects = conjunct.constraints().all(|key| OF_OBJECTS.contains(&key));
            flat.seen.contains(&address(conjunct.node))
                || objects && known && own.required().iter().all(|key| required.contains(key))
        })
    }

    /// Every combination of one member of each set. If there are too many, only the members of the
    /// first set.
    fn combinations(&self, groups: Vec<Alternatives<'d>>) -> Vec<Vec<Conjunct<'d>>> {
        let count = groups.iter().fold(1_usize, |count, group| count.saturating_mul(group.members.len()));
        let single = groups.len() < 2;
        let mut combinations: Vec<Vec<Conjunct<'d>>> = vec![Vec::new()];
        for (index, group) in groups.into_iter().enumerate() {
            if index > 0 && count > COMBINATIONS {
                let help = "keep one set of alternatives in this schema and move the others into properties";
                self.report(
                    &codes::TOO_MANY_ALTERNATIVES,
                    &group.owner,
                    "these alternatives are not checked together with the others",
                    help,
                );
                break;
            }
            combinations = if single {
                group.members.into_iter().map(|member| vec![member]).collect()
            } else {
                let with = |done: &Vec<Conjunct<'d>>| {
                    let done = done.clone();
                    group
                        .members
                        .iter()
                        .map(move |member| done.iter().cloned().chain([member.clone()]).collect())
                        .collect::<Vec<_>>()
                };
                combinations.iter().flat_map(with).collect()
            };
        }
        combinations
    }

    /// A schema that is any of several without a `oneOf`, such as values of patterns or items of an
    /// open tuple.
    pub(in crate::ir::types) fn either(
        &self,
        alternatives: Vec<Conjunct<'d>>,
        conjuncts: &[Conjunct<'d>],
        path: &SchemaPath,
        depth: usize,
    ) -> Schema<'d> {
        let mut members = Vec::new();
        let mut nullable = false;
        for alternative in self.graph.labelled(alternatives) {
            let schema = self.schema(vec![alternative.clone()], path, depth);
            nullable |= schema.nullable;
            members.push(UnionMember { schema, alternative, rest: false });
        }
        if let [only] = members.as_slice() {
            return only.schema.clone();
        }
        let (kind, null) = self.collapse(UnionSchema { members, discriminator: None, overlaps: false });
        Schema {
            kind,
            nullable: nullable || null,
            conjuncts: conjuncts.to_vec(),
            facet: Facet::Values,
            path: path.clone(),
            assertions: Vec::new(),
        }
    }
}

/// Whether this kind has no values.
pub(super) fn is_never(kind: &SchemaKind<'_>) -> bool {
    matches!(kind, SchemaKind::Scalar(Scalar::Never, _))
}

/// Text without bounds.
fn plain_text<'d>() -> SchemaKind<'d> {
    SchemaKind::Scalar(Scalar::String, Constraints::default())
}
