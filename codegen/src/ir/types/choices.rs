//! The provider's choices about types, and those of them that fit no schema.
//!
//! The rule it keeps: a choice that changes nothing is reported where it stands, never ignored.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use super::builder::TypeBuilder;
use crate::diagnostics::nearest;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
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
    fn unmet(&self) -> Vec<(&str, Span)> {
        let met = self.met.borrow();
        let unmet = self.places.iter().filter(|(name, _)| *name != "*" && !met.contains(*name));
        unmet.filter_map(|(name, place)| Some((name.as_str(), (*place)?))).collect()
    }
}

/// Reports the choices that fit nothing; all types have been made.
pub(super) fn report_unmatched(builder: &TypeBuilder<'_>, out: &mut Diagnostics) {
    let choices = &builder.choices;
    for (key, names, wanted) in [
        ("strict_enums", &choices.strict_enums, "an enum"),
        ("read_numbers", &choices.read_numbers, "a text without a format"),
    ] {
        for (name, place) in names.unmet() {
            if builder.graph.component_named(name).is_none() {
                out.report(unmatched(builder, key, name, place));
            } else if is_made(builder, name) {
                let message = format!("the schema `{name}` in `types.{key}` is not {wanted}");
                out.report(
                    Diagnostic::new(&codes::UNMATCHED_TYPE, place, message)
                        .help("name the schema that holds the values, or remove the name"),
                );
            }
        }
    }
    for (name, renamed) in &choices.rename {
        if let Some(place) = renamed.place.filter(|_| builder.graph.component_named(name).is_none()) {
            out.report(unmatched(builder, "rename", name, place));
        }
    }
}

/// Whether a selection of operations has kept the schema.
fn is_made(builder: &TypeBuilder<'_>, name: &str) -> bool {
    builder.table.definitions.iter().any(|definition| definition.schema_name.as_deref() == Some(name))
}

fn unmatched(builder: &TypeBuilder<'_>, key: &str, name: &str, place: Span) -> Diagnostic {
    let known = builder.graph.components.iter().map(|component| component.name);
    let help = match nearest(name, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "name a key of `components.schemas`, or remove it if upstream has removed what it named".to_owned(),
    };
    let message = format!("`{name}` in `types.{key}` names no schema of the document");
    Diagnostic::new(&codes::UNMATCHED_TYPE, place, message).help(help)
}
