//! Types: the table of all generated types, the uses of types, enums and newtypes.

use super::{Assertion, Constraints, Doc, Foreign, ForeignId, Origin, Struct, TypeName, Union, VariantName};

/// Index into a [`TypeTable`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) u32);

/// All generated types of an API, in printing order.
#[derive(Clone, Debug, Default)]
pub struct TypeTable {
    pub(crate) definitions: Vec<TypeDef>,
    /// The definitions that are printed, in printing order.
    pub(crate) order: Vec<TypeId>,
    /// The definitions that several types are aliases of, in the order of their names.
    pub(crate) shared: Vec<SharedType>,
    /// Estimated sizes, once they are known.
    pub(crate) sizes: Vec<Option<u32>>,
    /// Types of other crates that replace schemas and formats.
    pub(crate) foreign: Vec<Foreign>,
    /// Length of the longest path through the types that visits each type at most once.
    pub(crate) nesting: usize,
    /// Counts of the schemas from which the types were made.
    pub(crate) statistics: Statistics,
}

/// The number of schemas, and the number of those that became any JSON although the document is
/// more specific.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// All schemas: components, properties, items, alternatives, parameters and bodies.
    pub schemas: usize,
    /// Those that became any JSON. Each has a diagnostic.
    pub untyped: usize,
}

impl TypeTable {
    /// The definition that has this ID in the table.
    #[must_use]
    #[expect(clippy::indexing_slicing, reason = "only this table makes IDs")]
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

    /// Adds a definition that several types are aliases of.
    pub(crate) fn push_shared(&mut self, definition: TypeDef, places: Vec<TypeId>) -> TypeId {
        let id = self.push(definition);
        self.order.pop();
        self.shared.push(SharedType { id, places });
        id
    }

    /// The definitions that several types are aliases of.
    #[must_use]
    pub fn shared(&self) -> &[SharedType] {
        &self.shared
    }

    /// Whether an ID belongs to a shared definition and not to a place.
    #[must_use]
    pub fn is_shared(&self, id: TypeId) -> bool {
        self.get(id).shared == Some(id)
    }

    /// The printed definitions with their IDs, in printing order.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.order.iter().map(|id| (*id, self.get(*id)))
    }

    /// The printed definitions, followed by those that they share.
    pub(crate) fn all(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.iter().chain(self.shared.iter().map(|shared| (shared.id, self.get(shared.id))))
    }

    /// A type of another crate.
    #[must_use]
    pub fn foreign(&self, id: ForeignId) -> Option<&Foreign> {
        self.foreign.get(id.0 as usize)
    }

    /// Whether a type describes whole events, whose names decide what their data is.
    #[must_use]
    pub fn is_by_name(&self, ty: &TypeUse) -> bool {
        let shape = self.resolved(&ty.shape);
        matches!(shape, Shape::Named(id) if matches!(&self.get(*id).kind, TypeKind::Union(union) if union.by_name))
    }

    /// The number of types that are printed.
    #[must_use]
    pub fn len(&self) -> usize {
        self.order.len()
    }

    /// Whether the API needs no types of its own.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The number of schemas from which the types were made, and the number of those without a
    /// type.
    #[must_use]
    pub fn statistics(&self) -> Statistics {
        self.statistics
    }

    /// The recursion limit that the compiler needs to follow all types to their ends, if its
    /// default of 128 may be too low.
    #[must_use]
    pub fn recursion_limit(&self) -> Option<usize> {
        // `Option<Vec<Box<T>>>` takes about eight steps to `T`; most fields take four or five.
        (self.nesting > 24).then(|| (self.nesting * 8).next_power_of_two())
    }
}

/// A definition in `shared.rs`. Equal inline types are printed only once.
#[derive(Clone, Debug)]
pub struct SharedType {
    /// The definition. It mentions other shared types where its places mention theirs.
    pub id: TypeId,
    /// The types that are aliases of it, in printing order. There is more than one.
    pub places: Vec<TypeId>,
}

/// One item of `types.rs`.
#[derive(Clone, Debug)]
pub struct TypeDef {
    /// Rust name.
    pub name: TypeName,
    /// Key under `components.schemas`, if it has one.
    pub schema_name: Option<String>,
    /// Documentation.
    pub doc: Doc,
    /// Location of the schema in the document.
    pub origin: Origin,
    /// The definition.
    pub kind: TypeKind,
    /// How the schema is read.
    pub reading: Reading,
    /// The directions in which values are sent.
    pub usage: Usage,
    /// The shared definition that the type is an alias of. `kind` is still that of its own place. A
    /// shared definition has its own ID here.
    pub shared: Option<TypeId>,
    /// Whether it has a `Default`, because every field is optional or a constant.
    pub default: bool,
    /// Whether it derives `Eq` and `Hash`, because it contains no float, no bytes and no arbitrary
    /// JSON.
    pub eq: bool,
    /// Derives and attributes that `provider.toml` configures.
    pub decoration: Decoration,
    /// The assertions on the JSON of a struct, an enum or a union. Other types have them in their
    /// constraints.
    pub assertions: Vec<Assertion>,
}

/// Derives and attributes that `provider.toml` configures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decoration {
    /// Paths of derive macros, except those that the type already has.
    pub derives: Vec<String>,
    /// Attributes with their brackets.
    pub attributes: Vec<String>,
}

/// How a type reads its schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// As in responses. If a schema has only one reading, it is this one.
    #[default]
    Usual,
    /// As in requests, without read-only properties.
    Request,
    /// As in multipart bodies: a request that contains bytes.
    Form,
}

/// The directions in which values of a type are sent; none for types that no operation reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Sent by clients, read by servers.
    pub request: bool,
    /// Sent by servers, read by clients.
    pub response: bool,
}

impl Usage {
    /// The combined directions of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { request: self.request || other.request, response: self.response || other.response }
    }
}

/// The kind of a definition.
#[derive(Clone, Debug)]
pub enum TypeKind {
    /// An object with named properties.
    Struct(Struct),
    /// A string with named values.
    Enum(Enum),
    /// An integer with named values.
    IntegerEnum(IntegerEnum),
    /// One of several types.
    Union(Union),
    /// A named scalar, or a recursive list or map.
    Newtype(Newtype),
    /// Another name for a list, map, tuple, any JSON or formatted text.
    Alias(TypeUse),
}

/// The use of a type: shape, nullability and constraints.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeUse {
    /// The type without `null`.
    pub shape: Shape,
    /// Whether `null` is a value.
    pub nullable: bool,
    /// Constraints beyond those of the named type itself.
    pub constraints: Constraints,
}

/// The shape of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A generated type.
    Named(TypeId),
    /// A scalar.
    Scalar(Scalar),
    /// `Vec<T>`.
    List(Box<TypeUse>),
    /// `BTreeMap<String, T>`, or a map whose keys are an enum that lists their names.
    Map(Box<TypeUse>, Option<TypeId>),
    /// `(A, B, …)`, from a closed `prefixItems`.
    Tuple(Vec<TypeUse>),
    /// `serde_json::Value`: any JSON, including `null`.
    Any,
}

/// A value that contains no other values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scalar {
    /// `bool`.
    Bool,
    /// A whole number.
    Integer(IntegerKind),
    /// `f64`, whatever the format is, because single precision would lose digits that were sent.
    Float64,
    /// `String`.
    String,
    /// Formatted text, such as `specwright_runtime::DateTime`.
    Text(Format),
    /// `specwright_runtime::Secret`: `format: password`.
    Secret,
    /// Bytes outside JSON: `bytes::Bytes` as a body, `File` in a multipart body.
    Binary,
    /// `specwright_runtime::Null`: only `null`.
    Null,
    /// `specwright_runtime::Never`: no value at all (`false`, `not: {}`).
    Never,
    /// A type of another crate.
    Foreign(ForeignId),
}

/// Width and sign of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "each name says the Rust type")]
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

/// Formats of strings that have a runtime type.
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

/// A string with named values.
#[derive(Clone, Debug)]
pub struct Enum {
    /// Values in the document's order.
    pub variants: Vec<EnumVariant>,
    /// Whether other values are kept as `Unknown(String)`. They are, unless `provider.toml` closes
    /// the enum.
    pub open: bool,
    /// Whether the document allows other values, as `anyOf: [{enum: […]}, {type: string}]` does.
    pub extensible: bool,
    /// The documented default, if it is one of the variants.
    pub default: Option<VariantName>,
}

impl Enum {
    /// The only value that the document allows, if there is just one.
    #[must_use]
    pub fn only(&self) -> Option<&EnumVariant> {
        match self.variants.as_slice() {
            [only] if !self.extensible => Some(only),
            _ => None,
        }
    }
}

/// One value of an [`Enum`].
#[derive(Clone, Debug)]
pub struct EnumVariant {
    /// Rust name.
    pub name: VariantName,
    /// JSON value.
    pub wire: String,
    /// Documentation (`x-enum-descriptions`, or `oneOf` of `const` with titles), if there is any.
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

/// A named scalar, or a recursive list or map.
#[derive(Clone, Debug)]
pub struct Newtype {
    /// The wrapped type. The constructor enforces its constraints.
    pub inner: TypeUse,
    /// Whether a string is also read from a number, as its decimal digits.
    pub reads_numbers: bool,
}

impl Newtype {
    /// A newtype that reads only what it also writes.
    #[must_use]
    pub fn of(inner: TypeUse) -> Self {
        Self { inner, reads_numbers: false }
    }
}
