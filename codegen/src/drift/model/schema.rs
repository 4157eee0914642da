//! Views a schema by its meaning: references are followed, wrappers without constraints are
//! removed, and `null` is one flag.
//!
//! `{allOf: [{$ref: A}], nullable: true}`, `{anyOf: [{$ref: A}, {type: "null"}]}` and a nullable
//! `A` look alike.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::keywords::{allows_everything, annotation, is_whole_range};
use super::{Located, Revision};
use crate::document::{Node, Value, pointer};
use crate::limits::DRIFT_LAYERS;
use crate::openapi::bytes;
use crate::openapi::grammar::{COMPOSITIONS, KeywordSet};

/// One layer of a schema: the siblings of a `$ref`, a wrapper, or the schema itself.
#[derive(Clone, Debug)]
pub(super) struct Layer<'d> {
    pub(super) at: Located<'d>,
    /// Whether `allOf`, `anyOf` and `oneOf` only wrap the next layer.
    pub(super) wrapper: bool,
    /// Whether the members of a union have the properties of the layer.
    pub(super) distributed: bool,
}

impl<'d> Layer<'d> {
    pub(super) fn of(at: Located<'d>, wrapper: bool) -> Self {
        Self { at, wrapper, distributed: false }
    }

    /// Whether the layer holds a keyword for others.
    fn passes_on(&self, key: &str) -> bool {
        let wraps = self.wrapper && (COMPOSITIONS.contains(&key) || key == "discriminator");
        wraps || (self.distributed && matches!(key, "properties" | "required"))
    }
}

/// A view of a schema.
#[derive(Clone, Debug)]
pub(crate) struct Schema<'d> {
    pub(super) revision: Revision<'d>,
    /// Outermost first; never empty.
    pub(super) layers: Vec<Layer<'d>>,
    /// Where the schema is used.
    pub(crate) here: Located<'d>,
    /// The first `$ref` that was followed.
    pub(crate) reference: Option<&'d str>,
    /// Whether `null` is a value.
    pub(crate) nullable: bool,
    /// Tells views of one schema apart; 0 for the view of all its values.
    pub(super) variant: usize,
    /// The only type that the view covers, if it does not cover all.
    pub(super) only: Option<&'d str>,
    /// The identities of the `allOf` members that became layers.
    pub(super) hoisted: Vec<usize>,
    /// The values that a union of constants lists, in place of the union.
    pub(super) listed: Option<Rc<[Located<'d>]>>,
    /// What every member of the union has as well.
    pub(super) shared: Option<Rc<Schema<'d>>>,
}

/// Identifies a view: the schema, and the variant of the view.
pub(crate) type Identity = (usize, usize);

impl<'d> Schema<'d> {
    pub(crate) fn new(revision: Revision<'d>, here: Located<'d>) -> Self {
        let mut schema = Self {
            revision,
            layers: Vec::new(),
            here: here.clone(),
            reference: None,
            nullable: false,
            variant: 0,
            only: None,
            hoisted: Vec::new(),
            listed: None,
            shared: None,
        };
        let mut next = Some(here);
        for _ in 0..DRIFT_LAYERS {
            let Some(at) = next.take() else { break };
            next = schema.take(at);
        }
        if schema.layers.is_empty() {
            schema.layers.push(Layer::of(schema.here.clone(), true));
        }
        schema
    }

    /// Adds a layer and returns the one that it wraps.
    fn take(&mut self, at: Located<'d>) -> Option<Located<'d>> {
        self.nullable |= at.flag("nullable") || names_null(at.value("type"));
        if let Some(reference) = at.node.reference() {
            self.reference.get_or_insert(reference);
            let target = self.revision.step(reference);
            if at.node.as_object().is_some_and(|object| object.len() > 1) {
                self.layers.push(Layer::of(at, false));
            }
            return target;
        }
        if at.value("enum").and_then(Node::as_array).is_some_and(|values| values.iter().any(Node::is_null)) {
            self.nullable |= at.value("type").is_none() || at.flag("nullable");
        }
        let inner = self.wrapped(&at);
        self.layers.push(Layer::of(at, inner.is_some()));
        inner
    }

    /// The only member of a composition besides `null`, if the schema has no other constraints.
    fn wrapped(&mut self, at: &Located<'d>) -> Option<Located<'d>> {
        let object = at.node.as_object()?;
        let mut found = None;
        for key in COMPOSITIONS {
            let Some(list) = at.child(key) else { continue };
            let mut members = list.members();
            if key != "allOf" {
                let all = members.len();
                members.retain(|member| !only_null(member.node));
                self.nullable |= members.len() < all;
            }
            if members.len() == 1 && found.is_none() {
                found = members.pop();
            } else if !members.is_empty() {
                return None;
            }
        }
        let plain = |key: &str| annotation(key) || key == "type" || COMPOSITIONS.contains(&key);
        let typed = at.value("type").is_none_or(names_one_type);
        let mut keywords = object.iter();
        found
            .filter(|_| typed && keywords.all(|entry| plain(&entry.key) || allows_everything(&entry.key, &entry.value)))
    }

    /// Whether a keyword of a layer constrains the view.
    fn holds(&self, layer: &Layer<'d>, key: &str, node: &Node) -> bool {
        let is_listed = self.listed.is_some() && matches!(key, "anyOf" | "oneOf");
        !(is_listed || layer.passes_on(key) || allows_everything(key, node))
    }

    fn each(&self, key: &str) -> impl Iterator<Item = (&Layer<'d>, &'d Node)> {
        let key = key.to_owned();
        self.layers.iter().filter_map(move |layer| {
            let node = layer.at.value(&key)?;
            self.holds(layer, &key, node).then_some((layer, node))
        })
    }

    /// The value of a keyword. Outer layers take precedence.
    pub(crate) fn value(&self, key: &str) -> Option<&'d Node> {
        self.values(key).next()
    }

    /// The values of a keyword in all layers.
    pub(crate) fn values(&self, key: &str) -> impl Iterator<Item = &'d Node> {
        self.each(key).map(|(_, node)| node)
    }

    pub(crate) fn text(&self, key: &str) -> Option<&'d str> {
        self.value(key)?.as_str()
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.value(key).and_then(Node::as_bool).unwrap_or(false)
    }

    /// The value of a keyword, located.
    pub(crate) fn at(&self, key: &str) -> Option<Located<'d>> {
        self.each(key).next()?.0.at.child(key)
    }

    /// The value of a keyword, located, or the innermost layer.
    pub(crate) fn at_or_self(&self, key: &str) -> Located<'d> {
        self.at(key).unwrap_or_else(|| self.body())
    }

    /// The outermost layer with any of some keywords.
    pub(crate) fn holder_of(&self, keys: &[&str]) -> Option<Located<'d>> {
        let mut layers = self.layers.iter().map(|layer| &layer.at);
        layers.find(|at| keys.iter().any(|key| at.value(key).is_some())).cloned()
    }

    /// The innermost layer, which all others wrap.
    pub(crate) fn body(&self) -> Located<'d> {
        self.layers.last().map_or_else(|| self.here.clone(), |layer| layer.at.clone())
    }

    /// Identifies the schema among all views. Views with equal identities have equal meanings.
    pub(crate) fn identity(&self) -> Identity {
        let node = self.layers.first().map_or_else(|| self.here.identity(), |layer| layer.at.identity());
        (node, self.variant)
    }

    /// The identities of all layers.
    pub(crate) fn identities(&self) -> impl Iterator<Item = usize> {
        self.layers.iter().map(|layer| layer.at.identity())
    }

    /// The types besides `null`, sorted. Without `type` they follow from other keywords. Empty
    /// means any type.
    pub(crate) fn types(&self) -> Vec<&'d str> {
        if let Some(only) = self.only {
            return vec![only];
        }
        let mut types: Vec<&'d str> = match self.value("type").map(|node| &node.value) {
            Some(Value::String(name)) => vec![name.as_str()],
            Some(Value::Array(names)) => names.iter().filter_map(Node::as_str).collect(),
            _ => self.implied().into_iter().collect(),
        };
        types.retain(|name| *name != "null");
        types.sort_unstable();
        types.dedup();
        types
    }

    fn implied(&self) -> Option<&'static str> {
        if COMPOSITIONS.iter().any(|key| self.value(key).is_some()) {
            return None;
        }
        let objects = self.layers.iter().filter_map(|layer| layer.at.node.as_object());
        let keywords: KeywordSet = objects.map(KeywordSet::in_schema).collect();
        if let Some(of) = keywords.implied_type() {
            return of.names().first().copied();
        }
        if self.text("format").is_none() && self.format().is_some() {
            return Some("string");
        }
        let values = self.constants();
        let first = values.first()?.node.value.kind();
        values.iter().all(|value| value.node.value.kind() == first).then_some(first)
    }

    /// The format. `contentEncoding` and `contentMediaType` of 3.1 are spellings of formats of 3.0.
    pub(crate) fn format(&self) -> Option<&'d str> {
        self.text("format").or_else(|| bytes::format(self.text("contentEncoding"), self.text("contentMediaType")))
    }

    /// The format, unless it names the whole range of the type.
    pub(crate) fn limiting_format(&self) -> Option<&'d str> {
        self.format().filter(|format| !is_whole_range(&self.types(), format))
    }

    /// The values of `enum` besides `null`, each once; `const` is not included.
    pub(crate) fn enumeration(&self) -> Vec<Located<'d>> {
        if let Some(values) = &self.listed {
            return values.to_vec();
        }
        let mut lists = self.each("enum").filter_map(|(layer, _)| layer.at.child("enum"));
        let mut list = lists.next().map(|list| list.members()).unwrap_or_default();
        for other in lists.filter_map(|other| other.node.as_array()) {
            list.retain(|value| other.contains(value.node));
        }
        let mut kept: Vec<Located<'d>> = Vec::with_capacity(list.len());
        let mut texts = BTreeSet::new();
        for value in list {
            let new = match &value.node.value {
                Value::Null => false,
                Value::String(text) => texts.insert(text.as_str()),
                _ => !kept.iter().any(|other| other.node == value.node),
            };
            if new {
                kept.push(value);
            }
        }
        kept
    }

    /// The members of a composition as they are listed, without `null`.
    pub(super) fn direct_members(&self, key: &str) -> Vec<Schema<'d>> {
        let mut lists = self.each(key).filter_map(|(layer, _)| layer.at.child(key));
        let mut list = lists.next().map(|list| list.members()).unwrap_or_default();
        // All members of `allOf` hold, next to a `$ref` and behind it.
        list.extend(lists.filter(|_| key == "allOf").flat_map(|list| list.members()));
        let members = list.into_iter().filter(|member| key == "allOf" || !only_null(member.node));
        let members = members.filter(|member| !self.hoisted.contains(&member.identity()));
        members.map(|member| Self::new(self.revision, member)).collect()
    }

    /// The named schemas of a keyword such as `properties`. Outer layers take precedence.
    pub(crate) fn named(&self, key: &str) -> Vec<(&'d str, Located<'d>)> {
        let mut seen = BTreeSet::new();
        let mut all = self.named_in_all(key);
        all.retain(|(name, _)| seen.insert(*name));
        all
    }

    /// The named schemas of a keyword in all layers; a name can occur in several.
    pub(crate) fn named_in_all(&self, key: &str) -> Vec<(&'d str, Located<'d>)> {
        let maps = self.each(key).filter_map(|(layer, _)| layer.at.child(key));
        maps.flat_map(|map| map.entries()).collect()
    }

    /// The names of required properties.
    pub(crate) fn required(&self) -> BTreeSet<&'d str> {
        let lists = self.each("required").filter_map(|(_, node)| node.as_array());
        lists.flatten().filter_map(Node::as_str).collect()
    }

    /// The schema under a keyword.
    pub(crate) fn below(&self, key: &str) -> Option<Schema<'d>> {
        Some(Self::new(self.revision, self.at(key)?))
    }

    /// Another schema of the same document.
    pub(crate) fn sibling(&self, at: Located<'d>) -> Schema<'d> {
        Self::new(self.revision, at)
    }

    /// All keywords with their values, outermost first, each once.
    pub(crate) fn keywords(&self) -> Vec<(&'d str, &'d Node)> {
        let mut seen = BTreeSet::new();
        let mut all = Vec::new();
        for layer in &self.layers {
            let entries = layer.at.node.as_object().into_iter().flatten();
            for entry in entries {
                if self.holds(layer, &entry.key, &entry.value) && seen.insert(&*entry.key) {
                    all.push((&*entry.key, &entry.value));
                }
            }
        }
        all
    }

    /// The schema in messages: the name of its component, its title, or a description of its type.
    pub(crate) fn title(&self) -> String {
        match (self.reference, self.text("title")) {
            (Some(reference), _) => pointer::last_token(reference).to_owned(),
            (None, Some(title)) => title.to_owned(),
            (None, None) => match (self.enumeration().as_slice(), self.types().as_slice()) {
                ([only], _) => super::show(only.node),
                (_, []) => "an inline schema".to_owned(),
                (_, types) => format!("an inline {}{}", types.join(" or "), self.first_properties()),
            },
        }
    }

    fn first_properties(&self) -> String {
        let names: Vec<&str> = self.named("properties").into_iter().take(3).map(|(name, _)| name).collect();
        if names.is_empty() { String::new() } else { format!(" of {}", names.join(", ")) }
    }

    /// Whether every value is valid: `true`, `{}`, annotations only, or an `allOf` of such.
    pub(crate) fn is_anything(&self) -> bool {
        let is_idle = |key: &str| annotation(key) || matches!(key, "$ref" | "allOf");
        let limits_nothing = |part: &Self| !part.is_nothing() && part.keywords().iter().all(|(key, _)| is_idle(key));
        limits_nothing(self) && self.parts().iter().all(limits_nothing)
    }

    /// Whether the schema limits nothing below a keyword of a holder. No value meets the negation of
    /// anything, but each one that of what its type excludes. `contains` asks for an item in any
    /// case.
    pub(crate) fn is_idle_below(&self, key: &str, holder: &Self) -> bool {
        match key {
            "not" => holder.excludes(self),
            "contains" => false,
            _ => self.is_anything(),
        }
    }

    /// Whether no value is valid: `false`.
    pub(crate) fn is_nothing(&self) -> bool {
        self.layers.iter().any(|layer| matches!(layer.at.node.value, Value::Bool(false)))
    }
}

fn names_null(node: Option<&Node>) -> bool {
    let Some(node) = node else { return false };
    let names = node.as_array().unwrap_or(std::slice::from_ref(node));
    names.iter().any(|name| name.as_str() == Some("null"))
}

/// Whether a `type` names one type besides `null`.
fn names_one_type(node: &Node) -> bool {
    let names = node.as_array().unwrap_or(std::slice::from_ref(node));
    names.iter().filter(|name| name.as_str() != Some("null")).count() == 1
}

fn only_null(node: &Node) -> bool {
    let kind = node.get("type");
    let listed = kind.and_then(Node::as_array).is_some_and(|names| names.len() == 1);
    let null_type = names_null(kind) && (listed || kind.is_some_and(|kind| kind.as_str().is_some()));
    let null_values = node
        .get("enum")
        .and_then(Node::as_array)
        .is_some_and(|values| !values.is_empty() && values.iter().all(Node::is_null));
    let null_constant = node.get("const").is_some_and(Node::is_null);
    null_type || null_values || null_constant
}
