//! Compares conditions, negations, dependencies and encoded content.

use std::collections::BTreeSet;

use super::objects::{compare_named, compare_one};
use crate::document::Node;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::SchemaPair;
use crate::drift::model::{ChangeSite, Located, Schema, show};

/// Compares the keywords for conditions, dependencies and encoded content.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    for key in ["if", "then", "else", "not"] {
        compare_one(comparison, pair, key, key);
    }
    compare_named(comparison, pair, "dependentSchemas", "dependent-schema");
    compare_required(comparison, pair);
    compare_content(comparison, pair);
}

fn compare_required<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let key = "dependentRequired";
    let (old, new) = (pair.old.named(key), pair.new.named(key));
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    let names = |at: &Located<'d>| -> BTreeSet<&'d str> {
        at.node.as_array().unwrap_or_default().iter().filter_map(Node::as_str).collect()
    };
    let quoted = |names: &BTreeSet<&str>| format!("`{}`", names.iter().copied().collect::<Vec<_>>().join("`, `"));
    let subject = pair.subject();
    for (name, at) in &old {
        let before = names(at);
        let (aspect, site, detail, message) = match new.iter().find(|(other, _)| other == name) {
            None => {
                let message = format!("`{name}` of {subject} no longer requires {}", quoted(&before));
                ("dependent-required-removed", ChangeSite::removed(at, &new_at), quoted(&before), message)
            }
            Some((_, other)) if names(other) != before => {
                let after = names(other);
                let message =
                    format!("`{name}` of {subject} requires {} instead of {}", quoted(&after), quoted(&before));
                let detail = format!("{}>{}", quoted(&before), quoted(&after));
                ("dependent-required-changed", ChangeSite::both(at, other), detail, message)
            }
            Some(_) => continue,
        };
        comparison.report_aspect(pair, aspect, site, &detail, message);
    }
    for (name, at) in new.iter().filter(|(name, _)| !old.iter().any(|(other, _)| other == name)) {
        let required = quoted(&names(at));
        let message = format!("`{name}` of {subject} requires {required}");
        let site = ChangeSite::both(&old_at, at);
        comparison.report_aspect(pair, "dependent-required-added", site, &required, message);
    }
}

fn compare_content<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    compare_one(comparison, pair, "contentSchema", "content-schema");
    for (key, aspect) in
        [("contentMediaType", "content-media-type-changed"), ("contentEncoding", "content-encoding-changed")]
    {
        let text = |schema: &Schema<'d>| schema.value(key).map(show);
        let (was, is) = (text(&pair.old), text(&pair.new));
        // A format of 3.0 can mean the same.
        let formats = (pair.old.format(), pair.new.format());
        let spelled = (was.is_none() || is.is_none()) && formats.0.is_some() && formats.0 == formats.1;
        if was != is && !spelled {
            let quoted = |text: Option<String>| text.map_or_else(|| "none".to_owned(), |text| format!("`{text}`"));
            let (was, is) = (quoted(was), quoted(is));
            let message = format!("`{key}` of {} changed from {was} to {is}", pair.subject());
            let site = ChangeSite { removed: false, ..pair.site(key) };
            comparison.report_aspect(pair, aspect, site, &format!("{was}>{is}"), message);
        }
    }
}
