//! Types: the table of all that are generated, how a value of one is written in place, enums and
//! newtypes.

use serde_json::Value;

use super::{Doc, Origin, Struct, TypeName, Union, VariantName, size};

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
    /// The most types that a path through them can visit, each once.
    pub(crate) nesting: usize,
    /// What the table was made of.
    pub(crate) statistics: Statistics,
}

/// How many schemas there were, and how many of them came out as any JSON although the document
/// says more.
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

    /// The recursion limit that the compiler needs to follow all types to their ends, if its own of
    /// 128 may not do.
    #[must_use]
    pub fn recursion_limit(&self) -> Option<usize> {
        // `Option<Vec<Box<T>>>` is followed in some eight steps to `T`, most fields in four or
        // five.
        (self.nesting > 24).then(|| (self.nesting * 8).next_power_of_two())
    }

    /// How many bytes a value of a type takes where it is stored, roughly; for deciding what to
    /// box.
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
    /// Which reading of the schema it is.
    pub reading: Reading,
    /// In which direction values travel.
    pub usage: Usage,
    /// Whether `Default` can be derived or implemented: every field is optional or a constant.
    pub default: bool,
    /// Whether `Eq` and `Hash` can be derived (no floats, no any-JSON).
    pub eq: bool,
}

/// Which reading of its schema a type is, where there are several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// What answers hold, or the only one.
    #[default]
    Usual,
    /// What requests hold: without read-only properties.
    Request,
    /// What multipart bodies hold: a request with bytes in it.
    Form,
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
    /// Text with a meaning: `specwright_runtime::DateTime` and its kin.
    Text(Format),
    /// `specwright_runtime::Secret`: `format: password`.
    Secret,
    /// Bytes outside JSON: `bytes::Bytes` as a body, `File` as a part of a form.
    Binary,
    /// `specwright_runtime::Null`: only `null`.
    Null,
    /// `specwright_runtime::Never`: no value at all (`false`, `not: {}`).
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

/// What a value must satisfy beyond its type; the server validates it, constructors of newtypes
/// enforce it.
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
