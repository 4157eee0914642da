//! Compares the properties of objects: presence, `required`, `readOnly` and `writeOnly`.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::composition::Merged;
use crate::document::Node;
use crate::drift::compare::change::Change;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::lifecycle;
use crate::drift::compare::schema_pair::{Context, SchemaPair};
use crate::drift::model::{ChangeSite, Located, Schema};
use crate::drift::rules::SchemaRole;
use crate::drift::verdict::Direction;

/// A property in one of the documents.
struct Property<'d> {
    name: &'d str,
    at: Located<'d>,
    schema: Schema<'d>,
    required: bool,
}

impl Property<'_> {
    /// Whether the property is left out in a direction: read-only in requests, write-only in
    /// responses.
    fn muted(&self, direction: Direction) -> bool {
        match direction {
            Direction::Request => self.flag("readOnly"),
            _ => self.flag("writeOnly"),
        }
    }

    /// Whether the property, or any member of its `allOf`, has a flag.
    fn flag(&self, key: &str) -> bool {
        self.schema.parts().iter().any(|part| part.flag(key))
    }

    fn presence(&self) -> &'static str {
        if self.required { "required" } else { "optional" }
    }
}

/// Compares the properties of two objects.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, merged: &Merged<'d>) {
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

/// The properties of a schema and of the members merged into it. All members constrain a property.
fn properties<'d>(schema: &Schema<'d>, merged: &[Schema<'d>]) -> BTreeMap<&'d str, Property<'d>> {
    let mut parts = vec![schema.clone()];
    parts.extend(Schema::with_members(merged));
    let required: BTreeSet<&'d str> = parts.iter().flat_map(Schema::required).collect();
    let mut all = BTreeMap::new();
    for part in &parts {
        for (name, at) in part.named_in_all("properties") {
            let schema = part.sibling(at.clone());
            match all.entry(name) {
                Entry::Vacant(vacant) => {
                    vacant.insert(Property { name, schema, at, required: required.contains(name) });
                }
                Entry::Occupied(mut occupied) => {
                    let property: &mut Property<'d> = occupied.get_mut();
                    if property.schema.identity() != schema.identity() {
                        property.schema = property.schema.and(&schema);
                    }
                }
            }
        }
    }
    all
}

fn removed<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, old: &Property<'d>, holder: &Located<'d>) {
    let muted = old.muted(pair.role().direction());
    let id = match pair.role() {
        SchemaRole::RequestBody | SchemaRole::RequestProperty if muted => return,
        SchemaRole::RequestBody | SchemaRole::RequestProperty => "request-property-removed".to_owned(),
        SchemaRole::Parameter | SchemaRole::Header | SchemaRole::ParameterProperty | SchemaRole::HeaderProperty => {
            "request-parameter-property-removed".to_owned()
        }
        _ => format!("response-{}-{}property-removed", old.presence(), if muted { "write-only-" } else { "" }),
    };
    let message = format!("the {} {} was removed", old.presence(), pair.subject_below(old.name));
    comparison.report_pair(pair, Change::new(id, ChangeSite::removed(&old.at, holder), old.name, message));
}

fn added<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, new: &Property<'d>, holder: &Located<'d>) {
    let muted = new.muted(pair.role().direction());
    let default = if new.schema.value("default").is_some() { "-with-default" } else { "" };
    let id = match (pair.role(), new.required) {
        (SchemaRole::RequestBody | SchemaRole::RequestProperty, _) if muted => return,
        (SchemaRole::RequestBody | SchemaRole::RequestProperty, true) => {
            format!("new-required-request-property{default}")
        }
        (SchemaRole::RequestBody | SchemaRole::RequestProperty, false) => "new-optional-request-property".to_owned(),
        (SchemaRole::Header | SchemaRole::HeaderProperty, true) => "new-required-request-header-property".to_owned(),
        (SchemaRole::Parameter | SchemaRole::ParameterProperty, true) => {
            "new-required-request-parameter-property".to_owned()
        }
        (
            SchemaRole::Parameter | SchemaRole::ParameterProperty | SchemaRole::Header | SchemaRole::HeaderProperty,
            false,
        ) => "new-optional-request-parameter-property".to_owned(),
        _ => format!("response-{}-{}property-added", new.presence(), if muted { "write-only-" } else { "" }),
    };
    let message = format!("the {} {} was added", new.presence(), pair.subject_below(new.name));
    comparison.report_pair(pair, Change::new(id, ChangeSite::both(holder, &new.at), new.name, message));
}

fn compare_property<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    old: &Property<'d>,
    new: &Property<'d>,
) {
    let direction = pair.role().direction();
    if old.required != new.required {
        presence_changed(comparison, pair, old, new);
    }
    let body = matches!(
        pair.role(),
        SchemaRole::RequestBody | SchemaRole::RequestProperty | SchemaRole::ResponseBody | SchemaRole::ResponseProperty
    );
    if body {
        access_changed(comparison, pair, old, new);
        let (old_at, new_at) = (annotated(old), annotated(new));
        let name = pair.subject_below(new.name);
        for change in lifecycle::of_property(comparison, direction.as_str(), &old_at, &new_at, &name) {
            comparison.report_pair(pair, change);
        }
    }
    let muted = pair.context.muted || (old.muted(direction) && new.muted(direction));
    let context = Context { role: pair.role().property(), muted, ..pair.context };
    comparison.compare_below(pair, old.schema.clone(), new.schema.clone(), context, new.name);
}

/// The node that holds the lifecycle keywords of a property: outside of a `$ref`, or else the target,
/// or else a member of `allOf`.
fn annotated<'d>(property: &Property<'d>) -> Located<'d> {
    let parts = property.schema.parts();
    let holder = parts.iter().find_map(|part| part.holder_of(&["deprecated", "x-sunset", "x-stability-level"]));
    holder.unwrap_or_else(|| property.schema.body())
}

fn presence_changed<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    old: &Property<'d>,
    new: &Property<'d>,
) {
    let direction = pair.role().direction();
    let muted = new.muted(direction);
    let default = if new.schema.value("default").is_some() { "-with-default" } else { "" };
    let became = if new.required { "became-required" } else { "became-optional" };
    let id = match (pair.role(), new.required) {
        (SchemaRole::RequestBody | SchemaRole::RequestProperty, _) if muted => return,
        (SchemaRole::RequestBody | SchemaRole::RequestProperty, true) => {
            format!("request-property-became-required{default}")
        }
        (SchemaRole::RequestBody | SchemaRole::RequestProperty, false) => "request-property-became-optional".to_owned(),
        (SchemaRole::Header | SchemaRole::HeaderProperty, _) => format!("request-header-property-{became}"),
        (SchemaRole::Parameter | SchemaRole::ParameterProperty, _) => format!("request-parameter-property-{became}"),
        _ => format!("response-{}property-{became}", if muted { "write-only-" } else { "" }),
    };
    let site = ChangeSite::both(&old.at, &new.at);
    let message = format!("{} became {}", pair.subject_below(new.name), new.presence());
    comparison.report_pair(pair, Change::new(id, site, new.name, message));
}

fn access_changed<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, old: &Property<'d>, new: &Property<'d>) {
    let direction = pair.role().direction();
    for (key, name) in [("readOnly", "read-only"), ("writeOnly", "write-only")] {
        let (was, is) = (old.flag(key), new.flag(key));
        if was == is {
            continue;
        }
        let not = if is { "" } else { "not-" };
        let id = format!("{}-{}-property-became-{not}{name}", direction.as_str(), new.presence());
        let site = ChangeSite::both(
            &old.schema.at(key).unwrap_or_else(|| old.at.clone()),
            &new.schema.at(key).unwrap_or_else(|| new.at.clone()),
        );
        let verb = if is { "became" } else { "is no longer" };
        let message = format!("{} {verb} {name}", pair.subject_below(new.name));
        comparison.report_pair(pair, Change::new(id, site, new.name, message));
    }
}

type Map<'d> = BTreeMap<&'d str, Property<'d>>;

/// Compares the names in `required` that no property describes.
fn compare_bare_required<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, (old, new): (&Map<'d>, &Map<'d>)) {
    let bare = |schema: &Schema<'d>| -> BTreeSet<&'d str> {
        let names = schema.required().into_iter();
        names.filter(|name| !old.contains_key(name) && !new.contains_key(name)).collect()
    };
    // Next to a composition the names belong to properties of its members.
    let composed = |schema: &Schema<'d>| {
        ["allOf", "anyOf", "oneOf"].iter().any(|key| schema.value(key).is_some_and(|node: &Node| !node.is_null()))
    };
    if composed(&pair.old) != composed(&pair.new) {
        return;
    }
    let (was, is) = (bare(&pair.old), bare(&pair.new));
    let response = pair.role().direction() == Direction::Response;
    let parameter = pair.role().textual();
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
            .report_pair(pair, Change::new(format!("{kind}-became-{became}"), pair.site("required"), *name, message));
    }
}
