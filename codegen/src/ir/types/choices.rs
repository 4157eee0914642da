//! The provider's choices about types.
//!
//! **Invariant:** a choice that matches no schema is reported at its own location, and never
//! ignored.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::Span;
use crate::ir::model::{Foreign, ForeignId};

/// The provider's choices about types (`[types]` in provider.toml).
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Whether enums refuse unknown values, unless a choice says otherwise.
    pub closed: bool,
    /// Schemas whose enums keep unknown values: names in the document, `Parent.property`, or `*`
    /// for all of them.
    pub open_enums: SchemaNames,
    /// Schemas whose enums keep no unknown values: names in the document, `Parent.property`, or `*`
    /// for all of them.
    pub strict_enums: SchemaNames,
    /// String schemas, by name in the document, that also accept a number and keep its decimal
    /// digits.
    pub read_numbers: SchemaNames,
    /// From the name of a schema in the document to the name from which its types are named.
    pub rename: BTreeMap<String, Renamed>,
    /// From `Schema.property` to the name of the field.
    pub rename_fields: Chosen<String>,
    /// From `Schema.value` to the name of the variant.
    pub rename_variants: Chosen<String>,
    /// The types of other crates that replace schemas and formats.
    pub foreign: Vec<Foreign>,
    /// By name of the schema.
    pub replaced: Chosen<ForeignId>,
    /// By format, as documents write it.
    pub formats: Chosen<ForeignId>,
    /// Additional derives and attributes, in the order of their patterns.
    pub decorations: Vec<DecorationChoice>,
    /// Whether component schemas that no operation reaches are left out.
    pub prune: bool,
}

/// A different name for a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The name from which types of the schema are named.
    pub name: String,
    /// The location of the choice; `None` if it may match nothing.
    pub span: Option<Span>,
}

/// Derives and attributes for the types of some schemas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecorationChoice {
    /// A name of a schema, in which `*` matches any text.
    pub pattern: String,
    /// Paths of derive macros, as written.
    pub derives: Vec<String>,
    /// Attributes with their brackets: `#[non_exhaustive]`.
    pub attributes: Vec<String>,
    /// The location of the choice; `None` if it may match nothing.
    pub span: Option<Span>,
}

/// Names of schemas, each with whether it has matched a schema.
pub type SchemaNames = Chosen<()>;

/// Choices by name, each with whether it has matched an item.
#[derive(Clone, Debug)]
pub struct Chosen<T> {
    /// Each name with its choice and its location, which is `None` if the choice may match nothing.
    entries: BTreeMap<String, (T, Option<Span>)>,
    matched: RefCell<BTreeSet<String>>,
}

impl<T> Default for Chosen<T> {
    fn default() -> Self {
        Self { entries: BTreeMap::new(), matched: RefCell::default() }
    }
}

impl FromIterator<(String, Option<Span>)> for SchemaNames {
    fn from_iter<I: IntoIterator<Item = (String, Option<Span>)>>(names: I) -> Self {
        names.into_iter().map(|(name, span)| (name, (), span)).collect()
    }
}

impl<T> FromIterator<(String, T, Option<Span>)> for Chosen<T> {
    fn from_iter<I: IntoIterator<Item = (String, T, Option<Span>)>>(choices: I) -> Self {
        let entries = choices.into_iter().map(|(name, choice, span)| (name, (choice, span))).collect();
        Self { entries, matched: RefCell::default() }
    }
}

impl<T> Chosen<T> {
    /// The choice for a name. It then counts as matched.
    pub(super) fn get(&self, name: &str) -> Option<&T> {
        let (choice, _) = self.entries.get(name)?;
        if !self.matched.borrow().contains(name) {
            self.matched.borrow_mut().insert(name.to_owned());
        }
        Some(choice)
    }

    /// Whether there is a choice for a name. It then counts as matched.
    pub(super) fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Names that matched nothing, with their locations.
    pub(super) fn unmatched(&self) -> Vec<(&str, Span)> {
        let matched = self.matched.borrow();
        let unmatched = self.entries.iter().filter(|(name, _)| *name != "*" && !matched.contains(*name));
        unmatched.filter_map(|(name, (_, span))| Some((name.as_str(), (*span)?))).collect()
    }
}
