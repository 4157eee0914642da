//! Turns the keywords that no type expresses into [`Assertion`]s.
//!
//! **Invariant:** an assertion is exact, or it is left out with a diagnostic. Only assertions about
//! the values of keys and positions may be weaker than their schemas, because the types express the
//! rest.

use specwright_runtime::validation::Verdict;

use super::conjunction::{Conjunct, Flat, Skip};
use super::constraints;
use super::inspector::Inspector;
use super::kind::{SchemaKind, UnionSchema};
use super::shapes::{all_rules, is_closed, is_false};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object};
use crate::ir::model::{Assertion, Constraints};
use crate::limits::{ASSERTION_DEPTH, ASSERTION_KEYWORDS};
use crate::lower::{ASSERTIONS, UNTYPED};
use crate::openapi::fit::patterns;

/// A scalar without any of these has no assertions.
const ASSERTING: &[&str] = &[ASSERTIONS, "allOf", "oneOf", "anyOf"];

/// The remaining room within both limits.
struct Room {
    depth: usize,
    count: usize,
}

/// The assertions of a schema; `None` if they would exceed the limits.
type Found = Option<Vec<Assertion>>;

impl<'d> Inspector<'d> {
    /// The assertions of a conjunction that its type does not express. Those of the target of a
    /// reference are not repeated.
    pub(super) fn assertions(&self, conjuncts: &[Conjunct<'d>], kind: &SchemaKind<'d>) -> Vec<Assertion> {
        let flat = match kind {
            SchemaKind::Reference(..) => Flat { conjuncts: own(conjuncts), ..Flat::default() },
            SchemaKind::Struct(flat) => flat.clone(),
            SchemaKind::Scalar(..) | SchemaKind::Strings(..) | SchemaKind::Integers(_)
                if !conjuncts.iter().any(|one| ASSERTING.iter().any(|keyword| one.get(keyword).is_some())) =>
            {
                return Vec::new();
            }
            _ => self.graph.flatten(conjuncts),
        };
        let mut found = Vec::new();
        for conjunct in &flat.conjuncts {
            for entry in conjunct.node.get(ASSERTIONS).and_then(Node::as_object).into_iter().flatten() {
                let mut room = Room { depth: ASSERTION_DEPTH, count: ASSERTION_KEYWORDS };
                match self.kept(entry, conjunct.node, &mut room) {
                    Some(assertions) => found.extend(assertions),
                    None => self.report_unchecked(conjunct, entry),
                }
            }
        }
        match kind {
            SchemaKind::Struct(flat) => {
                found.extend(self.by_key(flat, is_closed(flat)));
                found.extend(counts(&constraints::object(flat)).filter(|_| drops_others(flat)));
            }
            SchemaKind::Map(..) => found.extend(self.by_key(&flat, true)),
            SchemaKind::Reference(_, constraints) => found.extend(counts(constraints)),
            SchemaKind::Scalar(_, constraints) if !constraints.or_text => {
                found.extend(self.by_alternative(&flat, constraints));
            }
            SchemaKind::Union(union) if union.discriminator.is_none() && are_scalars(union) => {
                found.extend(self.by_alternative(&flat, &Constraints::default()));
            }
            SchemaKind::Strings(_, true) => found.extend(self.by_alternative(&flat, &Constraints::default())),
            SchemaKind::MixedList(..) => found.extend(self.by_position(&flat)),
            _ => {}
        }
        found
    }

    fn report_unchecked(&self, conjunct: &Conjunct<'d>, entry: &Entry) {
        let message = format!("`{}` is not checked", entry.key);
        let help = "values that break it are accepted; mention it in the description";
        let diagnostic = Diagnostic::new(&codes::UNSUPPORTED_KEYWORD, entry, message).help(help);
        self.add(diagnostic.at(conjunct.path.pointer()));
    }

    /// The alternatives that a type has joined although their constraints differ.
    fn by_alternative(&self, flat: &Flat<'d>, constraints: &Constraints) -> Vec<Assertion> {
        let mut found = Vec::new();
        for (conjunct, keyword) in flat.conjuncts.iter().flat_map(|one| [(one, "oneOf"), (one, "anyOf")]) {
            let Some(entry) = conjunct.node.as_object().and_then(|object| object.entry(keyword)) else { continue };
            let members = entry.value.as_array().unwrap_or_default().iter().map(|member| self.asserted(member));
            match members.collect::<Option<Vec<_>>>() {
                Some(members) if differ(&members, constraints) => found.push(Assertion::Any(members)),
                Some(_) => {}
                None => self.report_unchecked(conjunct, entry),
            }
        }
        found
    }

    /// The values of keys that match patterns, unless the type expresses everything. `is_typed` says
    /// whether all values of other keys are of the type, too.
    fn by_key(&self, flat: &Flat<'d>, is_typed: bool) -> Option<Assertion> {
        let mut pairs: Vec<(&str, Conjunct<'d>)> =
            flat.conjuncts.iter().flat_map(|conjunct| conjunct.entries("patternProperties")).collect();
        pairs.sort_by_key(|(pattern, _)| *pattern);
        let mut known: Vec<&str> = flat.properties().into_keys().collect();
        known.sort_unstable();
        let rest: Vec<Conjunct<'d>> =
            flat.conjuncts.iter().filter_map(|conjunct| conjunct.schema("additionalProperties")).collect();
        let rest: Vec<&Conjunct<'d>> =
            rest.iter().filter(|conjunct| !is_false(conjunct.node) && !conjunct.is_annotation()).collect();
        let matches = |key: &&str| {
            let mut tried = pairs.iter().map(|(pattern, _)| patterns::check(pattern, key));
            tried.any(|verdict| verdict == Verdict::Matches)
        };
        let is_expressed = is_typed && pairs.len() == 1 && rest.is_empty() && !known.iter().any(matches);
        if pairs.is_empty() || is_expressed {
            return None;
        }
        let assertions = |conjunct: &Conjunct<'d>| self.roughly(conjunct.node);
        Some(Assertion::Patterns {
            pairs: pairs.iter().map(|(pattern, schema)| ((*pattern).to_owned(), assertions(schema))).collect(),
            known: known.into_iter().map(str::to_owned).collect(),
            rest: rest.into_iter().flat_map(assertions).collect(),
        })
    }

    /// The items of an open tuple.
    fn by_position(&self, flat: &Flat<'d>) -> Vec<Assertion> {
        if flat.conjuncts.iter().all(|conjunct| conjunct.members("prefixItems").is_empty()) {
            return Vec::new();
        }
        let of_one = |conjunct: &Conjunct<'d>| {
            let prefix: Vec<Vec<Assertion>> =
                conjunct.members("prefixItems").iter().map(|item| self.roughly(item.node)).collect();
            let rest = conjunct.schema("items").map(|items| self.roughly(items.node)).unwrap_or_default();
            let rest = (!rest.is_empty()).then_some(Assertion::Items(prefix.len(), rest));
            (!prefix.is_empty()).then_some(Assertion::Prefix(prefix)).into_iter().chain(rest).collect::<Vec<_>>()
        };
        flat.conjuncts.iter().flat_map(of_one).collect()
    }

    /// Everything that a schema asserts; `None` if that exceeds the limits.
    pub(super) fn asserted(&self, node: &'d Node) -> Option<Vec<Assertion>> {
        self.exactly(node, &mut Room { depth: ASSERTION_DEPTH, count: ASSERTION_KEYWORDS })
    }

    /// The assertions of a schema whose type is checked in any case: the whole schema, or only its
    /// JSON type.
    fn roughly(&self, node: &'d Node) -> Vec<Assertion> {
        self.asserted(node).unwrap_or_else(|| {
            let name = node.get("type").and_then(Node::as_str);
            name.map(|name| Assertion::Types(vec![name.to_owned()])).into_iter().collect()
        })
    }

    /// The assertions of a keyword that lowering has kept.
    fn kept(&self, entry: &'d Entry, owner: &'d Node, room: &mut Room) -> Found {
        let value = &entry.value;
        let sibling = |keyword: &str| owner.get(ASSERTIONS).and_then(|kept| kept.get(keyword));
        let assertion = match &*entry.key {
            "not" => Assertion::Not(self.exactly(value, room)?),
            "propertyNames" => Assertion::Names(without(self.exactly(value, room)?, "string")),
            "anyOf" => Assertion::Any(self.members(value, room)?),
            "oneOf" => Assertion::One(self.members(value, room)?),
            "contains" => {
                let count = |keyword: &str| sibling(keyword).and_then(Node::as_u64);
                let least = count("minContains").unwrap_or(1);
                Assertion::Contains(self.exactly(value, room)?, least, count("maxContains"))
            }
            "if" => {
                let mut branch = |keyword: &str| match sibling(keyword) {
                    Some(schema) => Some(without(self.exactly(schema, room)?, "object")),
                    None => Some(Vec::new()),
                };
                let (then, otherwise) = (branch("then")?, branch("else")?);
                Assertion::If(self.exactly(value, room)?, then, otherwise)
            }
            "dependentRequired" => Assertion::Dependent(
                entries(value).map(|entry| (entry.key.to_string(), required(&entry.value))).collect(),
            ),
            "dependentSchemas" => Assertion::Dependent(self.schemas(value, room)?),
            _ => return Some(Vec::new()),
        };
        Some(vec![assertion])
    }

    /// Everything that a schema asserts, including its type.
    fn exactly(&self, node: &'d Node, room: &mut Room) -> Found {
        let Some(schema) = node.as_object() else {
            return Some(Vec::new());
        };
        if schema.contains_key(UNTYPED) {
            return None;
        }
        room.count = room.count.checked_sub(schema.len().max(1))?;
        room.depth = room.depth.checked_sub(1)?;
        let mut found = Vec::new();
        if let Some(reference) = node.reference() {
            found.extend(self.exactly(self.graph.target(reference)?.node, room)?);
        }
        found.extend(scalar(node));
        found.extend(self.of_object(node, schema, room)?);
        found.extend(self.of_list(schema, room)?);
        for member in schema.get("allOf").and_then(Node::as_array).unwrap_or_default() {
            found.extend(self.exactly(member, room)?);
        }
        if let Some(members) = schema.get("anyOf") {
            found.push(Assertion::Any(self.members(members, room)?));
        }
        if let Some(members) = schema.get("oneOf") {
            found.push(Assertion::One(self.members(members, room)?));
        }
        for entry in schema.get(ASSERTIONS).map(entries).into_iter().flatten() {
            found.extend(self.kept(entry, node, room)?);
        }
        if is_false(node) {
            found = vec![Assertion::Never];
        }
        if schema.get("nullable").and_then(Node::as_bool) == Some(true) && !found.is_empty() {
            let null = vec![Assertion::Types(vec!["null".to_owned()])];
            found = vec![Assertion::Any(vec![null, found])];
        }
        room.depth += 1;
        Some(found)
    }

    fn of_object(&self, node: &'d Node, schema: &'d Object, room: &mut Room) -> Found {
        let mut found: Vec<Assertion> = schema.get("required").map(required).unwrap_or_default();
        if let Some(properties) = schema.get("properties") {
            let properties: Vec<_> =
                self.schemas(properties, room)?.into_iter().filter(|(_, assertions)| !assertions.is_empty()).collect();
            found.extend((!properties.is_empty()).then_some(Assertion::Properties(properties)));
        }
        let pairs = schema.get("patternProperties").map_or(Some(Vec::new()), |pairs| self.schemas(pairs, room))?;
        let rest = match schema.get("additionalProperties") {
            Some(rest) if is_false(rest) => vec![Assertion::Never],
            Some(rest) => self.exactly(rest, room)?,
            None => Vec::new(),
        };
        if !pairs.is_empty() || !rest.is_empty() {
            let known = node.get("properties").map(entries).into_iter().flatten();
            let mut known: Vec<String> = known.map(|entry| entry.key.to_string()).collect();
            known.sort_unstable();
            found.push(Assertion::Patterns { pairs, known, rest });
        }
        Some(found)
    }

    fn of_list(&self, schema: &'d Object, room: &mut Room) -> Found {
        let mut found = Vec::new();
        let prefix = schema.get("prefixItems").map_or(Some(Vec::new()), |prefix| self.members(prefix, room))?;
        if let Some(items) = schema.get("items") {
            let items = if is_false(items) { vec![Assertion::Never] } else { self.exactly(items, room)? };
            found.extend((!items.is_empty()).then_some(Assertion::Items(prefix.len(), items)));
        }
        if !prefix.is_empty() {
            found.push(Assertion::Prefix(prefix));
        }
        Some(found)
    }

    fn members(&self, list: &'d Node, room: &mut Room) -> Option<Vec<Vec<Assertion>>> {
        let members = list.as_array().unwrap_or_default().iter();
        let members: Vec<Vec<Assertion>> = members.map(|member| self.exactly(member, room)).collect::<Option<_>>()?;
        // Beside members of other types, `object` tells values apart.
        let is_other = |assertion: &Assertion| matches!(assertion, Assertion::Types(names) if names != &["object"]);
        if members.iter().flatten().any(is_other) {
            return Some(members);
        }
        Some(members.into_iter().map(|member| without(member, "object")).collect())
    }

    /// The assertions under each name, sorted: the order of a map says nothing.
    fn schemas(&self, object: &'d Node, room: &mut Room) -> Option<Vec<(String, Vec<Assertion>)>> {
        let named = entries(object).map(|entry| Some((entry.key.to_string(), self.exactly(&entry.value, room)?)));
        let mut named: Vec<(String, Vec<Assertion>)> = named.collect::<Option<_>>()?;
        named.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some(named)
    }
}

/// The number of properties, which is counted on the JSON.
fn counts(constraints: &Constraints) -> Option<Assertion> {
    let Constraints { min_properties, max_properties, .. } = *constraints;
    let counted = min_properties.is_some() || max_properties.is_some();
    let limits = Constraints { min_properties, max_properties, ..Constraints::default() };
    counted.then(|| Assertion::Limits(Box::new(limits)))
}

/// Whether an object keeps only the properties that it names, although it may have others.
fn drops_others(flat: &Flat<'_>) -> bool {
    !is_closed(flat) && !flat.has(&["additionalProperties", "patternProperties"])
}

/// Whether alternatives of one type constrain its values differently. They do not if one of them
/// allows all values of the type, or if `constraints` lists the values of all.
fn differ(members: &[Vec<Assertion>], constraints: &Constraints) -> bool {
    let is_null =
        |member: &&Vec<Assertion>| matches!(member.as_slice(), [Assertion::Types(names)] if names == &["null"]);
    let others: Vec<&Vec<Assertion>> = members.iter().filter(|member| !is_null(member)).collect();
    let allows_all = |name: &str| {
        others.iter().any(|member| matches!(member.as_slice(), [Assertion::Types(names)] if names == &[name]))
    };
    let is_covered = |member: &&Vec<Assertion>| match member.first() {
        Some(Assertion::Types(names)) => {
            names.iter().all(|name| allows_all(name) || name == "integer" && allows_all("number"))
        }
        _ => member.is_empty(),
    };
    let is_listed = !constraints.allowed.is_empty() && others.iter().all(|member| is_list(member));
    share_type(&others) && !is_listed && !others.iter().all(is_covered)
}

/// Whether two different schemas are of the same JSON type.
fn share_type(members: &[&Vec<Assertion>]) -> bool {
    let number = |name: &str| if name == "integer" { "number".to_owned() } else { name.to_owned() };
    let name = |member: &[Assertion]| match member.first() {
        Some(Assertion::Types(names)) => names.first().map(|name| number(name)),
        _ => None,
    };
    members.iter().enumerate().any(|(index, member)| {
        let mut others = members.iter().skip(index + 1);
        others.any(|other| other != member && name(other) == name(member))
    })
}

/// Whether the values of all members are scalars.
fn are_scalars(union: &UnionSchema<'_>) -> bool {
    let is_scalar = |kind: &SchemaKind<'_>| {
        matches!(kind, SchemaKind::Scalar(..) | SchemaKind::Strings(..) | SchemaKind::Integers(_))
    };
    union.members.iter().all(|member| is_scalar(&member.schema.kind))
}

/// Whether a schema only lists its values.
fn is_list(assertions: &[Assertion]) -> bool {
    match assertions {
        [Assertion::Types(_), Assertion::Limits(limits)] => {
            **limits == Constraints { allowed: limits.allowed.clone(), ..Constraints::default() }
        }
        _ => false,
    }
}

fn entries(node: &Node) -> impl Iterator<Item = &Entry> {
    node.as_object().into_iter().flatten()
}

/// The nodes of a conjunction, without those to which it refers.
fn own<'d>(conjuncts: &[Conjunct<'d>]) -> Vec<Conjunct<'d>> {
    let mut open: Vec<Conjunct<'d>> = conjuncts.to_vec();
    let mut found = Vec::new();
    while let Some(conjunct) = open.pop() {
        open.extend(conjunct.members("allOf"));
        found.push(conjunct.skipping(Skip::REFERENCE.with(Skip::ALL_OF)));
    }
    found
}

/// `type`, bounds and `enum` of a schema.
fn scalar(node: &Node) -> Vec<Assertion> {
    let name = node.get("type").and_then(Node::as_str);
    let types = name.map(|name| Assertion::Types(vec![name.to_owned()]));
    let conjunct = Conjunct::new(node, super::path::SchemaPath::root(super::path::RootId(0), "", ""));
    let flat = Flat { conjuncts: vec![conjunct], ..Flat::default() };
    let limits = Constraints { allowed: constraints::allowed(&flat), ..all_rules(&flat) };
    let limits = (!limits.is_empty()).then(|| Assertion::Limits(Box::new(limits)));
    types.into_iter().chain(limits).collect()
}

fn required(list: &Node) -> Vec<Assertion> {
    let names = list.as_array().unwrap_or_default().iter().filter_map(Node::as_str);
    let mut names: Vec<String> = names.map(str::to_owned).collect();
    names.sort_unstable();
    if names.is_empty() { Vec::new() } else { vec![Assertion::Required(names)] }
}

/// The assertions, without that of a type that lowering has added to `required` and similar
/// keywords.
fn without(assertions: Vec<Assertion>, name: &str) -> Vec<Assertion> {
    let is_type = |assertion: &Assertion| matches!(assertion, Assertion::Types(names) if names == &[name]);
    let others = assertions.iter().filter(|assertion| !is_type(assertion)).count();
    if others == 0 { assertions } else { assertions.into_iter().filter(|assertion| !is_type(assertion)).collect() }
}
