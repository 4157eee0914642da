//! Keeps the files that references name. Each file is read once, and its `$id`s and anchors are
//! indexed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::diagnostics::{Diagnostic, Diagnostics, Effect, Severity, codes};
use crate::document::parse::{Tree, read_tree};
use crate::document::{Limits, Node, Reader, Sources, Span, Value, VersionLine, pointer};
use crate::openapi::grammar::{Kind, Position};
use crate::raise::{Moves, raise_tree};

/// The index of the root file.
pub(super) const ROOT: usize = 0;

/// One file.
struct File {
    path: String,
    /// Its tree, or the reason why it cannot be used.
    tree: Result<Node, String>,
    /// Where its nodes have moved, if it is Swagger 2.0 and was raised because the root file is
    /// not.
    moves: Option<Moves>,
}

/// A node of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Target {
    pub file: usize,
    pub pointer: String,
}

/// All files of one document.
pub(super) struct Files<'f> {
    reader: &'f dyn Reader,
    limits: &'f Limits,
    /// The number of values that further files may have.
    values: usize,
    /// The version of the root file.
    version: VersionLine,
    list: Vec<File>,
    by_path: BTreeMap<String, usize>,
    /// Absolute URIs of schemas with `$id`, without fragment.
    ids: BTreeMap<String, Target>,
    /// Anchors by file and name.
    anchors: BTreeMap<(usize, String), String>,
}

impl<'f> Files<'f> {
    pub fn new(path: &str, root: &Tree, reader: &'f dyn Reader, limits: &'f Limits, version: VersionLine) -> Self {
        let mut files = Self {
            reader,
            limits,
            values: limits.values.saturating_sub(root.values),
            version,
            list: Vec::new(),
            by_path: BTreeMap::new(),
            ids: BTreeMap::new(),
            anchors: BTreeMap::new(),
        };
        files.add(normalize(path), Ok(root.root.clone()), None);
        files
    }

    fn add(&mut self, path: String, tree: Result<Node, String>, moves: Option<Moves>) -> usize {
        let file = self.list.len();
        if let Ok(tree) = &tree {
            let position = if file == ROOT { Position::DOCUMENT } else { Position::Object(Kind::Schema) };
            self.index(file, tree, position, &file_uri(&path));
        }
        self.by_path.insert(path.clone(), file);
        self.list.push(File { path, tree, moves });
        file
    }

    /// Records each `$id`, `$self` and `$anchor`, without recursion.
    fn index(&mut self, file: usize, tree: &Node, position: Position, uri: &str) {
        let mut open = vec![(tree, position, String::new(), uri.to_owned())];
        while let Some((node, position, at, mut base)) = open.pop() {
            if position == Position::Data {
                continue;
            }
            if !matches!(position, Position::Named(_) | Position::List(_)) {
                let id = node.get("$id").or_else(|| node.get("$self")).and_then(Node::as_str);
                if let Some(id) = id.and_then(|id| join_uri(&base, id)) {
                    self.ids.entry(id.clone()).or_insert(Target { file, pointer: at.clone() });
                    base = id;
                }
                if let Some(anchor) = node.get("$anchor").and_then(Node::as_str) {
                    self.anchors.entry((file, anchor.to_owned())).or_insert(at.clone());
                }
            }
            for (key, child) in keyed(node) {
                if child.as_array().is_some() || child.as_object().is_some() {
                    open.push((child, position.below_in(&key, self.version), pointer::join(&at, &key), base.clone()));
                }
            }
        }
    }

    pub fn path(&self, file: usize) -> &str {
        self.list.get(file).map_or("", |file| &file.path)
    }

    pub fn node(&self, target: &Target) -> Option<&Node> {
        self.list.get(target.file)?.tree.as_ref().ok()?.pointer(&target.pointer)
    }

    pub fn anchor(&self, file: usize, name: &str) -> Option<&String> {
        self.anchors.get(&(file, name.to_owned()))
    }

    pub fn with_id(&self, uri: &str) -> Option<&Target> {
        self.ids.get(uri)
    }

    /// The absolute URI of a file.
    pub fn uri(&self, file: usize) -> String {
        file_uri(self.path(file))
    }

    /// Opens the file at a path, which is read only once. The error says why it cannot be used.
    pub fn open(
        &mut self,
        path: &str,
        span: Span,
        sources: &mut Sources,
        out: &mut Diagnostics,
    ) -> Result<usize, String> {
        let path = normalize(path);
        if let Some(file) = self.by_path.get(&path).copied() {
            let tree = self.list.get(file).map(|file| file.tree.as_ref());
            return tree.map_or(Ok(file), |tree| tree.map(|_| file).map_err(String::clone));
        }
        if self.list.len() > self.limits.files {
            return Err(format!("references name more than {} files", self.limits.files));
        }
        let mut tree =
            if is_prose(&path) { self.prose(&path, sources) } else { self.structured(&path, span, sources, out) };
        let problem = tree.as_ref().err().cloned();
        let moves = tree.as_mut().ok().and_then(|tree| self.raise(tree, out));
        let file = self.add(path, tree, moves);
        problem.map_or(Ok(file), Err)
    }

    /// An error inside the file is reported with its location, but without its text, which may be
    /// anything. The rest of the document still generates.
    fn structured(
        &mut self,
        path: &str,
        span: Span,
        sources: &mut Sources,
        out: &mut Diagnostics,
    ) -> Result<Node, String> {
        let mut found = Diagnostics::new();
        let limits = Limits { values: self.values, ..*self.limits };
        let tree = read_tree(path, self.reader, &limits, sources, &mut found);
        self.values -= tree.as_ref().map_or(0, |tree| tree.values.min(self.values));
        let mut problem = String::new();
        for diagnostic in found {
            if diagnostic.severity != Severity::Error {
                // The content of a file that is not a document is not shown.
                if tree.is_some() {
                    out.report(diagnostic);
                }
                continue;
            }
            if diagnostic.code == &codes::UNREADABLE_FILE {
                problem = diagnostic.message;
                continue;
            }
            let (line, column) = sources.line_column(diagnostic.span);
            problem = format!("`{path}` is not a document");
            let message = format!("`{path}` cannot be read at {line}:{column}: {}", diagnostic.code.summary);
            out.report(Diagnostic::new(diagnostic.code, span, message).warning(Effect::Degraded));
        }
        match tree {
            Some(tree) if matches!(tree.root.value, Value::Object(_) | Value::Array(_) | Value::Bool(_)) => {
                Ok(tree.root)
            }
            Some(_) => Err(format!("`{path}` is not a document")),
            None => Err(problem),
        }
    }

    /// Raises a Swagger 2.0 file if the root file has a later version.
    fn raise(&self, tree: &mut Node, out: &mut Diagnostics) -> Option<Moves> {
        let is_swagger = tree.get("swagger").and_then(Node::as_str) == Some("2.0");
        (is_swagger && self.version != VersionLine::V2_0).then(|| {
            let written = tree.clone();
            raise_tree(tree, out);
            Moves::new(written, tree)
        })
    }

    /// The position of the node at a pointer of a file. It has moved if the file was raised.
    pub fn moved<'p>(&self, file: usize, pointer: &'p str) -> Cow<'p, str> {
        let moves = self.list.get(file).and_then(|file| file.moves.as_ref());
        moves.and_then(|moves| moves.moved(pointer)).map_or(Cow::Borrowed(pointer), Cow::Owned)
    }

    /// Reads Markdown or plain text, to which descriptions can refer, as one string.
    fn prose(&self, path: &str, sources: &mut Sources) -> Result<Node, String> {
        let bytes = self.reader.read(path).map_err(|error| format!("cannot read `{path}`: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|_| format!("`{path}` is not UTF-8"))?;
        let end = text.len();
        let source = sources.add(path, text.as_str());
        Ok(Node::new(text, Span::new(source, 0, end)))
    }

    /// Whether a file exists. Nothing is reported if it does not.
    pub fn exists(&self, path: &str) -> bool {
        let path = normalize(path);
        self.by_path.contains_key(&path) || self.reader.read(&path).is_ok()
    }
}

fn is_prose(path: &str) -> bool {
    let extension = path.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    matches!(extension.as_deref(), Some("md" | "markdown" | "txt"))
}

/// Children with their keys or indices.
fn keyed(node: &Node) -> Vec<(String, &Node)> {
    let members = node.as_array().unwrap_or_default().iter().enumerate();
    let members = members.map(|(index, node)| (index.to_string(), node));
    let entries = node.as_object().into_iter().flatten().map(|entry| (entry.key.to_string(), &entry.value));
    members.chain(entries).collect()
}

/// A path without `.`, and without `..` except at its start.
pub(super) fn normalize(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match (part, parts.last()) {
            ("." | "", Some(_)) | (".", None) => {}
            ("..", Some(last)) if !matches!(*last, ".." | "") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// The path that a reference in a file names.
pub(super) fn relative_to(file: &str, reference: &str) -> String {
    let reference = pointer::percent_decode(reference);
    if reference.starts_with('/') {
        return normalize(&reference);
    }
    match file.rsplit_once('/') {
        Some((folder, _)) => normalize(&format!("{folder}/{reference}")),
        None => normalize(&reference),
    }
}

fn file_uri(path: &str) -> String {
    let base = url::Url::parse("file:///");
    base.and_then(|base| base.join(path)).map_or_else(|_| path.to_owned(), String::from)
}

/// A URI resolved against another, without fragment.
pub(super) fn join_uri(base: &str, reference: &str) -> Option<String> {
    let reference = reference.split('#').next().unwrap_or_default();
    if reference.is_empty() {
        return None;
    }
    let joined = match url::Url::parse(base) {
        Ok(base) => base.join(reference),
        Err(_) => url::Url::parse(reference),
    };
    joined.ok().map(String::from)
}
