//! Compares discriminators.

use super::objects::below;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::SchemaPair;
use crate::drift::model::{ChangeSite, Located, Revision, Schema};

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
                compare_mapping(comparison, pair, &old, &new);
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

fn compare_mapping<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, old: &Located<'d>, new: &Located<'d>) {
    let entries = |at: &Located<'d>| at.child("mapping").map(|mapping| mapping.entries()).unwrap_or_default();
    let (before, after) = (entries(old), entries(new));
    let subject = pair.subject();
    let target =
        |at: &Located<'d>| at.node.as_str().map(|text| text.rsplit('/').next().unwrap_or(text)).unwrap_or_default();
    // A value that is the name of its schema is valid without an entry.
    let explicit = |value: &str, at: &Located<'d>| target(at) != value;
    for (value, at) in &before {
        let (aspect, site, phrase) = match after.iter().find(|(other, _)| other == value) {
            None if !explicit(value, at) => continue,
            None => (
                "discriminator-mapping-deleted",
                ChangeSite::removed(at, &new.child_or_self("mapping")),
                "was removed".to_owned(),
            ),
            Some((_, other)) if target(other) != target(at) && !equal(comparison, pair, at, other) => {
                if replaced(comparison, pair, value, (at, other)) {
                    continue;
                }
                let phrase = format!("selects `{}` instead of `{}`", target(other), target(at));
                ("discriminator-mapping-changed", ChangeSite::both(at, other), phrase)
            }
            Some(_) => continue,
        };
        comparison.report_aspect(
            pair,
            aspect,
            site,
            value,
            format!("the value `{value}` of the discriminator of {subject} {phrase}"),
        );
    }
    let added = after.iter().filter(|(value, at)| explicit(value, at));
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
