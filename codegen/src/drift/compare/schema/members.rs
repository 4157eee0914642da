//! Matches the members of compositions.
//!
//! Members are matched by reference, then by title, by meaning, by a constant property and by
//! property names. If one unnamed member remains in each document, it counts as changed, unless no
//! value is valid for both.

use std::collections::BTreeSet;

use crate::drift::compare::comparison::Comparison;
use crate::drift::model::Schema;

/// The members of both documents, matched.
pub(super) struct Members<'d> {
    pub(super) both: Vec<(Schema<'d>, Schema<'d>)>,
    pub(super) removed: Vec<Schema<'d>>,
    pub(super) added: Vec<Schema<'d>>,
}

/// Matches the members of two compositions. Choices of a kind may be nested in each other.
pub(super) fn matched<'d>(
    comparison: &mut Comparison<'d>,
    choice: Option<&str>,
    old: Vec<Schema<'d>>,
    new: Vec<Schema<'d>>,
) -> Members<'d> {
    let mut members = Members { both: Vec::new(), removed: old, added: new };
    members.pair_by(|old, new| old.reference.is_some() && old.reference == new.reference);
    let title = |schema: &Schema<'d>| schema.text("title").filter(|_| schema.reference.is_none());
    // A constant is known by its value.
    let is_value = |schema: &Schema<'d>| !schema.constants().is_empty();
    let excluded = |old: &Schema<'d>, new: &Schema<'d>| is_value(old) && is_value(new) && old.excludes(new);
    members.pair_by(|old, new| title(old).is_some() && title(old) == title(new) && !excluded(old, new));
    // Defaults annotate, but they are compared between members that belong together.
    let defaults_alike = |old: &Schema<'d>, new: &Schema<'d>| old.value("default") == new.value("default");
    members.pair_by(|old, new| defaults_alike(old, new) && comparison.equality.same(old, new));
    members.pair_by(|old, new| comparison.equality.same(old, new));
    if choice.is_some_and(|key| members.spread(key)) {
        members.pair_by(|old, new| old.reference.is_some() && old.reference == new.reference);
        members.pair_by(|old, new| comparison.equality.same(old, new));
    }
    let inline = |old: &Schema<'d>, new: &Schema<'d>| old.reference.is_none() && new.reference.is_none();
    members.pair_by(|old, new| inline(old, new) && tag(old).is_some() && tag(old) == tag(new));
    let names =
        |schema: &Schema<'d>| schema.named("properties").into_iter().map(|(name, _)| name).collect::<BTreeSet<_>>();
    members.pair_by(|old, new| {
        inline(old, new) && !names(old).is_empty() && names(old) == names(new) && !old.excludes(new)
    });
    if members.removed.len() == 1 && members.added.len() == 1 {
        let differ = |old: Option<&str>, new: Option<&str>| old.is_some() && new.is_some() && old != new;
        members.pair_by(|old, new| {
            let distinct = differ(title(old), title(new)) || (choice.is_some() && old.excludes(new));
            inline(old, new) && !distinct
        });
    }
    members
}

/// The first constant property, by which members can be told apart.
fn tag(schema: &Schema<'_>) -> Option<(String, String)> {
    let properties = schema.named("properties").into_iter();
    let constant = |at| match schema.sibling(at).fixed_values().as_slice() {
        [only] => only.node.as_str().map(str::to_owned),
        _ => None,
    };
    properties.into_iter().find_map(|(name, at)| Some((name.to_owned(), constant(at)?)))
}

impl<'d> Members<'d> {
    /// Replaces choices without a partner by their own members if the other document lists any of
    /// these, and drops members that a matched choice has in the other document. Returns whether
    /// anything changed.
    fn spread(&mut self, key: &str) -> bool {
        let before = (self.removed.len(), self.added.len());
        let (old, new): (Vec<_>, Vec<_>) = self.both.iter().cloned().unzip();
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        let names = |list: &[Schema<'d>]| -> BTreeSet<&'d str> {
            Schema::spread(key, list.to_vec()).iter().filter_map(|schema| schema.reference).collect()
        };
        let (held_old, held_new) = (names(&old), names(&new));
        let open = |list: &[Schema<'d>], held: &BTreeSet<&'d str>, listed: &BTreeSet<&'d str>| -> Vec<Schema<'d>> {
            let known = |schema: &Schema<'d>, names: &BTreeSet<&'d str>| {
                schema.reference.is_some_and(|name| names.contains(name))
            };
            let parts = list.iter().flat_map(|member| {
                let inner = Schema::spread(key, vec![member.clone()]);
                let shares = inner.iter().any(|part| known(part, listed) || known(part, held));
                if shares { inner } else { vec![member.clone()] }
            });
            let mut seen = BTreeSet::new();
            parts.filter(|part| !known(part, held) && seen.insert(part.body().identity())).collect()
        };
        self.removed = open(&removed, &held_new, &names(&added));
        self.added = open(&added, &held_old, &names(&removed));
        before != (self.removed.len(), self.added.len())
    }

    fn pair_by(&mut self, mut same: impl FnMut(&Schema<'d>, &Schema<'d>) -> bool) {
        for old in std::mem::take(&mut self.removed) {
            match self.added.iter().position(|new| same(&old, new)) {
                Some(position) => {
                    let new = self.added.remove(position);
                    self.both.push((old, new));
                }
                None => self.removed.push(old),
            }
        }
    }
}
