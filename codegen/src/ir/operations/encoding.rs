//! Turns `encoding` into the encoding of each property of a form and each part of a multipart body.

use super::OperationBuilder;
use super::content::Content;
use super::media;
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, VersionLine, pointer};
use crate::ir::model::{
    Field, FormField, HeaderHolder, MultipartPart, PartContent, Scalar, Shape, Style, TypeId, TypeKind, TypeUse,
};
use crate::ir::types::NameHint;
use crate::limits::PART_TYPES;
use crate::openapi::repair;
use crate::raise::COLLECTION_FORMAT;

/// Keywords that have no effect on a part, each with help.
const UNWRITTEN: [(&str, &str); 4] = [
    (
        "headers",
        "the part is sent only with its content type; only files (`type: string`, `format: binary`) have headers",
    ),
    ("encoding", PARTS_WITHIN),
    ("prefixEncoding", PARTS_WITHIN),
    ("itemEncoding", PARTS_WITHIN),
];
const PARTS_WITHIN: &str = "an object is sent as JSON, and not as nested parts";

impl<'d> OperationBuilder<'d, '_> {
    /// The properties of a form whose encoding differs from `style: form, explode: true`.
    pub(super) fn form_fields(&mut self, content: &Content<'d>, ty: &TypeUse) -> Vec<FormField> {
        let encodings = content.node.get("encoding");
        let known = self.struct_fields(ty);
        self.report_unknown(content, &known);
        let mut fields = Vec::new();
        for field in &known {
            let encoding = encodings.and_then(|encodings| encodings.get(&field.wire));
            let nested = self.whole_content(&field.ty).0 == PartContent::Json && field.ty.shape != Shape::Any;
            let empty_is_null = self.empty_is_null(&field.ty);
            let written = FormField { empty_is_null, ..form_field(&field.wire, encoding, nested) };
            if written.json
                || empty_is_null
                || written.style != Style::Form
                || !written.explode
                || written.allow_reserved
            {
                fields.push(written);
            }
        }
        fields
    }

    /// The parts of a multipart body, one per field of its struct.
    pub(super) fn parts(&mut self, content: &Content<'d>, ty: TypeId, hint: &NameHint) -> Vec<MultipartPart> {
        let encodings = content.node.get("encoding");
        let fields = match &self.types.definition(ty).kind {
            TypeKind::Struct(definition) => definition.fields.clone(),
            _ => Vec::new(),
        };
        self.report_unknown(content, &fields);
        let mut parts = Vec::with_capacity(fields.len());
        for field in &fields {
            let encoding = encodings.and_then(|encodings| encodings.get(&field.wire));
            let mut part = self.part(field, encoding);
            if part.content == PartContent::File
                && let Some(encoding) = encoding
            {
                let at = pointer::join(&pointer::join(&content.pointer, "encoding"), &field.wire);
                let hint = hint.child(&field.wire);
                part.headers = self.headers(HeaderHolder::MultipartPart, encoding, &at, &hint);
            }
            parts.push(part);
        }
        self.report_unwritten(content, &parts);
        parts
    }

    /// The part of one field.
    fn part(&self, field: &Field, encoding: Option<&Node>) -> MultipartPart {
        let content_type = encoding.and_then(|encoding| encoding.get("contentType")).and_then(Node::as_str);
        let (by_type, repeated) = self.whole_content(&field.ty);
        let style = encoding.filter(|_| by_type != PartContent::File).and_then(|encoding| self.part_style(encoding));
        // Nested parts are not written, so no part may declare a multipart type.
        let content_type = content_type.filter(|content_type| style.is_none() && !is_multipart(content_type));
        let is_json = content_type.is_some_and(is_json);
        MultipartPart {
            field: field.name.clone(),
            wire: field.wire.clone(),
            content: if is_json && by_type == PartContent::Text { PartContent::Json } else { by_type },
            repeated,
            content_type: content_type.map(str::to_owned),
            style,
            empty_is_null: by_type != PartContent::File && self.empty_is_null(&field.ty),
            headers: None,
        }
    }

    /// The style of a part. OpenAPI 3.0 ignores it; later versions ignore the content type if there
    /// is a style.
    fn part_style(&self, encoding: &Node) -> Option<(Style, bool)> {
        let written = self.document.version.line > VersionLine::V3_0 && has_style(encoding);
        written.then(|| style(Some(encoding)))
    }

    fn struct_fields(&self, ty: &TypeUse) -> Vec<Field> {
        let mut shape = &ty.shape;
        for _ in 0..PART_TYPES {
            let Shape::Named(id) = shape else { break };
            match &self.types.definition(*id).kind {
                TypeKind::Struct(definition) => return definition.fields.clone(),
                TypeKind::Alias(inner) => shape = &inner.shape,
                _ => break,
            }
        }
        Vec::new()
    }

    fn whole_content(&self, ty: &TypeUse) -> (PartContent, bool) {
        let mut budget = PART_TYPES;
        self.part_content(ty, &mut budget)
    }

    /// The content of a part that holds a value of a type, and whether the part is repeated.
    fn part_content(&self, ty: &TypeUse, budget: &mut u32) -> (PartContent, bool) {
        if *budget == 0 {
            return (PartContent::Json, false);
        }
        *budget -= 1;
        match &ty.shape {
            Shape::Scalar(Scalar::Binary) => (PartContent::File, false),
            Shape::Scalar(_) => (PartContent::Text, false),
            Shape::List(item) => match self.part_content(item, budget) {
                (_, true) => (PartContent::Json, false),
                (content, false) => (content, true),
            },
            Shape::Map(..) | Shape::Any | Shape::Tuple(_) => (PartContent::Json, false),
            Shape::Named(id) => match &self.types.definition(*id).kind {
                TypeKind::Struct(_) => (PartContent::Json, false),
                TypeKind::Union(union) => {
                    let mut is_text = |ty: &TypeUse| self.part_content(ty, budget) == (PartContent::Text, false);
                    let all_text = union.variants.iter().all(|variant| is_text(&variant.ty));
                    (if all_text { PartContent::Text } else { PartContent::Json }, false)
                }
                TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => (PartContent::Text, false),
                TypeKind::Newtype(newtype) => self.part_content(&newtype.inner, budget),
                TypeKind::Alias(inner) => self.part_content(inner, budget),
            },
        }
    }

    /// Reports keywords that have no effect: headers of parts that are not files, and nested parts.
    fn report_unwritten(&mut self, content: &Content<'d>, parts: &[MultipartPart]) {
        for entry in content.node.get("encoding").and_then(Node::as_object).into_iter().flatten() {
            let at = pointer::join(&pointer::join(&content.pointer, "encoding"), &entry.key);
            let is_file = parts.iter().any(|part| *part.wire == *entry.key && part.content == PartContent::File);
            for (keyword, help) in UNWRITTEN {
                let Some(node) = entry.value.get(keyword).filter(|_| !(is_file && keyword == "headers")) else {
                    continue;
                };
                let message = format!("`{keyword}` of the part `{}` is not used", entry.key);
                let diagnostic = Diagnostic::new(&codes::UNSUPPORTED_KEYWORD, node, message);
                self.out.report(diagnostic.at(pointer::join(&at, keyword)).help(help));
            }
        }
    }

    fn report_unknown(&mut self, content: &Content<'d>, fields: &[Field]) {
        if fields.is_empty() {
            return;
        }
        for entry in content.node.get("encoding").and_then(Node::as_object).into_iter().flatten() {
            if !fields.iter().any(|field| *field.wire == *entry.key) && !entry.key.starts_with("x-") {
                let message = format!("the encoding `{}` does not name a property", entry.key);
                let at = pointer::join(&pointer::join(&content.pointer, "encoding"), &entry.key);
                let repair = repair::remove(&at);
                let diagnostic = Diagnostic::new(&codes::UNKNOWN_ENCODING, entry, message).at(at).overlay(repair);
                self.out.report(diagnostic.help("name a property of the schema, or remove the entry"));
            }
        }
    }
}

fn form_field(wire: &str, encoding: Option<&Node>, nested: bool) -> FormField {
    let get = |key| encoding.and_then(|encoding| encoding.get(key));
    let (style, explode) = style(encoding);
    let content_type = get("contentType").and_then(Node::as_str);
    FormField {
        wire: wire.to_owned(),
        style,
        explode,
        allow_reserved: get("allowReserved").and_then(Node::as_bool).unwrap_or(false),
        json: !encoding.is_some_and(has_style) && content_type.map_or(nested, is_json),
        empty_is_null: false,
    }
}

/// Whether an encoding has a keyword that takes precedence over the content type. For an object,
/// the default content type is JSON.
fn has_style(encoding: &Node) -> bool {
    ["style", "explode", "allowReserved"].into_iter().any(|key| encoding.get(key).is_some())
}

/// The style of a property, and whether it is exploded.
fn style(encoding: Option<&Node>) -> (Style, bool) {
    let get = |key| encoding.and_then(|encoding| encoding.get(key));
    let style = match get("style").and_then(Node::as_str) {
        Some("spaceDelimited") => Style::SpaceDelimited,
        Some("pipeDelimited") => Style::PipeDelimited,
        Some("tabDelimited") if get(COLLECTION_FORMAT).is_some() => Style::TabDelimited,
        Some("deepObject") => Style::DeepObject,
        _ => Style::Form,
    };
    let explode = get("explode").and_then(Node::as_bool);
    (style, explode.unwrap_or(matches!(style, Style::Form | Style::DeepObject)))
}

fn is_json(content_type: &str) -> bool {
    media::parse(content_type).is_some_and(|media| media::is_json(&media.essence))
}

fn is_multipart(content_type: &str) -> bool {
    media::parse(content_type).is_some_and(|media| media.essence.starts_with("multipart/"))
}
