//! The keywords of a schema: those of OpenAPI 2.0 and 3.0, of JSON Schema 2020-12, and of its
//! earlier drafts, which a document since version 3.1 can select with `$schema`.

use super::ValueType::{Array, Number, Object, String};
use super::field::{may, must};
use super::{Field, Form, Kind};
use crate::document::VersionLine::{V2_0, V3_0, V3_1, V3_2};

pub(super) const SCHEMA: &[Field] = &[
    may("type", Form::Anything),
    may("description", Form::Text).annotation(),
    may("properties", Form::Named(Kind::Schema)).of(Object),
    may("$ref", Form::Text),
    may("example", Form::Anything).annotation(),
    may("required", Form::Texts).of(Object),
    may("items", Form::OneOrMany(Kind::Schema)).of(Array),
    may("format", Form::Text),
    may("enum", Form::List),
    may("title", Form::Text).annotation(),
    may("nullable", Form::Flag).annotation().since(V3_0).until(V3_0),
    may("default", Form::Anything).annotation(),
    may("maxLength", Form::Count).of(String),
    may("minLength", Form::Count).of(String),
    may("readOnly", Form::Flag).annotation(),
    may("writeOnly", Form::Flag).annotation().since(V3_0),
    may("additionalProperties", Form::One(Kind::Schema)).of(Object),
    may("allOf", Form::Many(Kind::Schema)),
    may("anyOf", Form::Many(Kind::Schema)).since(V3_0),
    may("oneOf", Form::Many(Kind::Schema)).since(V3_0),
    may("not", Form::One(Kind::Schema)).since(V3_0),
    may("deprecated", Form::Flag).annotation().since(V3_0),
    may("pattern", Form::Text).of(String),
    may("minimum", Form::Number).of(Number),
    may("maximum", Form::Number).of(Number),
    // A flag until 3.0, a number since 3.1.
    may("exclusiveMinimum", Form::Anything).of(Number),
    may("exclusiveMaximum", Form::Anything).of(Number),
    may("multipleOf", Form::Number).of(Number),
    may("minItems", Form::Count).of(Array),
    may("maxItems", Form::Count).of(Array),
    may("uniqueItems", Form::Flag).of(Array),
    may("minProperties", Form::Count).of(Object),
    may("maxProperties", Form::Count).of(Object),
    may("discriminator", Form::Text).hint().until(V2_0),
    may("discriminator", Form::One(Kind::Discriminator)).hint().since(V3_0),
    may("xml", Form::One(Kind::Xml)).annotation(),
    may("externalDocs", Form::One(Kind::ExternalDocs)).annotation(),
    may("examples", Form::Anything).annotation().since(V3_1),
    may("const", Form::Anything).since(V3_1),
    may("patternProperties", Form::Named(Kind::Schema)).of(Object).since(V3_1),
    may("prefixItems", Form::Many(Kind::Schema)).of(Array).since(V3_1),
    may("contentEncoding", Form::Text).hint().of(String).since(V3_1),
    may("contentMediaType", Form::Text).hint().of(String).since(V3_1),
    may("contentSchema", Form::One(Kind::Schema)).hint().of(String).since(V3_1),
    may("propertyNames", Form::One(Kind::Schema)).of(Object).since(V3_1),
    may("unevaluatedProperties", Form::One(Kind::Schema)).of(Object).since(V3_1),
    may("unevaluatedItems", Form::One(Kind::Schema)).of(Array).since(V3_1),
    // Until draft 2019-09: the items after those that `items` lists.
    may("additionalItems", Form::One(Kind::Schema)).of(Array).since(V3_1),
    may("contains", Form::One(Kind::Schema)).of(Array).since(V3_1),
    may("minContains", Form::Count).of(Array).since(V3_1),
    may("maxContains", Form::Count).of(Array).since(V3_1),
    may("dependentRequired", Form::Map).of(Object).since(V3_1),
    may("dependentSchemas", Form::Named(Kind::Schema)).of(Object).since(V3_1),
    // Until draft 7: both of the above.
    may("dependencies", Form::Map).of(Object).since(V3_1),
    may("if", Form::One(Kind::Schema)).since(V3_1),
    may("then", Form::One(Kind::Schema)).since(V3_1),
    may("else", Form::One(Kind::Schema)).since(V3_1),
    may("$defs", Form::Named(Kind::Schema)).bookkeeping().since(V3_1),
    // Until draft 7: `$defs`.
    may("definitions", Form::Named(Kind::Schema)).bookkeeping().since(V3_1),
    may("$id", Form::Text).bookkeeping().since(V3_1),
    // Until draft 4: `$id`.
    may("id", Form::Anything).bookkeeping().since(V3_1),
    may("$schema", Form::Text).bookkeeping().since(V3_1),
    may("$anchor", Form::Text).bookkeeping().since(V3_1),
    may("$dynamicRef", Form::Text).since(V3_1),
    may("$dynamicAnchor", Form::Text).bookkeeping().since(V3_1),
    // Draft 2019-09: `$dynamicRef` and `$dynamicAnchor`.
    may("$recursiveRef", Form::Text).since(V3_1),
    may("$recursiveAnchor", Form::Anything).bookkeeping().since(V3_1),
    may("$comment", Form::Text).bookkeeping().since(V3_1),
    may("$vocabulary", Form::Map).bookkeeping().since(V3_1),
];

pub(super) const DISCRIMINATOR: &[Field] = &[
    must("propertyName", Form::Text).since(V3_0),
    may("mapping", Form::TextMap).since(V3_0),
    may("defaultMapping", Form::Text).since(V3_2),
];

pub(super) const XML: &[Field] = &[
    may("name", Form::Text),
    may("namespace", Form::Text),
    may("prefix", Form::Text),
    may("attribute", Form::Flag),
    may("wrapped", Form::Flag),
    may("nodeType", Form::Text).since(V3_2),
];
