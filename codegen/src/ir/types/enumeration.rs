//! Turns `enum` into named values.

use std::collections::HashSet;
use std::hash::Hash;

use super::conjunction::{Conjunct, Flat};
use super::doc;
use crate::document::{Node, Object, Value};
use crate::ir::model::{Doc, Enum, EnumVariant, IntegerEnum};
use crate::ir::naming::Scope;

/// A string or number with a name.
#[derive(Clone, Debug)]
pub(super) struct Named<T> {
    pub(super) value: T,
    /// The name from the document.
    pub(super) name: Option<String>,
    doc: Doc,
}

/// The strings that a schema allows. If there are several `enum` lists, their intersection is
/// allowed.
pub(super) fn strings(flat: &Flat<'_>) -> Vec<Named<String>> {
    let lists = flat.conjuncts.iter().filter_map(|conjunct| named(conjunct, text));
    lists.reduce(|left, right| common(&left, right)).unwrap_or_default()
}

/// The strings that a schema with values of several types allows.
pub(super) fn strings_only(flat: &Flat<'_>) -> Vec<Named<String>> {
    let lists = flat.conjuncts.iter().filter_map(|conjunct| named(conjunct, |node| node.as_str().map(str::to_owned)));
    lists.reduce(|left, right| common(&left, right)).unwrap_or_default()
}

/// The integers that a schema allows, if the document names them.
pub(super) fn integers(flat: &Flat<'_>) -> Option<Vec<Named<i64>>> {
    let lists = flat.conjuncts.iter().filter_map(|conjunct| named(conjunct, Node::as_i64));
    let values = lists.reduce(|left, right| common(&left, right))?;
    let all = flat.all("enum").filter_map(Node::as_array).all(|list| list.iter().all(|node| node.as_i64().is_some()));
    (all && values.iter().all(|value| value.name.is_some())).then_some(values)
}

fn text(node: &Node) -> Option<String> {
    match &node.value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

/// The intersection of both lists. If it is empty, the later list counts, because it is more
/// specific.
fn common<T: Eq + Hash + Clone>(left: &[Named<T>], right: Vec<Named<T>>) -> Vec<Named<T>> {
    let known: HashSet<&T> = left.iter().map(|named| &named.value).collect();
    let both: Vec<Named<T>> = right.iter().filter(|named| known.contains(&named.value)).cloned().collect();
    if both.is_empty() { right } else { both }
}

/// The values of all lists, without duplicates.
pub(super) fn either<T: Eq + Hash + Clone>(lists: impl IntoIterator<Item = Vec<Named<T>>>) -> Vec<Named<T>> {
    let mut seen = HashSet::new();
    lists.into_iter().flatten().filter(|named| seen.insert(named.value.clone())).collect()
}

/// The values of one `enum`, with the names and documentation from extensions.
fn named<T: PartialEq>(conjunct: &Conjunct<'_>, read: impl Fn(&Node) -> Option<T>) -> Option<Vec<Named<T>>> {
    let list = conjunct.get("enum")?.as_array()?;
    let mut values: Vec<Named<T>> = Vec::with_capacity(list.len());
    for (index, node) in list.iter().enumerate() {
        let Some(value) = read(node) else { continue };
        if values.len() < 64 && values.iter().any(|other| other.value == value) {
            continue;
        }
        let name = extension_name(conjunct, index, node).map(str::to_owned);
        values.push(Named { value, name, doc: extension_doc(conjunct, index, node) });
    }
    (!values.is_empty()).then_some(values)
}

fn extension_name<'d>(conjunct: &Conjunct<'d>, index: usize, node: &Node) -> Option<&'d str> {
    let names = ["x-enum-varnames", "x-enumNames", "x-enum-names"]
        .into_iter()
        .find_map(|keyword| conjunct.get(keyword)?.as_array());
    let name = names.and_then(|names| names.get(index)?.as_str());
    name.or_else(|| microsoft(conjunct, node)?.get("name")?.as_str()).filter(|name| !name.trim().is_empty())
}

fn extension_doc(conjunct: &Conjunct<'_>, index: usize, node: &Node) -> Doc {
    const KEYWORDS: [&str; 3] = ["x-enum-descriptions", "x-enumDescriptions", "x-enum-comments"];
    let from = |node: &Node, key: Option<&str>| match &node.value {
        Value::Array(list) => list.get(index)?.as_str().map(str::to_owned),
        Value::Object(map) => map.get(key?)?.as_str().map(str::to_owned),
        _ => None,
    };
    let key = text(node);
    let text = KEYWORDS.into_iter().find_map(|keyword| from(conjunct.get(keyword)?, key.as_deref()));
    let text = text.or_else(|| Some(microsoft(conjunct, node)?.get("description")?.as_str()?.to_owned()));
    Doc::of_text(None, text.as_deref())
}

/// The entry of `x-ms-enum.values` for a value.
fn microsoft<'d>(conjunct: &Conjunct<'d>, node: &Node) -> Option<&'d Object> {
    let values = conjunct.get("x-ms-enum")?.get("values")?.as_array()?;
    values.iter().find(|entry| entry.get("value").is_some_and(|value| text(value) == text(node)))?.as_object()
}

/// Documents a single value with its alternative: `oneOf: [{const: a, description: …}]`.
pub(super) fn describe(values: &mut [Named<String>], conjuncts: &[Conjunct<'_>]) {
    let [value] = values else { return };
    let doc = doc::of_parts(conjuncts);
    if value.doc.summary.is_none() {
        value.doc = Doc { summary: doc.summary, body: doc.body, deprecated: doc.deprecated, ..Doc::default() };
    }
}

/// The enum of some values. `default` is the documented value.
pub(super) fn string_enum(values: &[Named<String>], open: bool, extensible: bool, default: Option<&str>) -> Enum {
    let mut scope = if open { Scope::reserving(&["Unknown", "Self"]) } else { Scope::new() };
    let raws: Vec<&str> = values.iter().map(|named| named.name.as_deref().unwrap_or(&named.value)).collect();
    let names = scope.variants(&raws);
    let variants = names.into_iter().zip(values);
    let variants: Vec<EnumVariant> =
        variants.map(|(name, named)| EnumVariant { name, wire: named.value.clone(), doc: named.doc.clone() }).collect();
    let default =
        variants.iter().find(|variant| Some(variant.wire.as_str()) == default).map(|variant| variant.name.clone());
    Enum { variants, open, extensible, default }
}

/// The enum of some integers.
pub(super) fn integer_enum(values: &[Named<i64>], open: bool) -> IntegerEnum {
    let mut scope = if open { Scope::reserving(&["Unknown", "Self"]) } else { Scope::new() };
    let raws: Vec<&str> = values.iter().map(|named| named.name.as_deref().unwrap_or_default()).collect();
    let names = scope.variants(&raws);
    let variants = names.into_iter().zip(values).map(|(name, named)| (name, named.value, named.doc.clone()));
    IntegerEnum { variants: variants.collect(), open }
}
