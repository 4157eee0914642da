//! Compares discriminators.

use std::collections::BTreeMap;

use super::objects::below;
use crate::document::pointer;
use crate::drift::compare::change::Change;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::SchemaPair;
use crate::drift::model::{ChangeSite, Located, Revision, Schema};
use crate::drift::rules::schema_rule_id;

/// Compares the discriminators of two schemas.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "discriminator";
    let find = |schema: &Schema<'d>| schema.at(key).filter(Located::is_object);
    let subject = pair.subject();
    match (find(&pair.old), find(&pair.new)) {
        (None, None) => {}
        (None, Some(_)) => comparison.report_aspect(
            pair,
            "discriminator-added",
            pair.site(key),
            "",
            format!("a discriminator was added to {subject}"),
        ),
        (Some(_), None) => {
            comparison.report_aspect(
                pair,
                "discriminator-removed",
                pair.site(key),
                "",
                format!("the discriminator of {subject} was removed"),
            );
        }
        (Some(old), Some(new)) => {
            let (was, is) =
                (old.text("propertyName").unwrap_or_default(), new.text("propertyName").unwrap_or_default());
            if was == is {
                let names = names(comparison, pair, &old, &new);
                compare_mapping(comparison, pair, (&old, &new), &names);
                compare_names(comparison, pair, (&old, &new), &names);
            } else {
                let site = ChangeSite::both(&old.child_or_self("propertyName"), &new.child_or_self("propertyName"));
                let message = format!("the discriminator of {subject} changed from `{was}` to `{is}`");
                comparison.report_aspect(
                    pair,
                    "discriminator-property-name-changed",
                    site,
                    &format!("{was}>{is}"),
                    message,
                );
            }
        }
    }
}

fn compare_mapping<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    (old, new): (&Located<'d>, &Located<'d>),
    [named_before, named_after]: &Names<'d>,
) {
    let entries = |at: &Located<'d>| at.child("mapping").map(|mapping| mapping.entries()).unwrap_or_default();
    let (before, after) = (entries(old), entries(new));
    let subject = pair.subject();
    // A value that is the name of its schema is valid without an entry.
    let explicit = |value: &str, at: &Located<'d>, names: &[Named<'d>]| {
        target(at) != value && names.iter().all(|one| one.name != value)
    };
    for (value, at) in &before {
        match after.iter().find(|(other, _)| other == value) {
            None if explicit(value, at, named_after) => {
                let message = format!("the value `{value}` of the discriminator of {subject} was removed");
                let site = ChangeSite::removed(at, &new.child_or_self("mapping"));
                comparison.report_aspect(pair, "discriminator-mapping-deleted", site, value, message);
            }
            Some((_, other)) if target(other) != target(at) && !equal(comparison, pair, at, other) => {
                compare_selected(comparison, pair, value, (at, other));
            }
            _ => {}
        }
    }
    let added = after.iter().filter(|(value, at)| explicit(value, at, named_before));
    for (value, at) in added.filter(|(value, _)| !before.iter().any(|(other, _)| other == value)) {
        let message = format!("the value `{value}` of the discriminator of {subject} was added");
        comparison.report_aspect(
            pair,
            "discriminator-mapping-added",
            ChangeSite::both(&old.child_or_self("mapping"), at),
            value,
            message,
        );
    }
}

/// Compares what a value selects. A schema that replaced another one needs no finding of its own.
fn compare_selected<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    value: &str,
    (old, new): (&Located<'d>, &Located<'d>),
) {
    let is_compared = replaced(comparison, pair, value, (old, new));
    if is_compared && resolve(comparison.new, old).is_none() {
        return;
    }
    let (subject, was, is) = (pair.subject(), target(old), target(new));
    let message = format!("the value `{value}` of the discriminator of {subject} selects `{is}` instead of `{was}`");
    let id = schema_rule_id(pair.role(), "discriminator-mapping-changed", pair.context.muted);
    let change = Change::new(id, ChangeSite::both(old, new), value, message);
    // If both schemas are compared, their differences tell what breaks.
    comparison.report_pair(pair, if is_compared { change.keeps_clients() } else { change });
}

/// Compares the schemas of a mapping entry whose new schema the old document does not have. Returns
/// whether it does: the value then selects what replaced the old schema, not another existing one.
fn replaced<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    value: &str,
    (old, new): (&Located<'d>, &Located<'d>),
) -> bool {
    let known = resolve(comparison.old, new).is_some();
    let (Some(before), Some(after)) = (resolve(comparison.old, old), resolve(comparison.new, new)) else {
        return false;
    };
    if !known {
        let (before, after) = (pair.old.sibling(before), pair.new.sibling(after));
        comparison.compare_below(pair, before, after, below(pair), &format!("discriminator[{value}]"));
    }
    !known
}

/// The schema that a mapping entry selects.
fn resolve<'d>(revision: Revision<'d>, at: &Located<'d>) -> Option<Located<'d>> {
    let text = at.node.as_str()?;
    let reference = if text.contains('/') { text.to_owned() } else { format!("#/components/schemas/{text}") };
    revision.resolve(&reference)
}

/// Whether two mapping entries select schemas with equal meanings and different names.
fn equal<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, old: &Located<'d>, new: &Located<'d>) -> bool {
    match (resolve(comparison.old, old), resolve(comparison.new, new)) {
        (Some(old), Some(new)) => comparison.equality.same(&pair.old.sibling(old), &pair.new.sibling(new)),
        _ => false,
    }
}

/// A member of a union that the discriminator selects by the name of its schema.
struct Named<'d> {
    name: &'d str,
    member: Schema<'d>,
}

/// The members of a union, and the schemas that extend a parent, without an entry in the mapping. A member that fixes the property is
/// selected by its own value.
fn named<'d>(
    schema: &Schema<'d>,
    discriminator: &Located<'d>,
    subtypes: BTreeMap<&'d str, Located<'d>>,
) -> Vec<Named<'d>> {
    let property = discriminator.text("propertyName").unwrap_or_default();
    let mapping = discriminator.child("mapping").map(|mapping| mapping.entries()).unwrap_or_default();
    let has_entry = |name: &str| mapping.iter().any(|(_, at)| target(at) == name);
    let is_fixed = |member: &Schema<'d>| {
        member.parts().iter().any(|part| {
            let same = part.named_in_all("properties").into_iter().filter(|(name, _)| *name == property);
            same.into_iter().any(|(_, at)| !part.sibling(at).fixed_values().is_empty())
        })
    };
    let members = schema.union().map(|(_, members)| members).unwrap_or_default();
    let members =
        members.into_iter().filter_map(|member| Some(Named { name: pointer::last_token(member.reference?), member }));
    let subtypes = subtypes.into_iter().map(|(name, at)| Named { name, member: schema.sibling(at) });
    members.chain(subtypes).filter(|one| !has_entry(one.name) && !is_fixed(&one.member)).collect()
}

/// The members that are selected by their names, in the old and in the new document.
type Names<'d> = [Vec<Named<'d>>; 2];

fn names<'d>(comparison: &Comparison<'d>, pair: &SchemaPair<'d>, old: &Located<'d>, new: &Located<'d>) -> Names<'d> {
    let [of_old, of_new] = comparison.subtypes(pair);
    [named(&pair.old, old, of_old), named(&pair.new, new, of_new)]
}

/// Compares the values that are names of schemas. A schema that got another name is selected by
/// another value.
fn compare_names<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    (old, new): (&Located<'d>, &Located<'d>),
    [before, after]: &Names<'d>,
) {
    // A member of a union that comes or goes has a finding of its own.
    let stays = |comparison: &mut Comparison<'d>, one: &Named<'d>, schema: &Schema<'d>| {
        let Some((_, others)) = schema.union() else { return true };
        others.iter().any(|other| other.reference == one.member.reference)
            || others.iter().any(|other| comparison.equality.same(&one.member, other))
    };
    let subject = pair.subject();
    for one in before {
        if !has_value(one.name, after, new) && stays(comparison, one, &pair.new) {
            let message = format!("the value `{}` of the discriminator of {subject} was removed", one.name);
            let site = ChangeSite::removed(&one.member.here, new);
            comparison.report_aspect(pair, "discriminator-mapping-deleted", site, one.name, message);
        }
    }
    for one in after {
        if !has_value(one.name, before, old) && stays(comparison, one, &pair.old) {
            let message = format!("the value `{}` of the discriminator of {subject} was added", one.name);
            let site = ChangeSite::both(old, &one.member.here);
            comparison.report_aspect(pair, "discriminator-mapping-added", site, one.name, message);
        }
    }
}

/// Whether a value selects a schema by its name, or by an entry of the mapping.
fn has_value(value: &str, named: &[Named<'_>], discriminator: &Located<'_>) -> bool {
    let mapped = discriminator.child("mapping").is_some_and(|mapping| mapping.value(value).is_some());
    mapped || named.iter().any(|one| one.name == value)
}

/// The name of the schema that a mapping entry selects.
fn target<'d>(at: &Located<'d>) -> &'d str {
    at.node.as_str().map(pointer::last_token).unwrap_or_default()
}
