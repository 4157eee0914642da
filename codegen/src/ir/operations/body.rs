//! Turns `requestBody` into contents. There is one per media type, with its type, setter and
//! encoding.

use serde_json::Value;

use super::content::{Content, Seen, merged, type_words, words};
use super::media::Class;
use super::value_kind::ValueKind;
use super::{Found, OperationBuilder, follow};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, pointer};
use crate::ir::model::{BodyContent, BodyKind, Constraints, Doc, RequestBody, Scalar, Shape, TypeUse};
use crate::ir::naming::{Scope, reserved};
use crate::ir::types::NameHint;
use crate::openapi::documentation;
use crate::openapi::fit::Validator;

/// The scope of the setters and fields of an operation, in which the methods of every request
/// builder are reserved.
pub(super) fn setter_scope() -> Scope {
    Scope::reserving(reserved::SETTERS)
}

impl<'d> OperationBuilder<'d, '_> {
    /// The request body of an operation, if it has one.
    pub(super) fn request_body(
        &mut self,
        found: &'d Found<'d>,
        hint: &NameHint,
        setters: &mut Scope,
    ) -> Option<RequestBody> {
        let node = follow(self.document, found.node.get("requestBody")?);
        let at = pointer::join(&found.pointer, "requestBody");
        let contents = self.contents(node, &at);
        // Text that is an object can only be JSON.
        let contents =
            merged(contents, |content| matches!(self.value_kind(content), ValueKind::Object | ValueKind::List));
        let words = words(&contents);
        let mut variants = Scope::new();
        let mut seen = Seen::default();
        let is_only = contents.len() == 1;
        let mut built = Vec::with_capacity(contents.len());
        for (content, (word, type_word)) in contents.iter().zip(words.iter().zip(type_words(&contents, &words))) {
            let hint = body_hint(node, hint, type_word);
            let setter = if is_only { Scope::new().function("body") } else { setters.function(word) };
            built.push(BodyContent {
                media: content.media.clone(),
                also: content.also.clone(),
                variant: variants.variant(word),
                setter,
                kind: self.body_kind(content, &hint, &mut seen),
                example: self.example_of(content),
                streamed: None,
            });
        }
        let required = node.get("required").and_then(Node::as_bool).unwrap_or(false);
        if let (true, [BodyContent { kind: BodyKind::Binary, .. }]) = (required, built.as_slice()) {
            // The method has an argument with this name in addition to those of the path.
            let _ = setters.function("content_type");
        }
        (!built.is_empty()).then(|| RequestBody { required, contents: built, doc: Doc::of(node) })
    }

    /// The first example of a content that is valid for its schema.
    fn example_of(&self, content: &Content<'d>) -> Option<Value> {
        let schema = content.schema.as_ref()?.node;
        documentation::examples(content.node)
            .find(|example| Validator::new(&self.document.root).validate(schema, example).is_ok())
            .map(Node::to_json)
    }

    fn body_kind(&mut self, content: &Content<'d>, hint: &NameHint, seen: &mut Seen<'d>) -> BodyKind {
        let usage = self.request_usage();
        match content.class {
            Class::Json if self.value_kind(content) == ValueKind::Binary => BodyKind::Binary,
            Class::Json => BodyKind::Json(self.json_type(content.schema.as_ref(), usage, hint, seen)),
            Class::Form => self.form(content, hint, seen),
            Class::Multipart => self.multipart(content, hint),
            Class::Events if self.value_kind(content) != ValueKind::Binary => {
                BodyKind::Events(self.event_type(content, usage, hint, seen))
            }
            Class::Text if self.value_kind(content) != ValueKind::Binary => {
                self.report_untyped_items(content);
                BodyKind::Text(self.text_type(content, usage, hint))
            }
            Class::Lines if self.has_typed_lines(content) => {
                BodyKind::Lines(self.line_type(content, usage, hint, seen))
            }
            _ => {
                self.report_untyped(content);
                BodyKind::Binary
            }
        }
    }

    fn form(&mut self, content: &Content<'d>, hint: &NameHint, seen: &mut Seen<'d>) -> BodyKind {
        match self.value_kind(content) {
            ValueKind::Object | ValueKind::Mixed => {
                let ty = self.json_type(content.schema.as_ref(), self.request_usage(), hint, seen);
                let fields = self.form_fields(content, &ty);
                BodyKind::Form { ty, fields }
            }
            ValueKind::Any => BodyKind::Form { ty: text_map(), fields: Vec::new() },
            ValueKind::List | ValueKind::Text | ValueKind::Scalar | ValueKind::Binary => {
                self.report_not_an_object(content);
                BodyKind::Binary
            }
        }
    }

    fn multipart(&mut self, content: &Content<'d>, hint: &NameHint) -> BodyKind {
        let Some(schema) = &content.schema else {
            self.report_untyped_items(content);
            return BodyKind::Binary;
        };
        let usage = self.request_usage();
        let Some(ty) = self.types.multipart(schema.node, &schema.pointer, usage, hint, self.out) else {
            self.report_not_an_object(content);
            return BodyKind::Binary;
        };
        BodyKind::Multipart { ty, parts: self.parts(content, ty, hint) }
    }

    /// Whether the document describes a line as more than text. Other lines are bytes.
    fn has_typed_lines(&self, content: &Content<'d>) -> bool {
        content.item.is_some()
            || matches!(self.value_kind(content), ValueKind::Object | ValueKind::List | ValueKind::Mixed)
    }

    fn report_not_an_object(&mut self, content: &Content<'d>) {
        let message = format!("the schema of `{}` is not an object with properties", content.media.text);
        let diagnostic = Diagnostic::new(&codes::FORM_NOT_AN_OBJECT, content.node, message).at(&*content.pointer);
        self.out.report(diagnostic.help("describe the fields of the form as properties of an object"));
    }
}

/// The name from which the type of a body is named. `word` distinguishes it from those of other
/// media types.
fn body_hint(body: &Node, operation: &NameHint, word: Option<&str>) -> NameHint {
    let alone = operation.child("request").at(body, "request");
    match word {
        None => alone,
        Some(word) if alone.is_shared() => alone.child(word),
        Some(word) => operation.child(word).child("request"),
    }
}

/// A map of strings, for a form without a schema.
fn text_map() -> TypeUse {
    let text = TypeUse { shape: Shape::Scalar(Scalar::String), nullable: false, constraints: Constraints::default() };
    TypeUse { shape: Shape::Map(Box::new(text), None), nullable: false, constraints: Constraints::default() }
}
