//! Turns the examples of a document into pairs of a generated type and a JSON value. The value must
//! survive a round trip through the type.
//!
//! An example is valid if it matches its schema and has no property that the schema does not name.
//! JSON Schema allows such properties, but a typed value does not keep them.

mod direction;

use direction::DirectionFilter;
use serde_json::Value as Json;

use super::model::{
    Api, BodyKind, Operation, ResponseBody, ResponseCase, Shape, Status, TypeDef, TypeId, TypeKind, TypeUse, Usage,
};
use crate::document::{Document, Node, Object, Value, pointer};
use crate::openapi::fit::Validator;

/// An example of a value of a type.
#[derive(Clone, Debug)]
pub struct Example {
    /// JSON Pointer in the lowered document.
    pub pointer: String,
    /// The type that reads and writes it.
    pub ty: TypeUse,
    /// The example, without the properties that are not sent in the direction of its type.
    pub value: Json,
    /// Whether it is valid for its schema.
    pub valid: bool,
}

/// The examples of schemas, request bodies and responses, in the order of the API.
#[must_use]
pub fn collect(document: &Document, api: &Api) -> Vec<Example> {
    let mut collector = Collector { document, found: Vec::new() };
    for (id, definition) in api.types.iter() {
        collector.definition(id, definition);
    }
    for operation in &api.operations {
        collector.operation(operation);
    }
    collector.found
}

struct Collector<'d> {
    document: &'d Document,
    found: Vec<Example>,
}

impl<'d> Collector<'d> {
    fn definition(&mut self, id: TypeId, definition: &TypeDef) {
        let Some(schema) = self.document.root.pointer(&definition.origin.pointer) else { return };
        // `null` belongs to the uses of a named type, not to the type.
        let null = Node::new(Value::Null, schema.span);
        let nullable = Validator::new(&self.document.root).validate(schema, &null).is_ok();
        let named = TypeUse { shape: Shape::Named(id), nullable, constraints: super::model::Constraints::default() };
        self.examples(schema, schema, &definition.origin.pointer, &named, definition.usage);
        let TypeKind::Struct(item) = &definition.kind else { return };
        for field in &item.fields {
            let at = pointer::join(&pointer::join(&definition.origin.pointer, "properties"), &field.wire);
            let Some(property) = self.document.root.pointer(&at) else { continue };
            // The examples of a named type are collected at its own definition.
            if !matches!(field.ty.shape, Shape::Named(_)) {
                self.examples(property, property, &at, &field.ty, definition.usage);
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let at = &operation.origin.pointer;
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            if let BodyKind::Json(ty) = &content.kind {
                let at = pointer::join(&format!("{at}/requestBody/content"), &content.media.text);
                self.media(&at, ty, Usage { request: true, response: false });
            }
        }
        for outcome in operation.responses.success.iter().chain(&operation.responses.error) {
            self.outcome(at, outcome);
        }
    }

    fn outcome(&mut self, operation: &str, outcome: &ResponseCase) {
        let (ResponseBody::Json(ty), Some(media)) = (&outcome.body, &outcome.media) else { return };
        let status = match outcome.status {
            Status::Code(code) => code.to_string(),
            Status::Range(class) => format!("{class}XX"),
            Status::Default => "default".to_owned(),
        };
        let at = pointer::join(&format!("{operation}/responses/{status}/content"), &media.text);
        self.media(&at, ty, Usage { request: false, response: true });
    }

    fn media(&mut self, at: &str, ty: &TypeUse, usage: Usage) {
        let Some(node) = self.document.root.pointer(at) else { return };
        if let Some(schema) = node.get("schema") {
            self.examples(node, schema, at, ty, usage);
        }
    }

    /// The `example` and `examples` of `holder`, which are values of `schema`.
    fn examples(&mut self, holder: &'d Node, schema: &'d Node, at: &str, ty: &TypeUse, usage: Usage) {
        let single = holder.get("example").map(|node| (pointer::join(at, "example"), node));
        let examples = holder.get("examples");
        let listed = examples.and_then(Node::as_array).unwrap_or_default().iter().enumerate();
        let listed = listed.map(|(index, node)| (format!("{at}/examples/{index}"), node));
        let named = examples.and_then(Node::as_object).into_iter().flat_map(Object::iter).filter_map(|entry| {
            let value = entry.value.get("dataValue").or_else(|| entry.value.get("value"))?;
            Some((pointer::join(&format!("{at}/examples"), &entry.key), value))
        });
        for (pointer, value) in single.into_iter().chain(listed).chain(named) {
            let filter = DirectionFilter::new(&self.document.root, usage);
            let stripped = filter.strip(schema, value);
            let fits = Validator::new(&self.document.root).validate(schema, &stripped).is_ok();
            let valid = fits && filter.is_named(schema, &stripped);
            self.found.push(Example { pointer, ty: ty.clone(), value: stripped.to_json(), valid });
        }
    }
}
