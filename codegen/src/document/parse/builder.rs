//! Builds a tree from a flat sequence of opening, closing and scalar nodes, without recursion, and
//! reports keys that occur twice.

use std::collections::HashSet;
use std::mem::size_of;
use std::sync::Arc;

use super::{Limits, Node, SourceId, Span, Value};
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::document::{Entry, Object, pointer};
use crate::limits::REPORTED_DUPLICATES;

/// A file as a tree.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    /// The whole file.
    pub root: Node,
    /// Whether the file has references that must be bundled: they are not plain `#/...`, or may be
    /// relative to a schema with an `$id`.
    pub linked: bool,
    /// The number of values.
    pub values: usize,
}

/// A complete node and its weight.
#[derive(Clone, Debug)]
pub(super) struct Weighed {
    pub node: Node,
    /// Its size in memory, roughly in bytes.
    pub cost: usize,
    /// The levels of arrays and objects in it.
    pub height: usize,
}

impl Weighed {
    /// A node with nothing below it.
    pub fn scalar(node: Node) -> Self {
        let text = node.as_str().map_or(0, str::len);
        Self { node, cost: size_of::<Entry>() + text, height: 0 }
    }
}

/// The key of the value that follows.
enum Key {
    Named(Arc<str>, Span),
    /// `<<`
    Merge(Span),
    /// A key that JSON cannot express. Its value is left out.
    Discarded,
}

enum Content {
    Array(Vec<Node>),
    Object { object: Object, key: Option<Key>, merges: Vec<(Span, Node)> },
}

/// An array or object that is not closed yet.
struct Open {
    content: Content,
    span: Span,
    anchor: usize,
    /// Whether it is used as a key.
    is_key: bool,
    cost: usize,
    height: usize,
    /// The length of its pointer.
    pointer: usize,
}

/// An array or object that has just been closed.
pub(super) struct Closed {
    pub weighed: Weighed,
    pub anchor: usize,
    /// Whether it was at the position of a key.
    pub is_key: bool,
}

/// The tree under construction.
pub(super) struct Builder<'b> {
    source: SourceId,
    limits: &'b Limits,
    out: &'b mut Diagnostics,
    open: Vec<Open>,
    /// The keys so far, which equal keys share. The set is only looked up, never iterated.
    keys: HashSet<Arc<str>>,
    links: Links,
    /// The values so far, the bytes of their pointers, and the keys that occur twice.
    values: usize,
    pointers: usize,
    duplicates: usize,
}

/// The kinds of references and targets in the file.
#[derive(Clone, Copy, Debug, Default)]
struct Links {
    /// A reference to another file or to an anchor.
    far: bool,
    /// A reference into this file that may be relative to a schema with an `$id`.
    near: bool,
    /// A schema with an `$id`.
    named: bool,
}

impl<'b> Builder<'b> {
    pub fn new(source: SourceId, limits: &'b Limits, out: &'b mut Diagnostics) -> Self {
        let (open, keys, links) = (Vec::new(), HashSet::new(), Links::default());
        Self { source, limits, out, open, keys, links, values: 0, pointers: 0, duplicates: 0 }
    }

    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.source, start, end)
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        let pointer = self.pointer();
        self.out.report(diagnostic.at(pointer));
    }

    /// The pointer of the value that follows.
    pub fn pointer(&self) -> String {
        self.open.iter().fold(String::new(), |parent, open| match &open.content {
            Content::Array(nodes) => pointer::join(&parent, nodes.len().to_string()),
            Content::Object { key: Some(Key::Named(key, _)), .. } => pointer::join(&parent, key),
            Content::Object { .. } => parent,
        })
    }

    /// Whether the next node of the open object is a key.
    pub fn expects_key(&self) -> bool {
        matches!(self.open.last(), Some(Open { content: Content::Object { key: None, .. }, .. }))
    }

    /// The number of open arrays and objects.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    pub fn open_array(&mut self, span: Span, anchor: usize) -> Result<(), Box<Diagnostic>> {
        self.open(Content::Array(Vec::new()), span, anchor)
    }

    pub fn open_object(&mut self, span: Span, anchor: usize) -> Result<(), Box<Diagnostic>> {
        let content = Content::Object { object: Object::new(), key: None, merges: Vec::new() };
        self.open(content, span, anchor)
    }

    fn open(&mut self, content: Content, span: Span, anchor: usize) -> Result<(), Box<Diagnostic>> {
        if self.open.len() >= self.limits.depth {
            return Err(self.too_deep(span));
        }
        let is_key = self.expects_key();
        let pointer = self.open.last().map_or(0, Open::below);
        self.open.push(Open { content, span, anchor, is_key, cost: size_of::<Entry>(), height: 0, pointer });
        Ok(())
    }

    /// Counts a value that is about to be added.
    fn count(&mut self, span: Span) -> Result<(), Box<Diagnostic>> {
        self.values += 1;
        self.pointers = self.pointers.saturating_add(self.open.last().map_or(0, Open::below));
        let message = if self.values > self.limits.values {
            format!("the files have more than {} values", self.limits.values)
        } else if self.pointers > self.limits.pointers {
            "there are too many values below long keys".to_owned()
        } else {
            return Ok(());
        };
        let diagnostic = Diagnostic::new(&codes::FILE_TOO_LARGE, span, message);
        Err(Box::new(diagnostic.help("remove what no operation needs, or check that this is the file you mean")))
    }

    /// The diagnostic for nesting beyond the limit.
    pub fn too_deep(&self, span: Span) -> Box<Diagnostic> {
        let message = format!("arrays and objects are nested more than {} levels deep", self.limits.depth);
        let diagnostic = Diagnostic::new(&codes::TOO_DEEP, span, message).at(self.pointer());
        Box::new(diagnostic.help("give the inner schemas names under `components` and refer to them"))
    }

    /// Sets the key of the value that follows.
    pub fn key(&mut self, text: &str, span: Span) {
        let known = self.keys.get(text).cloned();
        let shared = known.unwrap_or_else(|| {
            let shared: Arc<str> = text.into();
            self.keys.insert(shared.clone());
            shared
        });
        self.set_key(Key::Named(shared, span));
    }

    /// Says that the value that follows has the key `<<`, without quotes.
    pub fn merge_key(&mut self, span: Span) {
        self.set_key(Key::Merge(span));
    }

    /// Says that the value that follows is left out.
    pub fn discard_key(&mut self) {
        self.set_key(Key::Discarded);
    }

    fn set_key(&mut self, next: Key) {
        if let Some(Open { content: Content::Object { key, .. }, .. }) = self.open.last_mut() {
            *key = Some(next);
        }
    }

    /// Adds a complete node to the open array or object. Returns the node if none is open.
    pub fn value(&mut self, weighed: Weighed) -> Result<Option<Node>, Box<Diagnostic>> {
        self.count(weighed.node.span)?;
        let Some(open) = self.open.last_mut() else {
            return Ok(Some(weighed.node));
        };
        open.cost += weighed.cost;
        open.height = open.height.max(weighed.height);
        open.span = open.span.to(within(weighed.node.span, open.span));
        match &mut open.content {
            Content::Array(nodes) => nodes.push(weighed.node),
            Content::Object { object, key, merges } => match key.take() {
                Some(Key::Named(key, key_span)) => {
                    open.cost += key.len();
                    self.links.note(&key, &weighed.node);
                    let old = object.insert_entry(Entry { key: key.clone(), key_span, value: weighed.node });
                    if let Some(old) = old {
                        self.duplicate(&old, &key, key_span);
                    }
                }
                Some(Key::Merge(key_span)) => merges.push((key_span, weighed.node)),
                Some(Key::Discarded) | None => {}
            },
        }
        Ok(None)
    }

    fn duplicate(&mut self, old: &Entry, key: &str, span: Span) {
        self.duplicates += 1;
        if self.duplicates > REPORTED_DUPLICATES {
            return;
        }
        let same = matches!(self.open.last(), Some(Open { content: Content::Object { object, .. }, .. })
            if object.get(key) == Some(&old.value));
        let report = |message| Diagnostic::new(&codes::DUPLICATE_KEY, span, message);
        let diagnostic = if self.duplicates == REPORTED_DUPLICATES {
            report(format!("more than {REPORTED_DUPLICATES} keys occur twice; the others are not reported"))
        } else if same {
            report(format!("the key `{key}` occurs twice with the same value")).note()
        } else {
            report(format!("the key `{key}` occurs twice in one object; the last value counts"))
        };
        let diagnostic = diagnostic.label(old.key_span, "first here").help("keep one of the two, or rename one");
        let pointer = pointer::join(&self.pointer(), key);
        self.out.report(diagnostic.at(pointer));
    }

    /// Closes the innermost array or object. `end` is where its closing bracket ends, if it has
    /// one.
    pub fn close(&mut self, end: Option<usize>) -> Option<Closed> {
        let open = self.open.pop()?;
        let mut span = open.span;
        if let Some(end) = end {
            span = span.to(self.span(end, end));
        }
        let value = match open.content {
            Content::Array(nodes) => Value::Array(nodes),
            Content::Object { mut object, merges, .. } => {
                for (key_span, merged) in merges {
                    self.apply_merge(&mut object, key_span, merged);
                }
                Value::Object(object)
            }
        };
        let weighed = Weighed { node: Node { value, span }, cost: open.cost, height: open.height + 1 };
        Some(Closed { weighed, anchor: open.anchor, is_key: open.is_key })
    }

    /// Adds merged keys. The object's own keys take precedence over merged ones, and earlier merges
    /// over later ones.
    fn apply_merge(&mut self, object: &mut Object, key_span: Span, merged: Node) {
        let sources = match merged.value {
            Value::Object(_) => vec![merged],
            Value::Array(nodes) if nodes.iter().all(|node| node.as_object().is_some()) => nodes,
            _ => {
                let message = "the value of `<<` is neither an object nor a list of objects";
                let diagnostic = Diagnostic::new(&codes::INVALID_MERGE_KEY, &merged, message);
                self.report(diagnostic.help("quote the key (`'<<'`) if it is meant as an ordinary key"));
                object.insert_entry(Entry { key: "<<".into(), key_span, value: merged });
                return;
            }
        };
        for source in sources {
            let Value::Object(source) = source.value else {
                continue;
            };
            for entry in source {
                self.links.note(&entry.key, &entry.value);
                if !object.contains_key(&entry.key) {
                    object.insert_entry(entry);
                }
            }
        }
    }

    pub fn finish(self, root: Node) -> Tree {
        let linked = self.links.far || (self.links.named && self.links.near);
        Tree { root, linked, values: self.values }
    }
}

impl Open {
    /// The length of the pointer of the value that follows.
    fn below(&self) -> usize {
        let token = match &self.content {
            Content::Object { key: Some(Key::Named(key, _)), .. } => key.len(),
            // Most positions have only few digits.
            Content::Array(_) | Content::Object { .. } => 2,
        };
        self.pointer.saturating_add(token + 1)
    }
}

/// The span itself if it is within the open one. Nodes that an alias repeats are elsewhere.
fn within(span: Span, open: Span) -> Span {
    if span.source == open.source && span.start >= open.start { span } else { open }
}

impl Links {
    fn note(&mut self, key: &str, value: &Node) {
        match (key, &value.value) {
            ("$ref", Value::String(text)) => {
                self.far |= !text.starts_with("#/");
                self.near |= !text.starts_with("#/components/");
            }
            ("$ref", _) => self.far = true,
            ("$id" | "$self", Value::String(_)) => self.named = true,
            ("mapping", Value::Object(mapping)) => {
                let mut values = mapping.values().filter_map(Node::as_str);
                self.far |= values.any(|text| !text.starts_with('#') && text.contains(['/', '.', '#']));
            }
            _ => {}
        }
    }
}
