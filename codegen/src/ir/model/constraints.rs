//! Constraints on values.

use serde_json::{Number, Value};

/// Constraints on a value beyond its type. Servers validate them, and constructors of newtypes
/// enforce them.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(missing_docs, reason = "each name is a keyword of JSON Schema")]
pub struct Constraints {
    pub min_length: Option<u64>,
    pub max_length: Option<u64>,
    /// A regular expression that `regress` can compile (ECMA-262).
    pub pattern: Option<String>,
    /// A finite JSON number, like the other bounds.
    pub minimum: Option<Number>,
    pub maximum: Option<Number>,
    pub exclusive_minimum: Option<Number>,
    pub exclusive_maximum: Option<Number>,
    pub multiple_of: Option<Number>,
    pub min_items: Option<u64>,
    pub max_items: Option<u64>,
    pub unique_items: bool,
    pub min_properties: Option<u64>,
    pub max_properties: Option<u64>,
    /// Allowed values of a schema without an enum type: numbers, booleans, mixed types.
    pub allowed: Vec<Value>,
    /// Constraints that neither a type nor another field expresses.
    pub assertions: Vec<Assertion>,
    /// Whether a number is also read from its text. This constrains nothing.
    pub or_text: bool,
}

impl Constraints {
    /// Whether there is no constraint.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self { or_text: self.or_text, ..Self::default() }
    }

    /// Adds constraints that also apply. Of two bounds, the tighter one counts.
    pub fn tighten(&mut self, other: &Self) {
        let most = |a: Option<u64>, b: Option<u64>| a.max(b);
        let least = |a: Option<u64>, b: Option<u64>| a.into_iter().chain(b).min();
        self.min_length = most(self.min_length, other.min_length);
        self.max_length = least(self.max_length, other.max_length);
        self.min_items = most(self.min_items, other.min_items);
        self.max_items = least(self.max_items, other.max_items);
        self.min_properties = most(self.min_properties, other.min_properties);
        self.max_properties = least(self.max_properties, other.max_properties);
        bound(&mut self.minimum, other.minimum.as_ref(), f64::gt);
        bound(&mut self.maximum, other.maximum.as_ref(), f64::lt);
        bound(&mut self.exclusive_minimum, other.exclusive_minimum.as_ref(), f64::gt);
        bound(&mut self.exclusive_maximum, other.exclusive_maximum.as_ref(), f64::lt);
        bound(&mut self.multiple_of, other.multiple_of.as_ref(), f64::gt);
        self.unique_items |= other.unique_items;
        self.or_text |= other.or_text;
        let new = other.assertions.iter().filter(|assertion| !self.assertions.contains(assertion));
        let new: Vec<Assertion> = new.cloned().collect();
        self.assertions.extend(new);
        let patterns: Vec<&str> = other.pattern.iter().chain(&self.pattern).map(String::as_str).collect();
        self.pattern = all_patterns(&patterns);
        if self.allowed.is_empty() {
            self.allowed.clone_from(&other.allowed);
        } else if !other.allowed.is_empty() {
            self.allowed.retain(|value| other.allowed.contains(value));
        }
    }
}

/// One keyword of JSON Schema that servers check on the JSON of a value. In a list, all must hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Assertion {
    /// `type`: names of JSON types.
    Types(Vec<String>),
    /// Bounds, `pattern` and `enum`.
    Limits(Box<Constraints>),
    /// `required`.
    Required(Vec<String>),
    /// `properties`.
    Properties(Vec<(String, Vec<Assertion>)>),
    /// `patternProperties` and, for the keys that match none and are not `known`, `rest`.
    Patterns {
        /// Each expression with the assertions on the values of keys that match it.
        pairs: Vec<(String, Vec<Assertion>)>,
        /// The keys of `properties`.
        known: Vec<String>,
        /// `additionalProperties`.
        rest: Vec<Assertion>,
    },
    /// `propertyNames`.
    Names(Vec<Assertion>),
    /// `prefixItems`.
    Prefix(Vec<Vec<Assertion>>),
    /// `items`, after this number of `prefixItems`.
    Items(usize, Vec<Assertion>),
    /// `contains`, `minContains`, `maxContains`.
    Contains(Vec<Assertion>, u64, Option<u64>),
    /// `anyOf`.
    Any(Vec<Vec<Assertion>>),
    /// `oneOf`.
    One(Vec<Vec<Assertion>>),
    /// `not`.
    Not(Vec<Assertion>),
    /// `if`, `then`, `else`.
    If(Vec<Assertion>, Vec<Assertion>, Vec<Assertion>),
    /// `dependentRequired` and `dependentSchemas`, by property.
    Dependent(Vec<(String, Vec<Assertion>)>),
    /// `false`.
    Never,
}

fn bound(own: &mut Option<Number>, other: Option<&Number>, is_tighter: fn(&f64, &f64) -> bool) {
    let number = |number: &Number| number.as_f64().unwrap_or_default();
    if let Some(other) = other
        && own.as_ref().is_none_or(|own| is_tighter(&number(other), &number(own)))
    {
        *own = Some(other.clone());
    }
}

/// One pattern for several that must all match. Lookaheads join them.
#[must_use]
pub fn all_patterns(patterns: &[&str]) -> Option<String> {
    let mut patterns = patterns.to_vec();
    patterns.dedup();
    let (last, before) = patterns.split_last()?;
    if before.is_empty() {
        return Some((*last).to_owned());
    }
    let ahead = before.join("))(?=[\\s\\S]*(?:");
    Some(format!("^(?=[\\s\\S]*(?:{ahead}))[\\s\\S]*(?:{last})"))
}
