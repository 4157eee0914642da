//! Objects with named properties.

use serde_json::Value;

use super::{Constraints, Doc, FieldName, TypeId, TypeName, TypeUse, VariantName};

/// An object with named properties.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Properties in the document's order.
    pub fields: Vec<Field>,
    /// How properties without a field are treated.
    pub extra: Extra,
    /// Names of properties that are sent only in the other direction, if the object does not simply
    /// ignore what has no field. They are accepted, because clients send back what they have
    /// received, but not kept.
    pub unsent: Vec<String>,
    /// `minProperties`, `maxProperties`.
    pub constraints: Constraints,
    /// Name of the struct that holds the required properties for the constructor, if the
    /// constructor asks for more than one.
    pub required: Option<TypeName>,
    /// Rust name of the setter for the other properties, if the struct keeps them.
    pub extra_setter: Option<FieldName>,
}

impl Struct {
    /// The properties that constructors ask for: those that are required and are not constants.
    pub fn asked(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_asked())
    }
}

/// One property.
#[derive(Clone, Debug)]
pub struct Field {
    /// Rust name.
    pub name: FieldName,
    /// Rust name of the setter of an optional property.
    pub setter: FieldName,
    /// JSON name.
    pub wire: String,
    /// Type of a present value. If the type is nullable and the presence is optional, the field has
    /// three states.
    pub ty: TypeUse,
    /// Whether it may be absent.
    pub presence: Presence,
    /// Whether the value must be boxed to break a cycle.
    pub boxed: bool,
    /// Documentation.
    pub doc: Doc,
    /// The only value of a required property, or the tag value of a member. Constructors fill it
    /// in.
    pub constant: Option<Constant>,
    /// The documented default, for documentation and servers. It never fills in an absent value.
    pub default: Option<Value>,
}

impl Field {
    /// Whether constructors ask for the property.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.presence == Presence::Required && self.constant.is_none()
    }
}

/// Whether a property may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Always present.
    Required,
    /// `Option<T>`, or `MaybeAbsent<T>` if `null` is also a value. It is not written if absent.
    Optional,
}

/// The value that constructors fill in.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    /// A variant of an enum whose type is `ty`.
    Variant {
        /// The enum.
        ty: TypeId,
        /// Its variant.
        variant: VariantName,
    },
    /// Text, as a string, any JSON or a newtype without constraints.
    Text(String),
    /// A whole number that its type can hold.
    Integer(i64),
    /// A number of any kind.
    Number(f64),
    /// `true` or `false`.
    Bool(bool),
    /// An object, a list or any JSON.
    Json(serde_json::Value),
}

/// How properties without a field are treated.
#[derive(Clone, Debug)]
pub enum Extra {
    /// Allowed but not kept.
    Ignored,
    /// Rejected by servers (`additionalProperties: false`).
    Denied,
    /// Kept in a map.
    Kept {
        /// Field that holds the flattened map.
        name: FieldName,
        /// Type of the values.
        value: Box<TypeUse>,
        /// Patterns, one of which each key must match (`patternProperties` if nothing else is
        /// allowed). Empty if any key is allowed.
        patterns: Vec<String>,
    },
}

impl Extra {
    /// The field that keeps the other properties, if they are kept.
    #[must_use]
    pub fn field(&self) -> Option<&FieldName> {
        match self {
            Self::Kept { name, .. } => Some(name),
            Self::Ignored | Self::Denied => None,
        }
    }
}
