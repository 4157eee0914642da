//! Compares `allOf`, `anyOf` and `oneOf`.

use std::collections::{BTreeMap, BTreeSet};

use super::members::{Members, matched};
use crate::document::pointer;
use crate::drift::compare::change::Change;
use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::{Context, SchemaPair};
use crate::drift::model::{ChangeSite, Schema, annotation};
use crate::drift::rules::schema_rule_id;
use crate::drift::verdict::Direction;

const KEYS: [(&str, &str); 3] = [("allOf", "all-of"), ("anyOf", "any-of"), ("oneOf", "one-of")];

/// Members of `allOf` whose properties are compared as those of the schema, because they may have
/// moved between the members.
#[derive(Debug, Default)]
pub(super) struct Merged<'d> {
    pub(super) old: Vec<Schema<'d>>,
    pub(super) new: Vec<Schema<'d>>,
}

impl<'d> Merged<'d> {
    /// Takes the plain objects out of the added and removed members.
    fn take(members: &mut Members<'d>) -> Self {
        let split = |list: &mut Vec<Schema<'d>>| {
            let (merged, rest) = std::mem::take(list).into_iter().partition(is_plain_object);
            *list = rest;
            merged
        };
        Self { old: split(&mut members.removed), new: split(&mut members.added) }
    }

    /// Takes the matched members that are plain objects in both documents.
    fn take_both(&mut self, members: &mut Members<'d>) {
        for (old, new) in std::mem::take(&mut members.both) {
            if is_plain_object(&old) && is_plain_object(&new) {
                self.old.push(old);
                self.new.push(new);
            } else {
                members.both.push((old, new));
            }
        }
    }
}

/// Whether a property moved between the schema and the members of `allOf`.
fn moved_properties<'d>(pair: &SchemaPair<'d>, members: &Members<'d>) -> bool {
    let (matched_old, matched_new): (Vec<_>, Vec<_>) = members.both.iter().map(|(old, new)| (old, new)).unzip();
    let old = holders(&pair.old, matched_old.into_iter().chain(&members.removed));
    let new = holders(&pair.new, matched_new.into_iter().chain(&members.added));
    old.iter().any(|(name, holders)| {
        new.get(name).is_some_and(|others| !holders.is_subset(others) && !others.is_subset(holders))
    })
}

/// For each property the schemas that hold it: 0 for the schema itself, or the number of a member.
fn holders<'s, 'd: 's>(
    schema: &Schema<'d>,
    members: impl Iterator<Item = &'s Schema<'d>>,
) -> BTreeMap<&'d str, BTreeSet<usize>> {
    let mut holders: BTreeMap<&'d str, BTreeSet<usize>> = BTreeMap::new();
    let mut add = |schema: &Schema<'d>, number: usize| {
        for (name, _) in schema.named("properties") {
            holders.entry(name).or_default().insert(number);
        }
    };
    add(schema, 0);
    for (position, member) in members.enumerate().filter(|(_, member)| is_plain_object(member)) {
        for part in member.parts() {
            add(&part, position + 1);
        }
    }
    holders
}

/// Whether a schema only lists the properties of an object.
fn is_plain_object(schema: &Schema<'_>) -> bool {
    let plain = |key: &str| annotation(key) || matches!(key, "type" | "properties" | "required" | "allOf" | "$ref");
    let object = matches!(schema.types().as_slice(), [] | ["object"]);
    let says = ["properties", "required", "allOf"].iter().any(|key| schema.value(key).is_some());
    object && says && schema.keywords().iter().all(|(key, _)| plain(key))
}

/// Compares the members of all compositions, and returns those to compare with the properties.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) -> Merged<'d> {
    let mut merged = Merged::default();
    let switched = compare_switched(comparison, pair);
    for (key, name) in KEYS.into_iter().filter(|(key, _)| !switched || *key == "allOf") {
        let (old, new) = (pair.old.composition(key), pair.new.composition(key));
        if old.is_empty() && new.is_empty() {
            continue;
        }
        let introduced = old.is_empty() != new.is_empty();
        let mut members = matched(comparison, Some(key).filter(|key| *key != "allOf"), old, new);
        let both = !members.added.is_empty() && !members.removed.is_empty();
        if key == "allOf" {
            let moved = moved_properties(pair, &members);
            if introduced || both || moved {
                merged = Merged::take(&mut members);
            }
            if moved {
                merged.take_both(&mut members);
            }
        }
        report(comparison, pair, (key, name), &members, introduced);
        compare_matched(comparison, pair, key, members.both);
    }
    merged
}

/// Compares the members that both documents have. Changes inside a member are named like those of a
/// property: `anyOf[Cat]/name`.
fn compare_matched<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    key: &str,
    members: Vec<(Schema<'d>, Schema<'d>)>,
) {
    let context = Context { role: pair.role().property(), ..pair.context };
    for (position, (old, new)) in members.into_iter().enumerate() {
        let name = member_name(&new).unwrap_or_else(|| position.to_string());
        comparison.compare_below(pair, old, new, context, &format!("{key}[{name}]"));
    }
}

/// Compares a `oneOf` that became an `anyOf`, or the reverse. Returns whether it did. The values are
/// the same if no value is valid for two members.
fn compare_switched<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) -> bool {
    let (Some((old_key, old)), Some((new_key, new))) = (pair.old.union(), pair.new.union()) else { return false };
    if old_key == new_key {
        return false;
    }
    let overlap = !pair.new.has_distinct_members() || !pair.old.has_distinct_members();
    let Members { both, removed, added } = matched(comparison, None, old, new);
    for (key, removed, added) in [(old_key, removed, Vec::new()), (new_key, Vec::new(), added)] {
        let name = KEYS.iter().find(|(other, _)| *other == key).map_or(key, |(_, name)| name);
        report(comparison, pair, (key, name), &Members { both: Vec::new(), removed, added }, false);
    }
    if overlap {
        let site = ChangeSite::both(&pair.old.at_or_self(old_key), &pair.new.at_or_self(new_key));
        let (aspect, phrase) = match new_key {
            "anyOf" => ("became-any-of", "may now match several schemas of `anyOf`"),
            _ => ("became-one-of", "must now match exactly one schema of `oneOf`"),
        };
        comparison.report_aspect(pair, aspect, site, "", format!("{} {phrase}", pair.subject()));
    }
    compare_matched(comparison, pair, new_key, both);
    true
}

/// Compares a union with a schema that one of its members is: what the other members accept is added
/// or removed. Returns whether it did.
pub(super) fn compare_extended<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) -> bool {
    let added = pair.old.union().is_none();
    let (lone, holder) = if added { (&pair.old, &pair.new) } else { (&pair.new, &pair.old) };
    let Some((key, members)) = holder.union().filter(|_| lone.union().is_none()) else { return false };
    let plain = |name: &str| annotation(name) || name == key || matches!(name, "$ref" | "discriminator");
    let is_lone = |member: &Schema<'d>, comparison: &mut Comparison<'d>| {
        if added { comparison.equality.same(lone, member) } else { comparison.equality.same(member, lone) }
    };
    if !holder.keywords().iter().all(|(name, _)| plain(name)) || (key == "oneOf" && !holder.has_distinct_members()) {
        return false;
    }
    let (same, others): (Vec<_>, Vec<_>) = members.into_iter().partition(|member| is_lone(member, comparison));
    if same.is_empty() {
        return false;
    }
    let name = KEYS.iter().find(|(other, _)| *other == key).map_or(key, |(_, name)| name);
    let others: Vec<Schema<'d>> = others.into_iter().filter(|member| !covers(lone, member)).collect();
    let (removed, added) = if added { (Vec::new(), others) } else { (others, Vec::new()) };
    report(comparison, pair, (key, name), &Members { both: Vec::new(), removed, added }, false);
    true
}

fn member_name(schema: &Schema<'_>) -> Option<String> {
    let reference = schema.reference.map(pointer::last_token);
    reference.or_else(|| schema.text("title")).map(str::to_owned)
}

fn report<'d>(
    comparison: &mut Comparison<'d>,
    pair: &SchemaPair<'d>,
    (key, name): (&str, &str),
    members: &Members<'d>,
    introduced: bool,
) {
    let subject = pair.subject();
    let (old_at, new_at) = (pair.old.at_or_self(key), pair.new.at_or_self(key));
    let request = pair.role().direction() == Direction::Request;
    // What another member of `anyOf` accepts needs no member of its own. Rust names those with names.
    let is_covered = |member: &Schema<'d>, others: &Schema<'d>| {
        key == "anyOf" && others.composition(key).iter().any(|other| covers(other, member))
    };
    for old in &members.removed {
        let is_covered = is_covered(old, &pair.new);
        if is_covered && old.reference.is_none() {
            continue;
        }
        let aspect = aspect(name, "removed", old);
        let change = Change::new(
            schema_rule_id(pair.role(), &aspect, false),
            ChangeSite::removed(&old.here, &new_at),
            old.title(),
            format!("`{}` was removed from `{key}` of {subject}", old.title()),
        );
        let widens = introduced && request && name != "all-of" && loses_only(&pair.old, &pair.new);
        comparison.report_pair(pair, if widens || is_covered { change.keeps_clients() } else { change });
    }
    for new in &members.added {
        let is_covered = is_covered(new, &pair.old);
        if is_covered && new.reference.is_none() {
            continue;
        }
        let aspect = aspect(name, "added", new);
        let change = Change::new(
            schema_rule_id(pair.role(), &aspect, false),
            ChangeSite::both(&old_at, &new.here),
            new.title(),
            format!("`{}` was added to `{key}` of {subject}", new.title()),
        );
        // The first member of a choice restricts what was unrestricted.
        let limits = introduced && name != "all-of" && !members_cover(comparison, pair, new);
        let change = match request {
            _ if is_covered => change.keeps_clients(),
            true if limits => change.breaking(),
            false if limits && loses_only(&pair.new, &pair.old) => change.keeps_clients(),
            _ => change,
        };
        comparison.report_pair(pair, change);
    }
}

/// Whether one schema has no constraint that the other lacks.
fn loses_only(from: &Schema<'_>, to: &Schema<'_>) -> bool {
    to.keywords().iter().all(|(key, node)| annotation(key) || *key == "$ref" || from.value(key) == Some(*node))
}

/// Whether a schema accepts whatever another one accepts, as far as their own keywords show.
fn covers(wide: &Schema<'_>, narrow: &Schema<'_>) -> bool {
    loses_only(narrow, wide) && (wide.nullable || !narrow.nullable) && !wide.is_nothing()
}

/// Whether a new member accepts everything that the old schema accepted.
fn members_cover<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>, member: &Schema<'d>) -> bool {
    member.is_anything() || comparison.equality.same(&pair.old, member)
}

/// The aspect of an added or removed member; members that only annotate have their own.
fn aspect(name: &str, action: &str, member: &Schema<'_>) -> String {
    let annotates = name == "all-of"
        && member.reference.is_none()
        && member.keywords().iter().all(|(key, _)| annotation(key))
        && !member.is_nothing();
    let end = if annotates { "-annotation-only" } else { "" };
    format!("{name}-{action}{end}")
}

/// Whether clients can go on with the object that is a member of the union as well: send it where it
/// became the union, and read it where the union became the object.
fn keeps_object<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) -> bool {
    let request = pair.role().direction() == Direction::Request;
    let (lone, union) = if request { (&pair.old, &pair.new) } else { (&pair.new, &pair.old) };
    let mut same = |member: &Schema<'d>| {
        let (old, new) = if request { (lone, member) } else { (member, lone) };
        comparison.equality.same(old, new)
    };
    union.has_distinct_members() && union.composition("oneOf").iter().any(&mut same)
}

/// Reports an object that became a union of objects, or the reverse. Returns whether it did;
/// nested schemas cannot be compared then.
pub(super) fn compare_wrapping<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) -> bool {
    let choice = |schema: &Schema<'d>| {
        let members = schema.composition("oneOf");
        let objects =
            members.iter().all(|member| member.types() == ["object"] || !member.named("properties").is_empty());
        members.len() > 1 && objects && schema.named("properties").is_empty()
    };
    let object = |schema: &Schema<'d>| !schema.named("properties").is_empty() && schema.composition("oneOf").is_empty();
    let (aspect, phrase) = if object(&pair.old) && choice(&pair.new) {
        ("wrapped-in-one-of", "changed from an object to a union of objects")
    } else if choice(&pair.old) && object(&pair.new) {
        ("unwrapped-from-one-of", "changed from a union of objects to an object")
    } else {
        return false;
    };
    let site = ChangeSite { removed: false, ..pair.site("oneOf") };
    let id = schema_rule_id(pair.role(), aspect, pair.context.muted);
    let change = Change::new(id, site, "", format!("{} {phrase}", pair.subject()));
    let change = if keeps_object(comparison, pair) { change.keeps_clients() } else { change };
    comparison.report_pair(pair, change);
    true
}
