//! Makes a union as small as its values allow. Equal members become one, and members that differ
//! only in bounds lose them.

use std::collections::HashMap;

use specwright_runtime::validation::Verdict;

use super::{is_never, plain_text};
use crate::document::Node;
use crate::ir::model::{Constraints, Format, IntegerKind, Scalar};
use crate::ir::types::conjunction::{Conjunct, address};
use crate::ir::types::enumeration::{self, describe, either};
use crate::ir::types::inspector::Inspector;
use crate::ir::types::kind::{Facet, Schema, SchemaKind, UnionMember, UnionSchema};
use crate::openapi::fit::patterns;

impl<'d> Inspector<'d> {
    /// The kind that remains of a union, and whether `null` was one of its members.
    pub(in crate::ir::types) fn collapse(&self, mut union: UnionSchema<'d>) -> (SchemaKind<'d>, bool) {
        let count = union.members.len();
        let mut members = spliced(std::mem::take(&mut union.members));
        let null = members.iter().any(|member| self.is_null(&member.schema.kind));
        members.retain(|member| !is_never(&member.schema.kind) && !self.is_null(&member.schema.kind));
        self.resolve_choices(&mut members);
        let mut kept = joined_all(members);
        self.drop_included(&mut kept);
        if kept.len() > 1 {
            return (SchemaKind::Union(UnionSchema { members: kept, ..union }), null);
        }
        match kept.pop() {
            Some(member) => (member.schema.kind, null),
            None if null => (SchemaKind::Scalar(Scalar::Null, Constraints::default()), false),
            None => (SchemaKind::Any(count > 0), false),
        }
    }

    /// Whether `null` is the only value, according to the schema itself or to the target of its
    /// reference.
    fn is_null(&self, kind: &SchemaKind<'d>) -> bool {
        match kind {
            SchemaKind::Scalar(Scalar::Null, _) => true,
            SchemaKind::Reference(target, _) => {
                let flat = self.graph.flatten(std::slice::from_ref(target));
                flat.all("type").any(|node| node.as_str() == Some("null"))
            }
            _ => false,
        }
    }

    /// If one member only adds the empty string, turns references to choices into plain lists of
    /// strings. The choices are then one enum, as `blank=True` means in Django.
    fn resolve_choices(&self, members: &mut [UnionMember<'d>]) {
        let choices = |member: &UnionMember<'d>| match &member.schema.kind {
            SchemaKind::Strings(..) => Some(member.schema.kind.clone()),
            SchemaKind::Reference(target, _) => {
                let flat = self.graph.flatten(std::slice::from_ref(target));
                let strings = enumeration::strings(&flat);
                let plain = flat.all("type").all(|node| node.as_str() == Some("string"));
                let alone = plain && !flat.has(&["oneOf", "anyOf"]) && !strings.is_empty();
                alone.then_some(SchemaKind::Strings(strings, false))
            }
            _ => None,
        };
        let is_blank = |kind: &SchemaKind<'d>| matches!(kind, SchemaKind::Strings(values, _) if values.iter().all(|value| value.value.is_empty()));
        let resolved: Option<Vec<SchemaKind<'d>>> = members.iter().map(choices).collect();
        let Some(resolved) = resolved.filter(|kinds| kinds.iter().any(is_blank)) else { return };
        for (member, kind) in members.iter_mut().zip(resolved) {
            member.schema.kind = kind;
        }
    }

    /// Drops text members next to a reference that already allows any text.
    fn drop_included(&self, members: &mut Vec<UnionMember<'d>>) {
        let is_text = |kind: &SchemaKind<'d>| matches!(kind, SchemaKind::Scalar(Scalar::String, _));
        if !members.iter().any(|member| is_text(&member.schema.kind)) {
            return;
        }
        // If an enum is the only remaining member, it holds any text. Among other members, it holds
        // only its own values.
        let alone = members.len() == 2;
        let is_enum = |target: &Conjunct<'d>| self.graph.flatten(std::slice::from_ref(target)).has(&["enum"]);
        let holds_text = |member: &UnionMember<'d>| match &member.schema.kind {
            SchemaKind::Reference(target, _) => self.is_unformatted_text(target) && (alone || !is_enum(target)),
            _ => false,
        };
        if members.iter().any(holds_text) {
            members.retain(|member| !is_text(&member.schema.kind));
        }
    }

    fn is_unformatted_text(&self, target: &Conjunct<'d>) -> bool {
        let flat = self.graph.flatten(std::slice::from_ref(target));
        let is_string = |node: &Node| node.as_str() == Some("string");
        if flat.has(&["oneOf", "anyOf"]) {
            let members = flat.all("oneOf").chain(flat.all("anyOf")).filter_map(Node::as_array).flatten();
            return members
                .map(|member| (member.get("type"), member.get("enum")))
                .all(|(kind, values)| kind.is_some_and(is_string) && values.is_some());
        }
        flat.all("type").any(is_string) && !flat.has(&["format"])
    }
}

/// Merges nested unions into their union, unless they have a name or a discriminator.
fn spliced(members: Vec<UnionMember<'_>>) -> Vec<UnionMember<'_>> {
    let mut out = Vec::with_capacity(members.len());
    for member in members {
        match member.schema.kind {
            SchemaKind::Union(UnionSchema { members, discriminator: None, .. }) => out.extend(members),
            _ => out.push(member),
        }
    }
    out
}

/// Joins each member with an earlier one, if possible. The lists of values are joined all at once.
/// Only members with the same target, or of the few kinds that can be joined, are compared, because
/// a union may have thousands of members.
fn joined_all(members: Vec<UnionMember<'_>>) -> Vec<UnionMember<'_>> {
    let mut kept: Vec<UnionMember<'_>> = Vec::with_capacity(members.len());
    let mut targets = HashMap::new();
    let mut joinable: Vec<usize> = Vec::new();
    for mut member in joined_strings(members) {
        if let SchemaKind::Reference(target, _) = &member.schema.kind {
            let index = *targets.entry(address(target.node)).or_insert(kept.len());
            if let Some(other) = kept.get_mut(index) {
                join(other, member);
            } else {
                kept.push(member);
            }
            continue;
        }
        if is_joinable(&member.schema.kind) {
            let mut alone = Some(member);
            for index in &joinable {
                alone = match (alone, kept.get_mut(*index)) {
                    (Some(member), Some(other)) => join(other, member),
                    (alone, _) => alone,
                };
            }
            let Some(rest) = alone else { continue };
            member = rest;
            joinable.push(kept.len());
        }
        kept.push(member);
    }
    kept
}

/// Whether members of this kind can be joined with members other than references to their target.
fn is_joinable(kind: &SchemaKind<'_>) -> bool {
    matches!(
        kind,
        SchemaKind::Strings(..)
            | SchemaKind::Scalar(..)
            | SchemaKind::Integers(_)
            | SchemaKind::Any(_)
            | SchemaKind::Map(None, _)
    )
}

/// Joins all lists of strings with the first one.
fn joined_strings(members: Vec<UnionMember<'_>>) -> Vec<UnionMember<'_>> {
    let mut rest: Vec<UnionMember<'_>> = Vec::with_capacity(members.len());
    let (mut lists, mut is_open, mut first) = (Vec::new(), false, None);
    for mut member in members {
        if let SchemaKind::Strings(values, open) = &mut member.schema.kind {
            describe(values, std::slice::from_ref(&member.alternative));
            is_open |= *open;
            lists.push(std::mem::take(values));
            if first.is_some() {
                continue;
            }
            first = Some(rest.len());
        }
        rest.push(member);
    }
    let count = lists.len();
    if let Some(member) = first.and_then(|index| rest.get_mut(index)) {
        member.schema.kind = SchemaKind::Strings(either(lists), is_open);
        member.schema.facet = if count > 1 { Facet::JoinedStrings } else { member.schema.facet };
    }
    rest
}

/// Joins a member with a kept one if possible, and returns it otherwise.
fn join<'d>(other: &mut UnionMember<'d>, member: UnionMember<'d>) -> Option<UnionMember<'d>> {
    let kind = joined(&other.schema, &member.schema);
    let kind = kind.or_else(|| number_or_text(&other.schema, &member.schema));
    let Some(kind) = kind.or_else(|| number_or_text(&member.schema, &other.schema)) else { return Some(member) };
    other.schema.facet =
        if matches!(kind, SchemaKind::Strings(..)) { Facet::JoinedStrings } else { other.schema.facet };
    other.schema.kind = kind;
    None
}

/// One kind for the values of both, if nothing is lost.
fn joined<'d>(left: &Schema<'d>, right: &Schema<'d>) -> Option<SchemaKind<'d>> {
    match (&left.kind, &right.kind) {
        (SchemaKind::Reference(a, constraints), SchemaKind::Reference(b, other))
            if address(a.node) == address(b.node) =>
        {
            Some(SchemaKind::Reference(a.clone(), same_rules(constraints, other)))
        }
        (SchemaKind::Strings(a, open), SchemaKind::Strings(b, other)) => {
            Some(SchemaKind::Strings(either([a.clone(), b.clone()]), *open || *other))
        }
        (SchemaKind::Strings(values, _), SchemaKind::Scalar(Scalar::String | Scalar::Text(_) | Scalar::Secret, _))
        | (SchemaKind::Scalar(Scalar::String | Scalar::Text(_) | Scalar::Secret, _), SchemaKind::Strings(values, _)) => {
            Some(SchemaKind::Strings(values.clone(), true))
        }
        (SchemaKind::Scalar(a, constraints), SchemaKind::Scalar(b, other)) => scalars(*a, constraints, *b, other),
        (SchemaKind::Integers(a), SchemaKind::Integers(b)) => {
            Some(SchemaKind::Integers(either([a.clone(), b.clone()])))
        }
        (SchemaKind::Any(a), SchemaKind::Any(b)) => Some(SchemaKind::Any(*a || *b)),
        (SchemaKind::Map(None, constraints), SchemaKind::Map(None, other)) => {
            Some(SchemaKind::Map(None, same_rules(constraints, other)))
        }
        _ => None,
    }
}

/// A number for a number and for text that can only be a number, because .NET and pydantic accept
/// both. Without a format, the digits matter.
fn number_or_text<'d>(number: &Schema<'d>, text: &Schema<'d>) -> Option<SchemaKind<'d>> {
    let SchemaKind::Scalar(Scalar::String, limits) = &text.kind else { return None };
    let SchemaKind::Scalar(scalar @ (Scalar::Integer(_) | Scalar::Float64), constraints) = &number.kind else {
        return None;
    };
    let has_format = |schema: &Schema<'d>, wanted: Option<&str>| {
        let mut formats = schema.conjuncts.iter().filter_map(|conjunct| conjunct.str("format"));
        formats.any(|format| wanted.is_none_or(|wanted| format == wanted))
    };
    let named = has_format(text, Some("numeric"));
    if !named && !limits.pattern.as_deref().is_some_and(is_numeric) {
        return None;
    }
    let keeps_digits = *scalar == Scalar::Float64 && !named && !has_format(number, None);
    if keeps_digits {
        let constraints = Constraints { or_text: true, ..Constraints::default() };
        return Some(SchemaKind::Scalar(Scalar::Text(Format::Decimal), constraints));
    }
    Some(SchemaKind::Scalar(*scalar, Constraints { or_text: true, ..constraints.clone() }))
}

/// Whether a pattern matches only the text of numbers.
fn is_numeric(pattern: &str) -> bool {
    let matches = |text: &str| patterns::check(pattern, text) == Verdict::Matches;
    let rejects = |text: &str| patterns::check(pattern, text) == Verdict::Differs;
    ["1", "20"].into_iter().all(matches) && ["", "a", "1a", "a1", "x", "1-1", "true"].into_iter().all(rejects)
}

fn scalars<'d>(left: Scalar, constraints: &Constraints, right: Scalar, other: &Constraints) -> Option<SchemaKind<'d>> {
    use Scalar::{Float64, Integer, Secret, String, Text};
    if left == right {
        return Some(SchemaKind::Scalar(left, same_rules(constraints, other)));
    }
    match (left, right) {
        (String | Text(_) | Secret, String | Text(_) | Secret) => Some(plain_text()),
        (Integer(_), Integer(_)) => Some(SchemaKind::Scalar(Integer(IntegerKind::I64), Constraints::default())),
        (Integer(_) | Float64, Integer(_) | Float64) => Some(SchemaKind::Scalar(Float64, Constraints::default())),
        _ => None,
    }
}

/// The constraints that apply to both: equal bounds, or the allowed values of both.
fn same_rules(left: &Constraints, right: &Constraints) -> Constraints {
    if left == right {
        return left.clone();
    }
    let mut allowed = left.allowed.clone();
    if left.allowed.is_empty() || right.allowed.is_empty() {
        return Constraints::default();
    }
    allowed.extend(right.allowed.iter().filter(|value| !left.allowed.contains(value)).cloned());
    Constraints { allowed, ..Constraints::default() }
}
