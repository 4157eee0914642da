//! Decides whether two schemas have equal meanings.

use std::collections::{HashMap, HashSet};

use crate::document::Node;
use crate::drift::model::{Identity, Schema, annotation, matches_all};
use crate::limits::DRIFT_DEPTH;
use crate::openapi::grammar::{Form, Kind};

/// Two views that are compared.
type Pair = (Identity, Identity);

/// What is known about pairs of schemas.
#[derive(Debug, Default)]
pub(super) struct Equality {
    /// Only for lookups: iteration order would not be stable.
    known: HashMap<Pair, bool>,
    /// The pairs that are equal unless one that is being compared turns out to differ. Only for
    /// lookups.
    assumed: HashSet<Pair>,
    /// All of `assumed`, in the order in which their comparison began.
    trail: Vec<Pair>,
}

impl Equality {
    /// Whether two schemas accept equal values, as far as their structure shows. Annotations do not
    /// count.
    pub(super) fn same(&mut self, old: &Schema<'_>, new: &Schema<'_>) -> bool {
        let same = self.at_depth(old, new, 0);
        for pair in self.trail.drain(..) {
            self.known.insert(pair, true);
        }
        self.assumed.clear();
        same
    }

    /// **Invariant:** each pair is compared once, so the work does not grow with the number of paths
    /// to a schema.
    fn at_depth(&mut self, old: &Schema<'_>, new: &Schema<'_>, depth: usize) -> bool {
        let pair = (old.identity(), new.identity());
        if let Some(known) = self.known.get(&pair) {
            return *known;
        }
        let begin = self.trail.len();
        if !self.assumed.insert(pair) {
            return true;
        }
        self.trail.push(pair);
        let (plain_old, plain_new) = (plain(old), plain(new));
        let (old, new) = (plain_old.as_ref().unwrap_or(old), plain_new.as_ref().unwrap_or(new));
        let same = depth < DRIFT_DEPTH && shallow(old, new) && self.below(old, new, depth + 1);
        if !same {
            // Whatever was found since then may rest on the assumption that this pair is equal.
            for assumed in self.trail.drain(begin..) {
                self.assumed.remove(&assumed);
            }
            self.known.insert(pair, false);
        }
        same
    }

    fn below(&mut self, old: &Schema<'_>, new: &Schema<'_>, depth: usize) -> bool {
        for key in holding(|form| matches!(form, Form::Named(_))) {
            let (left, right) = (old.named(key), new.named(key));
            let same = left.len() == right.len()
                && left.iter().all(|(name, at)| {
                    let other = right.iter().find(|(other, _)| other == name);
                    other.is_some_and(|(_, other)| {
                        self.at_depth(&old.sibling(at.clone()), &new.sibling(other.clone()), depth)
                    })
                });
            if !same {
                return false;
            }
        }
        for key in holding(|form| matches!(form, Form::Many(_))) {
            let (left, mut right) = (old.composition(key), new.composition(key));
            if left.len() != right.len() {
                return false;
            }
            for left in &left {
                // Only the order of `prefixItems` counts.
                let end = if key == "prefixItems" { 1 } else { right.len() };
                let partner = right.iter().take(end).position(|right| self.at_depth(left, right, depth));
                match partner {
                    Some(partner) => drop(right.remove(partner)),
                    None => return false,
                }
            }
        }
        holding(|form| matches!(form, Form::One(_) | Form::OneOrMany(_))).all(|key| {
            match (old.below(key), new.below(key)) {
                (None, None) => true,
                (Some(left), Some(right)) => self.at_depth(&left, &right, depth),
                (Some(one), None) => one.is_idle_below(key, old),
                (None, Some(one)) => one.is_idle_below(key, new),
            }
        })
    }
}

/// The simplest view of a schema, if it has one that is simpler.
fn plain<'d>(schema: &Schema<'d>) -> Option<Schema<'d>> {
    let peeled = schema.peeled();
    let list = peeled.as_ref().unwrap_or(schema).as_list();
    list.or(peeled)
}

/// The keywords that constrain a schema by others, in a form. Definitions count where they are
/// referred to.
fn holding(form: fn(Form) -> bool) -> impl Iterator<Item = &'static str> {
    let fields =
        Kind::Schema.fields().filter(|field| field.form.kind() == Some(Kind::Schema) && !annotation(field.key));
    fields.filter(move |field| form(field.form)).map(|field| field.key)
}

/// Whether everything but the schemas below is the same.
fn shallow(old: &Schema<'_>, new: &Schema<'_>) -> bool {
    let structural = |key: &str| {
        annotation(key)
            || matches!(key, "$ref" | "type" | "required" | "enum" | "format" | "contentEncoding" | "contentMediaType")
            || Kind::Schema.child(key).and_then(Form::kind) == Some(Kind::Schema)
    };
    let says = |schema: &Schema<'_>, key: &str, value: &Node| schema.value(key).is_some_and(|other| other == value);
    let values = |schema: &Schema<'_>| {
        let mut texts: Vec<String> =
            schema.enumeration().iter().map(|value| value.node.to_json().to_string()).collect();
        texts.sort_unstable();
        texts
    };
    let any_text = |key: &str, value: &Node| key == "pattern" && value.as_str().is_some_and(matches_all);
    let counts = |(key, value): &(&str, &Node)| !structural(key) && !any_text(key, value);
    let left: Vec<_> = old.keywords().into_iter().filter(counts).collect();
    let right = new.keywords().into_iter().filter(counts).count();
    left.len() == right
        && left.iter().all(|(key, value)| says(new, key, value))
        && old.nullable == new.nullable
        && old.types() == new.types()
        && old.limiting_format() == new.limiting_format()
        && old.required() == new.required()
        && old.is_nothing() == new.is_nothing()
        && values(old) == values(new)
}
