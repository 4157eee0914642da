//! Turns a kind of `OpenAPI` object and a key into what may stand there: the one description of the format that walks, rules and
//! repairs share.
//!
//! Versions 3.0, 3.1 and 3.2 are one grammar: documents mix their idioms, and nothing in one contradicts another.

mod objects;
mod schema;

use crate::document::{Node, Value};

/// What an object of the format is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The document itself.
    OpenApi,
    /// `info`.
    Info,
    /// `info.contact`.
    Contact,
    /// `info.license`.
    License,
    /// A member of `servers`.
    Server,
    /// A member of `server.variables`.
    ServerVariable,
    /// `paths`.
    Paths,
    /// A member of `paths`, `webhooks`, a callback or `components.pathItems`.
    PathItem,
    /// One operation.
    Operation,
    /// One parameter.
    Parameter,
    /// One header of a response or of an encoding.
    Header,
    /// `requestBody`.
    RequestBody,
    /// A member of `content`.
    MediaType,
    /// A member of `encoding`.
    Encoding,
    /// `responses`.
    Responses,
    /// One response.
    Response,
    /// One callback.
    Callback,
    /// One link.
    Link,
    /// A named example.
    Example,
    /// A member of `tags`.
    Tag,
    /// `externalDocs`.
    ExternalDocs,
    /// A member of `components.securitySchemes`.
    SecurityScheme,
    /// `flows` of a security scheme.
    OAuthFlows,
    /// One of these flows.
    OAuthFlow,
    /// `components`.
    Components,
    /// A schema.
    Schema,
    /// `discriminator`.
    Discriminator,
    /// `xml`.
    Xml,
}

/// What a value of a key looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Data: never looked into.
    Anything,
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// A whole number that is not negative.
    Count,
    /// A list of data.
    List,
    /// A list of strings.
    Texts,
    /// An object whose values are strings.
    TextMap,
    /// An object whose values are data.
    Map,
    /// One object.
    One(Kind),
    /// A list of objects.
    Many(Kind),
    /// A list of objects or one object.
    OneOrMany(Kind),
    /// An object whose values are objects, under free names.
    Named(Kind),
}

/// One key that an object may have.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The key.
    pub key: &'static str,
    /// What stands there.
    pub form: Form,
    /// Whether the format demands it.
    pub required: bool,
}

const fn may(key: &'static str, form: Form) -> Field {
    Field { key, form, required: false }
}

const fn must(key: &'static str, form: Form) -> Field {
    Field { key, form, required: true }
}

impl Kind {
    /// All of them, as documents meet them.
    pub const ALL: &'static [Self] = &[
        Self::OpenApi,
        Self::Info,
        Self::Contact,
        Self::License,
        Self::Server,
        Self::ServerVariable,
        Self::Paths,
        Self::PathItem,
        Self::Operation,
        Self::Parameter,
        Self::Header,
        Self::RequestBody,
        Self::MediaType,
        Self::Encoding,
        Self::Responses,
        Self::Response,
        Self::Callback,
        Self::Link,
        Self::Example,
        Self::Tag,
        Self::ExternalDocs,
        Self::SecurityScheme,
        Self::OAuthFlows,
        Self::OAuthFlow,
        Self::Components,
        Self::Schema,
        Self::Discriminator,
        Self::Xml,
    ];

    /// The keys with a fixed name.
    #[must_use]
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Schema => schema::SCHEMA,
            Self::Discriminator => schema::DISCRIMINATOR,
            Self::Xml => schema::XML,
            other => objects::fields(other),
        }
    }

    /// What the values under names of the document's own choosing are.
    #[must_use]
    pub fn patterned(self) -> Option<Kind> {
        match self {
            Self::Paths | Self::Callback => Some(Self::PathItem),
            Self::Responses => Some(Self::Response),
            _ => None,
        }
    }

    /// The form of the value under `key`; `None` for unknown keys and extensions.
    #[must_use]
    pub fn form(self, key: &str) -> Option<Form> {
        if let Some(field) = self.fields().iter().find(|field| field.key == key) {
            return Some(field.form);
        }
        if key.starts_with("x-") {
            return None;
        }
        self.patterned().map(Form::One)
    }

    /// The form of the value under `key` where objects of the format stand in it.
    #[must_use]
    pub fn child(self, key: &str) -> Option<Form> {
        if self == Self::Schema {
            return schema::child(key);
        }
        self.form(key).filter(|form| form.kind().is_some())
    }

    /// The folder of `components` for objects that a `$ref` may stand for.
    #[must_use]
    pub fn folder(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            Self::Callback => "callbacks",
            Self::PathItem => "pathItems",
            Self::MediaType => "mediaTypes",
            _ => return None,
        })
    }

    /// Whether a value can be read as an object of this kind: schemas may be `true` or `false`.
    #[must_use]
    pub fn is_object(self, node: &Node) -> bool {
        match node.value {
            Value::Object(_) => true,
            Value::Bool(_) => self == Self::Schema,
            _ => false,
        }
    }

    /// What the object is called in a message, with its article: `an operation`.
    #[must_use]
    pub fn noun(self) -> String {
        let title = self.title();
        let article = if title.starts_with(['a', 'e', 'i', 'o', 'O']) { "an" } else { "a" };
        format!("{article} {title}")
    }

    /// What the object is called in a message.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::OpenApi => "document",
            Self::Info => "info",
            Self::Contact => "contact",
            Self::License => "license",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::Paths => "paths",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::Header => "header",
            Self::RequestBody => "request body",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Responses => "responses",
            Self::Response => "response",
            Self::Callback => "callback",
            Self::Link => "link",
            Self::Example => "example",
            Self::Tag => "tag",
            Self::ExternalDocs => "external documentation",
            Self::SecurityScheme => "security scheme",
            Self::OAuthFlows => "OAuth flows",
            Self::OAuthFlow => "OAuth flow",
            Self::Components => "components",
            Self::Schema => "schema",
            Self::Discriminator => "discriminator",
            Self::Xml => "xml",
        }
    }
}

impl Form {
    /// The kind of the objects that stand in it.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::One(kind) | Self::Many(kind) | Self::OneOrMany(kind) | Self::Named(kind) => Some(kind),
            _ => None,
        }
    }

    /// Whether a value is what its key asks for.
    #[must_use]
    pub fn fits(self, node: &Node) -> bool {
        match (self, &node.value) {
            (Self::Anything, _)
            | (Self::Text, Value::String(_))
            | (Self::Flag, Value::Bool(_))
            | (Self::Number, Value::Number(_))
            | (Self::List, Value::Array(_))
            | (Self::Map, Value::Object(_)) => true,
            (Self::Count, Value::Number(number)) => number.as_u64().is_some(),
            (Self::Texts, Value::Array(members)) => members.iter().all(|member| member.as_str().is_some()),
            (Self::TextMap, Value::Object(object)) => object.values().all(|value| value.as_str().is_some()),
            (Self::One(kind) | Self::OneOrMany(kind), _) if kind.is_object(node) => true,
            (Self::Many(kind) | Self::OneOrMany(kind), Value::Array(members)) => {
                members.iter().all(|member| kind.is_object(member))
            }
            (Self::Named(kind), Value::Object(object)) => object.values().all(|value| kind.is_object(value)),
            _ => false,
        }
    }

    /// What should have stood there, in a message.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Anything => "anything",
            Self::Text => "a string",
            Self::Flag => "true or false",
            Self::Number => "a number",
            Self::Count => "a whole number that is not negative",
            Self::List | Self::Many(_) => "a list",
            Self::Texts => "a list of strings",
            Self::TextMap => "an object whose values are strings",
            Self::Map | Self::Named(_) | Self::One(_) => "an object",
            Self::OneOrMany(_) => "an object or a list",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Form, Kind};

    #[test]
    fn extensions_are_never_objects_of_the_format() {
        assert_eq!(Kind::Paths.form("x-internal"), None);
        assert_eq!(Kind::Paths.form("/pets"), Some(Form::One(Kind::PathItem)));
        assert_eq!(Kind::Schema.form("x-properties"), None);
    }

    #[test]
    fn the_fast_lookup_of_subschemas_agrees_with_the_table() {
        for field in Kind::Schema.fields() {
            let slow = Some(field.form).filter(|form| form.kind().is_some());
            assert_eq!(Kind::Schema.child(field.key), slow, "{}", field.key);
        }
    }
}
