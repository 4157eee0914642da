//! Compares how the members of a choice are told apart.

use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::pairs::Pair;
use crate::drift::model::{Located, Schema, Spot};

/// Compares discriminators.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "discriminator";
    let find = |schema: &Schema<'d>| schema.at(key).filter(Located::is_object);
    let subject = pair.subject();
    match (find(&pair.old), find(&pair.new)) {
        (None, None) => {}
        (None, Some(_)) => comparison.report_aspect(
            pair,
            "discriminator-added",
            pair.spot(key),
            "",
            format!("{subject} has a discriminator"),
        ),
        (Some(_), None) => {
            comparison.report_aspect(
                pair,
                "discriminator-removed",
                pair.spot(key),
                "",
                format!("{subject} has no discriminator any more"),
            );
        }
        (Some(old), Some(new)) => {
            let (was, is) =
                (old.text("propertyName").unwrap_or_default(), new.text("propertyName").unwrap_or_default());
            if was == is {
                compare_mapping(comparison, pair, &old, &new);
            } else {
                let spot = Spot::both(&old.child_or_self("propertyName"), &new.child_or_self("propertyName"));
                let message = format!("the discriminator of {subject} is `{is}`, it was `{was}`");
                comparison.report_aspect(
                    pair,
                    "discriminator-property-name-changed",
                    spot,
                    &format!("{was}>{is}"),
                    message,
                );
            }
        }
    }
}

fn compare_mapping<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, old: &Located<'d>, new: &Located<'d>) {
    let entries = |at: &Located<'d>| at.child("mapping").map(|mapping| mapping.entries()).unwrap_or_default();
    let (before, after) = (entries(old), entries(new));
    let subject = pair.subject();
    let target =
        |at: &Located<'d>| at.node.as_str().map(|text| text.rsplit('/').next().unwrap_or(text)).unwrap_or_default();
    for (value, at) in &before {
        let (aspect, spot, said) = match after.iter().find(|(other, _)| other == value) {
            None => (
                "discriminator-mapping-deleted",
                Spot::removed(at, &new.child_or_self("mapping")),
                "is gone".to_owned(),
            ),
            Some((_, other)) if target(other) != target(at) && !equal(comparison, pair, at, other) => {
                let said = format!("is for `{}`, it was for `{}`", target(other), target(at));
                ("discriminator-mapping-changed", Spot::both(at, other), said)
            }
            Some(_) => continue,
        };
        comparison.report_aspect(
            pair,
            aspect,
            spot,
            value,
            format!("the value `{value}` of the discriminator of {subject} {said}"),
        );
    }
    for (value, at) in after.iter().filter(|(value, _)| !before.iter().any(|(other, _)| other == value)) {
        let message = format!("the value `{value}` of the discriminator of {subject} is new");
        comparison.report_aspect(
            pair,
            "discriminator-mapping-added",
            Spot::both(&old.child_or_self("mapping"), at),
            value,
            message,
        );
    }
}

/// Whether two values are mapped to schemas that mean the same under other names.
fn equal<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, old: &Located<'d>, new: &Located<'d>) -> bool {
    let resolve = |side: crate::drift::model::Side<'d>, at: &Located<'d>| {
        let text = at.node.as_str()?;
        let reference = if text.contains('/') { text.to_owned() } else { format!("#/components/schemas/{text}") };
        side.resolve(&reference)
    };
    match (resolve(comparison.old, old), resolve(comparison.new, new)) {
        (Some(old), Some(new)) => comparison.equality.same(&pair.old.sibling(old), &pair.new.sibling(new)),
        _ => false,
    }
}
