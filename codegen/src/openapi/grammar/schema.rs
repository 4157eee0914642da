//! The keywords of a schema: those of 3.0, of JSON Schema 2020-12 and of the drafts between that documents still use.
//!
//! Common keywords come first, as lookups go from the front.

use super::{Field, Form, Kind, may, must};

pub(super) const SCHEMA: &[Field] = &[
    may("type", Form::Anything),
    may("description", Form::Text),
    may("properties", Form::Named(Kind::Schema)),
    may("$ref", Form::Text),
    may("example", Form::Anything),
    may("required", Form::Texts),
    may("items", Form::OneOrMany(Kind::Schema)),
    may("format", Form::Text),
    may("enum", Form::List),
    may("title", Form::Text),
    may("nullable", Form::Flag),
    may("default", Form::Anything),
    may("maxLength", Form::Count),
    may("minLength", Form::Count),
    may("readOnly", Form::Flag),
    may("writeOnly", Form::Flag),
    may("additionalProperties", Form::One(Kind::Schema)),
    may("allOf", Form::Many(Kind::Schema)),
    may("anyOf", Form::Many(Kind::Schema)),
    may("oneOf", Form::Many(Kind::Schema)),
    may("not", Form::One(Kind::Schema)),
    may("deprecated", Form::Flag),
    may("pattern", Form::Text),
    may("minimum", Form::Number),
    may("maximum", Form::Number),
    may("exclusiveMinimum", Form::Anything),
    may("exclusiveMaximum", Form::Anything),
    may("multipleOf", Form::Number),
    may("minItems", Form::Count),
    may("maxItems", Form::Count),
    may("uniqueItems", Form::Flag),
    may("minProperties", Form::Count),
    may("maxProperties", Form::Count),
    may("discriminator", Form::One(Kind::Discriminator)),
    may("xml", Form::One(Kind::Xml)),
    may("externalDocs", Form::One(Kind::ExternalDocs)),
    may("examples", Form::Anything),
    may("const", Form::Anything),
    may("patternProperties", Form::Named(Kind::Schema)),
    may("prefixItems", Form::Many(Kind::Schema)),
    may("contentEncoding", Form::Text),
    may("contentMediaType", Form::Text),
    may("contentSchema", Form::One(Kind::Schema)),
    may("propertyNames", Form::One(Kind::Schema)),
    may("unevaluatedProperties", Form::One(Kind::Schema)),
    may("unevaluatedItems", Form::One(Kind::Schema)),
    may("additionalItems", Form::One(Kind::Schema)),
    may("contains", Form::One(Kind::Schema)),
    may("minContains", Form::Count),
    may("maxContains", Form::Count),
    may("dependentRequired", Form::Map),
    may("dependentSchemas", Form::Named(Kind::Schema)),
    may("dependencies", Form::Map),
    may("if", Form::One(Kind::Schema)),
    may("then", Form::One(Kind::Schema)),
    may("else", Form::One(Kind::Schema)),
    may("$defs", Form::Named(Kind::Schema)),
    may("definitions", Form::Named(Kind::Schema)),
    may("$id", Form::Text),
    may("id", Form::Anything),
    may("$schema", Form::Text),
    may("$anchor", Form::Text),
    may("$dynamicRef", Form::Text),
    may("$dynamicAnchor", Form::Text),
    may("$recursiveRef", Form::Text),
    may("$recursiveAnchor", Form::Anything),
    may("$comment", Form::Text),
    may("$vocabulary", Form::Map),
];

pub(super) const DISCRIMINATOR: &[Field] =
    &[must("propertyName", Form::Text), may("mapping", Form::TextMap), may("defaultMapping", Form::Text)];

pub(super) const XML: &[Field] = &[
    may("name", Form::Text),
    may("namespace", Form::Text),
    may("prefix", Form::Text),
    may("attribute", Form::Flag),
    may("wrapped", Form::Flag),
    may("nodeType", Form::Text),
];

/// The keywords that hold objects of the format, by a lookup that is fast for all others.
pub(super) fn child(key: &str) -> Option<Form> {
    Some(match key {
        "properties" | "patternProperties" | "dependentSchemas" | "$defs" | "definitions" => Form::Named(Kind::Schema),
        "items" => Form::OneOrMany(Kind::Schema),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Form::Many(Kind::Schema),
        "additionalProperties"
        | "not"
        | "contentSchema"
        | "propertyNames"
        | "unevaluatedProperties"
        | "unevaluatedItems"
        | "additionalItems"
        | "contains"
        | "if"
        | "then"
        | "else" => Form::One(Kind::Schema),
        "discriminator" => Form::One(Kind::Discriminator),
        "xml" => Form::One(Kind::Xml),
        "externalDocs" => Form::One(Kind::ExternalDocs),
        _ => return None,
    })
}
