//! Classifies a conjunction of nodes as a reference, a scalar, a list, a struct or a union.

use super::codes;
use super::conjunction::{Conjunct, Flat, address, nearest};
use super::inspector::Inspector;
use super::kind::{Alternatives, Facet, Schema, SchemaKind};
use super::path::SchemaPath;
use super::shapes::{add_rest, all_rules, implied, integer, is_false, mixed, object, string, with_allowed};
use super::{constraints, scalar};
use crate::document::Node;
use crate::ir::model::{Constraints, Scalar};
use crate::limits::ALTERNATIVES_DEPTH;

/// Longer tuples are lists.
const LONGEST_TUPLE: usize = 12;

impl<'d> Inspector<'d> {
    /// Inspects a conjunction. `owner` names a type that is made from several nodes.
    pub(super) fn schema(&self, conjuncts: Vec<Conjunct<'d>>, owner: &SchemaPath, depth: usize) -> Schema<'d> {
        let nullable = self.graph.allows_null(&conjuncts);
        if let Some(id) = self.replacement(&conjuncts) {
            let kind = SchemaKind::Scalar(Scalar::Foreign(id), Constraints::default());
            let (facet, path, assertions) = (Facet::Whole, owner.clone(), Vec::new());
            return Schema { kind, nullable, conjuncts, facet, path, assertions };
        }
        let written = conjuncts.clone();
        let conjuncts = simplify(conjuncts);
        let path = match conjuncts.as_slice() {
            [only] => only.path.clone(),
            _ => owner.clone(),
        };
        let (kind, nullable_members) = self.kind(&conjuncts, &path, depth);
        let assertions = self.assertions(&written, &kind);
        Schema { kind, nullable: nullable || nullable_members, conjuncts, facet: Facet::Whole, path, assertions }
    }

    fn kind(&self, conjuncts: &[Conjunct<'d>], path: &SchemaPath, depth: usize) -> (SchemaKind<'d>, bool) {
        let Some(first) = conjuncts.first() else {
            return (SchemaKind::Any(false), false);
        };
        let Some(depth) = depth.checked_sub(1).filter(|_| self.spend()) else {
            self.report(
                &codes::NESTED_TOO_DEEP,
                first,
                "this schema is nested too deeply to be typed",
                "give it a name under components/schemas and refer to it",
            );
            return (SchemaKind::Any(true), false);
        };
        if first.flag("x-untyped") {
            return (SchemaKind::Any(true), false);
        }
        if let Some(kind) = self.reference(conjuncts) {
            return (kind, false);
        }
        if let Some(union) = self.inheritance(conjuncts, depth) {
            return (SchemaKind::Union(union), false);
        }
        let flat = self.graph.flatten(conjuncts);
        let groups: Vec<Alternatives<'d>> = self.groups(&flat);
        if groups.is_empty() {
            return (self.plain(&flat, conjuncts, path, depth), false);
        }
        self.alternatives(&flat, groups, depth)
    }

    /// A reference, possibly with bounds next to it. If there are several references, it is the one
    /// that includes the others.
    fn reference(&self, conjuncts: &[Conjunct<'d>]) -> Option<SchemaKind<'d>> {
        let expanded = match conjuncts {
            [only] if only.constraints().all(|key| key == "allOf") => simplify(only.members("allOf")),
            _ => conjuncts.to_vec(),
        };
        let (references, others): (Vec<_>, Vec<_>) =
            expanded.into_iter().partition(|conjunct| conjunct.reference().is_some());
        let targets: Vec<Conjunct<'d>> =
            references.iter().filter_map(|conjunct| self.graph.target(conjunct.reference()?)).collect();
        match targets.as_slice() {
            [] => references.first().map(|_| SchemaKind::Any(true)),
            [only] if others.is_empty() => Some(SchemaKind::Reference(only.clone(), Constraints::default())),
            [only] if others.iter().all(Conjunct::is_bounds) && self.is_typed_as(only, &others) => {
                let flat = Flat { conjuncts: others, ..Flat::default() };
                Some(SchemaKind::Reference(only.clone(), all_rules(&flat)))
            }
            [_] => None,
            several if others.is_empty() => {
                let includes = |conjunct: &&Conjunct<'d>| {
                    let seen = self.graph.flatten(std::slice::from_ref(*conjunct)).seen;
                    several.iter().all(|other| seen.contains(&address(other.node)))
                };
                several
                    .iter()
                    .find(includes)
                    .map(|conjunct| SchemaKind::Reference(conjunct.clone(), Constraints::default()))
            }
            _ => None,
        }
    }

    /// Whether a target has a type of its own, or none is asked of it.
    fn is_typed_as(&self, target: &Conjunct<'d>, others: &[Conjunct<'d>]) -> bool {
        let asks = others.iter().any(|conjunct| conjunct.get("type").is_some());
        !asks || self.graph.flatten(std::slice::from_ref(target)).conjuncts.iter().any(|one| !one.is_annotation())
    }

    /// The kind of a conjunction without references and alternatives.
    pub(super) fn plain(
        &self,
        flat: &Flat<'d>,
        conjuncts: &[Conjunct<'d>],
        path: &SchemaPath,
        depth: usize,
    ) -> SchemaKind<'d> {
        if flat.all("not").any(|node| node.as_object().is_some_and(crate::document::Object::is_empty)) {
            return SchemaKind::Scalar(Scalar::Never, Constraints::default());
        }
        if flat.conjuncts.iter().any(|conjunct| conjunct.flag("x-untyped")) {
            return SchemaKind::Any(true);
        }
        let format = nearest(&flat.conjuncts, path, |conjunct| conjunct.str("format")).into_iter().min();
        let json_type = self.json_type(flat, path, format);
        if let (Some(format), Some(json_type), false) = (format, json_type, flat.has(&["enum"]))
            && let Some(id) = self.format_type(format, json_type)
        {
            return SchemaKind::Scalar(Scalar::Foreign(id), Constraints::default());
        }
        match json_type {
            Some("object") => object(flat),
            Some("array") => self.array(flat, conjuncts, path, depth),
            Some("string") => string(flat, format),
            Some("integer") => integer(flat, format),
            Some("number") => match scalar::number(format) {
                Scalar::Integer(_) => integer(flat, format),
                scalar => SchemaKind::Scalar(scalar, with_allowed(constraints::number(flat), flat)),
            },
            Some("boolean") => SchemaKind::Scalar(Scalar::Bool, with_allowed(Constraints::default(), flat)),
            Some("null") => SchemaKind::Scalar(Scalar::Null, Constraints::default()),
            _ if flat.has(&["enum"]) => mixed(flat, conjuncts, path),
            _ => SchemaKind::Any(flat.conjuncts.iter().any(|conjunct| !conjunct.is_annotation())),
        }
    }

    /// The JSON type on which all nodes agree, or which their keywords imply.
    fn json_type(&self, flat: &Flat<'d>, path: &SchemaPath, format: Option<&str>) -> Option<&'d str> {
        let of = |conjunct: &Conjunct<'d>| conjunct.str("type");
        let typed: Vec<&str> = flat.conjuncts.iter().filter_map(of).collect();
        let Some(chosen) = nearest(&flat.conjuncts, path, of).into_iter().min() else {
            return implied(flat, format);
        };
        let number = |kind: &str| kind == "integer" || kind == "number";
        let conflicts = typed.iter().any(|kind| *kind != chosen && !(number(kind) && number(chosen)));
        if let Some(conjunct) = flat.conjuncts.iter().rfind(|one| conflicts && of(one) == Some(chosen)) {
            let message = format!("this schema is of type `{chosen}`, but it is combined with one of another type");
            self.report(
                &codes::CONFLICTING_SCHEMAS,
                conjunct,
                message,
                "make the types agree, or drop one of the schemas",
            );
        }
        if number(chosen) && typed.contains(&"integer") {
            return Some("integer");
        }
        Some(chosen)
    }

    fn array(&self, flat: &Flat<'d>, conjuncts: &[Conjunct<'d>], path: &SchemaPath, depth: usize) -> SchemaKind<'d> {
        let list_rules = with_allowed(constraints::list(flat), flat);
        let items: Vec<Conjunct<'d>> = flat.conjuncts.iter().filter_map(|conjunct| conjunct.schema("items")).collect();
        let tuples: Vec<Vec<Conjunct<'d>>> =
            flat.conjuncts.iter().map(|conjunct| conjunct.members("prefixItems")).filter(|it| !it.is_empty()).collect();
        let Some(longest) = tuples.iter().map(Vec::len).max() else {
            return SchemaKind::List((!items.is_empty()).then_some(items), list_rules);
        };
        let most = longest_list(flat, &list_rules);
        let closed = most.is_some_and(|most| most <= longest);
        let count = most.unwrap_or(longest).min(longest);
        // `items: false` without `minItems` is how documents write a tuple by hand.
        let least = flat.all("minItems").filter_map(Node::as_u64).max();
        let complete = match least {
            Some(least) => usize::try_from(least).is_ok_and(|least| least >= count),
            None => flat.all("items").any(is_false),
        };
        // An item has to meet what each tuple says about its position.
        let prefix = (0..count).map(|index| tuples.iter().filter_map(|tuple| tuple.get(index).cloned()).collect());
        if closed && complete && (1..=LONGEST_TUPLE).contains(&count) {
            return SchemaKind::Tuple(prefix.collect(), Constraints::default());
        }
        let mut alternatives: Vec<Conjunct<'d>> = tuples.into_iter().flatten().collect();
        alternatives.extend(items.iter().filter(|conjunct| !is_false(conjunct.node)).cloned());
        let open_end = items.is_empty() && !closed;
        let mut schema = self.either(alternatives, conjuncts, &path.word("item"), depth);
        if open_end {
            schema = add_rest(schema, conjuncts);
        }
        SchemaKind::MixedList(Box::new(schema), list_rules)
    }
}

/// The most items that a list can have, if a tuple without further items or a bound limits them.
fn longest_list(flat: &Flat<'_>, constraints: &Constraints) -> Option<usize> {
    let closed = |conjunct: &&Conjunct<'_>| conjunct.schema("items").is_some_and(|items| is_false(items.node));
    let whole = || flat.conjuncts.iter().map(|conjunct| conjunct.members("prefixItems").len()).max();
    // Beside `allOf`, no items may follow those of its members.
    let own =
        |conjunct: &Conjunct<'_>| Some(conjunct.members("prefixItems").len()).filter(|len| *len > 0).or_else(whole);
    let by_tuple = flat.conjuncts.iter().filter(closed).filter_map(own);
    let by_bound = constraints.max_items.map(|most| usize::try_from(most).unwrap_or(usize::MAX));
    by_tuple.chain(by_bound).min()
}

/// Drops annotations and repeated nodes, and unwraps an `allOf` with a single schema.
fn simplify<'d>(mut conjuncts: Vec<Conjunct<'d>>) -> Vec<Conjunct<'d>> {
    for _ in 0..ALTERNATIVES_DEPTH {
        let mut constraining: Vec<Conjunct<'d>> = Vec::with_capacity(conjuncts.len());
        for conjunct in conjuncts.iter().filter(|conjunct| !conjunct.is_annotation()) {
            if !constraining.iter().any(|other| std::ptr::eq(other.node, conjunct.node) && other.skip == conjunct.skip)
            {
                constraining.push(conjunct.clone());
            }
        }
        if constraining.is_empty() {
            conjuncts.truncate(1);
            return conjuncts;
        }
        let wrapped = match constraining.as_slice() {
            [only] if only.constraints().all(|key| key == "allOf") => only.members("allOf"),
            _ => return constraining,
        };
        if wrapped.iter().filter(|conjunct| !conjunct.is_annotation()).count() != 1 {
            return constraining;
        }
        conjuncts = wrapped;
    }
    conjuncts
}
