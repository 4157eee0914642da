//! Compares conditions, negations, dependencies and what texts encode.

use std::collections::BTreeSet;

use super::objects::{compare_named, compare_one};
use crate::document::Node;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::pairs::Pair;
use crate::drift::model::{Located, Schema, Spot, show};

/// Compares the keywords that make one part of a value depend on another.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    for key in ["if", "then", "else", "not"] {
        compare_one(comparison, pair, key, key);
    }
    compare_named(comparison, pair, "dependentSchemas", "dependent-schema");
    compare_required(comparison, pair);
    compare_content(comparison, pair);
}

fn compare_required<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    let key = "dependentRequired";
    let (old, new) = (pair.old.named(key), pair.new.named(key));
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    let names = |at: &Located<'d>| -> BTreeSet<&'d str> {
        at.node.as_array().unwrap_or_default().iter().filter_map(Node::as_str).collect()
    };
    let said = |names: &BTreeSet<&str>| format!("`{}`", names.iter().copied().collect::<Vec<_>>().join("`, `"));
    let subject = pair.subject();
    for (name, at) in &old {
        let before = names(at);
        let (aspect, spot, message) = match new.iter().find(|(other, _)| other == name) {
            None => {
                let message = format!("`{name}` of {subject} no longer requires {}", said(&before));
                ("dependent-required-removed", Spot::removed(at, &new_at), message)
            }
            Some((_, other)) if names(other) != before => {
                let message =
                    format!("`{name}` of {subject} requires {}, it required {}", said(&names(other)), said(&before));
                ("dependent-required-changed", Spot::both(at, other), message)
            }
            Some(_) => continue,
        };
        comparison.report_aspect(pair, aspect, spot, &message, message.clone());
    }
    for (name, at) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
        let message = format!("`{name}` of {subject} requires {}", said(&names(at)));
        comparison.report_aspect(pair, "dependent-required-added", Spot::both(&old_at, at), &message, message.clone());
    }
}

fn compare_content<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>) {
    compare_one(comparison, pair, "contentSchema", "content-schema");
    for (key, aspect) in
        [("contentMediaType", "content-media-type-changed"), ("contentEncoding", "content-encoding-changed")]
    {
        let text = |schema: &Schema<'d>| schema.value(key).map(show);
        let (was, is) = (text(&pair.old), text(&pair.new));
        if was != is {
            let said = |text: Option<String>| text.map_or_else(|| "absent".to_owned(), |text| format!("`{text}`"));
            let message = format!("`{key}` of {} is {}, it was {}", pair.subject(), said(is), said(was));
            let spot = Spot { gone: false, ..pair.spot(key) };
            comparison.report_aspect(pair, aspect, spot, &message, message.clone());
        }
    }
}
