//! What a caller tells the builder about names.

use crate::document::Node;

/// What an operation-local type is named after.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NameHint {
    pub(super) raw: String,
}

impl NameHint {
    /// A type of this name, such as `list_users_ok` or `UserFilter` (in any case).
    #[must_use]
    pub fn new(raw: impl Into<String>) -> Self {
        Self { raw: raw.into() }
    }

    /// A type below this one: `list_users` and `ok` make `ListUsersOk`.
    #[must_use]
    pub fn child(&self, part: &str) -> Self {
        Self { raw: format!("{}-{part}", self.raw) }
    }

    /// The words, for what is no type of the document but named like one.
    #[must_use]
    pub fn raw(&self) -> &str {
        &self.raw
    }
}

/// A path parameter of an operation.
#[derive(Clone, Copy, Debug)]
pub struct PathParameter<'d, 'p> {
    /// Its schema.
    pub schema: &'d Node,
    /// Where the schema stands, as a JSON Pointer.
    pub pointer: &'p str,
    /// Name on the wire.
    pub name: &'p str,
    /// Name under `components/parameters`, if it comes from there (`x-component-name`).
    pub component: Option<&'p str>,
}
