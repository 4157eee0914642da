//! Looks at a conjunction of nodes and says what it is: a reference, a scalar, a list, a struct, a union.
//!
//! The rule it keeps: looking makes no type, so a schema may be looked at as often as a union needs it.

use super::codes;
use super::composition::Group;
use super::form::{Form, Schema};
use super::graph::Graph;
use super::place::Place;
use super::schema::{Flat, Part, address};
use super::shapes::{add_rest, all_rules, implied, integer, is_false, mixed, object, string, with_allowed};
use super::{rules, scalar};
use crate::document::Node;
use crate::ir::model::{Rules, Scalar};

/// Alternatives and lists inside one another, beyond which a schema is any JSON.
pub(super) const DEEPEST: usize = 48;

/// Tuples with more members than this are lists.
const LONGEST_TUPLE: usize = 12;

impl<'d> Graph<'d> {
    /// What a conjunction is. `owner` names a type made of several nodes.
    pub(super) fn schema(&self, parts: Vec<Part<'d>>, owner: &Place, depth: usize) -> Schema<'d> {
        let nullable = self.allows_null(&parts);
        let parts = simplify(parts);
        let place = match parts.as_slice() {
            [only] => only.place.clone(),
            _ => owner.clone(),
        };
        let (form, nullable_members) = self.form(&parts, &place, depth);
        Schema { form, nullable: nullable || nullable_members, parts, facet: 0, place }
    }

    fn form(&self, parts: &[Part<'d>], place: &Place, depth: usize) -> (Form<'d>, bool) {
        let Some(first) = parts.first() else {
            return (Form::Any(false), false);
        };
        let Some(depth) = depth.checked_sub(1).filter(|_| self.burn()) else {
            self.report(
                &codes::NESTED_TOO_DEEP,
                first,
                "this schema is nested too deep to be typed",
                "give it a name under components/schemas and refer to it",
            );
            return (Form::Any(true), false);
        };
        if first.flag("x-untyped") {
            return (Form::Any(true), false);
        }
        if let Some(form) = self.reference(parts) {
            return (form, false);
        }
        if let Some(plan) = self.inheritance(parts, depth) {
            return (Form::Union(plan), false);
        }
        let flat = self.flatten(parts);
        let groups: Vec<Group<'d>> = self.groups(&flat);
        if groups.is_empty() {
            return (self.plain(&flat, parts, place, depth), false);
        }
        self.alternatives(&flat, groups, depth)
    }

    /// A reference, perhaps with bounds beside it; of several references the one that includes the others.
    fn reference(&self, parts: &[Part<'d>]) -> Option<Form<'d>> {
        let expanded = match parts {
            [only] if only.constraints().all(|key| key == "allOf") => simplify(only.members("allOf")),
            _ => parts.to_vec(),
        };
        let (references, others): (Vec<_>, Vec<_>) = expanded.into_iter().partition(|part| part.reference().is_some());
        let targets: Vec<Part<'d>> = references.iter().filter_map(|part| self.target(part.reference()?)).collect();
        match targets.as_slice() {
            [] => references.first().map(|_| Form::Any(true)),
            [only] if others.is_empty() => Some(Form::Reference(only.clone(), Rules::default())),
            [only] if others.iter().all(Part::is_bounds) => {
                let flat = Flat { parts: others, ..Flat::default() };
                Some(Form::Reference(only.clone(), all_rules(&flat)))
            }
            [_] => None,
            several if others.is_empty() => {
                let includes = |part: &&Part<'d>| {
                    let seen = self.flatten(std::slice::from_ref(*part)).seen;
                    several.iter().all(|other| seen.contains(&address(other.node)))
                };
                several.iter().find(includes).map(|part| Form::Reference(part.clone(), Rules::default()))
            }
            _ => None,
        }
    }

    /// What a conjunction without references and alternatives is.
    pub(super) fn plain(&self, flat: &Flat<'d>, parts: &[Part<'d>], place: &Place, depth: usize) -> Form<'d> {
        if flat.all("not").any(|node| node.as_object().is_some_and(crate::document::Object::is_empty)) {
            return Form::Scalar(Scalar::Never, Rules::default());
        }
        if flat.parts.iter().any(|part| part.flag("x-untyped")) {
            return Form::Any(true);
        }
        let format = flat.all("format").filter_map(Node::as_str).last();
        match self.json_type(flat, format) {
            Some("object") => object(flat),
            Some("array") => self.array(flat, parts, place, depth),
            Some("string") => string(flat, format),
            Some("integer") => integer(flat, format),
            Some("number") => match scalar::number(format) {
                Scalar::Integer(_) => integer(flat, format),
                scalar => Form::Scalar(scalar, with_allowed(rules::number(flat), flat)),
            },
            Some("boolean") => Form::Scalar(Scalar::Bool, with_allowed(Rules::default(), flat)),
            Some("null") => Form::Scalar(Scalar::Null, Rules::default()),
            _ if flat.has(&["enum"]) => mixed(flat, parts, place),
            _ => Form::Any(flat.parts.iter().any(|part| !part.is_annotation())),
        }
    }

    /// The type that all nodes agree on, or the one their keywords imply.
    fn json_type(&self, flat: &Flat<'d>, format: Option<&str>) -> Option<&'d str> {
        let typed = flat.parts.iter().filter_map(|part| Some((part.str("type")?, part)));
        let typed: Vec<(&str, &Part<'d>)> = typed.collect();
        let Some((last, part)) = typed.last() else {
            return implied(flat, format);
        };
        let number = |kind: &str| kind == "integer" || kind == "number";
        if typed.iter().any(|(kind, _)| kind != last && !(number(kind) && number(last))) {
            let message = format!("this schema is of type `{last}`, but it is combined with one of another type");
            self.report(&codes::CONFLICTING_SCHEMAS, part, message, "make the types agree, or drop one of the schemas");
        }
        if number(last) && typed.iter().any(|(kind, _)| *kind == "integer") {
            return Some("integer");
        }
        Some(last)
    }

    fn array(&self, flat: &Flat<'d>, parts: &[Part<'d>], place: &Place, depth: usize) -> Form<'d> {
        let list_rules = with_allowed(rules::list(flat), flat);
        let items: Vec<Part<'d>> = flat.parts.iter().filter_map(|part| part.schema("items")).collect();
        let Some(prefixed) = flat.parts.iter().find(|part| !part.members("prefixItems").is_empty()) else {
            return Form::List((!items.is_empty()).then_some(items), list_rules);
        };
        let prefix = prefixed.members("prefixItems");
        let count = u64::try_from(prefix.len()).unwrap_or(u64::MAX);
        let closed =
            items.iter().any(|part| is_false(part.node)) || list_rules.max_items.is_some_and(|most| most <= count);
        if closed && prefix.len() <= LONGEST_TUPLE {
            return Form::Tuple(prefix.into_iter().map(|part| vec![part]).collect(), Rules::default());
        }
        let mut alternatives = prefix;
        alternatives.extend(items.iter().filter(|part| !is_false(part.node)).cloned());
        let open_end = items.is_empty() && !closed;
        let mut schema = self.either(alternatives, parts, &place.word("item"), depth);
        if open_end {
            schema = add_rest(schema, parts);
        }
        Form::MixedList(Box::new(schema), list_rules)
    }
}

/// Drops nodes that ask for nothing or stand twice, and unwraps `allOf` of one.
fn simplify<'d>(mut parts: Vec<Part<'d>>) -> Vec<Part<'d>> {
    for _ in 0..DEEPEST {
        let mut asking: Vec<Part<'d>> = Vec::with_capacity(parts.len());
        for part in parts.iter().filter(|part| !part.is_annotation()) {
            if !asking.iter().any(|other| std::ptr::eq(other.node, part.node) && other.skip == part.skip) {
                asking.push(part.clone());
            }
        }
        if asking.is_empty() {
            parts.truncate(1);
            return parts;
        }
        let wrapped = match asking.as_slice() {
            [only] if only.constraints().all(|key| key == "allOf") => only.members("allOf"),
            _ => return asking,
        };
        if wrapped.iter().filter(|part| !part.is_annotation()).count() != 1 {
            return asking;
        }
        parts = wrapped;
    }
    parts
}
