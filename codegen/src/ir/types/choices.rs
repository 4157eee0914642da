//! The provider's choices about types.
//!
//! **Invariant:** a choice that matches no schema is reported at its own location, never ignored.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::Span;

/// The provider's choices about types (`[types]` in provider.toml).
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Schemas whose enums keep no unknown values: names in the document, `Parent.property`, or `*`
    /// for all.
    pub strict_enums: SchemaNames,
    /// String schemas, by name in the document, that also accept a number and keep its decimal
    /// digits.
    pub read_numbers: SchemaNames,
    /// From the name of a schema in the document to the name that its types are made from.
    pub rename: BTreeMap<String, Renamed>,
    /// Whether component schemas that no operation reaches are left out.
    pub prune: bool,
}

/// Another name for a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// The name that types of the schema are made from.
    pub name: String,
    /// Where the choice is written; `None` if it may match nothing.
    pub span: Option<Span>,
}

/// Names of schemas, which remember whether they matched one.
#[derive(Clone, Debug, Default)]
pub struct SchemaNames {
    /// Each name and where it is written; `None` if it may match nothing.
    spans: BTreeMap<String, Option<Span>>,
    matched: RefCell<BTreeSet<String>>,
}

impl FromIterator<(String, Option<Span>)> for SchemaNames {
    fn from_iter<I: IntoIterator<Item = (String, Option<Span>)>>(names: I) -> Self {
        Self { spans: names.into_iter().collect(), matched: RefCell::default() }
    }
}

impl SchemaNames {
    /// Whether a name is in the set; it then counts as matched.
    pub(super) fn has(&self, name: &str) -> bool {
        let has = self.spans.contains_key(name);
        if has {
            self.matched.borrow_mut().insert(name.to_owned());
        }
        has
    }

    /// Names that matched nothing, and where they are written.
    pub(super) fn unmatched(&self) -> Vec<(&str, Span)> {
        let matched = self.matched.borrow();
        let unmatched = self.spans.iter().filter(|(name, _)| *name != "*" && !matched.contains(*name));
        unmatched.filter_map(|(name, span)| Some((name.as_str(), (*span)?))).collect()
    }
}
