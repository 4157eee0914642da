//! Rewrites each reference in a tree that leads to another file.

use std::mem::size_of;

use super::cursor::Cursor;
use super::files::{ROOT, Target, join_uri};
use super::resolve::Report;
use super::{Bundler, section_of};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Object, Value, pointer};
use crate::openapi::grammar::{Kind, Position};

impl Bundler<'_> {
    /// Rewrites the references in a tree. The limits bound its depth.
    pub(super) fn walk(&mut self, node: &mut Node, position: Position, cursor: &mut Cursor) {
        if !matches!(node.value, Value::Array(_) | Value::Object(_)) {
            return;
        }
        if cursor.depth >= self.limits.depth {
            let message = format!("inlined files nest more than {} levels deep", self.limits.depth);
            let diagnostic = Diagnostic::new(&codes::TOO_DEEP, &*node, message);
            self.out.report(diagnostic.help("move inner parts to `components`").at(cursor.at.clone()));
            node.value = Value::Null;
            return;
        }
        let outer = cursor.scope.clone();
        if position.kind() == Some(Kind::Schema) {
            self.enter_scope(node, cursor);
        }
        cursor.depth += 1;
        self.walk_below(node, position, cursor);
        cursor.depth -= 1;
        self.reference(node, position, cursor);
        cursor.scope = outer;
    }

    fn enter_scope(&self, node: &Node, cursor: &mut Cursor) {
        let Some(id) = node.get("$id").and_then(Node::as_str) else {
            return;
        };
        let base = cursor.scope.as_ref().map_or_else(|| self.files.uri(cursor.file), |scope| scope.0.clone());
        if let Some(uri) = join_uri(&base, id) {
            cursor.scope = Some((uri, Target { file: cursor.file, pointer: cursor.at.clone() }));
        }
    }

    fn walk_below(&mut self, node: &mut Node, position: Position, cursor: &mut Cursor) {
        let length = cursor.at.len();
        match &mut node.value {
            Value::Array(nodes) => {
                for (index, node) in nodes.iter_mut().enumerate() {
                    let index = index.to_string();
                    cursor.at.push('/');
                    cursor.at.push_str(&index);
                    self.walk(node, position.below_in(&index, self.version), cursor);
                    cursor.at.truncate(length);
                }
            }
            Value::Object(object) => {
                for (key, node) in object.iter_mut() {
                    cursor.at.push('/');
                    cursor.at.push_str(&pointer::escape(key));
                    if position == Position::Object(Kind::Discriminator) && key == "mapping" {
                        self.mapping(node, cursor);
                    } else {
                        self.walk(node, position.below_in(key, self.version), cursor);
                    }
                    cursor.at.truncate(length);
                }
            }
            _ => {}
        }
    }

    /// Rewrites the values of `discriminator.mapping`. A value that does not look like a reference
    /// is the name of a schema.
    fn mapping(&mut self, node: &mut Node, cursor: &mut Cursor) {
        let length = cursor.at.len();
        for (key, value) in node.as_object_mut().into_iter().flat_map(Object::iter_mut) {
            cursor.at.push('/');
            cursor.at.push_str(&pointer::escape(key));
            self.mapping_value(value, cursor);
            cursor.at.truncate(length);
        }
    }

    fn mapping_value(&mut self, value: &mut Node, cursor: &Cursor) {
        let Some(text) = value.as_str().map(str::to_owned) else {
            return;
        };
        let local = cursor.file == ROOT && text.starts_with('#');
        if local || !(names_a_file(&text) || text.contains(['/', '#'])) {
            return;
        }
        if let Some(target) = self.target(&text, value.span, cursor, Report::Loud) {
            value.value = Value::String(self.hoist(Kind::Schema, "schemas", target));
        }
    }

    fn reference(&mut self, node: &mut Node, position: Position, cursor: &mut Cursor) {
        let Some(reference) = node.get("$ref") else {
            return;
        };
        let span = reference.span;
        let Some(text) = reference.as_str().map(str::to_owned) else {
            self.not_text(node, position, cursor);
            return;
        };
        if position == Position::Data {
            self.literal(node, &text, cursor);
            return;
        }
        let Some(target) = self.target(&text, span, cursor, Report::Loud) else {
            return;
        };
        let local = cursor.file == ROOT && target.file == ROOT;
        match position.kind().and_then(|kind| Some((kind, section_of(kind, self.version)?))) {
            Some((kind, section)) => {
                let rewritten = self.hoist(kind, section, target);
                set_reference(node, rewritten);
            }
            None if local => set_reference(node, pointer::to_reference(&target.pointer)),
            None => self.inline(node, position, target, cursor),
        }
    }

    /// Removes a `$ref` that is not a string, unless it is a property with that name.
    fn not_text(&mut self, node: &mut Node, position: Position, cursor: &Cursor) {
        let named = matches!(position, Position::Named(_) | Position::List(_) | Position::Data);
        let Some(object) = node.as_object_mut().filter(|_| !named) else {
            return;
        };
        if let Some(entry) = object.remove_entry("$ref") {
            let message = format!("`$ref` is of type {}, not a string", entry.value.value.kind());
            let diagnostic = Diagnostic::new(&codes::INVALID_REFERENCE, &entry.value, message);
            let help = "write a reference such as `'#/components/schemas/Pet'`, in quotes";
            self.out.report(diagnostic.help(help).at(pointer::join(&cursor.at, "$ref")));
        }
    }

    /// Examples are data, but many documents refer to files in them.
    fn literal(&mut self, node: &mut Node, text: &str, cursor: &mut Cursor) {
        let pure = node.as_object().is_some_and(|object| object.len() == 1);
        if !pure || !text.split('#').next().is_some_and(names_a_file) {
            return;
        }
        if let Some(target) = self.target(text, node.span, cursor, Report::Quiet) {
            self.inline(node, Position::Data, target, cursor);
        }
    }

    /// Replaces a reference with a copy of its target. Entries next to `$ref` take precedence.
    fn inline(&mut self, node: &mut Node, position: Position, target: Target, cursor: &mut Cursor) {
        if cursor.active.contains(&target) {
            let message = "this reference leads back to itself";
            let diagnostic = Diagnostic::new(&codes::REFERENCE_CYCLE, &*node, message).at(cursor.at.clone());
            self.out.report(diagnostic.help("write the content out in one of the files"));
            return;
        }
        let Some(mut copy) = self.files.node(&target).cloned() else {
            return;
        };
        if !self.spend(&copy) {
            let message = "references expand to more than fits into memory";
            let diagnostic = Diagnostic::new(&codes::ALIAS_EXPANSION, &*node, message).at(cursor.at.clone());
            self.out.report(diagnostic.help("move the targets to `components`, where they are not copied"));
            return;
        }
        let mut active = cursor.active.clone();
        active.push(target.clone());
        let mut inner = Cursor { file: target.file, at: target.pointer, scope: None, active, depth: cursor.depth };
        self.walk(&mut copy, position, &mut inner);
        if let (Some(into), Some(siblings)) = (copy.as_object_mut(), node.as_object()) {
            let siblings = siblings.iter().filter(|entry| &*entry.key != "$ref");
            into.extend(siblings.cloned());
        }
        *node = copy;
    }

    /// Deducts the size of another copy of a node from the budget; `false` if the budget is too
    /// small.
    fn spend(&mut self, node: &Node) -> bool {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            let text = node.as_str().map_or(0, str::len);
            match self.budget.checked_sub(size_of::<Entry>() + text) {
                Some(rest) => self.budget = rest,
                None => return false,
            }
            open.extend(node.children());
        }
        true
    }
}

fn names_a_file(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [".json", ".yaml", ".yml"].iter().any(|extension| path.ends_with(extension))
}

fn set_reference(node: &mut Node, text: String) {
    if let Some(reference) = node.as_object_mut().and_then(|object: &mut Object| object.get_mut("$ref")) {
        reference.value = Value::String(text);
    }
}
