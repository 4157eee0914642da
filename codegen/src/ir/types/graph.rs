//! The component schemas of a document, their references, and which of them extend others.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};

use super::Choices;
use super::conjunction::{Conjunct, Flat, Skip, address};
use super::path::{RootId, SchemaPath};
use crate::document::{Document, Node, pointer, resolve};
use crate::limits::{CONJUNCTION_NODES, LEAST_MERGE_VISITS, MERGE_VISITS, SUBTYPE_VISITS};

/// A component schema.
#[derive(Debug)]
pub(super) struct Component<'d> {
    pub(super) name: &'d str,
    pub(super) node: &'d Node,
    pub(super) path: SchemaPath,
}

/// The schemas of a document, with the facts that are known about them.
#[derive(Debug)]
pub(super) struct Graph<'d> {
    pub(super) document: &'d Document,
    pub(super) components: Vec<Component<'d>>,
    /// The size of the document, on which budgets depend.
    pub(super) nodes: usize,
    by_address: HashMap<usize, usize>,
    by_name: HashMap<&'d str, usize>,
    /// By component that has a discriminator, its own or an inherited one, and no alternatives of
    /// its own: the components that extend it, directly or indirectly.
    subtypes: HashMap<usize, Vec<usize>>,
    /// The first component for which finding its subtypes would take too long; those after it have
    /// none, either.
    pub(super) without_subtypes: Option<usize>,
    pub(super) differing: RefCell<HashMap<usize, bool>>,
    pub(super) nullable: RefCell<HashMap<usize, bool>>,
    /// How many more schemas may be visited to merge what they extend.
    visits: Cell<usize>,
}

impl<'d> Graph<'d> {
    pub(super) fn new(document: &'d Document, choices: &Choices) -> Self {
        let schemas = document.root.pointer("/components/schemas").and_then(Node::as_object);
        let mut components = Vec::new();
        for (index, entry) in schemas.into_iter().flatten().enumerate() {
            let stem = choices.rename.get(&*entry.key).map_or(&*entry.key, |renamed| &renamed.name);
            let at = pointer::join("/components/schemas", &*entry.key);
            let path = SchemaPath::root(RootId(index), at, stem);
            components.push(Component { name: &entry.key, node: &entry.value, path });
        }
        let by_address = components.iter().enumerate().map(|(index, c)| (address(c.node), index)).collect();
        let by_name = components.iter().enumerate().map(|(index, c)| (c.name, index)).collect();
        let nodes = document.root.size();
        let mut graph = Self {
            document,
            components,
            nodes,
            by_address,
            by_name,
            subtypes: HashMap::new(),
            without_subtypes: None,
            differing: RefCell::default(),
            nullable: RefCell::default(),
            visits: Cell::new(MERGE_VISITS.of(nodes)),
        };
        (graph.subtypes, graph.without_subtypes) = graph.find_subtypes();
        graph
    }

    /// The index of the component, if a node is a component.
    pub(super) fn component(&self, node: &Node) -> Option<usize> {
        self.by_address.get(&address(node)).copied()
    }

    pub(super) fn component_named(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    pub(super) fn conjunct(&self, component: usize) -> Option<Conjunct<'d>> {
        let component = self.components.get(component)?;
        Some(Conjunct::new(component.node, component.path.clone()))
    }

    /// The target of a reference: a component, or a schema nested in the document.
    pub(super) fn target(&self, reference: &str) -> Option<Conjunct<'d>> {
        let plain = reference.strip_prefix("#/components/schemas/").filter(|rest| !rest.contains(['/', '~', '%']));
        if let Some(component) = plain.and_then(|name| self.component_named(name)) {
            return self.conjunct(component);
        }
        let node = resolve(&self.document.root, reference)?;
        if let Some(component) = self.component(node) {
            return self.conjunct(component);
        }
        Some(Conjunct::new(node, self.nested_path(reference)))
    }

    /// The path of a schema that a reference reaches inside a component or an operation.
    fn nested_path(&self, reference: &str) -> SchemaPath {
        let pointer = pointer::of_reference(reference).unwrap_or_default();
        let tokens: Vec<String> = pointer::tokens(&pointer).into_iter().flatten().map(Into::into).collect();
        let component = match tokens.as_slice() {
            [first, second, name, rest @ ..] if first == "components" && second == "schemas" => {
                self.component_named(name).and_then(|index| self.components.get(index)).map(|c| (c.path.clone(), rest))
            }
            _ => None,
        };
        let Some((mut path, mut rest)) = component else {
            let words = tokens.iter().filter(|token| !STRUCTURE.contains(&token.as_str())).map(String::as_str);
            let stem = words.collect::<Vec<_>>().join("-");
            return SchemaPath::root(RootId(self.components.len()), pointer.into_owned(), stem);
        };
        while let Some((keyword, after)) = rest.split_first() {
            (path, rest) = match (keyword.as_str(), after.split_first()) {
                ("properties" | "patternProperties", Some((key, after))) => (path.property(keyword, key), after),
                ("allOf" | "oneOf" | "anyOf" | "prefixItems", Some((index, after))) => {
                    (path.member(keyword, index.parse().unwrap_or(0)), after)
                }
                _ => (path.keyword(keyword), after),
            };
        }
        path
    }

    /// Whether schemas can still be merged completely. Once they cannot, no type is made of them.
    pub(super) fn can_merge(&self) -> bool {
        self.visits.get() > 0
    }

    /// Resolves `$ref` and `allOf`, bases first. Every node is visited at most once, so cycles end.
    pub(super) fn flatten(&self, conjunction: &[Conjunct<'d>]) -> Flat<'d> {
        let flat = self.flatten_within(conjunction, self.visits.get().clamp(LEAST_MERGE_VISITS, CONJUNCTION_NODES));
        self.visits.set(self.visits.get().saturating_sub(flat.cost()));
        flat
    }

    fn flatten_within(&self, conjunction: &[Conjunct<'d>], most: usize) -> Flat<'d> {
        let mut flat = Flat::default();
        let mut open: Vec<Conjunct<'d>> = conjunction.iter().rev().cloned().collect();
        while let Some(conjunct) = open.pop() {
            if conjunct.skip.has(Skip::REFERENCE) {
                flat.conjuncts.push(conjunct);
                continue;
            }
            if flat.seen.len() > most || !flat.seen.insert(address(conjunct.node)) {
                continue;
            }
            let target = conjunct.reference().and_then(|reference| self.target(reference));
            let bases = conjunct.members("allOf");
            open.push(conjunct.skipping(Skip::REFERENCE.with(Skip::ALL_OF)));
            open.extend(bases.into_iter().rev());
            open.extend(target);
        }
        flat
    }

    /// Components that extend this one through `allOf`, if it has a discriminator that
    /// distinguishes them.
    pub(super) fn subtypes(&self, component: usize) -> &[usize] {
        self.subtypes.get(&component).map_or(&[], Vec::as_slice)
    }

    /// Whether values of a component may be those of components that extend it.
    pub(super) fn is_parent(&self, conjunct: &Conjunct<'d>) -> bool {
        self.component(conjunct.node).is_some_and(|component| !self.subtypes(component).is_empty())
    }

    /// The schema whose discriminator distinguishes the subtypes of a schema: the schema itself, or
    /// the nearest one that it extends.
    pub(super) fn discriminator(&self, schema: &Conjunct<'d>) -> Option<Conjunct<'d>> {
        let named = |node: &Node| node.get("discriminator").is_some_and(|node| node.get("propertyName").is_some());
        if named(schema.node) {
            return Some(schema.clone());
        }
        let flat = self.flatten(std::slice::from_ref(schema));
        flat.conjuncts.into_iter().rev().find(|conjunct| named(conjunct.node))
    }

    /// The subtypes of each component, and the first for which finding them would take too long.
    fn find_subtypes(&self) -> (HashMap<usize, Vec<usize>>, Option<usize>) {
        let children = self.children();
        let mut subtypes = HashMap::new();
        let mut visits = Visits { left: SUBTYPE_VISITS.of(self.nodes), sizes: HashMap::new() };
        for (index, component) in self.components.iter().enumerate() {
            let own = |keyword: &str| component.node.get(keyword);
            if own("oneOf").is_some() || own("anyOf").is_some() {
                continue;
            }
            let is_own = own("discriminator").is_some_and(|node| node.get("propertyName").is_some());
            let inherits = || children.contains_key(&index) && self.inherits_discriminator(index);
            if !is_own && !inherits() {
                continue;
            }
            let mut found = descendants(index, &children);
            if is_own {
                found.extend(self.mapped(component.node).into_iter().filter(|subtype| *subtype != index));
            } else if found.is_empty() {
                continue;
            }
            found.sort_unstable();
            found.dedup();
            if !found.iter().chain([&index]).all(|schema| visits.pay_for(self, *schema)) {
                return (subtypes, Some(index));
            }
            subtypes.insert(index, found);
        }
        (subtypes, None)
    }

    /// The components that name each component in their `allOf`.
    fn children(&self) -> HashMap<usize, Vec<usize>> {
        let mut children: HashMap<usize, Vec<usize>> = HashMap::new();
        for index in 0..self.components.len() {
            let bases = self.conjunct(index).map(|conjunct| conjunct.members("allOf")).unwrap_or_default();
            let parents = bases.iter().filter_map(|base| self.target(base.reference()?));
            for parent in parents.filter_map(|parent| self.component(parent.node)) {
                children.entry(parent).or_default().push(index);
            }
        }
        children
    }

    /// The cost of what a component consists of, with the schemas that it extends.
    fn size(&self, component: usize) -> usize {
        self.conjunct(component).map_or(0, |conjunct| self.flatten(&[conjunct]).cost())
    }

    fn inherits_discriminator(&self, component: usize) -> bool {
        self.conjunct(component).is_some_and(|conjunct| self.discriminator(&conjunct).is_some())
    }

    /// Components that the mapping of a discriminator names.
    fn mapped(&self, node: &Node) -> Vec<usize> {
        let mapping = node.get("discriminator").and_then(|node| node.get("mapping")).and_then(Node::as_object);
        let targets = mapping.into_iter().flatten().filter_map(|entry| entry.value.as_str());
        targets.filter_map(|target| self.mapping_target(target)).collect()
    }

    /// The component that an entry of a mapping names, by reference or by name.
    pub(super) fn mapping_target(&self, text: &str) -> Option<usize> {
        let by_name = self.component_named(text);
        by_name.or_else(|| self.component(self.target(text)?.node)).or_else(|| {
            let last = text.rsplit(['/', '#']).next()?;
            let stem = last.split('.').next().unwrap_or(last);
            self.component_named(last).or_else(|| self.component_named(stem))
        })
    }
}

/// What finding subtypes may still cost.
struct Visits {
    left: usize,
    /// Sizes of components, each found once.
    sizes: HashMap<usize, usize>,
}

impl Visits {
    /// Pays for telling a component from others; `false` if too little is left.
    fn pay_for(&mut self, graph: &Graph<'_>, component: usize) -> bool {
        let size = *self.sizes.entry(component).or_insert_with(|| graph.size(component));
        let rest = self.left.checked_sub(size);
        self.left = rest.unwrap_or(0);
        rest.is_some()
    }
}

fn descendants(of: usize, children: &HashMap<usize, Vec<usize>>) -> Vec<usize> {
    let mut found = BTreeSet::new();
    let mut open = vec![of];
    while let Some(parent) = open.pop() {
        let new = children.get(&parent).into_iter().flatten().filter(|child| **child != of && found.insert(**child));
        open.extend(new);
    }
    found.into_iter().collect()
}

/// Tokens of a pointer that do not describe a schema.
const STRUCTURE: &[&str] = &[
    "paths",
    "components",
    "content",
    "schema",
    "schemas",
    "responses",
    "parameters",
    "application/json",
    "properties",
];

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{Choices, Graph, LEAST_MERGE_VISITS};
    use crate::ir::types::tests::document;

    #[test]
    fn merging_ends_once_all_visits_are_spent() {
        let mut schemas = String::new();
        for level in 0..100 {
            let _ = writeln!(schemas, "    S{level}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}]}}", level + 1);
        }
        let document = document(&(schemas + "    S100: {type: object}"));
        let graph = Graph::new(&document, &Choices::default());
        let whole = graph.size(0);
        assert!(whole > 100 && graph.can_merge(), "{whole}");
        graph.visits.set(1);
        assert!(graph.size(0) <= LEAST_MERGE_VISITS + 1);
        assert!(!graph.can_merge());
    }
}
