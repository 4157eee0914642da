//! Turns `responses` into cases, one for each status and media type, divided into successes and
//! errors.

use super::content::{Content, Seen, merged, type_words, words};
use super::media::Class;
use super::value_kind::ValueKind;
use super::{Found, OperationBuilder, follow, status};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Entry, Node, Span, pointer};
use crate::ir::model::{Doc, HeaderHolder, ResponseBody, ResponseCase, Responses, Scalar, Shape, Status};
use crate::ir::naming::Scope;
use crate::ir::types::NameHint;
use crate::openapi::repair;

/// A response with a valid status.
struct Known<'d> {
    status: Status,
    node: &'d Node,
    pointer: String,
}

impl<'d> OperationBuilder<'d, '_> {
    /// The documented responses of an operation.
    pub(super) fn responses(&mut self, found: &'d Found<'d>, hint: &NameHint) -> Responses {
        let at = pointer::join(&found.pointer, "responses");
        let mut known: Vec<Known<'d>> = Vec::new();
        for entry in found.node.get("responses").and_then(Node::as_object).into_iter().flatten() {
            known.extend(self.known_response(entry, &at, &known));
        }
        known.sort_by_key(|one| one.status);
        let has_success = known.iter().any(|one| status::is_success(one.status));
        let (mut successes, mut errors) = (Scope::new(), Scope::new());
        let mut responses = Responses::default();
        for one in &known {
            let cases = self.cases(found, one, hint);
            let is_default = one.status == Status::Default;
            if status::is_success(one.status) || (is_default && !has_success) {
                responses.success.extend(name(&cases, &mut successes));
            }
            if !status::is_success(one.status) {
                responses.error.extend(name(&cases, &mut errors));
            }
        }
        if responses.success.is_empty() {
            let span = key_or_node(found.node, "responses");
            let diagnostic = Diagnostic::new(&codes::NO_SUCCESS, span, "no success is documented").at(&*found.pointer);
            let repair = repair::update(&found.pointer, "responses:\n  '200': {description: OK}");
            let help = "any status from 200 to 299 is a success with bytes; document one, such as `200`";
            self.out.report(diagnostic.help(help).overlay(repair));
            responses.success.push(any_success(&found.method));
        }
        responses
    }

    fn known_response(&mut self, entry: &'d Entry, at: &str, known: &[Known<'d>]) -> Option<Known<'d>> {
        if entry.key.starts_with("x-") {
            return None;
        }
        let pointer = pointer::join(at, &entry.key);
        let Some(status) = status::parse(&entry.key) else {
            let message = format!("`{}` is not a status that can be sent", entry.key);
            let diagnostic = Diagnostic::new(&codes::INVALID_STATUS, entry, message).at(pointer);
            self.out.report(diagnostic.help("write a status such as `404`, a range such as `4XX`, or `default`"));
            return None;
        };
        if known.iter().any(|one| one.status == status) {
            let message = format!("`{}` is documented twice", entry.key);
            let diagnostic = Diagnostic::new(&codes::INVALID_STATUS, entry, message).at(pointer);
            self.out.report(diagnostic.help("merge the two responses"));
            return None;
        }
        Some(Known { status, node: follow(self.document, &entry.value), pointer })
    }

    /// The cases of one status, each with the words that name it.
    fn cases(&mut self, found: &Found<'_>, one: &Known<'d>, hint: &NameHint) -> Vec<(String, ResponseCase)> {
        let status_words = status::words(one.status);
        let own = hint.child(&status_words).at(one.node, "response");
        let headers = self.headers(HeaderHolder::Response, one.node, &one.pointer, &own);
        let case = |media, body| ResponseCase {
            variant: Scope::new().variant(&status_words),
            status: one.status,
            media,
            also: Vec::new(),
            body,
            headers,
            doc: Doc::of(one.node),
        };
        let has_content = one.node.get("content").and_then(Node::as_object).is_some_and(|content| !content.is_empty());
        if found.method == "HEAD" || status::is_bodiless(one.status) {
            if has_content {
                let span = key_or_node(one.node, "content");
                let diagnostic = Diagnostic::new(&codes::BODY_NEVER_SENT, span, "this response never has a body")
                    .at(&*one.pointer)
                    .overlay(repair::remove(&pointer::join(&one.pointer, "content")));
                self.out.report(diagnostic.help("remove its `content`"));
            }
            return vec![(status_words.clone(), case(None, ResponseBody::Empty))];
        }
        let contents = merged(self.contents(one.node, &one.pointer), |_| true);
        if contents.is_empty() {
            self.report_left_out(one);
            return vec![(status_words.clone(), case(None, ResponseBody::Empty))];
        }
        let words = words(&contents);
        let mut seen = Seen::default();
        let mut cases = Vec::with_capacity(contents.len());
        for (content, (word, type_word)) in contents.iter().zip(words.iter().zip(type_words(&contents, &words))) {
            let name = if contents.len() == 1 { status_words.clone() } else { format!("{status_words} {word}") };
            let hint = type_word.map_or_else(|| own.clone(), |word| own.child(word));
            let body = self.response_body(content, &hint, &mut seen);
            let case = case(Some(content.media.clone()), body);
            cases.push((name, ResponseCase { also: content.also.clone(), ..case }));
        }
        cases
    }

    /// Reports that the body of a success has no type, if the success may have a body.
    fn report_left_out(&mut self, one: &Known<'d>) {
        if !matches!(one.status, Status::Code(200..=299)) || one.node.get("content").is_some() {
            return;
        }
        let message = "this response has no `content`, so its body has no type";
        let help = "describe the body if there is one; `take_body` gives its bytes";
        let diagnostic = Diagnostic::new(&codes::BODY_LEFT_OUT, one.node, message).at(&*one.pointer);
        self.out.report(diagnostic.help(help));
    }

    fn response_body(&mut self, content: &Content<'d>, hint: &NameHint, seen: &mut Seen<'d>) -> ResponseBody {
        let usage = self.response_usage();
        let kind = self.value_kind(content);
        match content.class {
            _ if kind == ValueKind::Binary => ResponseBody::Stream,
            Class::Json => match self.json_type(content.schema.as_ref(), usage, hint, seen) {
                ty if ty.shape == Shape::Scalar(Scalar::Binary) => ResponseBody::Stream,
                ty => ResponseBody::Json(ty),
            },
            Class::Form if matches!(kind, ValueKind::Object | ValueKind::Mixed) => {
                ResponseBody::Form(self.json_type(content.schema.as_ref(), usage, hint, seen))
            }
            Class::Text => ResponseBody::Text(self.text_type(content, usage, hint)),
            Class::Events => ResponseBody::Events(self.event_type(content, usage, hint, seen)),
            Class::Lines => ResponseBody::Lines(self.line_type(content, usage, hint, seen)),
            // This is a download whose size has no limit.
            Class::Bytes if content.schema.is_none() && !content.media.essence.ends_with("xml") => ResponseBody::Stream,
            Class::Form | Class::Bytes => {
                self.report_untyped(content);
                ResponseBody::Bytes
            }
            Class::Multipart | Class::Stream | Class::Wildcard => {
                self.report_untyped(content);
                ResponseBody::Stream
            }
        }
    }
}

/// The success of an operation that documents none: any status from 200 to 299, with any body.
fn any_success(method: &str) -> ResponseCase {
    let status = Status::Range(2);
    let body = if method == "HEAD" { ResponseBody::Empty } else { ResponseBody::Stream };
    ResponseCase {
        variant: Scope::new().variant(&status::words(status)),
        status,
        media: None,
        also: Vec::new(),
        body,
        headers: None,
        doc: Doc::default(),
    }
}

/// The cases, with variant names that are new to the enum.
fn name(cases: &[(String, ResponseCase)], scope: &mut Scope) -> Vec<ResponseCase> {
    cases.iter().map(|(words, case)| ResponseCase { variant: scope.variant(words), ..case.clone() }).collect()
}

/// The span of a key of an object, or of the object if it lacks the key.
fn key_or_node(node: &Node, key: &str) -> Span {
    node.as_object().and_then(|object| object.key_span(key)).unwrap_or(node.span)
}
