//! Makes the types that operations request, and keeps those made so far.
//!
//! **Invariant:** definitions get their content from a queue, so that no chain of references
//! exhausts the stack.

use std::collections::{BTreeSet, HashMap, VecDeque};

use super::conjunction::{Conjunct, Skip, address};
use super::graph::Graph;
use super::inspector::Inspector;
use super::kind::{Facet, Schema};
use super::made::{Made, TypeSource};
use super::mode::Mode;
use super::path::{RootId, SchemaPath};
use super::{Choices, NameHint};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node};
use crate::ir::model::{Decoration, Origin, Shape, TypeDef, TypeId, TypeKind, TypeName, TypeTable, TypeUse, Usage};
use crate::ir::naming::Naming;
use crate::limits::{COMPARED_SCHEMAS, FIELDS, MERGED_TYPES};
use crate::openapi::equality::alike;

/// The identity of a type: its nodes, facet and mode. It is only looked up, never ordered.
///
/// A type made of several nodes belongs to the component or operation that combines them, and is
/// named after it. Another one may combine the same nodes, and must not lose its name when the
/// first is removed.
type Key = (Vec<(usize, bool)>, Facet, Mode, Option<RootId>);

/// The type of a schema in a component that operations share.
#[derive(Debug)]
struct Asked<'d> {
    node: &'d Node,
    ty: TypeUse,
}

/// A definition that has an ID but no content yet.
#[derive(Debug)]
pub(super) struct Pending<'d> {
    pub(super) id: TypeId,
    pub(super) schema: Option<Schema<'d>>,
    pub(super) conjuncts: Vec<Conjunct<'d>>,
    pub(super) path: SchemaPath,
    pub(super) mode: Mode,
}

/// Makes the types of schemas. Names of definitions are placeholders until
/// [`finish`](super::finish) sets them.
#[derive(Debug)]
pub struct TypeBuilder<'d> {
    pub(super) inspector: Inspector<'d>,
    pub(super) choices: Choices,
    pub(super) naming: Naming,
    pub(super) table: TypeTable,
    pub(super) sources: Vec<TypeSource>,
    pub(super) component_names: Vec<TypeName>,
    ids: HashMap<Key, TypeId>,
    queue: VecDeque<Pending<'d>>,
    /// Schemas of components that are copied into several operations, by name. Each is typed once.
    asked: HashMap<(String, Mode), Vec<Asked<'d>>>,
    pub(super) roots: Vec<(TypeId, Usage)>,
    pub(super) parameters: HashMap<String, Vec<TypeId>>,
    merged: usize,
    pub(super) fields: usize,
    local_roots: usize,
}

impl<'d> TypeBuilder<'d> {
    /// A builder that has taken the names of all component schemas.
    #[must_use]
    pub fn new(document: &'d Document, choices: &Choices) -> Self {
        let inspector = Inspector::new(document, choices);
        let mut naming = Naming::new();
        let stems: Vec<String> = inspector.graph.components.iter().map(|component| component.path.name()).collect();
        let stems: Vec<&str> = stems.iter().map(String::as_str).collect();
        let component_names = naming.type_names(&stems);
        Self {
            inspector,
            choices: choices.clone(),
            naming,
            table: TypeTable { foreign: choices.foreign.clone(), ..TypeTable::default() },
            sources: Vec::new(),
            component_names,
            ids: HashMap::new(),
            queue: VecDeque::new(),
            asked: HashMap::new(),
            roots: Vec::new(),
            parameters: HashMap::new(),
            merged: 0,
            fields: 0,
            local_roots: 0,
        }
    }

    /// The schemas of the document.
    pub(super) fn graph(&self) -> &Graph<'d> {
        &self.inspector.graph
    }

    /// The names of the API's types. Operations claim theirs before [`finish`](super::finish).
    pub fn naming(&mut self) -> &mut Naming {
        &mut self.naming
    }

    /// The type of a schema in an operation: of a parameter, body, response or header.
    pub fn type_use(
        &mut self,
        schema: &'d Node,
        pointer: &str,
        usage: Usage,
        hint: &NameHint,
        out: &mut Diagnostics,
    ) -> TypeUse {
        let mode = Mode::of(usage);
        let ty = match self.asked_before(schema, mode, hint) {
            Some(ty) => ty,
            None => self.ask(schema, pointer, mode, hint),
        };
        self.use_in(&ty, usage);
        out.extend(self.inspector.take_diagnostics());
        ty
    }

    /// The type of a schema of a component that was requested before.
    pub(super) fn asked_before(&self, schema: &Node, mode: Mode, hint: &NameHint) -> Option<TypeUse> {
        let earlier = self.asked.get(&(hint.raw(), mode)).filter(|_| hint.is_shared())?;
        let known = earlier.iter().take(COMPARED_SCHEMAS).find(|asked| alike(asked.node, schema))?;
        Some(known.ty.clone())
    }

    /// Records the type of a schema of a component.
    pub(super) fn remember(&mut self, node: &'d Node, mode: Mode, hint: &NameHint, ty: &TypeUse) {
        if hint.is_shared() {
            self.asked.entry((hint.raw(), mode)).or_default().push(Asked { node, ty: ty.clone() });
        }
    }

    fn ask(&mut self, schema: &'d Node, pointer: &str, mode: Mode, hint: &NameHint) -> TypeUse {
        let path = self.root_path(schema, pointer, &hint.raw());
        self.inspector.reset_budget();
        let ty = self.typed(vec![Conjunct::new(schema, path.clone())], &path, mode);
        self.drain();
        self.remember(schema, mode, hint, &ty);
        ty
    }

    /// The path of a schema in an operation. If the schema is a component, it is the component's
    /// path; otherwise, it is a new root.
    pub(super) fn root_path(&mut self, schema: &'d Node, pointer: &str, stem: &str) -> SchemaPath {
        if let Some(conjunct) = self.graph().component(schema).and_then(|component| self.graph().conjunct(component)) {
            return conjunct.path;
        }
        self.local_roots += 1;
        let root = RootId(self.graph().components.len() + self.local_roots);
        SchemaPath::root(root, pointer.strip_prefix('#').unwrap_or(pointer), stem)
    }

    /// Records the direction in which values of the types in a use are sent.
    pub(super) fn use_in(&mut self, ty: &TypeUse, usage: Usage) {
        let mut ids = Vec::new();
        ty.mentions(&mut ids);
        self.roots.extend(ids.into_iter().map(|id| (id, usage)));
    }

    /// A definition. Its fields and variants are final, but its name and flags are not.
    #[must_use]
    pub fn definition(&self, id: TypeId) -> &TypeDef {
        self.table.get(id)
    }

    /// All types, including those of component schemas that no operation reaches, unless those are
    /// pruned.
    pub(super) fn into_made(mut self) -> Made<'d> {
        let kept = if self.choices.prune { Vec::new() } else { self.make_components() };
        Made {
            kept,
            table: self.table,
            sources: self.sources,
            roots: self.roots,
            naming: self.naming,
            component_names: self.component_names,
            component_roots: self.inspector.graph.components.iter().map(|component| component.path.name()).collect(),
            schema_names: self.inspector.graph.components.iter().map(|component| component.name).collect(),
            choices: self.inspector.take_choices(self.choices),
            diagnostics: self.inspector.take_diagnostics(),
        }
    }

    /// Makes the types of the component schemas that have their plain names, whether or not an
    /// operation reaches them. Returns the types of all component schemas.
    fn make_components(&mut self) -> Vec<TypeId> {
        let mut all = Vec::new();
        let mut seen = 0;
        let mut reached: BTreeSet<(usize, Mode)> = BTreeSet::new();
        for index in 0..self.graph().components.len() {
            let new = self.sources.iter().skip(seen);
            reached.extend(new.filter_map(|source| Some((source.component?, source.mode))));
            seen = self.sources.len();
            let Some(conjunct) = self.graph().conjunct(index) else { continue };
            let usual = Mode::usual(&conjunct.path.name());
            let mode = self.graph().mode(std::slice::from_ref(&conjunct), usual);
            if reached.contains(&(index, mode)) {
                continue;
            }
            all.push(self.target_type(&conjunct, mode));
            self.drain();
        }
        let ids = (0u32..).map(TypeId).zip(&self.sources);
        all.extend(ids.filter(|(_, source)| source.component.is_some()).map(|(id, _)| id));
        all
    }

    /// The type that is made from the target of a reference.
    pub(super) fn target_type(&mut self, target: &Conjunct<'d>, mode: Mode) -> TypeId {
        let path = target.path.clone();
        self.intern(std::slice::from_ref(target), Facet::Whole, &path, mode, None)
    }

    /// The type that is made from some nodes. It gets its content from the queue.
    pub(super) fn intern(
        &mut self,
        conjuncts: &[Conjunct<'d>],
        facet: Facet,
        path: &SchemaPath,
        mode: Mode,
        schema: Option<Schema<'d>>,
    ) -> TypeId {
        let nodes = conjuncts.iter().map(|conjunct| (address(conjunct.node), conjunct.skip.has(Skip::ALTERNATIVES)));
        let owner = (conjuncts.len() > 1).then(|| path.root_id());
        let key = (nodes.collect(), facet, mode, owner);
        if let Some(id) = self.ids.get(&key) {
            return *id;
        }
        let id = self.reserve(conjuncts, path, mode);
        self.ids.insert(key, id);
        self.queue.push_back(Pending { id, schema, conjuncts: conjuncts.to_vec(), path: path.clone(), mode });
        id
    }

    /// Counts a type, and returns whether it is within the limit for types made from several nodes.
    pub(super) fn may_merge(&mut self, conjuncts: &[Conjunct<'d>]) -> bool {
        self.merged += usize::from(conjuncts.len() > 1);
        self.merged <= MERGED_TYPES
    }

    /// Counts properties, and returns whether they are within the limit.
    pub(super) fn spend_fields(&mut self, count: usize) -> bool {
        self.fields += count;
        self.fields <= FIELDS.of(self.graph().nodes)
    }

    /// An ID without content.
    pub(super) fn reserve(&mut self, conjuncts: &[Conjunct<'d>], path: &SchemaPath, mode: Mode) -> TypeId {
        let span = conjuncts.first().map(Conjunct::span).unwrap_or_default();
        let component = match conjuncts {
            [only] if path.is_root() && !only.skip.has(Skip::ALTERNATIVES) => self.graph().component(only.node),
            _ => None,
        };
        let schema_name =
            component.and_then(|index| self.graph().components.get(index)).map(|component| component.name.to_owned());
        let sources = &self.graph().document.sources;
        let file = sources.path(span).to_owned();
        let origin = Origin { file, pointer: path.pointer(), line: sources.line(span) };
        self.sources.push(TypeSource { path: path.clone(), mode, component, span, stem: None });
        self.table.push(TypeDef {
            name: TypeName::from_naming("Unnamed"),
            schema_name,
            doc: super::doc::of_parts(conjuncts),
            origin,
            kind: TypeKind::Alias(TypeUse {
                shape: Shape::Any,
                nullable: false,
                constraints: crate::ir::model::Constraints::default(),
            }),
            reading: mode.reading(),
            usage: Usage::default(),
            shared: None,
            default: false,
            eq: false,
            decoration: Decoration::default(),
            assertions: Vec::new(),
        })
    }

    /// Gives content to every type in the queue, including those that are added in the process.
    pub(super) fn drain(&mut self) {
        while let Some(pending) = self.queue.pop_front() {
            self.inspector.reset_budget();
            self.define(pending);
        }
    }
}
