//! The operations of an API → the descriptors that the runtime's router and readers take. Generated
//! code has the same descriptors in `descriptors.rs`.

use specwright_codegen::ir::model as ir;
use specwright_runtime::descriptor::{
    Alternative, FormField, Location, MultipartField, Operation, Parameter, PartContent, Piece, RequestBody,
    Requirement, Scheme, SchemeKind, Style,
};

use crate::leak::{leak, leak_all, leak_text, leak_texts};

/// The descriptors of all operations, in their order.
pub(super) fn all(api: &ir::Api) -> &'static [Operation] {
    let schemes: Vec<&'static Scheme> = api.schemes.iter().map(|scheme| leak(self::scheme(scheme))).collect();
    leak_all(api.operations.iter().map(|operation| descriptor(operation, &schemes)).collect())
}

fn descriptor(operation: &ir::Operation, schemes: &[&'static Scheme]) -> Operation {
    let query = operation.path.query.iter().map(|(key, value)| (leak_text(key), value.as_deref().map(leak_text)));
    let security = operation.security.iter().map(|alternative| self::alternative(alternative, schemes));
    Operation {
        id: leak_text(&operation.id),
        method: leak_text(&operation.method.0),
        path: leak_text(&operation.path.raw),
        segments: leak_all(operation.path.segments.iter().map(segment).collect()),
        fixed_query: leak_all(query.collect()),
        parameters: leak_all(operation.parameters.iter().map(parameter).collect()),
        body: operation.body.as_ref().map(body),
        security: leak_all(security.collect()),
        idempotent: operation.method.is_idempotent(),
        invalid: operation.invalid_status(),
        ..Operation::BASE
    }
}

fn segment(segment: &ir::Segment) -> &'static [Piece] {
    let pieces = segment.pieces.iter().map(|piece| match piece {
        ir::SegmentPiece::Literal(text) => Piece::Literal(leak_text(text)),
        ir::SegmentPiece::Parameter(index) => Piece::Parameter(*index),
    });
    leak_all(pieces.collect())
}

fn parameter(parameter: &ir::Parameter) -> Parameter {
    let location = match parameter.location {
        ir::Location::Path => Location::Path,
        ir::Location::Query => Location::Query,
        ir::Location::Header => Location::Header,
        ir::Location::Cookie => Location::Cookie,
        ir::Location::QueryString => Location::QueryString,
    };
    Parameter {
        name: leak_text(&parameter.wire),
        location,
        style: style(parameter.style),
        explode: parameter.explode,
        allow_reserved: parameter.allow_reserved,
        required: parameter.required,
        json: parameter.content.is_some(),
        allow_empty: parameter.allow_empty,
    }
}

fn style(style: ir::Style) -> Style {
    match style {
        ir::Style::Simple => Style::Simple,
        ir::Style::Label => Style::Label,
        ir::Style::Matrix => Style::Matrix,
        ir::Style::Form => Style::Form,
        ir::Style::SpaceDelimited => Style::SpaceDelimited,
        ir::Style::PipeDelimited => Style::PipeDelimited,
        ir::Style::TabDelimited => Style::TabDelimited,
        ir::Style::DeepObject => Style::DeepObject,
    }
}

fn body(body: &ir::RequestBody) -> RequestBody {
    let also = body.contents.iter().flat_map(|content| &content.also);
    let media = body.contents.iter().map(|content| &content.media).chain(also);
    RequestBody { required: body.required, media: leak_texts(media.map(|media| &media.text)) }
}

fn alternative(alternative: &ir::Alternative, schemes: &[&'static Scheme]) -> Alternative {
    let requirements = alternative.requirements.iter().filter_map(|requirement| {
        let scheme = schemes.get(requirement.scheme).copied()?;
        Some(Requirement { scheme, scopes: leak_texts(&requirement.scopes) })
    });
    Alternative { requirements: leak_all(requirements.collect()) }
}

fn scheme(scheme: &ir::Scheme) -> Scheme {
    let kind = match &scheme.kind {
        ir::SchemeKind::HeaderKey(name) => SchemeKind::Header(leak_text(name)),
        ir::SchemeKind::QueryKey(name) => SchemeKind::Query(leak_text(name)),
        ir::SchemeKind::CookieKey(name) => SchemeKind::Cookie(leak_text(name)),
        ir::SchemeKind::Basic => SchemeKind::Basic,
        ir::SchemeKind::Bearer => SchemeKind::Bearer,
        ir::SchemeKind::Http(name) => SchemeKind::Http(leak_text(name)),
        ir::SchemeKind::MutualTls => SchemeKind::MutualTls,
    };
    Scheme { name: leak_text(&scheme.wire), kind }
}

/// The properties of a form whose encoding differs from the default.
pub(super) fn form_fields(fields: &[ir::FormField]) -> &'static [FormField] {
    let fields = fields.iter().map(|field| FormField {
        name: leak_text(&field.wire),
        style: style(field.style),
        explode: field.explode,
        allow_reserved: field.allow_reserved,
        json: field.json,
        empty_is_null: field.empty_is_null,
    });
    leak_all(fields.collect())
}

/// The parts of a multipart body.
pub(super) fn multipart_fields(parts: &[ir::MultipartPart]) -> &'static [MultipartField] {
    let parts = parts.iter().map(|part| MultipartField {
        name: leak_text(&part.wire),
        content: match part.content {
            ir::PartContent::Text => PartContent::Text,
            ir::PartContent::Json => PartContent::Json,
            ir::PartContent::File => PartContent::File,
        },
        repeated: part.repeated,
        content_type: part.content_type.as_deref().map(leak_text),
        style: part.style.map(|(style, explode)| (self::style(style), explode)),
        empty_is_null: part.empty_is_null,
    });
    leak_all(parts.collect())
}
