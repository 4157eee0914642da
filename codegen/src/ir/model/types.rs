//! Types: what a generated struct, enum, union, newtype or alias holds, and how a value of it is written in place.

use serde_json::Value;

use super::{FieldName, TypeName, VariantName, size};

/// Text for rustdoc, Markdown as the document has it; `render` makes it safe to print.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// First line: the summary, or the first sentence of the description.
    pub summary: Option<String>,
    /// The rest.
    pub body: Option<String>,
    /// `externalDocs.url` and its description.
    pub link: Option<(String, Option<String>)>,
    /// Examples, pretty-printed as JSON in the docs.
    pub examples: Vec<Value>,
    /// Set where the document says `deprecated`; the text is the note to print, which may be empty.
    pub deprecated: Option<String>,
    /// How far the element is verified (`x-provenance`), where that is less than certain.
    pub provenance: Option<String>,
}

/// Where an element stands in the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Document, relative to the workspace or as given.
    pub file: String,
    /// JSON Pointer in that document.
    pub pointer: String,
    /// First line of the element, from 1.
    pub line: u32,
}

/// Index into a [`TypeTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) u32);

/// All generated types of an API, in the order in which they are printed.
#[derive(Clone, Debug, Default)]
pub struct TypeTable {
    pub(crate) definitions: Vec<TypeDef>,
    /// The definitions that are printed, in printing order.
    pub(crate) order: Vec<TypeId>,
    /// Estimated sizes, once they are known.
    pub(crate) sizes: Vec<Option<u32>>,
    /// What the table was made of.
    pub(crate) statistics: Statistics,
}

/// How many schemas there were, and how many of them came out as any JSON although the document says more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Schemas seen: components, properties, items, alternatives, parameters, bodies.
    pub schemas: usize,
    /// Of those, the ones kept as any JSON; each has a diagnostic.
    pub untyped: usize,
}

impl TypeTable {
    /// The definition behind an id that this table has handed out.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "ids are made by this table only")]
    pub fn get(&self, id: TypeId) -> &TypeDef {
        &self.definitions[id.0 as usize]
    }

    pub(crate) fn get_mut(&mut self, id: TypeId) -> Option<&mut TypeDef> {
        self.definitions.get_mut(id.0 as usize)
    }

    pub(crate) fn push(&mut self, definition: TypeDef) -> TypeId {
        let id = TypeId(u32::try_from(self.definitions.len()).unwrap_or(u32::MAX));
        self.definitions.push(definition);
        self.order.push(id);
        id
    }

    /// Every definition that is printed, with its id, in printing order.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.order.iter().map(|id| (*id, self.get(*id)))
    }

    /// How many types there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether the API needs no type of its own.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// How many schemas the table was made of, and how many of them have no type.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.statistics
    }

    /// How many bytes a value of a type takes where it is stored, roughly; for deciding what to box.
    #[must_use]
    pub fn size_of(&self, ty: &TypeUse) -> usize {
        size::of_use(self, ty)
    }
}

/// One item of `types.rs`.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Rust name.
    pub name: TypeName,
    /// Name in the document (`components/schemas` key), where it has one.
    pub schema_name: Option<String>,
    /// Documentation.
    pub doc: Doc,
    /// Where the schema stands.
    pub origin: Origin,
    /// What is printed.
    pub kind: TypeKind,
    /// In which direction values travel.
    pub usage: Usage,
    /// Whether `Default` can be derived or implemented: every field is optional or a constant.
    pub default: bool,
    /// Whether `Eq` and `Hash` can be derived (no floats, no any-JSON).
    pub eq: bool,
}

/// In which direction values of a type travel. Both flags are false only for types kept on request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Sent by clients, read by servers.
    pub request: bool,
    /// Sent by servers, read by clients.
    pub response: bool,
}

/// What a [`TypeDef`] prints.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// An object with named properties.
    Struct(Struct),
    /// A string with named values.
    Enum(Enum),
    /// An integer with named values.
    IntegerEnum(IntegerEnum),
    /// One of several shapes.
    Union(Union),
    /// A named scalar, or a recursive list or map.
    Newtype(Newtype),
    /// Another name for a list, map, tuple, any-JSON or formatted text.
    Alias(TypeUse),
}

/// A type as it is written where it is used: shape, `null`, and what the value must satisfy.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeUse {
    /// The type without `null`.
    pub shape: Shape,
    /// Whether `null` is a value.
    pub nullable: bool,
    /// Bounds that are not part of the named type itself.
    pub rules: Rules,
}

/// The shape of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A generated type.
    Named(TypeId),
    /// A value without parts.
    Scalar(Scalar),
    /// `Vec<T>`.
    List(Box<TypeUse>),
    /// `BTreeMap<String, T>`.
    Map(Box<TypeUse>),
    /// `(A, B, …)`, from a closed `prefixItems`.
    Tuple(Vec<TypeUse>),
    /// `serde_json::Value`: any JSON, `null` included.
    Any,
}

/// A value without parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `bool`.
    Bool,
    /// A whole number.
    Integer(IntegerKind),
    /// `f32`.
    Float32,
    /// `f64`.
    Float64,
    /// `String`.
    String,
    /// Text with a meaning: `api_runtime::DateTime` and its kin.
    Text(Format),
    /// `api_runtime::Secret`: `format: password`.
    Secret,
    /// Bytes outside JSON: `bytes::Bytes` as a body, `File` as a part of a form.
    Binary,
    /// `api_runtime::Null`: only `null`.
    Null,
    /// `api_runtime::Never`: no value at all (`false`, `not: {}`).
    Never,
}

/// Width and sign of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each is the Rust type of its name")]
pub enum IntegerKind {
    I8,
    I16,
    I32,
    I64,
    I128,
    U8,
    U16,
    U32,
    U64,
    U128,
}

/// Formats of text that have a type of their own in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// RFC 3339 date and time: `DateTime`.
    DateTime,
    /// RFC 3339 full-date: `Date`.
    Date,
    /// RFC 3339 time: `Time`.
    Time,
    /// ISO 8601 duration: `Duration`.
    Duration,
    /// `Uuid`.
    Uuid,
    /// Absolute URI: `Uri`.
    Uri,
    /// `Email`.
    Email,
    /// `Ipv4`.
    Ipv4,
    /// `Ipv6`.
    Ipv6,
    /// Decimal number in a string: `Decimal`.
    Decimal,
    /// Base64: `Base64`.
    Byte,
}

/// What a value must satisfy beyond its type; the server judges it, constructors of newtypes enforce it.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each is the keyword of JSON Schema of its name")]
pub struct Rules {
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    /// A regular expression that `regress` can compile (ECMA-262).
    pub pattern: Option<String>,
    /// Finite JSON number, as are the other bounds.
    pub minimum: Option<serde_json::Number>,
    pub maximum: Option<serde_json::Number>,
    pub exclusive_minimum: Option<serde_json::Number>,
    pub exclusive_maximum: Option<serde_json::Number>,
    pub multiple_of: Option<serde_json::Number>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub unique_items: bool,
    pub min_properties: Option<u64>,
    pub max_properties: Option<u64>,
    /// Allowed values where no enum type is printed for them (numbers, booleans, mixed).
    pub allowed: Vec<Value>,
}

impl Rules {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// An object with named properties.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Properties in the document's order.
    pub fields: Vec<Field>,
    /// What becomes of other properties.
    pub extra: Extra,
    /// `minProperties`, `maxProperties`.
    pub rules: Rules,
}

/// One property.
#[derive(Clone, Debug)]
pub struct Field {
    /// Rust name.
    pub name: FieldName,
    /// JSON name.
    pub wire: String,
    /// Type of a value that is present; with [`Presence::Optional`] and `nullable` the field is three-valued.
    pub ty: TypeUse,
    /// Whether it may be absent.
    pub presence: Presence,
    /// Whether the value must be boxed to break a cycle.
    pub boxed: bool,
    /// Documentation.
    pub doc: Doc,
    /// The only value of a required property; constructors fill it in.
    pub constant: Option<Constant>,
    /// The documented default, for the docs and for servers; it is never put into a value that lacks it.
    pub default: Option<Value>,
}

/// Whether a property may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always present.
    Required,
    /// `Option<T>`, or `MaybeAbsent<T>` where `null` is a value too; left out when absent.
    Optional,
}

/// The only value of a property: its type is an [`Enum`] with this variant.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// The enum.
    pub ty: TypeId,
    /// Its variant.
    pub variant: VariantName,
}

/// What becomes of properties that have no field.
#[derive(Clone, Debug)]
pub enum Extra {
    /// Allowed, not kept.
    Ignored,
    /// Refused by servers (`additionalProperties: false`).
    Denied,
    /// Kept in a map.
    Kept {
        /// Field that holds the map; flattened.
        name: FieldName,
        /// Type of the values.
        value: Box<TypeUse>,
        /// If not empty, each key must match one of these (`patternProperties` with nothing else allowed).
        patterns: Vec<String>,
    },
}

/// A string with named values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Values in the document's order.
    pub variants: Vec<EnumVariant>,
    /// Whether other values are kept as `Unknown(String)`; closed by choice in `provider.toml`.
    pub open: bool,
    /// The documented default, if it is one of the variants.
    pub default: Option<VariantName>,
}

/// One value of an [`Enum`].
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// Rust name.
    pub name: VariantName,
    /// JSON value.
    pub wire: String,
    /// Documentation (`x-enum-descriptions`, `oneOf` of `const` with titles), if any.
    pub doc: Doc,
}

/// An integer with named values.
#[derive(Clone, Debug)]
pub struct IntegerEnum {
    /// Rust name, value and documentation, in the document's order.
    pub variants: Vec<(VariantName, i64, Doc)>,
    /// Whether other values are kept as `Unknown(i64)`.
    pub open: bool,
}

/// One of several shapes.
#[derive(Clone, Debug)]
pub struct Union {
    /// Members in the order in which they are tried.
    pub variants: Vec<UnionVariant>,
    /// How a value's member is found.
    pub tagging: Tagging,
}

/// One member of a [`Union`].
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Rust name.
    pub name: VariantName,
    /// What the variant holds.
    pub ty: TypeUse,
    /// Whether it must be boxed to break a cycle or because it is much larger than its siblings.
    pub boxed: bool,
    /// Documentation.
    pub doc: Doc,
    /// What a value of this member looks like; used by [`Tagging::Shape`] and for the fallback.
    pub probe: Probe,
}

/// How a value's member is found.
#[derive(Clone, Debug)]
pub enum Tagging {
    /// By a property: a discriminator, or a required constant that tells the members apart.
    Property {
        /// JSON name of the property.
        wire: String,
        /// Value of the property and index of the member, in the document's order; several values may name one member.
        values: Vec<(String, usize)>,
        /// Per member: the value to write where the member's own type has no such property.
        inject: Vec<Option<String>>,
        /// Whether a value with an unlisted tag is tried by shape instead of being refused.
        fallback: bool,
    },
    /// By shape: the first member, in order, whose probe fits best and that decodes.
    Shape,
}

/// What a value of a member looks like, as far as a quick look can tell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Probe {
    /// Bits of JSON types that can be a value; see [`Probe::OBJECT`] and the others.
    pub json: u8,
    /// Properties an object must have.
    pub required: Vec<String>,
    /// Properties an object may have.
    pub known: Vec<String>,
    /// Properties of which the value is fixed: name and allowed string values.
    pub constants: Vec<(String, Vec<String>)>,
    /// Whether an object may have no other properties.
    pub closed: bool,
    /// Allowed strings, if the member is a string with an enum; empty: any.
    pub strings: Vec<String>,
}

#[expect(missing_docs, reason = "each is the JSON type of its name")]
impl Probe {
    pub const NULL: u8 = 1;
    pub const BOOL: u8 = 2;
    pub const INTEGER: u8 = 4;
    pub const NUMBER: u8 = 8;
    pub const STRING: u8 = 16;
    pub const ARRAY: u8 = 32;
    pub const OBJECT: u8 = 64;
}

/// A named scalar, or a recursive list or map.
#[derive(Clone, Debug)]
pub struct Newtype {
    /// What it wraps; its rules are enforced by the constructor.
    pub inner: TypeUse,
    /// Whether a text is also read from a number, as its decimal digits.
    pub reads_numbers: bool,
}

impl Newtype {
    /// A newtype that reads what it writes.
    #[must_use]
    pub fn of(inner: TypeUse) -> Self {
        Self { inner, reads_numbers: false }
    }
}
