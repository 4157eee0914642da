//! Gives equal inline types one definition, of which the type at each place is an alias. Equal
//! groups of headers, and equal errors of operations, are treated in the same way.
//!
//! **Invariant:** the printed content alone decides which items are shared and how the definitions
//! are named. Neither documentation nor another place changes this.

mod classes;
mod docs;
mod errors;
mod headers;
mod key;
mod name;
mod types;
mod uses;

use self::classes::Classes;
use super::model::{HeaderGroup, Operation, SharedErrors, TypeName, TypeTable, Webhooks};
use super::naming::Naming;

/// Shares types, groups of headers, and errors. Returns the definitions of the latter two.
pub(super) fn share(
    table: &mut TypeTable,
    groups: &mut [HeaderGroup],
    (operations, webhooks): (&mut [Operation], Option<&mut Webhooks>),
    naming: &mut Naming,
) -> (Vec<HeaderGroup>, Vec<SharedErrors>) {
    let webhooks = webhooks.into_iter().flat_map(|webhooks| &mut webhooks.items);
    let webhooks = webhooks.map(|webhook| &mut webhook.operation).collect();
    let mut operations = errors::Operations { api: operations, webhooks };
    let classes = Classes::of(table);
    // Equal items are found before anything is replaced.
    let of_types = types::classes(table, &classes);
    let of_headers = headers::classes(table, groups, &classes);
    let of_errors = errors::classes(table, groups, &operations, &classes);
    types::define(table, &of_types, naming);
    let headers = headers::define(table, groups, &of_headers, naming);
    let errors = errors::define(table, &mut operations, &of_errors, naming);
    (headers, errors)
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
