//! Looks at a conjunction of nodes and says what it is: a reference, a scalar, a list, a struct, a union.
//!
//! The rule it keeps: looking makes no type, so a schema may be looked at as often as a union needs it.

use super::codes;
use super::composition::Group;
use super::form::{Form, Member, Plan, Schema};
use super::graph::Graph;
use super::place::Place;
use super::schema::{Flat, Part, Skip, address};
use super::{enumeration, rules, scalar};
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
        let Some(first) = parts.first() else { return (Form::Any(false), false) };
        let Some(depth) = depth.checked_sub(1).filter(|_| self.burn()) else {
            self.note(&codes::NESTED_TOO_DEEP, first, "this schema is nested too deep to be typed", "give it a name under components/schemas and refer to it");
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
                let flat = Flat { parts: others, seen: Vec::new() };
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
        let Some((last, part)) = typed.last() else { return implied(flat, format) };
        let number = |kind: &str| kind == "integer" || kind == "number";
        if typed.iter().any(|(kind, _)| kind != last && !(number(kind) && number(last))) {
            let message = format!("this schema is a {last}, but it is combined with one of another type");
            self.note(&codes::CONFLICTING_SCHEMAS, part, message, "make the types agree, or drop one of the schemas");
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
        let closed = items.iter().any(|part| is_false(part.node)) || list_rules.max_items.is_some_and(|most| most <= count);
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

/// The type that keywords imply where no `type` is given.
fn implied(flat: &Flat<'_>, format: Option<&str>) -> Option<&'static str> {
    const OBJECT: &[&str] = &["properties", "additionalProperties", "patternProperties", "required", "minProperties", "maxProperties"];
    const ARRAY: &[&str] = &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"];
    const STRING: &[&str] = &["pattern", "minLength", "maxLength"];
    const NUMBER: &[&str] = &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"];
    let by_keyword = [(OBJECT, "object"), (ARRAY, "array"), (STRING, "string"), (NUMBER, "number")];
    let found = by_keyword.into_iter().find(|(keywords, _)| flat.has(keywords)).map(|(_, kind)| kind);
    found.or_else(|| implied_by_values(flat)).or_else(|| match format? {
        "int32" | "int64" => Some("integer"),
        "float" | "double" => Some("number"),
        _ if flat.has(&["enum"]) => None,
        _ => Some("string"),
    })
}

fn implied_by_values(flat: &Flat<'_>) -> Option<&'static str> {
    let mut kinds: Vec<&'static str> = flat.all("enum").filter_map(Node::as_array).flatten().map(|node| node.value.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    match kinds.as_slice() {
        [only] if *only != "null" => Some(only),
        ["integer", "number"] => Some("number"),
        _ => None,
    }
}

fn string<'d>(flat: &Flat<'d>, format: Option<&str>) -> Form<'d> {
    let values = enumeration::strings(flat);
    if !values.is_empty() {
        return Form::Strings(values, false);
    }
    Form::Scalar(scalar::string(format), rules::text(flat))
}

fn integer<'d>(flat: &Flat<'d>, format: Option<&str>) -> Form<'d> {
    if let Some(values) = enumeration::integers(flat) {
        return Form::Integers(values);
    }
    Form::Scalar(scalar::integer(flat, format), with_allowed(rules::number(flat), flat))
}

fn object<'d>(flat: &Flat<'d>) -> Form<'d> {
    let named = flat.all("properties").chain(flat.all("required")).any(|node| node.children().next().is_some());
    let additional: Vec<Part<'d>> = flat.parts.iter().filter_map(|part| part.schema("additionalProperties")).collect();
    let closed = additional.iter().any(|part| is_false(part.node));
    let patterns: Vec<Part<'d>> = flat.parts.iter().flat_map(|part| part.entries("patternProperties")).map(|(_, part)| part).collect();
    if named || closed || patterns.len() > 1 || (!patterns.is_empty() && !additional.is_empty()) {
        return Form::Struct(flat.clone());
    }
    let mut values = patterns;
    values.extend(additional.into_iter().filter(|part| part.node.as_bool().is_none()));
    let asked = values.iter().any(|part| !part.is_annotation());
    Form::Map(asked.then_some(values), with_allowed(rules::object(flat), flat))
}

/// Whether a schema allows nothing: `false`, or `not: {}` as lowering writes it.
pub(super) fn is_false(node: &Node) -> bool {
    let nothing = |node: &Node| node.as_object().is_some_and(crate::document::Object::is_empty);
    node.as_bool() == Some(false) || node.get("not").is_some_and(nothing)
}

/// `enum` of values of several types: a union by type.
fn mixed<'d>(flat: &Flat<'d>, parts: &[Part<'d>], place: &Place) -> Form<'d> {
    let Some(alternative) = parts.first() else { return Form::Any(true) };
    let values = rules::allowed(flat);
    let of = |test: fn(&serde_json::Value) -> bool| values.iter().filter(|value| test(value)).cloned().collect::<Vec<_>>();
    let texts: Vec<_> = enumeration::strings_only(flat);
    let mut members = Vec::new();
    let mut push = |form, facet, word: &str| {
        let schema = Schema { form, nullable: false, parts: parts.to_vec(), facet, place: place.word(word) };
        members.push(Member { schema, alternative: alternative.skipping(Skip::NONE), rest: false });
    };
    if !texts.is_empty() {
        push(Form::Strings(texts, false), 1, "string");
    }
    let scalars: [(fn(&serde_json::Value) -> bool, Scalar); 3] = [
        (|value| value.is_i64() || value.is_u64(), Scalar::Integer(crate::ir::model::IntegerKind::I64)),
        (serde_json::Value::is_f64, Scalar::Float64),
        (serde_json::Value::is_boolean, Scalar::Bool),
    ];
    for (test, scalar) in scalars {
        let allowed = of(test);
        if !allowed.is_empty() {
            push(Form::Scalar(scalar, Rules { allowed, ..Rules::default() }), 0, "");
        }
    }
    if members.is_empty() || values.iter().any(|value| value.is_array() || value.is_object()) {
        return Form::Any(true);
    }
    Form::Union(Plan { members, discriminator: None })
}

/// Other items may follow: a member for any JSON.
fn add_rest<'d>(schema: Schema<'d>, parts: &[Part<'d>]) -> Schema<'d> {
    let Some(first) = parts.first() else { return schema };
    let rest = Schema { form: Form::Any(false), nullable: false, parts: Vec::new(), facet: 0, place: schema.place.clone() };
    let mut members = match schema.form.clone() {
        Form::Union(plan) => plan.members,
        _ => vec![Member { schema: schema.clone(), alternative: first.clone(), rest: false }],
    };
    members.push(Member { schema: rest, alternative: first.clone(), rest: true });
    let place = schema.place.clone();
    Schema { form: Form::Union(Plan { members, discriminator: None }), nullable: schema.nullable, parts: parts.to_vec(), facet: 3, place }
}

fn with_allowed(rules: Rules, flat: &Flat<'_>) -> Rules {
    Rules { allowed: rules::allowed(flat), ..rules }
}

/// Bounds of every kind: which of them count depends on a schema that is elsewhere.
fn all_rules(flat: &Flat<'_>) -> Rules {
    let (text, number, list) = (rules::text(flat), rules::number(flat), rules::list(flat));
    Rules {
        min_length: text.min_length,
        max_length: text.max_length,
        pattern: text.pattern,
        min_items: list.min_items,
        max_items: list.max_items,
        unique_items: list.unique_items,
        ..number
    }
}
