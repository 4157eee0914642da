//! Compares choices of plain types: `oneOf: [{type: string}, {type: integer}]` is a list of types, and so is `type: string` beside it.

use std::collections::BTreeMap;

use super::objects::below;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::pairs::Pair;
use crate::drift::model::{Schema, Spot};
use crate::drift::verdict::Direction;

/// The plain types that a schema may be, and whether they are the members of a choice.
struct Types<'d> {
    by_name: BTreeMap<&'d str, Schema<'d>>,
    choice: bool,
}

impl<'d> Types<'d> {
    /// `None` if the schema says more than which types there are, or says one twice.
    fn new(schema: &Schema<'d>) -> Option<Self> {
        let composed = |schema: &Schema<'d>, keys: &[&str]| keys.iter().any(|key| !schema.composition(key).is_empty());
        let plain = |schema: &Schema<'d>| schema.named("properties").is_empty() && !composed(schema, &["allOf"]);
        if !plain(schema) || schema.value("not").is_some() {
            return None;
        }
        let members = ["oneOf", "anyOf"].map(|key| schema.composition(key)).into_iter().find(|list| !list.is_empty());
        let choice = members.is_some();
        let members = members.unwrap_or_else(|| vec![schema.clone()]);
        let mut by_name = BTreeMap::new();
        for member in members {
            let types = member.types();
            let [name] = types.as_slice() else { return None };
            let simple = plain(&member) && (!choice || !composed(&member, &["oneOf", "anyOf"]));
            if !simple || by_name.insert(*name, member).is_some() {
                return None;
            }
        }
        Some(Self { by_name, choice })
    }

    /// The types that another list lacks.
    fn beyond(&self, other: &Self) -> Vec<&'d str> {
        self.by_name.keys().filter(|name| !other.by_name.contains_key(*name)).copied().collect()
    }
}

/// Reports types that came and went where a choice of plain types is on one side at least; nothing else is compared then.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) -> bool {
    let (Some(old), Some(new)) = (Types::new(&pair.old), Types::new(&pair.new)) else { return false };
    let (came, gone) = (new.beyond(&old), old.beyond(&new));
    if !(old.choice || new.choice) || (came.is_empty() && gone.is_empty()) {
        return false;
    }
    // Where some come and others go, it counts that requests are refused and answers are new.
    let narrows = match pair.slot().direction() {
        Direction::Response => came.is_empty(),
        _ => !gone.is_empty(),
    };
    let aspect = if narrows { "list-of-types-narrowed" } else { "list-of-types-widened" };
    let said = |names: &[&str], words: &str| match names {
        [] => None,
        names => Some(format!("{words} `{}`", names.join("`, `"))),
    };
    let changes = [said(&came, "may be"), said(&gone, "may no longer be")];
    let changes = changes.into_iter().flatten().collect::<Vec<_>>().join(" and ");
    let message = format!("{} {changes}", pair.subject());
    let spot = Spot::both(&whole(&pair.old), &whole(&pair.new));
    comparison.report_aspect(pair, aspect, spot, &changes, message);
    for (name, before) in old.by_name {
        if let Some(after) = new.by_name.get(name) {
            compare_member(comparison, pair, (before, old.choice), (after.clone(), new.choice));
        }
    }
    true
}

/// Where a schema says its types.
fn whole<'d>(schema: &Schema<'d>) -> crate::drift::model::Located<'d> {
    let said = ["oneOf", "anyOf", "type"].iter().find_map(|key| schema.at(key));
    said.unwrap_or_else(|| schema.body())
}

/// Compares a type that both sides have; `null` belongs to the whole, not to the type.
fn compare_member<'d>(
    comparison: &mut Comparison<'d>,
    pair: &Pair<'d>,
    (mut old, old_choice): (Schema<'d>, bool),
    (mut new, new_choice): (Schema<'d>, bool),
) {
    old.nullable &= old_choice;
    new.nullable &= new_choice;
    if !comparison.equality.same(&old, &new) {
        let step = old.types().join("");
        comparison.compare_below(pair, old, new, below(pair), &step);
    }
}
