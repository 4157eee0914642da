//! The schemas of an API as data: JSON → every fault in it, in the terms of JSON Schema.
//!
//! Generated code reads a valid request without them. A request that it refuses is checked a second
//! time, against these schemas, because typed reading stops at the first value of a wrong type.
//! **Invariant:** the number of faults, their length and the time to find them are limited.

mod read;
#[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
mod response;
mod union;
mod walk;
mod words;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

#[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
pub(crate) use self::response::HeaderSchema;
#[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
pub use self::response::ResponseSchemas;
#[cfg(feature = "server")]
pub(crate) use self::words::explained;
use crate::validation::{Constraints, Violation};

/// The schemas of an API: those of its operations, and the types to which they refer.
///
/// ```
/// use specwright_runtime::schema::Schemas;
///
/// let text = r#"{"operations": {}, "types": {"Pet": {"type": "object", "properties": [["age", {"type": "integer"}]]}}}"#;
/// let schemas = Schemas::parse(text).unwrap();
/// let faults = schemas.faults(schemas.named("Pet").unwrap(), &serde_json::json!({"age": "7"}), "/body", 32);
/// assert_eq!(faults[0].pointer, "/body/age");
/// assert_eq!(faults[0].detail, "expected integer, found string");
/// ```
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    types: BTreeMap<String, Schema>,
    operations: BTreeMap<String, OperationSchemas>,
}

/// The schemas of one operation.
#[derive(Clone, Debug, Default)]
pub struct OperationSchemas {
    /// Those of the parameters, in the order of the operation's descriptor.
    pub parameters: Vec<Schema>,
    bodies: Vec<Schema>,
    /// The body for each additional media type.
    also: Vec<usize>,
    #[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
    responses: Vec<ResponseSchemas>,
}

/// Schemas that are read when they are needed for the first time.
#[derive(Debug)]
pub struct LazySchemas {
    text: &'static str,
    /// The schemas of responses, which only a server with the feature `validate` reads.
    #[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
    responses: &'static str,
    read: OnceLock<Schemas>,
}

/// The schema of a body, which is looked up only if the body is refused.
#[cfg(feature = "server")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct BodySchema {
    pub(crate) schemas: Option<&'static LazySchemas>,
    /// The id of the operation.
    pub(crate) operation: &'static str,
    /// The index of the media type.
    pub(crate) media: Option<usize>,
}

/// A schema of an API.
#[derive(Clone, Debug, Default)]
pub struct Schema {
    /// A named type, which the other keywords constrain further.
    reference: Option<String>,
    types: Types,
    nullable: bool,
    /// Whether a number may be written as text.
    or_text: bool,
    format: Option<String>,
    constraints: Constraints,
    /// Allowed values; empty if any value is allowed.
    allowed: Vec<Value>,
    /// The properties, in the order of the document.
    properties: Vec<Property>,
    /// The position of each property.
    index: BTreeMap<String, usize>,
    extra: Extra,
    items: Option<Box<Schema>>,
    prefix: Vec<Schema>,
    members: Vec<Schema>,
    tag: Option<Tag>,
}

#[derive(Clone, Debug)]
struct Property {
    name: String,
    required: bool,
    schema: Schema,
}

/// Properties that the document does not name.
#[derive(Clone, Debug, Default)]
enum Extra {
    #[default]
    Ignored,
    Denied,
    /// Values of this schema, at keys that match one of the patterns. Without patterns, at any key.
    Kept(Box<Schema>, Vec<&'static str>),
}

/// The property that tells the members of a union apart.
#[derive(Clone, Debug)]
struct Tag {
    property: String,
    values: Vec<(Value, usize)>,
    otherwise: Otherwise,
}

/// How to treat a value whose tag names no member.
#[derive(Clone, Copy, Debug)]
enum Otherwise {
    Refused,
    Shape,
    Member(usize),
}

/// JSON types as bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Types(u8);

impl Schemas {
    /// The schemas in the text that generated crates carry.
    ///
    /// # Errors
    /// If the text is not of this form.
    pub fn parse(text: &str) -> Result<Self, String> {
        read::schemas(text)
    }

    /// The schemas of an operation.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&OperationSchemas> {
        self.operations.get(id)
    }

    /// The schema of a named type.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Schema> {
        self.types.get(name)
    }

    /// Up to `limit` faults of a value at the pointer `root`, such as `/body`.
    #[must_use]
    pub fn faults(&self, schema: &Schema, value: &Value, root: &str, limit: usize) -> Vec<Violation> {
        walk::Walk::new(self, root, limit).run(schema, value)
    }

    /// The type to which a schema refers, if it refers to one.
    fn target(&self, schema: &Schema) -> Option<&Schema> {
        schema.reference.as_ref().and_then(|name| self.types.get(name))
    }

    /// A schema without references to others.
    pub(crate) fn resolved<'s>(&'s self, schema: &'s Schema) -> &'s Schema {
        let mut schema = schema;
        // References are checked when they are printed, so a cycle of them would be a defect.
        for _ in 0..walk::DEEPEST_REFERENCE {
            let Some(target) = self.target(schema) else { break };
            schema = target;
        }
        schema
    }

    /// The JSON types of a schema's values.
    fn types(&self, schema: &Schema) -> Types {
        self.types_within(schema, walk::DEEPEST_REFERENCE)
    }

    fn types_within(&self, schema: &Schema, depth: usize) -> Types {
        let Some(depth) = depth.checked_sub(1) else { return Types::ANY };
        let null = if schema.nullable { Types::NULL } else { Types(0) };
        if let Some(target) = self.target(schema) {
            return self.types_within(target, depth).and(null);
        }
        let members = schema.members.iter().map(|member| self.types_within(member, depth));
        let own = if schema.members.is_empty() { schema.types } else { Types(0) };
        members.fold(own.and(null), Types::and)
    }

    /// Whether a value of the schema can be a list or an object.
    #[cfg(any(feature = "server", feature = "cassettes"))]
    pub(crate) fn shape(&self, schema: &Schema) -> TextShape {
        let types = self.types(schema);
        TextShape {
            text: types.has(Types::STRING),
            number: types.has(Types::NUMBER) || types.has(Types::INTEGER),
            boolean: types.has(Types::BOOLEAN),
            list: types.has(Types::ARRAY),
            object: types.has(Types::OBJECT),
            null: types.has(Types::NULL),
            any: types == Types::ANY,
        }
    }
}

/// The JSON types that text can represent.
#[cfg(any(feature = "server", feature = "cassettes"))]
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a type of JSON")]
pub(crate) struct TextShape {
    pub(crate) text: bool,
    pub(crate) number: bool,
    pub(crate) boolean: bool,
    pub(crate) list: bool,
    pub(crate) object: bool,
    pub(crate) null: bool,
    pub(crate) any: bool,
}

impl OperationSchemas {
    /// The schema of the body in the documented media type at this index.
    #[must_use]
    pub fn body(&self, media: usize) -> Option<&Schema> {
        self.bodies.get(media).or_else(|| self.bodies.get(*self.also.get(media.checked_sub(self.bodies.len())?)?))
    }
}

impl LazySchemas {
    /// The schemas of this text.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            #[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
            responses: "",
            read: OnceLock::new(),
        }
    }

    /// Adds the schemas of responses.
    #[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
    #[must_use]
    pub const fn with_responses(mut self, responses: &'static str) -> Self {
        self.responses = responses;
        self
    }

    /// The schemas, which are read at the first call.
    #[must_use]
    pub fn get(&self) -> &Schemas {
        self.read.get_or_init(|| {
            self.parsed().unwrap_or_else(|error| {
                tracing::error!(error, "the schemas cannot be read, so refusals name only their first fault");
                Schemas::default()
            })
        })
    }

    #[cfg(not(any(feature = "cassettes", all(feature = "server", feature = "validate"))))]
    fn parsed(&self) -> Result<Schemas, String> {
        Schemas::parse(self.text)
    }

    #[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
    fn parsed(&self) -> Result<Schemas, String> {
        // An API without parameters and bodies has no schemas of requests.
        let mut schemas = if self.text.is_empty() { Schemas::default() } else { Schemas::parse(self.text)? };
        if !self.responses.is_empty() {
            schemas.add_responses(self.responses)?;
        }
        Ok(schemas)
    }
}

#[cfg(feature = "server")]
impl BodySchema {
    /// The schema, and the schemas in which its references are resolved.
    pub(crate) fn get(self) -> Option<(&'static Schemas, &'static Schema)> {
        let schemas = self.schemas?.get();
        Some((schemas, schemas.operation(self.operation)?.body(self.media?)?))
    }
}

impl Schema {
    /// The schema of a list's items, by position.
    pub(crate) fn item(&self, index: usize) -> &Self {
        self.prefix.get(index).or(self.items.as_deref()).unwrap_or(&ANY)
    }

    /// The schema of a property.
    #[cfg(any(feature = "server", feature = "cassettes", all(feature = "client", feature = "validate")))]
    pub(crate) fn property(&self, name: &str) -> &Self {
        match (self.index.get(name).and_then(|index| self.properties.get(*index)), &self.extra) {
            (Some(property), _) => &property.schema,
            (None, Extra::Kept(schema, _)) => schema,
            (None, _) => &ANY,
        }
    }

    /// Whether the document names this property.
    pub(crate) fn names(&self, name: &str) -> bool {
        self.index.contains_key(name)
    }

    /// Whether an object must have this property.
    #[cfg(feature = "server")]
    pub(crate) fn requires(&self, name: &str) -> bool {
        self.properties.iter().any(|property| property.required && property.name == name)
    }

    /// Whether properties that the document does not name are part of the value.
    #[cfg(any(feature = "server", feature = "cassettes"))]
    pub(crate) fn keeps_others(&self) -> bool {
        matches!(self.extra, Extra::Kept(..))
    }
}

/// The schema of any value.
static ANY: Schema = Schema {
    reference: None,
    types: Types::ANY,
    nullable: false,
    or_text: false,
    format: None,
    constraints: Constraints::NONE,
    allowed: Vec::new(),
    properties: Vec::new(),
    index: BTreeMap::new(),
    extra: Extra::Ignored,
    items: None,
    prefix: Vec::new(),
    members: Vec::new(),
    tag: None,
};
