//! Names the roles that schemas play in an operation.

use crate::drift::verdict::Direction;

/// The role in which a schema is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::drift) enum SchemaRole {
    RequestBody,
    RequestProperty,
    Parameter,
    Header,
    ParameterProperty,
    HeaderProperty,
    ResponseBody,
    ResponseProperty,
    ResponseHeader,
    ResponseHeaderProperty,
}

impl SchemaRole {
    pub(in crate::drift) const ALL: [Self; 10] = [
        Self::RequestBody,
        Self::RequestProperty,
        Self::Parameter,
        Self::Header,
        Self::ParameterProperty,
        Self::HeaderProperty,
        Self::ResponseBody,
        Self::ResponseProperty,
        Self::ResponseHeader,
        Self::ResponseHeaderProperty,
    ];

    pub(in crate::drift) fn direction(self) -> Direction {
        match self {
            Self::ResponseBody | Self::ResponseProperty | Self::ResponseHeader | Self::ResponseHeaderProperty => {
                Direction::Response
            }
            _ => Direction::Request,
        }
    }

    /// The role of the properties of a schema.
    pub(in crate::drift) fn property(self) -> Self {
        match self {
            Self::RequestBody | Self::RequestProperty => Self::RequestProperty,
            Self::Parameter | Self::ParameterProperty => Self::ParameterProperty,
            Self::Header | Self::HeaderProperty => Self::HeaderProperty,
            Self::ResponseBody | Self::ResponseProperty => Self::ResponseProperty,
            Self::ResponseHeader | Self::ResponseHeaderProperty => Self::ResponseHeaderProperty,
        }
    }

    /// Whether values are written as text, which makes every scalar a string too.
    pub(in crate::drift) fn textual(self) -> bool {
        matches!(
            self,
            Self::Parameter
                | Self::Header
                | Self::ParameterProperty
                | Self::HeaderProperty
                | Self::ResponseHeader
                | Self::ResponseHeaderProperty
        )
    }

    pub(super) fn prefix(self, aspect: &str) -> &'static str {
        match self {
            Self::RequestBody => "request-body",
            Self::RequestProperty => "request-property",
            Self::Parameter | Self::Header => "request-parameter",
            Self::HeaderProperty if matches!(aspect, "became-enum" | "became-required") => "request-header-property",
            Self::ParameterProperty | Self::HeaderProperty => "request-parameter-property",
            Self::ResponseBody if aspect.starts_with("enum-value-") => "response-mediatype",
            Self::ResponseBody => "response-body",
            Self::ResponseProperty => "response-property",
            Self::ResponseHeader => "response-header",
            Self::ResponseHeaderProperty => "response-header-property",
        }
    }

    /// Whether an aspect has a rule in this role. Requests have no rule for a narrower type, text
    /// parameters none for a compatible type, and responses none for a wider pattern. Only bodies are
    /// XML.
    pub(super) fn has(self, aspect: &str) -> bool {
        match aspect {
            "type-specialized" => {
                !matches!(self, Self::RequestBody | Self::RequestProperty | Self::Parameter | Self::Header)
            }
            "type-compatible" => !(self.direction() == Direction::Request && self.textual()),
            "pattern-generalized" => self.direction() == Direction::Request,
            "xml-changed" => {
                matches!(self, Self::RequestBody | Self::RequestProperty | Self::ResponseBody | Self::ResponseProperty)
            }
            _ => true,
        }
    }

    pub(super) fn summary(self) -> &'static str {
        match self {
            Self::RequestBody => "a request body",
            Self::RequestProperty => "a property of a request body",
            Self::Parameter | Self::Header => "a parameter",
            Self::ParameterProperty => "a property of a parameter",
            Self::HeaderProperty => "a property of a request header",
            Self::ResponseBody => "a response body",
            Self::ResponseProperty => "a property of a response body",
            Self::ResponseHeader => "a response header",
            Self::ResponseHeaderProperty => "a property of a response header",
        }
    }
}
