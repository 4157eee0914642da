//! What is needed to serve an operation: its descriptor, and the types of its parameters and body.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::document as tree;
use specwright_codegen::emit::schemas;
use specwright_codegen::ir::model as ir;
use specwright_runtime::descriptor::{self, FormField, MultipartField};
use specwright_runtime::schema::LazySchemas;
use specwright_runtime::server::Refusal;

use super::descriptors;
use crate::leak::{leak, leak_all, leak_text, leak_texts};
use crate::types::{Kind, Presence, Rest, Shape, Type, Types};

/// A document that is served.
pub struct Document {
    /// The intermediate representation from which code would be generated.
    pub api: &'static ir::Api,
    /// The document in canonical form.
    pub tree: &'static tree::Document,
    /// The diagnostics of the stages.
    pub diagnostics: Diagnostics,
    /// The operations, in the order of the document.
    pub operations: &'static [Operation],
    /// The schemas of the requests. With them, a refusal lists every fault.
    pub schemas: &'static LazySchemas,
    /// The shapes that the document gives to refusals.
    pub refusals: &'static [Refusal],
    by_descriptor: HashMap<usize, usize>,
    /// The types of responses are compiled when the first of them is made.
    types: Mutex<Types<'static>>,
    response_types: Mutex<HashMap<usize, &'static Type>>,
}

impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("title", &self.api.title).finish_non_exhaustive()
    }
}

/// An operation that is served.
#[derive(Debug)]
pub struct Operation {
    /// Its descriptor.
    pub descriptor: &'static descriptor::Operation,
    /// The operation of the intermediate representation.
    pub ir: &'static ir::Operation,
    /// Whether it requires, accepts or ignores credentials.
    pub auth: Auth,
    /// Its parameters, in the order of its descriptor.
    pub parameters: &'static [Parameter],
    /// Its body, with an entry for each content.
    pub body: &'static [Body],
}

/// Whether an operation requires, accepts or ignores credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Auth {
    /// It cannot be called without credentials.
    Required,
    /// It can be called without credentials.
    Optional,
    /// It documents none.
    None,
}

/// A parameter.
#[derive(Debug)]
pub struct Parameter {
    /// Its type.
    pub ty: &'static Type,
    /// Whether it must be given.
    pub required: bool,
}

/// A body that has one media type, or several with the same schema.
#[derive(Debug)]
pub struct Body {
    /// The indices of its media types in the descriptor.
    pub media: Vec<usize>,
    /// How it is read.
    pub kind: BodyKind,
}

/// The parts of a form that the document does not name.
#[derive(Clone, Copy, Debug)]
pub struct OtherParts {
    /// The type of each.
    pub ty: &'static Type,
    /// The names of parts that are dropped, because they are sent only in responses.
    pub unsent: &'static [&'static str],
}

/// How a body is read.
#[derive(Debug)]
pub enum BodyKind {
    /// As JSON.
    Json(&'static Type),
    /// As a URL-encoded form.
    Form(&'static Type, &'static [FormField]),
    /// As the parts of a form.
    Multipart {
        /// How the parts are encoded.
        fields: &'static [MultipartField],
        /// The parts, one for each field.
        parts: Vec<Part>,
        /// The other parts, if they are read.
        rest: Option<OtherParts>,
    },
    /// As text.
    Text(&'static Type),
    /// As one value per line.
    Lines(&'static Type),
    /// As one value per event.
    Events(&'static Type),
    /// As events whose names decide what their data is.
    EventsByName(&'static Type),
    /// As bytes.
    Binary,
}

/// A part of a multipart body.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// The property that receives the part.
    pub name: &'static str,
    /// Its type without `null`.
    pub ty: &'static Type,
    /// Whether it may be absent, and whether `null` is one of its values.
    pub absence: PartAbsence,
    /// Whether it is a file, and whether there may be several.
    pub file: Option<bool>,
}

/// How a part can be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartAbsence {
    /// It must be present.
    Never,
    /// It must be present, and may be `null`.
    Null,
    /// It may be absent.
    Absent,
    /// It may be absent or `null`.
    AbsentOrNull,
}

fn refusal(shape: &specwright_codegen::ir::Refusal) -> Refusal {
    Refusal {
        operations: leak_texts(&shape.operations),
        statuses: shape.statuses,
        media: leak_text(&shape.media),
        template: leak_text(&shape.template.to_string()),
    }
}

impl Document {
    /// Compiles an API whose document is in canonical form.
    pub(crate) fn compile(api: &'static ir::Api, tree: &'static tree::Document, diagnostics: Diagnostics) -> Self {
        let descriptors = descriptors::all(api);
        let mut types = Types::new(api);
        let operations = api.operations.iter().zip(descriptors);
        let operations = operations.map(|(ir, descriptor)| operation(&mut types, ir, descriptor));
        let operations = leak_all(operations.collect());
        let by_descriptor = descriptors.iter().enumerate();
        let by_descriptor = by_descriptor.map(|(index, one)| (std::ptr::from_ref(one).addr(), index)).collect();
        let (types, response_types) = (Mutex::new(types), Mutex::default());
        let schemas = leak(LazySchemas::new(leak_text(&schemas::document(api))));
        let refusals = leak_all(specwright_codegen::ir::refusals(api).iter().map(refusal).collect());
        Self { api, tree, diagnostics, operations, schemas, refusals, by_descriptor, types, response_types }
    }

    /// The type of the body of a response, or of its items.
    #[must_use]
    pub fn response_type(&self, ty: &ir::TypeUse) -> &'static Type {
        // The intermediate representation does not move, so its addresses can be keys.
        let key = std::ptr::from_ref(ty).addr();
        let mut known = self.response_types.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(key).or_insert_with(|| self.types.lock().unwrap_or_else(PoisonError::into_inner).of(ty))
    }

    /// The operation of a descriptor, and its index.
    #[must_use]
    pub fn operation(&self, descriptor: &'static descriptor::Operation) -> Option<(usize, &'static Operation)> {
        let index = *self.by_descriptor.get(&std::ptr::from_ref(descriptor).addr())?;
        Some((index, self.operations.get(index)?))
    }
}

impl Operation {
    /// The content of the media type that the runtime has chosen.
    #[must_use]
    pub fn content(&self, media: usize) -> Option<&'static Body> {
        self.body.iter().find(|body| body.media.contains(&media))
    }
}

fn operation(
    types: &mut Types<'_>,
    ir: &'static ir::Operation,
    descriptor: &'static descriptor::Operation,
) -> Operation {
    let parameters = ir.parameters.iter().map(|one| Parameter { ty: types.of(&one.ty), required: one.required });
    let parameters = leak_all(parameters.collect());
    let bodies = ir.body.as_ref().map(|body| bodies(types, body)).unwrap_or_default();
    Operation { descriptor, ir, auth: Auth::of(ir), parameters, body: leak_all(bodies) }
}

impl Auth {
    fn of(operation: &ir::Operation) -> Self {
        let accepts_credentials = operation.security.iter().any(|alternative| alternative.credential.is_some());
        let admits_anyone = operation.security.iter().any(|alternative| alternative.credential.is_none());
        match (accepts_credentials, admits_anyone) {
            (true, false) => Self::Required,
            (true, true) => Self::Optional,
            (false, _) => Self::None,
        }
    }
}

/// The contents of a body. In the table of media types, the additional media types of a schema
/// follow the first media types of all contents.
fn bodies(types: &mut Types<'_>, body: &ir::RequestBody) -> Vec<Body> {
    let mut next = body.contents.len();
    let contents = body.contents.iter().enumerate().map(|(index, content)| {
        let also = next..next + content.also.len();
        next = also.end;
        Body { media: std::iter::once(index).chain(also).collect(), kind: kind(types, &content.kind) }
    });
    contents.collect()
}

fn kind(types: &mut Types<'_>, kind: &ir::BodyKind) -> BodyKind {
    match kind {
        ir::BodyKind::Json(ty) => BodyKind::Json(types.of(ty)),
        ir::BodyKind::Form { ty, fields } => BodyKind::Form(types.of(ty), descriptors::form_fields(fields)),
        ir::BodyKind::Multipart { ty, parts } => multipart(types, *ty, parts),
        ir::BodyKind::Text(ty) => BodyKind::Text(types.of(ty)),
        ir::BodyKind::Lines(ty) => BodyKind::Lines(types.of(ty)),
        ir::BodyKind::Events(ty) if types.is_by_name(ty) => BodyKind::EventsByName(types.of(ty)),
        ir::BodyKind::Events(ty) => BodyKind::Events(types.of(ty)),
        ir::BodyKind::Binary => BodyKind::Binary,
    }
}

fn multipart(types: &mut Types<'_>, id: ir::TypeId, parts: &[ir::MultipartPart]) -> BodyKind {
    let fields = descriptors::multipart_fields(parts);
    let Kind::Object(object) = types.object(id).kind() else {
        return BodyKind::Multipart { fields, parts: Vec::new(), rest: None };
    };
    let parts = parts.iter().filter_map(|part| {
        let field = object.fields.iter().find(|field| field.name == part.wire)?;
        let is_file = part.content == ir::PartContent::File;
        let absence = match field.presence {
            Presence::Required if field.ty.nullable => PartAbsence::Null,
            Presence::Required => PartAbsence::Never,
            Presence::Optional | Presence::OptionalAny => PartAbsence::Absent,
            Presence::OptionalOrNull => PartAbsence::AbsentOrNull,
        };
        let file = is_file.then_some(matches!(field.ty.shape, Shape::List(_)));
        Some(Part { name: field.name, ty: field.not_null, absence, file })
    });
    let rest = match object.rest {
        Rest::Kept(ty, _) => Some(OtherParts { ty, unsent: object.unsent }),
        Rest::Ignored | Rest::Denied => None,
    };
    BodyKind::Multipart { fields, parts: parts.collect(), rest }
}
