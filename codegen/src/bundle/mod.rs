//! Turns a tree with references to other files into one tree with references to itself.
//!
//! `$ref: schemas/Pet.yaml` becomes `$ref: '#/components/schemas/Pet'`, and the content of the file
//! becomes that component. Objects that have no section under `components`, such as path items,
//! replace the reference.
//!
//! **Invariant:** nodes keep the spans from which they were read, and a reference that leads
//! nowhere is kept, with a diagnostic.

mod cursor;
mod files;
mod names;
mod resolve;
mod walk;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use cursor::Cursor;
use files::{Files, ROOT, Target};

use crate::diagnostics::{Diagnostic, Diagnostics, Effect, codes};
use crate::document::parse::Tree;
use crate::document::{Entry, Limits, Node, Object, Reader, Sources, Span, Value, VersionLine, pointer};
use crate::openapi::grammar::{Form, Kind, Position};

/// Joins a document and the files to which it refers into one tree.
pub(crate) fn bundle(
    tree: Tree,
    path: &str,
    reader: &dyn Reader,
    limits: &Limits,
    version: VersionLine,
    sources: &mut Sources,
    out: &mut Diagnostics,
) -> Node {
    if !tree.linked {
        return tree.root;
    }
    let mut bundler = Bundler {
        files: Files::new(path, &tree, reader, limits, version),
        limits,
        version,
        sources,
        out,
        names: BTreeMap::new(),
        taken: BTreeMap::new(),
        queue: VecDeque::new(),
        budget: limits.expansion,
    };
    bundler.run(tree.root)
}

/// The section of `components`, or of a Swagger 2.0 document, that contains objects of a kind in
/// every version. Objects of other kinds replace the reference.
fn section_of(kind: Kind, version: VersionLine) -> Option<&'static str> {
    if version == VersionLine::V2_0 {
        let mut fields = Kind::OpenApi.fields_in(version);
        return fields.find(|field| field.form == Form::Named(kind)).map(|field| field.key);
    }
    let field = kind.folder().and_then(|folder| Kind::Components.field(folder))?;
    field.is_in(VersionLine::V3_0).then_some(field.key)
}

/// An object from another file that becomes a component.
struct Hoisted {
    kind: Kind,
    section: &'static str,
    name: String,
    target: Target,
}

struct Bundler<'b> {
    files: Files<'b>,
    limits: &'b Limits,
    /// The version of the root file.
    version: VersionLine,
    sources: &'b mut Sources,
    out: &'b mut Diagnostics,
    /// The names given to nodes of other files, by section.
    names: BTreeMap<(&'static str, Target), String>,
    /// The names in use, by section.
    taken: BTreeMap<&'static str, BTreeSet<String>>,
    queue: VecDeque<Hoisted>,
    /// The number of bytes that copies may still add.
    budget: usize,
}

impl Bundler<'_> {
    fn run(&mut self, mut root: Node) -> Node {
        self.keep_own_names(&root);
        let mut cursor = Cursor::new(ROOT, String::new());
        self.walk(&mut root, Position::DOCUMENT, &mut cursor);
        while let Some(hoisted) = self.queue.pop_front() {
            let Some(mut node) = self.files.node(&hoisted.target).cloned() else {
                continue;
            };
            let mut cursor = Cursor::new(hoisted.target.file, hoisted.target.pointer);
            self.walk(&mut node, Position::Object(hoisted.kind), &mut cursor);
            self.put(&mut root, hoisted.section, hoisted.name, node);
        }
        root
    }

    /// If a component is only a reference to a file, the target gets the name of that component.
    fn keep_own_names(&mut self, root: &Node) {
        let (holder, of) = match self.version {
            VersionLine::V2_0 => (Some(root), Kind::OpenApi),
            _ => (root.get("components"), Kind::Components),
        };
        for section in holder.and_then(Node::as_object).into_iter().flatten() {
            let Some(Form::Named(kind)) = of.form_in(&section.key, self.version) else {
                continue;
            };
            let Some(section_name) = section_of(kind, self.version) else {
                continue;
            };
            for entry in section.value.as_object().into_iter().flatten() {
                self.taken.entry(section_name).or_default().insert(entry.key.to_string());
            }
            for entry in section.value.as_object().into_iter().flatten() {
                let at = pointer::join(&pointer::join(self.above_sections(), &section.key), &entry.key);
                self.keep_own_name(kind, section_name, entry, at);
            }
        }
    }

    fn keep_own_name(&mut self, kind: Kind, section: &'static str, entry: &Entry, at: String) {
        let pure = entry.value.as_object().is_some_and(|object| object.len() == 1);
        let Some(reference) = entry.value.get("$ref").filter(|_| pure) else {
            return;
        };
        let Some(text) = reference.as_str().filter(|text| !text.starts_with('#')) else {
            return;
        };
        let cursor = Cursor::new(ROOT, at);
        let Some(target) = self.target(text, reference.span, &cursor, resolve::Report::Quiet) else {
            return;
        };
        let target = self.last_of_chain(target);
        let key = (section, target.clone());
        if target.file != ROOT && !self.names.contains_key(&key) {
            let name = entry.key.to_string();
            self.names.insert(key, name.clone());
            self.queue.push_back(Hoisted { kind, section, name, target });
        }
    }

    /// Turns an object from another file into a component and returns the reference to it.
    fn hoist(&mut self, kind: Kind, section: &'static str, target: Target) -> String {
        let target = self.last_of_chain(target);
        if target.file == ROOT {
            return pointer::to_reference(&target.pointer);
        }
        let key = (section, target.clone());
        let name = self.names.get(&key).cloned().unwrap_or_else(|| {
            let taken = self.taken.entry(section).or_default();
            let name = names::choose(self.files.path(target.file), &target, taken);
            taken.insert(name.clone());
            self.names.insert(key, name.clone());
            self.queue.push_back(Hoisted { kind, section, name: name.clone(), target });
            name
        });
        pointer::to_reference(&pointer::join(&pointer::join(self.above_sections(), section), name))
    }

    /// The pointer of the object that contains the sections.
    fn above_sections(&self) -> &'static str {
        if self.version == VersionLine::V2_0 { "" } else { "/components" }
    }

    fn put(&mut self, root: &mut Node, section: &str, name: String, node: Node) {
        let span = root.span;
        let holder = match self.version {
            VersionLine::V2_0 => Some(root),
            _ => self.object_at(root, "components", span),
        };
        let Some(section) = holder.and_then(|holder| self.object_at(holder, section, span)) else {
            return;
        };
        if let Some(object) = section.as_object_mut() {
            object.insert_entry(Entry { key: name.into(), key_span: node.span, value: node });
        }
    }

    /// The object under a key, which is created if it is absent.
    fn object_at<'n>(&mut self, parent: &'n mut Node, key: &str, span: Span) -> Option<&'n mut Node> {
        let object = parent.as_object_mut()?;
        match object.get(key) {
            Some(node) if node.as_object().is_some() => {}
            old => {
                if let Some(old) = old {
                    let message = format!("`{key}` is of type {}, not an object", old.value.kind());
                    let diagnostic = Diagnostic::new(&codes::NOT_AN_OBJECT, old, message);
                    self.out.report(diagnostic.warning(Effect::Degraded).help("its entries are names with objects"));
                }
                object.insert(key, Node { value: Value::Object(Object::new()), span });
            }
        }
        object.get_mut(key)
    }
}

#[cfg(test)]
mod tests;
