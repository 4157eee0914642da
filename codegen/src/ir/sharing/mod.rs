//! Gives equal inline types one definition, of which the type at each place is an alias. Equal
//! groups of headers are treated in the same way.
//!
//! **Invariant:** the printed content alone decides which items are shared and how the definitions
//! are named. Neither documentation nor another place changes this.

mod classes;
mod docs;
mod headers;
mod key;
mod name;
mod types;
mod uses;

use self::classes::Classes;
use super::model::{HeaderGroup, TypeName, TypeTable};
use super::naming::Naming;

/// Shares types and groups of headers. Returns the definitions of shared groups.
pub(super) fn share(table: &mut TypeTable, groups: &mut [HeaderGroup], naming: &mut Naming) -> Vec<HeaderGroup> {
    let classes = Classes::of(table);
    // Equal items are found before anything is replaced.
    let of_types = types::classes(table, &classes);
    let of_headers = headers::classes(table, groups, &classes);
    types::define(table, &of_types, naming);
    headers::define(table, groups, &of_headers, naming)
}

/// A class of equal items: the text from which it is named, and its members.
struct Class<T> {
    stem: String,
    digest: u64,
    members: Vec<T>,
}

impl<T> Class<T> {
    fn name(&self, naming: &mut Naming) -> TypeName {
        naming.shared.type_name(&name::whole(&self.stem, self.digest))
    }
}

/// Classes in an order that depends on their content.
fn sorted<T>(mut classes: Vec<Class<T>>) -> Vec<Class<T>> {
    classes.sort_by(|a, b| (&a.stem, a.digest).cmp(&(&b.stem, b.digest)));
    classes
}

#[cfg(test)]
mod tests;
