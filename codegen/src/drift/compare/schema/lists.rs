//! Compares choices of plain types: `oneOf: [{type: string}, {type: integer}]` is a list of types,
//! and so is a lone `type: string` compared with it.

use std::collections::BTreeMap;

use super::objects::below;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::SchemaPair;
use crate::drift::model::{ChangeSite, Schema, annotation};
use crate::drift::verdict::Direction;

/// The plain types that a schema allows, and whether they are members of a choice.
struct Types<'d> {
    by_name: BTreeMap<&'d str, Schema<'d>>,
    choice: bool,
}

impl<'d> Types<'d> {
    /// `None` if the schema constrains more than its types, or lists a type twice.
    fn new(schema: &Schema<'d>) -> Option<Self> {
        let composed = |schema: &Schema<'d>, keys: &[&str]| keys.iter().any(|key| !schema.composition(key).is_empty());
        let plain = |schema: &Schema<'d>| schema.named("properties").is_empty() && !composed(schema, &["allOf"]);
        if !plain(schema) || schema.value("not").is_some() {
            return None;
        }
        let members = ["oneOf", "anyOf"].map(|key| schema.composition(key)).into_iter().find(|list| !list.is_empty());
        let choice = members.is_some();
        let members = members.unwrap_or_else(|| each_type(schema));
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

    /// The types that `other` lacks.
    fn beyond(&self, other: &Self) -> Vec<&'d str> {
        self.by_name.keys().filter(|name| !other.by_name.contains_key(*name)).copied().collect()
    }
}

/// Reports added and removed types if at least one of the schemas is a choice of plain types.
/// Returns whether it reported any; nothing else is compared then.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) -> bool {
    let (Some(old), Some(new)) = (Types::new(&pair.old), Types::new(&pair.new)) else { return false };
    let (added, removed) = (new.beyond(&old), old.beyond(&new));
    if !(old.choice || new.choice) {
        return false;
    }
    if added.is_empty() && removed.is_empty() {
        // Two choices are compared member by member, a choice and a list of types only here.
        if old.choice != new.choice && old.by_name.len() > 1 {
            compare_members(comparison, pair, old, &new);
            return true;
        }
        return false;
    }
    // If types are both added and removed, the breaking half decides: removed types for requests,
    // added ones for responses.
    let narrows = match pair.role().direction() {
        Direction::Response => added.is_empty(),
        _ => !removed.is_empty(),
    };
    let aspect = if narrows { "list-of-types-narrowed" } else { "list-of-types-widened" };
    let phrase = |names: &[&str], verb: &str| match names {
        [] => None,
        names => Some(format!("{verb} `{}`", names.join("`, `"))),
    };
    let changes = [phrase(&added, "may now be"), phrase(&removed, "may no longer be")];
    let changes = changes.into_iter().flatten().collect::<Vec<_>>().join(" and ");
    let message = format!("{} {changes}", pair.subject());
    let site = ChangeSite::both(&whole(&pair.old), &whole(&pair.new));
    let detail = format!("{}>{}", removed.join(","), added.join(","));
    comparison.report_aspect(pair, aspect, site, &detail, message);
    compare_members(comparison, pair, old, &new);
    true
}

/// The schema for each of its types. If it constrains more than the types, the schema as a whole.
fn each_type<'d>(schema: &Schema<'d>) -> Vec<Schema<'d>> {
    let types = schema.types();
    let plain = schema.keywords().iter().all(|(key, _)| annotation(key) || matches!(*key, "type" | "$ref"));
    if types.len() > 1 && plain {
        types.into_iter().map(|name| schema.only(name)).collect()
    } else {
        vec![schema.clone()]
    }
}

/// Compares the types that both schemas allow.
fn compare_members<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, old: Types<'d>, new: &Types<'d>) {
    for (name, before) in old.by_name {
        if let Some(after) = new.by_name.get(name) {
            compare_member(comparison, pair, (before, old.choice), (after.clone(), new.choice));
        }
    }
}

/// The keyword that lists the types of a schema.
fn whole<'d>(schema: &Schema<'d>) -> crate::drift::model::Located<'d> {
    let keyword = ["oneOf", "anyOf", "type"].iter().find_map(|key| schema.at(key));
    keyword.unwrap_or_else(|| schema.body())
}

/// Compares a type that both schemas allow. `null` belongs to the whole schema, not to the type.
fn compare_member<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
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
