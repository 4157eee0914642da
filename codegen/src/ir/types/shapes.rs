//! Classifies conjunctions without references and alternatives, type by type.

use specwright_runtime::validation::Verdict;

use super::conjunction::{Conjunct, Flat};
use super::kind::{Facet, Schema, SchemaKind, UnionMember, UnionSchema};
use super::path::SchemaPath;
use super::{constraints, enumeration, scalar};
use crate::document::Node;
use crate::ir::model::{Constraints, IntegerKind, Scalar};
use crate::openapi::fit::patterns;
use crate::openapi::grammar::KeywordSet;

/// Decides whether a value is of a type.
type Test = fn(&serde_json::Value) -> bool;

/// The type that keywords imply if no `type` is given.
pub(super) fn implied(flat: &Flat<'_>, format: Option<&str>) -> Option<&'static str> {
    let keywords = flat.conjuncts.iter().filter_map(|conjunct| conjunct.node.as_object()).map(KeywordSet::in_schema);
    let found = keywords.collect::<KeywordSet>().implied_type().and_then(|of| of.names().first().copied());
    found.or_else(|| implied_by_values(flat)).or_else(|| match format? {
        "int32" | "int64" => Some("integer"),
        "float" | "double" => Some("number"),
        _ if flat.has(&["enum"]) => None,
        _ => Some("string"),
    })
}

fn implied_by_values(flat: &Flat<'_>) -> Option<&'static str> {
    let mut kinds: Vec<&'static str> =
        flat.all("enum").filter_map(Node::as_array).flatten().map(|node| node.value.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.as_slice() {
        [only] if *only != "null" => Some(only),
        ["integer", "number"] => Some("number"),
        _ => None,
    }
}

pub(super) fn string<'d>(flat: &Flat<'d>, format: Option<&str>) -> SchemaKind<'d> {
    let values = enumeration::strings(flat);
    if !values.is_empty() {
        return SchemaKind::Strings(values, false);
    }
    SchemaKind::Scalar(scalar::string(format), constraints::text(flat))
}

pub(super) fn integer<'d>(flat: &Flat<'d>, format: Option<&str>) -> SchemaKind<'d> {
    if let Some(values) = enumeration::integers(flat) {
        return SchemaKind::Integers(values);
    }
    SchemaKind::Scalar(scalar::integer(flat, format), with_allowed(constraints::number(flat), flat))
}

pub(super) fn object<'d>(flat: &Flat<'d>) -> SchemaKind<'d> {
    let named = flat.all("properties").chain(flat.all("required")).any(|node| node.children().next().is_some());
    let additional: Vec<Conjunct<'d>> =
        flat.conjuncts.iter().filter_map(|conjunct| conjunct.schema("additionalProperties")).collect();
    let closed = is_closed(flat);
    let pairs: Vec<(&str, Conjunct<'d>)> =
        flat.conjuncts.iter().flat_map(|conjunct| conjunct.entries("patternProperties")).collect();
    let is_map = match pairs.as_slice() {
        [] => true,
        [(pattern, _)] => additional.is_empty() && matches_all(pattern),
        _ => false,
    };
    if named || closed || !is_map {
        return SchemaKind::Struct(flat.clone());
    }
    let mut values: Vec<Conjunct<'d>> = pairs.into_iter().map(|(_, conjunct)| conjunct).collect();
    values.extend(additional.into_iter().filter(|conjunct| conjunct.node.as_bool().is_none()));
    let constrained = values.iter().any(|conjunct| !conjunct.is_annotation());
    SchemaKind::Map(constrained.then_some(values), with_allowed(constraints::object(flat), flat))
}

/// Whether a pattern matches any usual key, as `.*` does.
fn matches_all(pattern: &str) -> bool {
    let keys = ["a", "Z9", "_", "-", " ", "a.b/c:d", "$x", "é", "{}", "a\"b\\c"];
    keys.iter().all(|key| patterns::check(pattern, key) == Verdict::Matches)
}

/// Whether an object has only the properties that it names.
pub(super) fn is_closed(flat: &Flat<'_>) -> bool {
    let unevaluated = || flat.all("unevaluatedProperties").any(is_false) && !flat.has(&["additionalProperties"]);
    flat.all("additionalProperties").any(is_false) || unevaluated()
}

/// Whether a schema allows no value: `false`, or `not: {}`, which lowering writes for it.
pub(super) fn is_false(node: &Node) -> bool {
    let nothing = |node: &Node| node.as_object().is_some_and(crate::document::Object::is_empty);
    node.as_bool() == Some(false) || node.get("not").is_some_and(nothing)
}

/// An `enum` with values of several types becomes a union by type.
pub(super) fn mixed<'d>(flat: &Flat<'d>, conjuncts: &[Conjunct<'d>], path: &SchemaPath) -> SchemaKind<'d> {
    let Some(alternative) = conjuncts.first() else {
        return SchemaKind::Any(true);
    };
    let values = constraints::allowed(flat);
    let of = |test: Test| values.iter().filter(|value| test(value)).cloned().collect::<Vec<_>>();
    let texts: Vec<_> = enumeration::strings_only(flat);
    let mut members = Vec::new();
    let mut push = |kind, facet, word: &str| {
        let (conjuncts, path, assertions) = (conjuncts.to_vec(), path.word(word), Vec::new());
        let alternative = Conjunct { path: path.clone(), ..alternative.clone() };
        let schema = Schema { kind, nullable: false, conjuncts, facet, path, assertions };
        members.push(UnionMember { schema, alternative, rest: false });
    };
    if !texts.is_empty() {
        push(SchemaKind::Strings(texts, false), Facet::Strings, "string");
    }
    let scalars: [(Test, Scalar); 3] = [
        (|value| value.is_i64() || value.is_u64(), Scalar::Integer(IntegerKind::I64)),
        (serde_json::Value::is_f64, Scalar::Float64),
        (serde_json::Value::is_boolean, Scalar::Bool),
    ];
    for (test, scalar) in scalars {
        let allowed = of(test);
        if !allowed.is_empty() {
            push(SchemaKind::Scalar(scalar, Constraints { allowed, ..Constraints::default() }), Facet::Whole, "");
        }
    }
    if members.is_empty() || values.iter().any(|value| value.is_array() || value.is_object()) {
        return SchemaKind::Any(true);
    }
    SchemaKind::Union(UnionSchema { members, discriminator: None, overlaps: false })
}

/// Adds a member for any JSON, because other items may follow.
pub(super) fn add_rest<'d>(schema: Schema<'d>, conjuncts: &[Conjunct<'d>]) -> Schema<'d> {
    let Some(first) = conjuncts.first() else {
        return schema;
    };
    let rest = Schema {
        kind: SchemaKind::Any(false),
        nullable: false,
        conjuncts: Vec::new(),
        facet: Facet::Whole,
        path: schema.path.clone(),
        assertions: Vec::new(),
    };
    let unnamed = || Conjunct { path: first.path.word(""), ..first.clone() };
    let mut members = match schema.kind.clone() {
        SchemaKind::Union(union) => union.members,
        _ => vec![UnionMember { schema: schema.clone(), alternative: unnamed(), rest: false }],
    };
    members.push(UnionMember { schema: rest, alternative: first.clone(), rest: true });
    let path = schema.path.clone();
    Schema {
        kind: SchemaKind::Union(UnionSchema { members, discriminator: None, overlaps: false }),
        nullable: schema.nullable,
        conjuncts: conjuncts.to_vec(),
        facet: Facet::OpenItems,
        path,
        assertions: Vec::new(),
    }
}

pub(super) fn with_allowed(constraints: Constraints, flat: &Flat<'_>) -> Constraints {
    Constraints { allowed: constraints::allowed(flat), ..constraints }
}

/// Bounds of every type. The target of the reference decides which of them matter.
pub(super) fn all_rules(flat: &Flat<'_>) -> Constraints {
    let (text, number, list) = (constraints::text(flat), constraints::number(flat), constraints::list(flat));
    let object = constraints::object(flat);
    Constraints {
        min_properties: object.min_properties,
        max_properties: object.max_properties,
        min_length: text.min_length,
        max_length: text.max_length,
        pattern: text.pattern,
        min_items: list.min_items,
        max_items: list.max_items,
        unique_items: list.unique_items,
        ..number
    }
}
