//! Says what kind of object stands where in a document, so that a reference is known for what it refers to.

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Schema,
    Discriminator,
    /// The values of `discriminator.mapping`, each a reference or a name.
    Mapping,
    Example,
    Link,
    Callback,
    SecurityScheme,
    /// Free to hold anything: a `$ref` in it is data.
    Literal,
    /// All the rest, where references are not foreseen, but used.
    Other,
    /// Names, or list positions, with objects of a kind.
    Each(Of),
}

/// What a map or list holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Of {
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Schema,
    Example,
    Link,
    Callback,
    SecurityScheme,
}

impl Of {
    fn kind(self) -> Kind {
        match self {
            Self::PathItem => Kind::PathItem,
            Self::Operation => Kind::Operation,
            Self::Parameter => Kind::Parameter,
            Self::RequestBody => Kind::RequestBody,
            Self::Response => Kind::Response,
            Self::Header => Kind::Header,
            Self::MediaType => Kind::MediaType,
            Self::Encoding => Kind::Encoding,
            Self::Schema => Kind::Schema,
            Self::Example => Kind::Example,
            Self::Link => Kind::Link,
            Self::Callback => Kind::Callback,
            Self::SecurityScheme => Kind::SecurityScheme,
        }
    }
}

impl Kind {
    /// The section of `components` that holds objects of this kind; without one, what a reference names is put in place.
    pub fn section(self) -> Option<&'static str> {
        match self {
            Self::Parameter => Some("parameters"),
            Self::RequestBody => Some("requestBodies"),
            Self::Response => Some("responses"),
            Self::Header => Some("headers"),
            Self::Schema => Some("schemas"),
            Self::Example => Some("examples"),
            Self::Link => Some("links"),
            Self::Callback => Some("callbacks"),
            Self::SecurityScheme => Some("securitySchemes"),
            _ => None,
        }
    }

    /// The kind of the members of a list at a place of this kind.
    pub fn member(self) -> Self {
        match self {
            Self::Each(item) => item.kind(),
            Self::Schema | Self::Literal => self,
            _ => Self::Other,
        }
    }

    /// The kind of the value of a key.
    pub fn child(self, key: &str) -> Self {
        if let Self::Each(item) = self {
            let extension = matches!(item, Of::PathItem | Of::Response) && key.starts_with("x-");
            return if extension { Self::Literal } else { item.kind() };
        }
        if self == Self::Literal || key.starts_with("x-") {
            return Self::Literal;
        }
        match self {
            Self::Document => document(key),
            Self::Components => components(key),
            Self::PathItem => path_item(key),
            Self::Operation => operation(key),
            Self::Parameter | Self::Header | Self::RequestBody | Self::Response | Self::MediaType | Self::Encoding => {
                content(key)
            }
            Self::Schema => schema(key),
            Self::Discriminator if key == "mapping" => Self::Mapping,
            Self::Example if matches!(key, "value" | "dataValue") => Self::Literal,
            Self::Link if matches!(key, "parameters" | "requestBody") => Self::Literal,
            Self::Callback => Self::PathItem,
            _ => Self::Other,
        }
    }
}

fn document(key: &str) -> Kind {
    match key {
        "paths" | "webhooks" => Kind::Each(Of::PathItem),
        "components" => Kind::Components,
        "security" => Kind::Literal,
        _ => Kind::Other,
    }
}

fn components(key: &str) -> Kind {
    match key {
        "schemas" => Kind::Each(Of::Schema),
        "responses" => Kind::Each(Of::Response),
        "parameters" => Kind::Each(Of::Parameter),
        "examples" => Kind::Each(Of::Example),
        "requestBodies" => Kind::Each(Of::RequestBody),
        "headers" => Kind::Each(Of::Header),
        "securitySchemes" => Kind::Each(Of::SecurityScheme),
        "links" => Kind::Each(Of::Link),
        "callbacks" => Kind::Each(Of::Callback),
        "pathItems" => Kind::Each(Of::PathItem),
        "mediaTypes" => Kind::Each(Of::MediaType),
        _ => Kind::Other,
    }
}

fn path_item(key: &str) -> Kind {
    match key {
        "parameters" => Kind::Each(Of::Parameter),
        "servers" | "summary" | "description" => Kind::Other,
        "additionalOperations" => Kind::Each(Of::Operation),
        _ => Kind::Operation,
    }
}

fn operation(key: &str) -> Kind {
    match key {
        "parameters" => Kind::Each(Of::Parameter),
        "requestBody" => Kind::RequestBody,
        "responses" => Kind::Each(Of::Response),
        "callbacks" => Kind::Each(Of::Callback),
        "security" => Kind::Literal,
        _ => Kind::Other,
    }
}

fn content(key: &str) -> Kind {
    match key {
        "schema" | "itemSchema" => Kind::Schema,
        "content" => Kind::Each(Of::MediaType),
        "headers" => Kind::Each(Of::Header),
        "links" => Kind::Each(Of::Link),
        "examples" => Kind::Each(Of::Example),
        "encoding" | "prefixEncoding" => Kind::Each(Of::Encoding),
        "itemEncoding" => Kind::Encoding,
        "example" => Kind::Literal,
        _ => Kind::Other,
    }
}

fn schema(key: &str) -> Kind {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" | "allOf" | "anyOf"
        | "oneOf" | "prefixItems" => Kind::Each(Of::Schema),
        "items"
        | "additionalProperties"
        | "additionalItems"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contentSchema" => Kind::Schema,
        "discriminator" => Kind::Discriminator,
        "example" | "examples" | "default" | "enum" | "const" => Kind::Literal,
        _ => Kind::Other,
    }
}
