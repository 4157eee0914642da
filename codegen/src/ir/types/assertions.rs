//! Turns the keywords that no type expresses into [`Assertion`]s.
//!
//! **Invariant:** an assertion is exact, or it is left out with a diagnostic. Only assertions about
//! the values of keys and positions may be weaker than their schemas, because the types express the
//! rest.

use specwright_runtime::validation::Verdict;

use super::conjunction::{Conjunct, Flat, Skip};
use super::constraints;
use super::inspector::Inspector;
use super::kind::SchemaKind;
use super::shapes::{all_rules, is_false};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object};
use crate::ir::model::{Assertion, Constraints};
use crate::limits::{ASSERTION_DEPTH, ASSERTION_KEYWORDS};
use crate::lower::{ASSERTIONS, UNTYPED};
use crate::openapi::fit::patterns;

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
                if !conjuncts
                    .iter()
                    .any(|one| one.node.get(ASSERTIONS).is_some() || one.node.get("allOf").is_some()) =>
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
            SchemaKind::Struct(_) | SchemaKind::Map(..) => found.extend(self.by_key(&flat)),
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

    /// The values of keys that match patterns, unless the type expresses everything.
    fn by_key(&self, flat: &Flat<'d>) -> Option<Assertion> {
        let pairs: Vec<(&str, Conjunct<'d>)> =
            flat.conjuncts.iter().flat_map(|conjunct| conjunct.entries("patternProperties")).collect();
        let known: Vec<&str> = flat.properties().into_keys().collect();
        let rest: Vec<Conjunct<'d>> =
            flat.conjuncts.iter().filter_map(|conjunct| conjunct.schema("additionalProperties")).collect();
        let rest: Vec<&Conjunct<'d>> =
            rest.iter().filter(|conjunct| !is_false(conjunct.node) && !conjunct.is_annotation()).collect();
        let matches = |key: &&str| {
            let mut tried = pairs.iter().map(|(pattern, _)| patterns::check(pattern, key));
            tried.any(|verdict| verdict == Verdict::Matches)
        };
        if pairs.is_empty() || (pairs.len() == 1 && rest.is_empty() && !known.iter().any(matches)) {
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
            let known = known.map(|entry| entry.key.to_string()).collect();
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
        members.map(|member| Some(without(self.exactly(member, room)?, "object"))).collect()
    }

    fn schemas(&self, object: &'d Node, room: &mut Room) -> Option<Vec<(String, Vec<Assertion>)>> {
        entries(object).map(|entry| Some((entry.key.to_string(), self.exactly(&entry.value, room)?))).collect()
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
    let names: Vec<String> = names.map(str::to_owned).collect();
    if names.is_empty() { Vec::new() } else { vec![Assertion::Required(names)] }
}

/// The assertions, without that of a type that lowering has added to `required` and similar
/// keywords.
fn without(assertions: Vec<Assertion>, name: &str) -> Vec<Assertion> {
    let is_type = |assertion: &Assertion| matches!(assertion, Assertion::Types(names) if names == &[name]);
    let others = assertions.iter().filter(|assertion| !is_type(assertion)).count();
    if others == 0 { assertions } else { assertions.into_iter().filter(|assertion| !is_type(assertion)).collect() }
}
