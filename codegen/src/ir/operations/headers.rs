//! Turns the `headers` of a response or part into a group of typed headers. Operations share the
//! groups of component responses.

use super::parameters::{any, content, sendable, string};
use super::{OperationBuilder, follow, is_token, media};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, pointer};
use crate::ir::model::{Doc, Header, HeaderForm, HeaderGroup, HeaderHolder, Media, TypeUse, Usage};
use crate::ir::naming::Scope;
use crate::ir::types::NameHint;
use crate::openapi::repair;

impl<'d> OperationBuilder<'d, '_> {
    /// The group of the headers of a response or part; `None` if it documents none. A new group is
    /// named after `hint`.
    pub(super) fn headers(&mut self, holder: HeaderHolder, node: &'d Node, at: &str, hint: &NameHint) -> Option<usize> {
        let object = node.get("headers")?.as_object()?;
        let at = pointer::join(at, "headers");
        let mut known: Vec<(&'d str, &'d Node, String)> = Vec::new();
        for entry in object {
            let at = pointer::join(&at, &entry.key);
            if self.is_usable(holder, entry, &at)
                && !known.iter().any(|(wire, ..)| wire.eq_ignore_ascii_case(&entry.key))
            {
                known.push((&entry.key, follow(self.document, &entry.value), at));
            }
        }
        if known.is_empty() {
            return None;
        }
        let key = format!("{holder:?} {:?} {} {}", self.direction, hint.raw(), fingerprint(&known));
        if let Some(index) = self.known_groups.get(&key).filter(|_| hint.is_shared()) {
            return Some(*index);
        }
        let wires: Vec<&str> = known.iter().map(|(wire, ..)| *wire).collect();
        let names = Scope::new().fields(&wires);
        let headers = names
            .into_iter()
            .zip(&known)
            .map(|(name, (wire, node, at))| Header { name, ..self.header(holder, wire, node, at, hint) })
            .collect();
        let name = Scope::new().type_name("headers");
        self.groups.push(HeaderGroup { holder, name, headers, shared: None });
        self.group_hints.push(hint.clone());
        self.known_groups.insert(key, self.groups.len() - 1);
        Some(self.groups.len() - 1)
    }

    /// All groups, each with its name.
    pub(super) fn take_header_groups(&mut self) -> Vec<HeaderGroup> {
        let raws: Vec<String> = self.group_hints.iter().map(|hint| format!("{}-headers", hint.raw())).collect();
        let raws: Vec<&str> = raws.iter().map(String::as_str).collect();
        let names = self.types.naming().operations.type_names(&raws);
        let groups = std::mem::take(&mut self.groups).into_iter().zip(names);
        groups.map(|(group, name)| HeaderGroup { name, ..group }).collect()
    }

    fn is_usable(&mut self, holder: HeaderHolder, entry: &'d crate::document::Entry, at: &str) -> bool {
        if holder == HeaderHolder::MultipartPart && entry.key.eq_ignore_ascii_case("content-disposition") {
            let message = "the header `Content-Disposition` of a part is ignored";
            let diagnostic = Diagnostic::new(&codes::RESERVED_HEADER, entry, message).at(at);
            self.out.report(diagnostic.help("it has the names of the part and of its file"));
            return false;
        }
        if entry.key.eq_ignore_ascii_case("content-type") {
            let diagnostic =
                Diagnostic::new(&codes::RESERVED_HEADER, entry, "the response header `Content-Type` is ignored").at(at);
            self.out.report(diagnostic.help("it follows from the media types under `content`"));
            return false;
        }
        if !is_token(&entry.key) {
            let message = format!("`{}` can't be the name of a header", entry.key);
            let repair = repair::remove(at);
            let diagnostic = Diagnostic::new(&codes::MALFORMED_HEADER, entry, message).at(at).overlay(repair);
            self.out.report(diagnostic.help("use letters, digits and hyphens"));
            return false;
        }
        true
    }

    fn header(&mut self, holder: HeaderHolder, wire: &str, node: &'d Node, at: &str, hint: &NameHint) -> Header {
        let usage = match holder {
            HeaderHolder::Response => self.response_usage(),
            HeaderHolder::MultipartPart => self.request_usage(),
        };
        let flag = |key| node.get(key).and_then(Node::as_bool).unwrap_or(false);
        let hint = hint.child(wire).at(node, "header");
        let (form, ty) = if let Some((media, object)) = json_content(node) {
            let at = pointer::join(&pointer::join(at, "content"), &media.text);
            (HeaderForm::Json, self.header_type(object, &at, usage, &hint).unwrap_or_else(any))
        } else {
            // A header whose `content` is not JSON is kept as text.
            let ty = self.header_type(node, at, usage, &hint).map_or_else(string, sendable);
            (HeaderForm::Simple { explode: flag("explode") }, ty)
        };
        Header {
            name: Scope::new().field(wire),
            wire: wire.to_owned(),
            required: flag("required"),
            form,
            ty,
            doc: Doc::of(node),
        }
    }

    /// The type of a header or media type, if it has a `schema`.
    fn header_type(&mut self, holder: &'d Node, at: &str, usage: Usage, hint: &NameHint) -> Option<TypeUse> {
        let schema = holder.get("schema")?;
        Some(self.types.type_use(schema, &pointer::join(at, "schema"), usage, hint, self.out))
    }
}

/// The media type and object of a header that is described as JSON.
fn json_content(node: &Node) -> Option<(Media, &Node)> {
    content(node).filter(|(media, _)| media::is_json(&media.essence))
}

/// Text that is the same for groups that share a struct.
fn fingerprint(known: &[(&str, &Node, String)]) -> String {
    let lines: Vec<String> = known.iter().map(|(wire, node, _)| format!("{wire} {}", node.to_json())).collect();
    lines.join("\n")
}
