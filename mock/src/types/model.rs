//! Types as data: what a generated module expresses in Rust.
//!
//! **Invariant:** an alias is replaced by its target, so that a name always belongs to an object,
//! an enum, a union or a newtype.

use std::sync::OnceLock;

use specwright_codegen::ir::model::Scalar;
use specwright_runtime::union::Alternatives;
use specwright_runtime::validation::{Assertion, Constraints};

/// The use of a type.
#[derive(Debug)]
pub struct Type {
    /// The type without `null`.
    pub shape: Shape,
    /// Whether `null` is a value.
    pub nullable: bool,
    /// The constraints that the use adds to the type, including those for the items of lists and
    /// maps.
    pub constraints: &'static Constraints,
}

/// The shape of a value.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A definition of the document.
    Named(&'static Definition),
    /// A value without parts.
    Scalar(Scalar),
    /// Text that another crate would parse: a format, or anything.
    Foreign(Option<specwright_codegen::ir::model::Format>),
    /// A list.
    List(&'static Type),
    /// An object whose keys the document does not name.
    Map(&'static Type),
    /// A list with a type for each position.
    Tuple(&'static [Type]),
    /// Any JSON.
    Any,
}

/// A definition. It may contain itself, so it exists before its kind is known.
#[derive(Debug)]
pub struct Definition {
    /// The name of the generated type, for errors.
    pub name: &'static str,
    /// The assertions that no kind expresses.
    pub assertions: &'static [Assertion],
    /// The kind. It is always set once all types are compiled.
    pub kind: OnceLock<Kind>,
}

impl Definition {
    /// The kind. While it is not known, which only compilation can observe, it is any JSON.
    pub fn kind(&self) -> &Kind {
        self.kind.get().unwrap_or(&Kind::Unknown)
    }
}

/// The kind of a definition.
#[derive(Debug)]
pub enum Kind {
    /// An object with named properties.
    Object(Object),
    /// Text with listed values.
    Texts {
        /// The values.
        values: &'static [&'static str],
        /// Whether other values are read too.
        open: bool,
        /// Whether other values are valid.
        extensible: bool,
    },
    /// Whole numbers with listed values.
    Integers {
        /// The values.
        values: &'static [i64],
        /// Whether other values are read too. Validation refuses them.
        open: bool,
    },
    /// One of several types.
    Union {
        /// How the member for a value is found.
        alternatives: Alternatives,
        /// The members.
        variants: &'static [Variant],
    },
    /// A type that has its own name.
    Newtype {
        /// The wrapped type, with the constraints of its constructor.
        inner: &'static Type,
        /// Whether text is also read from a whole number.
        reads_numbers: bool,
        /// Whether numbers are also read from their text.
        reads_text: bool,
    },
    /// Not compiled yet.
    Unknown,
}

/// A member of a union.
#[derive(Debug)]
pub struct Variant {
    /// Its type.
    pub ty: &'static Type,
    /// The tag value that the union writes, if the member itself may not write it. The flag says
    /// whether it replaces the member's own value.
    pub tag: Option<(&'static str, bool, serde_json::Value)>,
}

/// An object with named properties.
#[derive(Debug)]
pub struct Object {
    /// The properties, in the order of the document.
    pub fields: &'static [Field],
    /// The other properties.
    pub rest: Rest,
    /// The properties that are accepted but not kept, because they are sent only in the other
    /// direction.
    pub unsent: &'static [&'static str],
    /// The constraints on the number of its properties, and the values that `enum` lists.
    pub constraints: &'static Constraints,
}

/// A named property.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// Its type.
    pub ty: &'static Type,
    /// The type without `null`, for readers that handle `null` themselves.
    pub not_null: &'static Type,
    /// Whether it may be absent.
    pub presence: Presence,
    /// Whether numbers in it are also read from their text.
    pub reads_text: bool,
    /// Whether it is a file of a form.
    pub is_file: bool,
}

/// Whether a property may be absent, and what `null` then means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is always present.
    Required,
    /// It may be absent; `null` is refused.
    Optional,
    /// It may be absent, and `null` is a value.
    OptionalOrNull,
    /// It may be absent, and `null` is a value of its type itself.
    OptionalAny,
}

/// The properties that have no name in the document.
#[derive(Clone, Copy, Debug)]
pub enum Rest {
    /// They are allowed but not kept.
    Ignored,
    /// They are refused.
    Denied,
    /// They are kept. This is the type of their values, and the patterns. Each name must match one
    /// of them.
    Kept(&'static Type, &'static [&'static str]),
}
