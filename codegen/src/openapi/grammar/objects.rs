//! The keys of every object but schemas.

use super::{Field, Form, Kind, may, must};

pub(super) fn fields(kind: Kind) -> &'static [Field] {
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
    must("openapi", Form::Anything),
    must("info", Form::One(Kind::Info)),
    may("paths", Form::One(Kind::Paths)),
    may("components", Form::One(Kind::Components)),
    may("servers", Form::Many(Kind::Server)),
    may("security", Form::List),
    may("tags", Form::Many(Kind::Tag)),
    may("externalDocs", Form::One(Kind::ExternalDocs)),
    may("webhooks", Form::Named(Kind::PathItem)),
    may("jsonSchemaDialect", Form::Text),
    may("$self", Form::Text),
];

const INFO: &[Field] = &[
    must("title", Form::Text),
    must("version", Form::Anything),
    may("summary", Form::Text),
    may("description", Form::Text),
    may("termsOfService", Form::Text),
    may("contact", Form::One(Kind::Contact)),
    may("license", Form::One(Kind::License)),
];

const CONTACT: &[Field] = &[may("name", Form::Text), may("url", Form::Text), may("email", Form::Text)];

const LICENSE: &[Field] = &[must("name", Form::Text), may("url", Form::Text), may("identifier", Form::Text)];

const SERVER: &[Field] = &[
    must("url", Form::Text),
    may("description", Form::Text),
    may("name", Form::Text),
    may("variables", Form::Named(Kind::ServerVariable)),
];

const SERVER_VARIABLE: &[Field] =
    &[must("default", Form::Anything), may("enum", Form::List), may("description", Form::Text)];

const PATH_ITEM: &[Field] = &[
    may("get", Form::One(Kind::Operation)),
    may("put", Form::One(Kind::Operation)),
    may("post", Form::One(Kind::Operation)),
    may("delete", Form::One(Kind::Operation)),
    may("options", Form::One(Kind::Operation)),
    may("head", Form::One(Kind::Operation)),
    may("patch", Form::One(Kind::Operation)),
    may("trace", Form::One(Kind::Operation)),
    may("query", Form::One(Kind::Operation)),
    may("additionalOperations", Form::Named(Kind::Operation)),
    may("parameters", Form::Many(Kind::Parameter)),
    may("servers", Form::Many(Kind::Server)),
    may("summary", Form::Text),
    may("description", Form::Text),
    may("$ref", Form::Text),
];

const OPERATION: &[Field] = &[
    may("operationId", Form::Text),
    may("tags", Form::Texts),
    may("summary", Form::Text),
    may("description", Form::Text),
    may("parameters", Form::Many(Kind::Parameter)),
    may("requestBody", Form::One(Kind::RequestBody)),
    may("responses", Form::One(Kind::Responses)),
    may("security", Form::List),
    may("deprecated", Form::Flag),
    may("callbacks", Form::Named(Kind::Callback)),
    may("servers", Form::Many(Kind::Server)),
    may("externalDocs", Form::One(Kind::ExternalDocs)),
];

const PARAMETER: &[Field] = &[
    must("name", Form::Text),
    must("in", Form::Text),
    may("description", Form::Text),
    may("required", Form::Flag),
    may("schema", Form::One(Kind::Schema)),
    may("example", Form::Anything),
    may("examples", Form::Named(Kind::Example)),
    may("style", Form::Text),
    may("explode", Form::Flag),
    may("allowReserved", Form::Flag),
    may("allowEmptyValue", Form::Flag),
    may("deprecated", Form::Flag),
    may("content", Form::Named(Kind::MediaType)),
    may("$ref", Form::Text),
];

const HEADER: &[Field] = &[
    may("description", Form::Text),
    may("schema", Form::One(Kind::Schema)),
    may("required", Form::Flag),
    may("example", Form::Anything),
    may("examples", Form::Named(Kind::Example)),
    may("style", Form::Text),
    may("explode", Form::Flag),
    may("deprecated", Form::Flag),
    may("allowEmptyValue", Form::Flag),
    may("allowReserved", Form::Flag),
    may("content", Form::Named(Kind::MediaType)),
    may("$ref", Form::Text),
];

const REQUEST_BODY: &[Field] = &[
    must("content", Form::Named(Kind::MediaType)),
    may("description", Form::Text),
    may("required", Form::Flag),
    may("$ref", Form::Text),
];

const MEDIA_TYPE: &[Field] = &[
    may("schema", Form::One(Kind::Schema)),
    may("example", Form::Anything),
    may("examples", Form::Named(Kind::Example)),
    may("encoding", Form::Named(Kind::Encoding)),
    may("itemSchema", Form::One(Kind::Schema)),
    may("prefixEncoding", Form::Many(Kind::Encoding)),
    may("itemEncoding", Form::One(Kind::Encoding)),
    may("$ref", Form::Text),
];

const ENCODING: &[Field] = &[
    may("contentType", Form::Text),
    may("headers", Form::Named(Kind::Header)),
    may("style", Form::Text),
    may("explode", Form::Flag),
    may("allowReserved", Form::Flag),
    may("encoding", Form::Named(Kind::Encoding)),
    may("prefixEncoding", Form::Many(Kind::Encoding)),
    may("itemEncoding", Form::One(Kind::Encoding)),
];

const RESPONSE: &[Field] = &[
    must("description", Form::Text),
    may("content", Form::Named(Kind::MediaType)),
    may("headers", Form::Named(Kind::Header)),
    may("links", Form::Named(Kind::Link)),
    may("summary", Form::Text),
    may("$ref", Form::Text),
];

/// Beside the expressions.
const CALLBACK: &[Field] = &[may("$ref", Form::Text)];

const LINK: &[Field] = &[
    may("operationId", Form::Text),
    may("operationRef", Form::Text),
    may("parameters", Form::Map),
    may("requestBody", Form::Anything),
    may("description", Form::Text),
    may("server", Form::One(Kind::Server)),
    may("$ref", Form::Text),
];

const EXAMPLE: &[Field] = &[
    may("value", Form::Anything),
    may("summary", Form::Text),
    may("description", Form::Text),
    may("externalValue", Form::Text),
    may("dataValue", Form::Anything),
    may("serializedValue", Form::Text),
    may("$ref", Form::Text),
];

const TAG: &[Field] = &[
    must("name", Form::Text),
    may("description", Form::Text),
    may("externalDocs", Form::One(Kind::ExternalDocs)),
    may("summary", Form::Text),
    may("parent", Form::Text),
    may("kind", Form::Text),
];

const EXTERNAL_DOCS: &[Field] = &[must("url", Form::Text), may("description", Form::Text)];

const SECURITY_SCHEME: &[Field] = &[
    must("type", Form::Text),
    may("description", Form::Text),
    may("name", Form::Text),
    may("in", Form::Text),
    may("scheme", Form::Text),
    may("bearerFormat", Form::Text),
    may("flows", Form::One(Kind::OAuthFlows)),
    may("openIdConnectUrl", Form::Text),
    may("oauth2MetadataUrl", Form::Text),
    may("deprecated", Form::Flag),
    may("$ref", Form::Text),
];

const OAUTH_FLOWS: &[Field] = &[
    may("implicit", Form::One(Kind::OAuthFlow)),
    may("password", Form::One(Kind::OAuthFlow)),
    may("clientCredentials", Form::One(Kind::OAuthFlow)),
    may("authorizationCode", Form::One(Kind::OAuthFlow)),
    may("deviceAuthorization", Form::One(Kind::OAuthFlow)),
];

const OAUTH_FLOW: &[Field] = &[
    may("authorizationUrl", Form::Text),
    may("tokenUrl", Form::Text),
    may("refreshUrl", Form::Text),
    may("deviceAuthorizationUrl", Form::Text),
    must("scopes", Form::Map),
];

const COMPONENTS: &[Field] = &[
    may("schemas", Form::Named(Kind::Schema)),
    may("responses", Form::Named(Kind::Response)),
    may("parameters", Form::Named(Kind::Parameter)),
    may("examples", Form::Named(Kind::Example)),
    may("requestBodies", Form::Named(Kind::RequestBody)),
    may("headers", Form::Named(Kind::Header)),
    may("securitySchemes", Form::Named(Kind::SecurityScheme)),
    may("links", Form::Named(Kind::Link)),
    may("callbacks", Form::Named(Kind::Callback)),
    may("pathItems", Form::Named(Kind::PathItem)),
    may("mediaTypes", Form::Named(Kind::MediaType)),
];
