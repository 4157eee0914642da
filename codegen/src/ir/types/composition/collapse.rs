//! Makes a union as small as its values allow: equal members become one, members that differ in bounds only lose them.

use super::{is_never, plain_text};
use crate::document::Node;
use crate::ir::model::{IntegerKind, Rules, Scalar};
use crate::ir::types::enumeration::{describe, either};
use crate::ir::types::form::{Form, Member, Plan, Schema};
use crate::ir::types::graph::Graph;
use crate::ir::types::schema::{Part, address};

impl<'d> Graph<'d> {
    /// What is left of a plan, and whether it held `null`.
    pub(in crate::ir::types) fn collapse(&self, plan: Plan<'d>) -> (Form<'d>, bool) {
        let count = plan.members.len();
        let mut members = spliced(plan.members);
        let null = members.iter().any(|member| matches!(member.schema.form, Form::Scalar(Scalar::Null, _)));
        members.retain(|member| {
            !is_never(&member.schema.form) && !matches!(member.schema.form, Form::Scalar(Scalar::Null, _))
        });
        let mut kept: Vec<Member<'d>> = Vec::with_capacity(members.len());
        for member in members {
            if let Some(member) = join(&mut kept, member) {
                kept.push(member);
            }
        }
        self.drop_included(&mut kept);
        if kept.len() > 1 {
            return (Form::Union(Plan { members: kept, discriminator: plan.discriminator }), null);
        }
        match kept.pop() {
            Some(member) => (member.schema.form, null),
            None if null => (Form::Scalar(Scalar::Null, Rules::default()), false),
            None => (Form::Any(count > 0), false),
        }
    }

    /// Text beside a reference to an open enum or unbounded text adds no value.
    fn drop_included(&self, members: &mut Vec<Member<'d>>) {
        let is_text = |form: &Form<'d>| matches!(form, Form::Scalar(Scalar::String, _));
        if !members.iter().any(|member| is_text(&member.schema.form)) {
            return;
        }
        let holds_text = |member: &Member<'d>| match &member.schema.form {
            Form::Reference(target, _) => self.is_unformatted_text(target),
            _ => false,
        };
        if members.iter().any(holds_text) {
            members.retain(|member| !is_text(&member.schema.form));
        }
    }

    fn is_unformatted_text(&self, target: &Part<'d>) -> bool {
        let flat = self.flatten(std::slice::from_ref(target));
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

/// Unions inside a union become part of it, unless they have a name or a discriminator.
fn spliced(members: Vec<Member<'_>>) -> Vec<Member<'_>> {
    let mut out = Vec::with_capacity(members.len());
    for member in members {
        match member.schema.form {
            Form::Union(Plan { members, discriminator: None }) => out.extend(members),
            _ => out.push(member),
        }
    }
    out
}

/// Joins a member with one of those kept; `None` if that took it in.
fn join<'d>(kept: &mut [Member<'d>], mut member: Member<'d>) -> Option<Member<'d>> {
    if let Form::Strings(values, _) = &mut member.schema.form {
        describe(values, &[member.alternative.clone()]);
    }
    for other in kept.iter_mut() {
        if let Some(form) = joined(&other.schema, &member.schema) {
            other.schema.facet = if matches!(form, Form::Strings(..)) { 4 } else { other.schema.facet };
            other.schema.form = form;
            return None;
        }
    }
    Some(member)
}

/// One form for the values of both, where there is one that is as good.
fn joined<'d>(left: &Schema<'d>, right: &Schema<'d>) -> Option<Form<'d>> {
    match (&left.form, &right.form) {
        (Form::Reference(a, rules), Form::Reference(b, other)) if address(a.node) == address(b.node) => {
            Some(Form::Reference(a.clone(), same_rules(rules, other)))
        }
        (Form::Strings(a, open), Form::Strings(b, other)) => {
            Some(Form::Strings(either(a.clone(), b.clone()), *open || *other))
        }
        (Form::Strings(values, _), Form::Scalar(Scalar::String | Scalar::Text(_) | Scalar::Secret, _))
        | (Form::Scalar(Scalar::String | Scalar::Text(_) | Scalar::Secret, _), Form::Strings(values, _)) => {
            Some(Form::Strings(values.clone(), true))
        }
        (Form::Scalar(a, rules), Form::Scalar(b, other)) => scalars(*a, rules, *b, other),
        (Form::Integers(a), Form::Integers(b)) => Some(Form::Integers(either::<i64>(a.clone(), b.clone()))),
        (Form::Any(a), Form::Any(b)) => Some(Form::Any(*a || *b)),
        (Form::Map(None, rules), Form::Map(None, other)) => Some(Form::Map(None, same_rules(rules, other))),
        _ => None,
    }
}

fn scalars<'d>(left: Scalar, rules: &Rules, right: Scalar, other: &Rules) -> Option<Form<'d>> {
    use Scalar::{Float32, Float64, Integer, Secret, String, Text};
    if left == right {
        return Some(Form::Scalar(left, same_rules(rules, other)));
    }
    match (left, right) {
        (String | Text(_) | Secret, String | Text(_) | Secret) => Some(plain_text()),
        (Integer(_), Integer(_)) => Some(Form::Scalar(Integer(IntegerKind::I64), Rules::default())),
        (Integer(_) | Float32 | Float64, Integer(_) | Float32 | Float64) => {
            Some(Form::Scalar(Float64, Rules::default()))
        }
        _ => None,
    }
}

/// Bounds that both have; of values, all.
fn same_rules(left: &Rules, right: &Rules) -> Rules {
    if left == right {
        return left.clone();
    }
    let mut allowed = left.allowed.clone();
    if left.allowed.is_empty() || right.allowed.is_empty() {
        return Rules::default();
    }
    allowed.extend(right.allowed.iter().filter(|value| !left.allowed.contains(value)).cloned());
    Rules { allowed, ..Rules::default() }
}
