//! The provider's choices about types, and those of them that fit no schema.
//!
//! The rule it keeps: a choice that changes nothing is reported where it stands, never ignored.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::document::Span;

/// The provider's choices about types (`[types]` in provider.toml).
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Schemas (by name in the document, or `Parent.property`) whose enums keep no unknown values; `*` means all.
    pub strict_enums: Names,
    /// Schemas of text (by name in the document) that are also read from a number, as its decimal digits.
    pub read_numbers: Names,
    /// Schema name in the document to the name that types of it are made from.
    pub rename: BTreeMap<String, Renamed>,
    /// Whether component schemas that no operation reaches are left out.
    pub prune: bool,
}

/// Another name for a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// What types of the schema are named after.
    pub name: String,
    /// Where the choice stands; `None` if it may fit nothing.
    pub place: Option<Span>,
}

/// Names of schemas; remembers which of them fitted one.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Each name and where it stands; `None` if it may fit nothing.
    places: BTreeMap<String, Option<Span>>,
    met: RefCell<BTreeSet<String>>,
}

impl FromIterator<(String, Option<Span>)> for Names {
    fn from_iter<I: IntoIterator<Item = (String, Option<Span>)>>(names: I) -> Self {
        Self { places: names.into_iter().collect(), met: RefCell::default() }
    }
}

impl Names {
    /// Whether a name is among them.
    pub(super) fn has(&self, name: &str) -> bool {
        let has = self.places.contains_key(name);
        if has {
            self.met.borrow_mut().insert(name.to_owned());
        }
        has
    }

    /// Names that fitted nothing, and where they stand.
    pub(super) fn unmet(&self) -> Vec<(&str, Span)> {
        let met = self.met.borrow();
        let unmet = self.places.iter().filter(|(name, _)| *name != "*" && !met.contains(*name));
        unmet.filter_map(|(name, place)| Some((name.as_str(), (*place)?))).collect()
    }
}
