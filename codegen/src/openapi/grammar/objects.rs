//! The keys of every object except schemas.
//!
//! In each object, the rows of 2.0 come last. Version 3 expresses them in another way.

use super::field::{may, must};
use super::{Field, Form, Kind};
use crate::document::VersionLine::{V2_0, V3_0, V3_1, V3_2};

pub(super) fn rows(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::OpenApi => OPEN_API,
        Kind::Info => INFO,
        Kind::Contact => CONTACT,
        Kind::License => LICENSE,
        Kind::Server => SERVER,
        Kind::ServerVariable => SERVER_VARIABLE,
        Kind::PathItem => PATH_ITEM,
        Kind::Operation => OPERATION,
        Kind::Parameter => PARAMETER,
        Kind::Header => HEADER,
        Kind::RequestBody => REQUEST_BODY,
        Kind::MediaType => MEDIA_TYPE,
        Kind::Encoding => ENCODING,
        Kind::Response => RESPONSE,
        Kind::Link => LINK,
        Kind::Example => EXAMPLE,
        Kind::Tag => TAG,
        Kind::ExternalDocs => EXTERNAL_DOCS,
        Kind::SecurityScheme => SECURITY_SCHEME,
        Kind::OAuthFlows => OAUTH_FLOWS,
        Kind::OAuthFlow => OAUTH_FLOW,
        Kind::Components => COMPONENTS,
        Kind::Callback => CALLBACK,
        Kind::Paths | Kind::Responses | Kind::Schema | Kind::Discriminator | Kind::Xml => &[],
    }
}

const OPEN_API: &[Field] = &[
    must("openapi", Form::Anything).since(V3_0),
    must("info", Form::One(Kind::Info)),
    may("paths", Form::One(Kind::Paths)),
    may("components", Form::One(Kind::Components)).since(V3_0),
    may("servers", Form::Many(Kind::Server)).since(V3_0),
    may("security", Form::List),
    may("tags", Form::Many(Kind::Tag)),
    may("externalDocs", Form::One(Kind::ExternalDocs)),
    may("webhooks", Form::Named(Kind::PathItem)).since(V3_1),
    may("jsonSchemaDialect", Form::Text).since(V3_1),
    may("$self", Form::Text).since(V3_2),
    must("swagger", Form::Anything).until(V2_0),
    may("host", Form::Text).until(V2_0),
    may("basePath", Form::Text).until(V2_0),
    may("schemes", Form::Texts).until(V2_0),
    may("consumes", Form::Texts).until(V2_0),
    may("produces", Form::Texts).until(V2_0),
    may("definitions", Form::Named(Kind::Schema)).until(V2_0),
    may("parameters", Form::Named(Kind::Parameter)).until(V2_0),
    may("responses", Form::Named(Kind::Response)).until(V2_0),
    may("securityDefinitions", Form::Named(Kind::SecurityScheme)).until(V2_0),
];

const INFO: &[Field] = &[
    must("title", Form::Text),
    must("version", Form::Anything),
    may("summary", Form::Text).since(V3_1),
    may("description", Form::Text),
    may("termsOfService", Form::Text),
    may("contact", Form::One(Kind::Contact)),
    may("license", Form::One(Kind::License)),
];

const CONTACT: &[Field] = &[may("name", Form::Text), may("url", Form::Text), may("email", Form::Text)];

const LICENSE: &[Field] =
    &[must("name", Form::Text), may("url", Form::Text), may("identifier", Form::Text).since(V3_1)];

const SERVER: &[Field] = &[
    must("url", Form::Text).since(V3_0),
    may("description", Form::Text).since(V3_0),
    may("name", Form::Text).since(V3_2),
    may("variables", Form::Named(Kind::ServerVariable)).since(V3_0),
];

const SERVER_VARIABLE: &[Field] = &[
    must("default", Form::Anything).since(V3_0),
    may("enum", Form::List).since(V3_0),
    may("description", Form::Text).since(V3_0),
];

const PATH_ITEM: &[Field] = &[
    may("get", Form::One(Kind::Operation)),
    may("put", Form::One(Kind::Operation)),
    may("post", Form::One(Kind::Operation)),
    may("delete", Form::One(Kind::Operation)),
    may("options", Form::One(Kind::Operation)),
    may("head", Form::One(Kind::Operation)),
    may("patch", Form::One(Kind::Operation)),
    may("trace", Form::One(Kind::Operation)).since(V3_0),
    may("query", Form::One(Kind::Operation)).since(V3_2),
    may("additionalOperations", Form::Named(Kind::Operation)).since(V3_2),
    may("parameters", Form::Many(Kind::Parameter)),
    may("servers", Form::Many(Kind::Server)).since(V3_0),
    may("summary", Form::Text).since(V3_0),
    may("description", Form::Text).since(V3_0),
    may("$ref", Form::Text),
];

const OPERATION: &[Field] = &[
    may("operationId", Form::Text),
    may("tags", Form::Texts),
    may("summary", Form::Text),
    may("description", Form::Text),
    may("parameters", Form::Many(Kind::Parameter)),
    may("requestBody", Form::One(Kind::RequestBody)).since(V3_0),
    may("responses", Form::One(Kind::Responses)),
    may("security", Form::List),
    may("deprecated", Form::Flag),
    may("callbacks", Form::Named(Kind::Callback)).since(V3_0),
    may("servers", Form::Many(Kind::Server)).since(V3_0),
    may("externalDocs", Form::One(Kind::ExternalDocs)),
    may("consumes", Form::Texts).until(V2_0),
    may("produces", Form::Texts).until(V2_0),
    may("schemes", Form::Texts).until(V2_0),
];

const PARAMETER: &[Field] = &[
    must("name", Form::Text),
    must("in", Form::Text),
    may("description", Form::Text),
    may("required", Form::Flag),
    may("schema", Form::One(Kind::Schema)),
    may("example", Form::Anything).since(V3_0),
    may("examples", Form::Named(Kind::Example)).since(V3_0),
    may("style", Form::Text).since(V3_0),
    may("explode", Form::Flag).since(V3_0),
    may("allowReserved", Form::Flag).since(V3_0),
    may("allowEmptyValue", Form::Flag),
    may("deprecated", Form::Flag).since(V3_0),
    may("content", Form::Named(Kind::MediaType)).since(V3_0),
    may("$ref", Form::Text),
    may("type", Form::Text).until(V2_0),
    may("format", Form::Text).until(V2_0),
    may("items", Form::One(Kind::Schema)).until(V2_0),
    may("collectionFormat", Form::Text).until(V2_0),
    may("default", Form::Anything).until(V2_0),
    may("enum", Form::List).until(V2_0),
    may("minimum", Form::Number).until(V2_0),
    may("maximum", Form::Number).until(V2_0),
    may("exclusiveMinimum", Form::Flag).until(V2_0),
    may("exclusiveMaximum", Form::Flag).until(V2_0),
    may("multipleOf", Form::Number).until(V2_0),
    may("minLength", Form::Count).until(V2_0),
    may("maxLength", Form::Count).until(V2_0),
    may("pattern", Form::Text).until(V2_0),
    may("minItems", Form::Count).until(V2_0),
    may("maxItems", Form::Count).until(V2_0),
    may("uniqueItems", Form::Flag).until(V2_0),
];

const HEADER: &[Field] = &[
    may("description", Form::Text),
    may("schema", Form::One(Kind::Schema)).since(V3_0),
    may("required", Form::Flag).since(V3_0),
    may("example", Form::Anything).since(V3_0),
    may("examples", Form::Named(Kind::Example)).since(V3_0),
    may("style", Form::Text).since(V3_0),
    may("explode", Form::Flag).since(V3_0),
    may("deprecated", Form::Flag).since(V3_0),
    may("allowEmptyValue", Form::Flag).since(V3_0),
    may("allowReserved", Form::Flag).since(V3_0),
    may("content", Form::Named(Kind::MediaType)).since(V3_0),
    may("$ref", Form::Text).since(V3_0),
    must("type", Form::Text).until(V2_0),
    may("format", Form::Text).until(V2_0),
    may("items", Form::One(Kind::Schema)).until(V2_0),
    may("collectionFormat", Form::Text).until(V2_0),
    may("default", Form::Anything).until(V2_0),
    may("enum", Form::List).until(V2_0),
    may("minimum", Form::Number).until(V2_0),
    may("maximum", Form::Number).until(V2_0),
    may("exclusiveMinimum", Form::Flag).until(V2_0),
    may("exclusiveMaximum", Form::Flag).until(V2_0),
    may("multipleOf", Form::Number).until(V2_0),
    may("minLength", Form::Count).until(V2_0),
    may("maxLength", Form::Count).until(V2_0),
    may("pattern", Form::Text).until(V2_0),
    may("minItems", Form::Count).until(V2_0),
    may("maxItems", Form::Count).until(V2_0),
    may("uniqueItems", Form::Flag).until(V2_0),
];

const REQUEST_BODY: &[Field] = &[
    must("content", Form::Named(Kind::MediaType)).since(V3_0),
    may("description", Form::Text).since(V3_0),
    may("required", Form::Flag).since(V3_0),
    may("$ref", Form::Text).since(V3_0),
];

const MEDIA_TYPE: &[Field] = &[
    may("schema", Form::One(Kind::Schema)).since(V3_0),
    may("example", Form::Anything).since(V3_0),
    may("examples", Form::Named(Kind::Example)).since(V3_0),
    may("encoding", Form::Named(Kind::Encoding)).since(V3_0),
    may("itemSchema", Form::One(Kind::Schema)).since(V3_2),
    may("prefixEncoding", Form::Many(Kind::Encoding)).since(V3_2),
    may("itemEncoding", Form::One(Kind::Encoding)).since(V3_2),
    may("$ref", Form::Text).since(V3_2),
];

const ENCODING: &[Field] = &[
    may("contentType", Form::Text).since(V3_0),
    may("headers", Form::Named(Kind::Header)).since(V3_0),
    may("style", Form::Text).since(V3_0),
    may("explode", Form::Flag).since(V3_0),
    may("allowReserved", Form::Flag).since(V3_0),
    may("encoding", Form::Named(Kind::Encoding)).since(V3_2),
    may("prefixEncoding", Form::Many(Kind::Encoding)).since(V3_2),
    may("itemEncoding", Form::One(Kind::Encoding)).since(V3_2),
];

const RESPONSE: &[Field] = &[
    must("description", Form::Text),
    may("content", Form::Named(Kind::MediaType)).since(V3_0),
    may("headers", Form::Named(Kind::Header)),
    may("links", Form::Named(Kind::Link)).since(V3_0),
    may("summary", Form::Text).since(V3_2),
    may("$ref", Form::Text),
    may("schema", Form::One(Kind::Schema)).until(V2_0),
    may("examples", Form::Map).until(V2_0),
];

/// All other keys of a callback are expressions.
const CALLBACK: &[Field] = &[may("$ref", Form::Text).since(V3_0)];

const LINK: &[Field] = &[
    may("operationId", Form::Text).since(V3_0),
    may("operationRef", Form::Text).since(V3_0),
    may("parameters", Form::Map).since(V3_0),
    may("requestBody", Form::Anything).since(V3_0),
    may("description", Form::Text).since(V3_0),
    may("server", Form::One(Kind::Server)).since(V3_0),
    may("$ref", Form::Text).since(V3_0),
];

const EXAMPLE: &[Field] = &[
    may("value", Form::Anything).since(V3_0),
    may("summary", Form::Text).since(V3_0),
    may("description", Form::Text).since(V3_0),
    may("externalValue", Form::Text).since(V3_0),
    may("dataValue", Form::Anything).since(V3_2),
    may("serializedValue", Form::Text).since(V3_2),
    may("$ref", Form::Text).since(V3_0),
];

const TAG: &[Field] = &[
    must("name", Form::Text),
    may("description", Form::Text),
    may("externalDocs", Form::One(Kind::ExternalDocs)),
    may("summary", Form::Text).since(V3_2),
    may("parent", Form::Text).since(V3_2),
    may("kind", Form::Text).since(V3_2),
];

const EXTERNAL_DOCS: &[Field] = &[must("url", Form::Text), may("description", Form::Text)];

const SECURITY_SCHEME: &[Field] = &[
    must("type", Form::Text),
    may("description", Form::Text),
    may("name", Form::Text),
    may("in", Form::Text),
    may("scheme", Form::Text).since(V3_0),
    may("bearerFormat", Form::Text).since(V3_0),
    may("flows", Form::One(Kind::OAuthFlows)).since(V3_0),
    may("openIdConnectUrl", Form::Text).since(V3_0),
    may("oauth2MetadataUrl", Form::Text).since(V3_2),
    may("deprecated", Form::Flag).since(V3_2),
    may("$ref", Form::Text).since(V3_0),
    may("flow", Form::Text).until(V2_0),
    may("authorizationUrl", Form::Text).until(V2_0),
    may("tokenUrl", Form::Text).until(V2_0),
    may("scopes", Form::Map).until(V2_0),
];

const OAUTH_FLOWS: &[Field] = &[
    may("implicit", Form::One(Kind::OAuthFlow)).since(V3_0),
    may("password", Form::One(Kind::OAuthFlow)).since(V3_0),
    may("clientCredentials", Form::One(Kind::OAuthFlow)).since(V3_0),
    may("authorizationCode", Form::One(Kind::OAuthFlow)).since(V3_0),
    may("deviceAuthorization", Form::One(Kind::OAuthFlow)).since(V3_2),
];

const OAUTH_FLOW: &[Field] = &[
    may("authorizationUrl", Form::Text).since(V3_0),
    may("tokenUrl", Form::Text).since(V3_0),
    may("refreshUrl", Form::Text).since(V3_0),
    may("deviceAuthorizationUrl", Form::Text).since(V3_2),
    must("scopes", Form::Map).since(V3_0),
];

const COMPONENTS: &[Field] = &[
    may("schemas", Form::Named(Kind::Schema)).since(V3_0),
    may("responses", Form::Named(Kind::Response)).since(V3_0),
    may("parameters", Form::Named(Kind::Parameter)).since(V3_0),
    may("examples", Form::Named(Kind::Example)).since(V3_0),
    may("requestBodies", Form::Named(Kind::RequestBody)).since(V3_0),
    may("headers", Form::Named(Kind::Header)).since(V3_0),
    may("securitySchemes", Form::Named(Kind::SecurityScheme)).since(V3_0),
    may("links", Form::Named(Kind::Link)).since(V3_0),
    may("callbacks", Form::Named(Kind::Callback)).since(V3_0),
    may("pathItems", Form::Named(Kind::PathItem)).since(V3_1),
    may("mediaTypes", Form::Named(Kind::MediaType)).since(V3_2),
];
