//! Turns a `content` object into its media types, each with its class and schemas.

use std::collections::BTreeMap;

use super::media::{self, Class};
use super::value_kind::{ValueKind, value_kind};
use super::{OperationBuilder, follow};
use crate::diagnostics::{Diagnostic, codes};
use crate::document::{Node, pointer};
use crate::ir::model::{Constraints, Media, Scalar, Shape, TypeUse, Usage};
use crate::ir::types::NameHint;
use crate::limits::COMPARED_BODIES;
use crate::lower::EVENTS_BY_NAME;
use crate::openapi::equality::alike;

/// One media type of a body.
#[derive(Debug)]
pub(super) struct Content<'d> {
    pub media: Media,
    /// Other media types with the same schema.
    pub also: Vec<Media>,
    pub class: Class,
    pub schema: Option<SchemaAt<'d>>,
    /// `itemSchema` (OpenAPI 3.2): the schema of one event or line.
    pub item: Option<SchemaAt<'d>>,
    /// The media type object.
    pub node: &'d Node,
    /// JSON Pointer of the media type object.
    pub pointer: String,
    /// Whether JSON is offered, either by this content or by another one.
    pub json: bool,
}

/// A schema and its JSON Pointer.
#[derive(Clone, Debug)]
pub(super) struct SchemaAt<'d> {
    pub node: &'d Node,
    pub pointer: String,
}

/// Types of the schemas of one body. Equal schemas under several media types then share a type.
#[derive(Debug, Default)]
pub(super) struct Seen<'d>(Vec<(&'d Node, TypeUse)>);

impl<'d> OperationBuilder<'d, '_> {
    /// The media types of a body or response. `parent` contains the `content`.
    pub(super) fn contents(&mut self, parent: &'d Node, at: &str) -> Vec<Content<'d>> {
        let at = pointer::join(at, "content");
        let mut contents: Vec<Content<'d>> = Vec::new();
        for entry in parent.get("content").and_then(Node::as_object).into_iter().flatten() {
            if entry.key.starts_with("x-") && !entry.key.contains('/') {
                continue;
            }
            let at = pointer::join(&at, &entry.key);
            let Some(media) = media::parse(&entry.key) else {
                let message = format!("`{}` is not a media type", entry.key);
                let diagnostic = Diagnostic::new(&codes::INVALID_MEDIA_TYPE, entry, message).at(at);
                self.out.report(diagnostic.help("write a type and a subtype, such as `application/json`"));
                continue;
            };
            let node = follow(self.document, &entry.value);
            let schema = schema_at(node, &at, "schema");
            let class = match media::classify(&media.essence) {
                Class::Wildcard => self.wildcard(entry.key_span, schema.as_ref(), &at),
                class => class,
            };
            contents.push(Content {
                media,
                also: Vec::new(),
                class,
                schema,
                item: schema_at(node, &at, "itemSchema"),
                node,
                pointer: at,
                json: false,
            });
        }
        let json = contents.iter().any(|content| content.class == Class::Json);
        for content in &mut contents {
            content.json = json;
        }
        contents
    }

    /// The class of a wildcard: JSON or text if its schema says so, and bytes otherwise.
    fn wildcard(&mut self, span: crate::document::Span, schema: Option<&SchemaAt<'d>>, at: &str) -> Class {
        match schema.map_or(ValueKind::Any, |schema| value_kind(self.document, schema.node)) {
            ValueKind::Any | ValueKind::Binary => Class::Stream,
            ValueKind::Text => Class::Text,
            ValueKind::Object | ValueKind::List | ValueKind::Scalar | ValueKind::Mixed => {
                let diagnostic =
                    Diagnostic::new(&codes::WILDCARD_MEDIA_TYPE, span, "this wildcard is treated as JSON").at(at);
                self.out.report(diagnostic.help("write `application/json`"));
                Class::Json
            }
        }
    }

    /// The type of a JSON content. It is any JSON if the content has no schema.
    pub(super) fn json_type(
        &mut self,
        schema: Option<&SchemaAt<'d>>,
        usage: Usage,
        hint: &NameHint,
        seen: &mut Seen<'d>,
    ) -> TypeUse {
        let Some(schema) = schema else { return any() };
        if let Some((_, ty)) = seen.0.iter().find(|(node, _)| alike(node, schema.node)) {
            return ty.clone();
        }
        let ty = self.types.type_use(schema.node, &schema.pointer, usage, hint, self.out);
        if seen.0.len() < COMPARED_BODIES {
            seen.0.push((schema.node, ty.clone()));
        }
        ty
    }

    /// The type of a text: a string, with the constraints of an inline schema.
    pub(super) fn text_type(&mut self, content: &Content<'d>, usage: Usage, hint: &NameHint) -> TypeUse {
        let Some(schema) = &content.schema else { return super::parameters::string() };
        if value_kind(self.document, schema.node) != ValueKind::Text {
            self.report_untyped(content);
            return super::parameters::string();
        }
        let is_plain = schema.node.reference().is_none()
            && schema.node.get("enum").is_none()
            && schema.node.get("format").is_none();
        if !is_plain || schema.node.get("allOf").is_some() {
            return super::parameters::string();
        }
        let ty = self.types.type_use(schema.node, &schema.pointer, usage, hint, self.out);
        if ty.shape == Shape::Scalar(Scalar::String) {
            TypeUse { nullable: false, ..ty }
        } else {
            super::parameters::string()
        }
    }

    /// The type of one line: that of `itemSchema`, of the items of a list, or of the schema itself.
    pub(super) fn line_type(
        &mut self,
        content: &Content<'d>,
        usage: Usage,
        hint: &NameHint,
        seen: &mut Seen<'d>,
    ) -> TypeUse {
        let hint = hint.child("line");
        if let Some(item) = &content.item {
            return self.json_type(Some(item), usage, &hint, seen);
        }
        let Some(schema) = &content.schema else { return any() };
        let (target, pointer) = self.target(schema);
        let is_list = target.get("type").and_then(Node::as_str) == Some("array");
        match target.get("items").filter(|_| is_list) {
            Some(node) => {
                let items = SchemaAt { node, pointer: pointer::join(&pointer, "items") };
                self.json_type(Some(&items), usage, &hint, seen)
            }
            None => self.json_type(Some(schema), usage, &hint, seen),
        }
    }

    /// The type of one event, which is that of its `data`. The data is JSON unless it is a string.
    pub(super) fn event_type(
        &mut self,
        content: &Content<'d>,
        usage: Usage,
        hint: &NameHint,
        seen: &mut Seen<'d>,
    ) -> TypeUse {
        let hint = hint.child("event");
        let Some(event) = content.item.as_ref().or(content.schema.as_ref()) else { return super::parameters::string() };
        let (target, pointer) = self.target(event);
        if target.get(EVENTS_BY_NAME).is_some() {
            return self.json_type(Some(event), usage, &hint, seen);
        }
        // OpenAPI 3.2 describes the whole event: `data`, `event`, `id` and `retry`.
        let is_whole_event = content.item.is_some() && target.pointer("/properties/data").is_some();
        let mut data = SchemaAt { node: event.node, pointer: event.pointer.clone() };
        if is_whole_event && let Some(node) = target.pointer("/properties/data") {
            let pointer = format!("{pointer}/properties/data");
            data = match node.get("contentSchema") {
                Some(schema) => SchemaAt { node: schema, pointer: pointer::join(&pointer, "contentSchema") },
                None => SchemaAt { node, pointer },
            };
        }
        match value_kind(self.document, data.node) {
            ValueKind::Text | ValueKind::Binary | ValueKind::Any => super::parameters::string(),
            _ => self.json_type(Some(&data), usage, &hint, seen),
        }
    }

    /// The target of a reference, or the schema itself, with its JSON Pointer.
    pub(super) fn target(&self, schema: &SchemaAt<'d>) -> (&'d Node, String) {
        let target = schema
            .node
            .reference()
            .and_then(|reference| crate::document::resolve_chain(&self.document.root, reference));
        target.unwrap_or((schema.node, schema.pointer.clone()))
    }

    /// Reports that the schema of a content that is neither JSON nor a form is unused.
    pub(super) fn report_untyped(&mut self, content: &Content<'d>) {
        if let Some(schema) = &content.schema {
            self.report_unused(content, schema);
        }
    }

    /// Reports that the schema of the items of a content is unused.
    pub(super) fn report_untyped_items(&mut self, content: &Content<'d>) {
        if let Some(item) = &content.item {
            self.report_unused(content, item);
        }
    }

    fn report_unused(&mut self, content: &Content<'d>, schema: &SchemaAt<'d>) {
        if !matches!(value_kind(self.document, schema.node), ValueKind::Object | ValueKind::List | ValueKind::Mixed) {
            return;
        }
        let message = format!("the schema of `{}` is not used", content.media.text);
        let diagnostic = Diagnostic::new(&codes::UNTYPED_BODY, schema.node, message).at(&*schema.pointer);
        self.out.report(if content.json {
            diagnostic.note().help("it is passed on unchanged; the JSON content has a type")
        } else {
            diagnostic.help("document the content as JSON too if the API offers it")
        });
    }

    pub(super) fn value_kind(&self, content: &Content<'d>) -> ValueKind {
        content.schema.as_ref().map_or(ValueKind::Any, |schema| value_kind(self.document, schema.node))
    }
}

/// The contents. Those with equal schemas are merged into the first JSON one, because all of them
/// are the same JSON value. Plain text is also JSON if it has the schema of a JSON content and
/// `is_text_json` says so.
pub(super) fn merged<'d>(contents: Vec<Content<'d>>, is_text_json: impl Fn(&Content<'d>) -> bool) -> Vec<Content<'d>> {
    let is_json = |content: &Content<'d>| content.class == Class::Json;
    let may_merge = |content: &Content<'d>| {
        let plain = content.class == Class::Text && content.media.essence == "text/plain" && is_text_json(content);
        content.schema.is_some() && content.item.is_none() && (is_json(content) || plain)
    };
    let mut merged: Vec<Content<'d>> = Vec::with_capacity(contents.len());
    for content in contents {
        let is_same = |other: &Content<'d>| {
            may_merge(other)
                && parameters(&other.media) == parameters(&content.media)
                && same(node(other.schema.as_ref()), node(content.schema.as_ref()))
                && (is_json(other) || is_json(&content))
        };
        match merged.iter_mut().find(|other| may_merge(&content) && is_same(other)) {
            None => merged.push(content),
            Some(first) if ranks_above(&content, first) => {
                let before = std::mem::replace(first, content);
                first.also.extend([before.media]);
                first.also.extend(before.also);
            }
            Some(first) => first.also.push(content.media),
        }
    }
    merged
}

/// The parameters of a media type except its charset. They distinguish versions.
fn parameters(media: &Media) -> Vec<String> {
    let parameters = media.text.split(';').skip(1).map(|one| one.trim().to_ascii_lowercase());
    parameters.filter(|one| !one.starts_with("charset")).collect()
}

/// Whether this content, and not another one with the same schema, names the media type that is
/// sent.
fn ranks_above(content: &Content<'_>, other: &Content<'_>) -> bool {
    let rank = |one: &Content<'_>| match one.media.essence.as_str() {
        "application/json" => 0,
        essence if one.class == Class::Json && !essence.contains('*') => 1,
        _ => 2,
    };
    rank(content) < rank(other)
}

/// Words that distinguish the contents of one body: those of the class if only one content has it,
/// and those of the media type otherwise.
pub(super) fn words(contents: &[Content<'_>]) -> Vec<String> {
    let named: Vec<(&'static str, String)> =
        contents.iter().map(|one| (media::class_word(one.class), media::words(&one.media))).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (class, _) in &named {
        *counts.entry(class).or_default() += 1;
    }
    let is_alone = |class: &str| class != "bytes" && counts.get(class) == Some(&1);
    let is_shared = |own: &String| named.iter().filter(|(_, other)| other == own).count() > 1;
    let words = contents.iter().zip(&named).map(|(one, (class, own))| match one.media.essence.split_once('/') {
        _ if is_alone(class) => (*class).to_owned(),
        // This is `text/json` next to `application/json`.
        Some((kind, _)) if is_shared(own) && kind != "application" => format!("{kind} {own}"),
        _ => own.clone(),
    });
    words.collect()
}

/// For each content, the word that distinguishes its type from the types of the other contents.
/// Contents with equal schemas share a type. It is named after the smallest of their words, or has
/// no word if all contents share it.
pub(super) fn type_words<'c, 'w>(contents: &[Content<'c>], words: &'w [String]) -> Vec<Option<&'w str>> {
    let schema = |content: &Content<'c>| (node(content.schema.as_ref()), node(content.item.as_ref()));
    let few = contents.len() <= COMPARED_BODIES;
    let schemas: Vec<_> = contents.iter().filter(|_| few).map(schema).collect();
    let alike = |own: &Content<'c>| {
        let (own, item) = schema(own);
        let alike = words.iter().zip(&schemas).filter(|(_, other)| same(other.0, own) && same(other.1, item));
        alike.map(|(word, _)| word.as_str()).collect::<Vec<_>>()
    };
    let named = contents.iter().zip(words).map(|(content, word)| match (few, alike(content)) {
        _ if contents.len() == 1 => None,
        (true, alike) if alike.len() == contents.len() => None,
        (true, alike) => alike.into_iter().min(),
        (false, _) => Some(word.as_str()),
    });
    named.collect()
}

fn same(one: Option<&Node>, other: Option<&Node>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => alike(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

fn node<'d>(schema: Option<&SchemaAt<'d>>) -> Option<&'d Node> {
    schema.map(|at| at.node)
}

pub(super) fn any() -> TypeUse {
    TypeUse { shape: Shape::Any, nullable: false, constraints: Constraints::default() }
}

fn schema_at<'d>(node: &'d Node, at: &str, key: &str) -> Option<SchemaAt<'d>> {
    Some(SchemaAt { node: node.get(key)?, pointer: pointer::join(at, key) })
}
