//! Compares the properties of objects: which there are, which have to be there, which travel.

use std::collections::{BTreeMap, BTreeSet};

use super::composition::Merged;
use crate::document::Node;
use crate::drift::compare::change::Change;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::lifecycle;
use crate::drift::compare::pairs::{Context, Pair};
use crate::drift::model::{Located, Schema, Spot};
use crate::drift::rules::Slot;
use crate::drift::verdict::Direction;

/// A property on one side.
struct Property<'d> {
    name: &'d str,
    at: Located<'d>,
    schema: Schema<'d>,
    required: bool,
}

impl Property<'_> {
    /// Whether the property does not travel in a direction.
    fn muted(&self, direction: Direction) -> bool {
        match direction {
            Direction::Request => self.schema.flag("readOnly"),
            _ => self.schema.flag("writeOnly"),
        }
    }

    fn need(&self) -> &'static str {
        if self.required { "required" } else { "optional" }
    }
}

/// Compares the properties of two objects.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, merged: &Merged<'d>) {
    let (old, new) = (properties(&pair.old, &merged.old), properties(&pair.new, &merged.new));
    let (old_at, new_at) = (pair.old.at_or_self("properties"), pair.new.at_or_self("properties"));
    for property in old.values().filter(|property| !new.contains_key(property.name)) {
        removed(comparison, pair, property, &new_at);
    }
    for property in new.values() {
        match old.get(property.name) {
            Some(before) => compare_property(comparison, pair, before, property),
            None => added(comparison, pair, property, &old_at),
        }
    }
    if merged.old.is_empty() && merged.new.is_empty() {
        compare_bare_required(comparison, pair, (&old, &new));
    }
}

/// More members than any `allOf` of one object has, nested ones included.
const MEMBERS: usize = 256;

/// The properties of a schema and of the members that are merged into it; of equal names the first.
fn properties<'d>(schema: &Schema<'d>, merged: &[Schema<'d>]) -> BTreeMap<&'d str, Property<'d>> {
    let mut parts: Vec<Schema<'d>> = vec![schema.clone()];
    let mut open: Vec<Schema<'d>> = merged.iter().rev().cloned().collect();
    while let Some(member) = open.pop().filter(|_| parts.len() < MEMBERS) {
        open.extend(member.composition("allOf").into_iter().rev());
        parts.push(member);
    }
    let required: BTreeSet<&'d str> = parts.iter().flat_map(Schema::required).collect();
    let mut all = BTreeMap::new();
    for part in &parts {
        for (name, at) in part.named("properties") {
            let property = || Property {
                name,
                schema: part.sibling(at.clone()),
                at: at.clone(),
                required: required.contains(name),
            };
            all.entry(name).or_insert_with(property);
        }
    }
    all
}

fn removed<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, old: &Property<'d>, holder: &Located<'d>) {
    let muted = old.muted(pair.slot().direction());
    let id = match pair.slot() {
        Slot::RequestBody | Slot::RequestProperty if muted => return,
        Slot::RequestBody | Slot::RequestProperty => "request-property-removed".to_owned(),
        Slot::Parameter | Slot::Header | Slot::ParameterProperty | Slot::HeaderProperty => {
            "request-parameter-property-removed".to_owned()
        }
        _ => format!("response-{}-{}property-removed", old.need(), if muted { "write-only-" } else { "" }),
    };
    let message = format!("the {} {} is gone", old.need(), pair.subject_below(old.name));
    comparison.report_pair(pair, Change::new(id, Spot::removed(&old.at, holder), old.name, message));
}

fn added<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, new: &Property<'d>, holder: &Located<'d>) {
    let muted = new.muted(pair.slot().direction());
    let default = if new.schema.value("default").is_some() { "-with-default" } else { "" };
    let id = match (pair.slot(), new.required) {
        (Slot::RequestBody | Slot::RequestProperty, _) if muted => return,
        (Slot::RequestBody | Slot::RequestProperty, true) => format!("new-required-request-property{default}"),
        (Slot::RequestBody | Slot::RequestProperty, false) => "new-optional-request-property".to_owned(),
        (Slot::Header | Slot::HeaderProperty, true) => "new-required-request-header-property".to_owned(),
        (Slot::Parameter | Slot::ParameterProperty, true) => "new-required-request-parameter-property".to_owned(),
        (Slot::Parameter | Slot::ParameterProperty | Slot::Header | Slot::HeaderProperty, false) => {
            "new-optional-request-parameter-property".to_owned()
        }
        _ => format!("response-{}-{}property-added", new.need(), if muted { "write-only-" } else { "" }),
    };
    let message = format!("the {} {} is new", new.need(), pair.subject_below(new.name));
    comparison.report_pair(pair, Change::new(id, Spot::both(holder, &new.at), new.name, message));
}

fn compare_property<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, old: &Property<'d>, new: &Property<'d>) {
    let direction = pair.slot().direction();
    if old.required != new.required {
        need_changed(comparison, pair, old, new);
    }
    let body =
        matches!(pair.slot(), Slot::RequestBody | Slot::RequestProperty | Slot::ResponseBody | Slot::ResponseProperty);
    if body {
        access_changed(comparison, pair, old, new);
        let (old_at, new_at) = (annotated(old), annotated(new));
        let name = pair.subject_below(new.name);
        for change in lifecycle::of_property(comparison, direction.as_str(), &old_at, &new_at, &name) {
            comparison.report_pair(pair, change);
        }
    }
    let muted = pair.context.muted || (old.muted(direction) && new.muted(direction));
    let context = Context { slot: pair.slot().property(), muted, ..pair.context };
    comparison.compare_below(pair, old.schema.clone(), new.schema.clone(), context, new.name);
}

/// Where a property says that it is deprecated: beside its `$ref`, or else in what that names.
fn annotated<'d>(property: &Property<'d>) -> Located<'d> {
    let own = ["deprecated", "x-sunset", "x-stability-level"].iter().any(|key| property.at.value(key).is_some());
    if own { property.at.clone() } else { property.schema.body() }
}

fn need_changed<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, old: &Property<'d>, new: &Property<'d>) {
    let direction = pair.slot().direction();
    let muted = new.muted(direction);
    let default = if new.schema.value("default").is_some() { "-with-default" } else { "" };
    let became = if new.required { "became-required" } else { "became-optional" };
    let id = match (pair.slot(), new.required) {
        (Slot::RequestBody | Slot::RequestProperty, _) if muted => return,
        (Slot::RequestBody | Slot::RequestProperty, true) => format!("request-property-became-required{default}"),
        (Slot::RequestBody | Slot::RequestProperty, false) => "request-property-became-optional".to_owned(),
        (Slot::Header | Slot::HeaderProperty, _) => format!("request-header-property-{became}"),
        (Slot::Parameter | Slot::ParameterProperty, _) => format!("request-parameter-property-{became}"),
        _ => format!("response-{}property-{became}", if muted { "write-only-" } else { "" }),
    };
    let spot = Spot::both(&old.at, &new.at);
    let message = format!("{} became {}", pair.subject_below(new.name), new.need());
    comparison.report_pair(pair, Change::new(id, spot, new.name, message));
}

fn access_changed<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, old: &Property<'d>, new: &Property<'d>) {
    let direction = pair.slot().direction();
    for (key, name) in [("readOnly", "read-only"), ("writeOnly", "write-only")] {
        let (was, is) = (old.schema.flag(key), new.schema.flag(key));
        if was == is {
            continue;
        }
        let not = if is { "" } else { "not-" };
        let id = format!("{}-{}-property-became-{not}{name}", direction.as_str(), new.need());
        let spot = Spot::both(
            &old.schema.at(key).unwrap_or_else(|| old.at.clone()),
            &new.schema.at(key).unwrap_or_else(|| new.at.clone()),
        );
        let said = if is { "became" } else { "is no longer" };
        let message = format!("{} {said} {name}", pair.subject_below(new.name));
        comparison.report_pair(pair, Change::new(id, spot, new.name, message));
    }
}

type Map<'d> = BTreeMap<&'d str, Property<'d>>;

/// `required` may name properties that nothing describes.
fn compare_bare_required<'d>(comparison: &mut Comparison<'d>, pair: &Pair<'d>, (old, new): (&Map<'d>, &Map<'d>)) {
    let bare = |schema: &Schema<'d>| -> BTreeSet<&'d str> {
        let names = schema.required().into_iter();
        names.filter(|name| !old.contains_key(name) && !new.contains_key(name)).collect()
    };
    // Beside a composition the names belong to its members.
    let composed = |schema: &Schema<'d>| {
        ["allOf", "anyOf", "oneOf"].iter().any(|key| schema.value(key).is_some_and(|node: &Node| !node.is_null()))
    };
    if composed(&pair.old) != composed(&pair.new) {
        return;
    }
    let (was, is) = (bare(&pair.old), bare(&pair.new));
    let response = pair.slot().direction() == Direction::Response;
    let parameter = pair.slot().textual();
    for (name, became) in
        was.difference(&is).map(|name| (name, "optional")).chain(is.difference(&was).map(|name| (name, "required")))
    {
        let kind = if response {
            "response-property"
        } else if parameter {
            "request-parameter-property"
        } else {
            "request-property"
        };
        let message = format!("{} became {became}", pair.subject_below(name));
        comparison
            .report_pair(pair, Change::new(format!("{kind}-became-{became}"), pair.spot("required"), *name, message));
    }
}
