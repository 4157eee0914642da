//! Compares types, formats and `null`.

use crate::drift::compare::comparison::Comparison;
use crate::drift::compare::schema_pair::{SchemaPair, Writing};
use crate::drift::model::{ChangeSite, Schema, annotation, is_whole_range};
use crate::drift::rules::SchemaRole;
use crate::drift::verdict::Direction;

/// How the new set of values relates to the old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    Same,
    Wider,
    Narrower,
    Compatible,
    Other,
}

/// Reports a change of type or format. Returns whether the other keywords can still be compared.
pub(super) fn compare<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) -> bool {
    let (old, new) = (pair.old.types(), pair.new.types());
    let composed =
        |schema: &Schema<'d>| ["allOf", "anyOf", "oneOf"].iter().any(|key| !schema.composition(key).is_empty());
    // Compositions are compared member by member.
    if (old.is_empty() && composed(&pair.old)) || (new.is_empty() && composed(&pair.new)) {
        return true;
    }
    let (old_format, new_format) = format_texts(pair);
    let relation = match (old.as_slice(), new.as_slice()) {
        _ if old == new => formats(&old, old_format, new_format),
        ([was], [is]) => single(pair, (was, old_format), (is, new_format)),
        _ => sets(&old, &new),
    };
    let aspect = match (relation, pair.role().direction()) {
        (Relation::Same, _) => return true,
        // A response without a type can hold anything, which is no longer a type at all.
        (Relation::Wider, Direction::Response) if new.is_empty() => "type-changed",
        (Relation::Wider, _) => "type-generalized",
        (Relation::Narrower, Direction::Response) => "type-specialized",
        (Relation::Narrower, _)
            if pair.role().property() == pair.role() && pair.role() != SchemaRole::RequestProperty =>
        {
            "type-specialized"
        }
        (Relation::Compatible, _) => "type-compatible",
        (Relation::Narrower | Relation::Other, _) => "type-changed",
    };
    let key = if old == new { "format" } else { "type" };
    let text = |types: &[&str], format: Option<&str>| {
        let types = if types.is_empty() { "any type".to_owned() } else { format!("`{}`", types.join("`, `")) };
        format.map_or(types.clone(), |format| format!("{types} with format `{format}`"))
    };
    let (was, is) = (text(&old, old_format), text(&new, new_format));
    let message = format!("the {key} of {} changed from {was} to {is}", pair.subject());
    comparison.report_aspect(pair, aspect, pair.site(key), &format!("{was}>{is}"), message);
    old.is_empty() || new.is_empty() || old.iter().any(|name| new.contains(name))
}

/// Reports a schema that became nullable or is no longer nullable.
pub(super) fn compare_null<'d>(comparison: &mut Comparison<'d>, pair: &SchemaPair<'d>) {
    let (aspect, phrase) = match (pair.old.nullable, pair.new.nullable) {
        (false, true) => ("became-nullable", "may now be `null`"),
        (true, false) => ("became-not-nullable", "may no longer be `null`"),
        _ => return,
    };
    // A schema without constraints always allows `null`.
    if pair.old.is_anything() || pair.new.is_anything() {
        return;
    }
    let key =
        if pair.old.value("nullable").is_some() || pair.new.value("nullable").is_some() { "nullable" } else { "type" };
    let site = ChangeSite { removed: false, ..pair.site(key) };
    comparison.report_aspect(pair, aspect, site, "", format!("{} {phrase}", pair.subject()));
}

/// The formats of both schemas. Where only one has the keyword, the spelling of 3.1 counts as well.
pub(super) fn format_texts<'d>(pair: &SchemaPair<'d>) -> (Option<&'d str>, Option<&'d str>) {
    match (pair.old.text("format"), pair.new.text("format")) {
        (None, None) => (None, None),
        (Some(old), Some(new)) => (Some(old), Some(new)),
        _ => (pair.old.format(), pair.new.format()),
    }
}

fn sets(old: &[&str], new: &[&str]) -> Relation {
    let within = |these: &[&str], those: &[&str]| {
        those.is_empty()
            || (!these.is_empty() && these.iter().all(|name| those.iter().any(|other| covers(other, name))))
    };
    match (within(old, new), within(new, old)) {
        (true, true) => Relation::Same,
        (true, false) => Relation::Wider,
        (false, true) => Relation::Narrower,
        (false, false) => Relation::Other,
    }
}

fn covers(wide: &str, narrow: &str) -> bool {
    wide == narrow || (wide == "number" && narrow == "integer")
}

fn single(
    pair: &SchemaPair<'_>,
    (was, old_format): (&str, Option<&str>),
    (is, new_format): (&str, Option<&str>),
) -> Relation {
    if covers(is, was) {
        return Relation::Wider;
    }
    if covers(was, is) {
        return Relation::Narrower;
    }
    let scalar = |name: &str| matches!(name, "integer" | "number" | "boolean");
    // A string without a format can be any text.
    let (was_text, is_text) = (was == "string" && old_format.is_none(), is == "string" && new_format.is_none());
    match pair.role().direction() {
        Direction::Request if pair.role().textual() && scalar(was) && is_text => Relation::Wider,
        Direction::Request if pair.role().textual() && was_text && is == "array" && is_any_list(&pair.new) => {
            Relation::Wider
        }
        Direction::Request if pair.role().textual() && was_text && scalar(is) => Relation::Narrower,
        Direction::Request if pair.role().textual() => Relation::Other,
        // If the media type writes all scalars as text, a string covers them all.
        Direction::Request if pair.context.writing != Writing::Typed && is_text => Relation::Compatible,
        Direction::Response if pair.context.writing != Writing::Typed && was_text => Relation::Compatible,
        _ => Relation::Other,
    }
}

/// Whether every text is a list of these values, however its items are separated.
fn is_any_list(schema: &Schema<'_>) -> bool {
    let plain = |schema: &Schema<'_>, own: &[&str]| {
        schema.keywords().iter().all(|(key, _)| annotation(key) || matches!(*key, "type" | "$ref") || own.contains(key))
    };
    let of_texts = |items: &Schema<'_>| items.is_anything() || (items.types() == ["string"] && plain(items, &[]));
    plain(schema, &["items"]) && schema.below("items").is_none_or(|items| of_texts(&items))
}

fn formats(types: &[&str], old: Option<&str>, new: Option<&str>) -> Relation {
    const WIDER: [(&str, &str); 8] = [
        ("int64", "int32"),
        ("double", "float"),
        ("int32", "int16"),
        ("int16", "int8"),
        ("int64", "uint32"),
        ("uint64", "uint32"),
        ("bigint", "int32"),
        ("bigint", "int64"),
    ];
    if types.is_empty() || old == new {
        return Relation::Same;
    }
    match (old, new) {
        (Some(format), None) | (None, Some(format)) if is_whole_range(types, format) => Relation::Same,
        (Some(_), None) => Relation::Wider,
        (None, Some(_)) => Relation::Narrower,
        (Some(old), Some(new)) if WIDER.contains(&(new, old)) => Relation::Wider,
        (Some(old), Some(new)) if WIDER.contains(&(old, new)) => Relation::Narrower,
        _ => Relation::Other,
    }
}
