//! The responses of a document as operations: a response is read as the request of an operation
//! that takes what the response has. So the same code decides about requests and responses.

use std::collections::BTreeMap;

use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::ir::model::{
    Api, BodyContent, BodyKind, Doc, Header, HeaderForm, Location, Method, Operation, Parameter, PathTemplate,
    RequestBody, ResponseBody, ResponseCase, Segment, SegmentPiece, Status, Style,
};

use crate::document::Document;
use crate::leak::leak;
use crate::respond::cases;

/// The document whose operations take the responses of `document`. It lives as long as the program.
pub(super) fn compile(document: &'static Document) -> &'static Document {
    let mut operations = Vec::new();
    for (index, operation) in document.api.operations.iter().enumerate() {
        let mut by_status: BTreeMap<Status, Vec<&ResponseCase>> = BTreeMap::new();
        for case in cases(operation) {
            by_status.entry(case.status).or_default().push(case);
        }
        let taken = by_status.into_iter();
        operations.extend(taken.map(|(status, cases)| self::operation(document.api, index, operation, status, &cases)));
    }
    let api = Api { operations, webhooks: None, ..document.api.clone() };
    leak(Document::compile(leak(api), document.tree, Diagnostics::new()))
}

/// The path of the operation that takes a response.
pub(super) fn path(operation: usize, status: Status) -> String {
    format!("/{operation}/{}", word(status))
}

fn word(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(class) => format!("{class}xx"),
        Status::Default => "default".to_owned(),
    }
}

fn operation(api: &Api, index: usize, described: &Operation, status: Status, cases: &[&ResponseCase]) -> Operation {
    let raw = path(index, status);
    let segments = [index.to_string(), word(status)];
    let segments = segments.into_iter().map(|text| Segment { pieces: vec![SegmentPiece::Literal(text)] });
    let group = cases.iter().find_map(|case| api.header_groups.get(case.headers?));
    let headers = group.map(|group| group.headers.as_slice()).unwrap_or_default();
    Operation {
        id: raw.clone(),
        method: Method("POST".to_owned()),
        path: PathTemplate { segments: segments.collect(), query: Vec::new(), raw },
        parameters: headers.iter().filter(|header| is_read(header)).map(|one| parameter(described, one)).collect(),
        body: body(described, cases),
        security: Vec::new(),
        ..described.clone()
    }
}

/// The header of the media type is checked with the body. Cookies have no schema that fits several
/// lines.
fn is_read(header: &Header) -> bool {
    !["content-type", "set-cookie"].iter().any(|other| header.wire.eq_ignore_ascii_case(other))
}

fn parameter(described: &Operation, header: &Header) -> Parameter {
    let media = || specwright_codegen::ir::model::Media {
        text: "application/json".to_owned(),
        essence: "application/json".to_owned(),
    };
    Parameter {
        name: header.name.clone(),
        marker: described.input.clone(),
        wire: header.wire.clone(),
        location: Location::Header,
        style: Style::Simple,
        explode: header.form == HeaderForm::Simple { explode: true },
        allow_reserved: false,
        required: header.required,
        allow_empty: false,
        content: (header.form == HeaderForm::Json).then(media),
        ty: header.ty.clone(),
        default: None,
        doc: Doc::default(),
    }
}

fn body(described: &Operation, cases: &[&ResponseCase]) -> Option<RequestBody> {
    let contents = cases.iter().filter_map(|case| {
        let kind = match &case.body {
            ResponseBody::Empty => return None,
            ResponseBody::Json(ty) => BodyKind::Json(ty.clone()),
            ResponseBody::Text(ty) => BodyKind::Text(ty.clone()),
            ResponseBody::Form(ty) => BodyKind::Form { ty: ty.clone(), fields: Vec::new() },
            ResponseBody::Events(ty) => BodyKind::Events(ty.clone()),
            ResponseBody::Lines(ty) => BodyKind::Lines(ty.clone()),
            ResponseBody::Bytes | ResponseBody::Stream => BodyKind::Binary,
        };
        Some(BodyContent {
            media: case.media.clone()?,
            also: case.also.clone(),
            variant: case.variant.clone(),
            setter: described.name.clone(),
            kind,
            example: None,
            streamed: None,
        })
    });
    let contents: Vec<BodyContent> = contents.collect();
    (!contents.is_empty()).then_some(RequestBody { required: false, contents, doc: Doc::default() })
}
