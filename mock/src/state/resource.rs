//! A resource: a collection such as `/pets`, and its items at `/pets/{petId}`.

use std::fmt;

use crate::types::{Field, Shape};

/// A resource that the paths of a document imply.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The path of the collection.
    pub collection: &'static str,
    /// The path of an item.
    pub item: &'static str,
    /// The last word of the collection in the singular, for IDs and messages.
    pub noun: String,
    /// The path parameter that identifies an item.
    pub parameter: &'static str,
    /// The property that has its value.
    pub id: &'static Field,
    /// The properties of an item.
    pub fields: &'static [Field],
    /// Whether an item keeps properties that the document does not name.
    pub is_open: bool,
    /// The preceding path parameters. An item belongs to their values.
    pub scope: Vec<&'static str>,
    /// The role of each operation, by the index of the operation.
    pub operations: Vec<(usize, Role)>,
    /// Query parameters that filter a list by the property of the same name.
    pub filters: Vec<&'static str>,
    /// The number of initial items.
    pub seed: usize,
}

impl Resource {
    /// The role of an operation.
    #[must_use]
    pub fn role(&self, operation: usize) -> Option<Role> {
        self.operations.iter().find(|(index, _)| *index == operation).map(|(_, role)| *role)
    }

    /// The operation with a role.
    #[must_use]
    pub fn operation(&self, role: Role) -> Option<usize> {
        self.operations.iter().find(|(_, known)| *known == role).map(|(index, _)| *index)
    }
}

/// What an operation does with a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Adds an item.
    Create,
    /// Lists items.
    List,
    /// Returns an item.
    Read,
    /// Replaces an item.
    Replace,
    /// Changes some properties of an item.
    Patch,
    /// Removes an item.
    Delete,
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Create => "create",
            Self::List => "list",
            Self::Read => "read",
            Self::Replace => "replace",
            Self::Patch => "patch",
            Self::Delete => "delete",
        })
    }
}

/// The place of an item, or of the items of a list, in a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The body itself.
    Whole,
    /// The property of the body with this name.
    Within(&'static str),
}

/// The shape at a place.
pub(super) type Placed = (Place, Shape);
