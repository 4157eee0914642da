//! Values of one of several shapes → the member that they are, by tag or by shape, for [`union!`](crate::union!).
//!
//! The rule kept here: the choice depends on the value and the order of the members alone, and an error names every member
//! that was tried. What a value costs grows with its size, however deep unions nest in it.

mod budget;

use std::fmt::Write as _;

use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::ser::{Error as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An error names this many members with their reasons.
const MAX_REASONS: usize = 8;

/// A reason is cut here: those of a union within a union name its members in turn.
const MAX_REASON: usize = 300;

/// An enum of which each variant holds one member.
pub trait Union: Sized + 'static {
    /// The enum's name, for errors.
    const NAME: &'static str;
    /// The property that tells the members apart, if there is one.
    const TAG: Tag;
    /// The members, in the order in which they are tried.
    const MEMBERS: &'static [Member<Self>];
}

/// A member of a union.
#[derive(Debug)]
pub struct Member<U: 'static> {
    /// The variant's name, for errors.
    pub name: &'static str,
    /// What its values look like.
    pub probe: Probe,
    /// How it is read: [`member`] with its variant.
    pub read: fn(Value) -> Result<U, serde_json::Error>,
}

/// The property that tells members apart.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    /// Its JSON name.
    pub property: &'static str,
    /// Each value with the index of its member; empty: there is no tag.
    pub values: &'static [(&'static str, usize)],
    /// What a value with another tag, or none, is.
    pub otherwise: Otherwise,
}

/// What a value is whose tag names no member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// None of the members.
    Refused,
    /// The member whose shape it has.
    Shape,
    /// The member of this index.
    Member(usize),
}

impl Tag {
    /// No tag: members are told apart by shape.
    pub const NONE: Self = Self { property: "", values: &[], otherwise: Otherwise::Shape };

    /// A tag with these values; others are refused.
    #[must_use]
    pub const fn new(property: &'static str, values: &'static [(&'static str, usize)]) -> Self {
        Self { property, values, otherwise: Otherwise::Refused }
    }

    /// The same, with values of other tags told by shape.
    #[must_use]
    pub const fn or_shape(self) -> Self {
        Self { otherwise: Otherwise::Shape, ..self }
    }

    /// The same, with values of other tags, or none, read as the member of this index.
    #[must_use]
    pub const fn or_member(self, index: usize) -> Self {
        Self { otherwise: Otherwise::Member(index), ..self }
    }
}

/// What a value of a member looks like, as far as a quick look can tell.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    /// Bits of JSON types that can be a value.
    pub json: u8,
    /// Properties an object must have.
    pub required: &'static [&'static str],
    /// Properties an object may have.
    pub known: &'static [&'static str],
    /// Properties of which the value is fixed, and the allowed values.
    pub constants: &'static [(&'static str, &'static [&'static str])],
    /// Whether an object may have no other properties.
    pub closed: bool,
    /// Allowed strings; empty: any.
    pub strings: &'static [&'static str],
}

#[expect(missing_docs, reason = "each is the JSON type of its name")]
impl Probe {
    pub const NULL: u8 = 1;
    pub const BOOL: u8 = 2;
    pub const INTEGER: u8 = 4;
    pub const NUMBER: u8 = 8;
    pub const STRING: u8 = 16;
    pub const ARRAY: u8 = 32;
    pub const OBJECT: u8 = 64;
}

impl Probe {
    /// Any value.
    pub const ANY: Self = Self { json: 127, required: &[], known: &[], constants: &[], closed: false, strings: &[] };

    /// How well a value fits, from the best at zero; `None`: it can't be one.
    fn misfit(&self, value: &Value) -> Option<usize> {
        if self.json & json_type(value) == 0 {
            return None;
        }
        match value {
            Value::String(_) if self.strings.is_empty() => Some(1),
            Value::String(text) => self.strings.contains(&text.as_str()).then_some(0),
            Value::Object(object) => self.object_misfit(object),
            // A whole number is a number too, but rather an integer.
            Value::Number(_) => Some(usize::from(json_type(value) & !self.json & Self::INTEGER != 0)),
            _ => Some(0),
        }
    }

    fn object_misfit(&self, object: &Map<String, Value>) -> Option<usize> {
        let is_allowed = |(name, allowed): &(&str, &[&str])| match object.get(*name) {
            Some(Value::String(text)) => allowed.contains(&text.as_str()),
            Some(_) => false,
            None => true,
        };
        if !self.required.iter().all(|name| object.contains_key(*name)) || !self.constants.iter().all(is_allowed) {
            return None;
        }
        let unknown = object.keys().filter(|key| !self.known.contains(&key.as_str())).count();
        let absent = self.known.iter().filter(|name| !object.contains_key(**name)).count();
        (unknown == 0 || !self.closed).then_some(unknown * 64 + absent)
    }
}

/// Reads a member of a union. A number beyond 64 bits has the digits of a double by then (`docs/decisions/0005-server-validation.md`).
///
/// # Errors
/// If no member can be told, or if the value isn't one of it.
pub fn read<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let _bounded = budget::Bounded::by(&value);
    choose(value).map_err(D::Error::custom)
}

/// Reads a member and wraps it in its variant.
///
/// # Errors
/// If the value isn't one of the member.
pub fn member<T: DeserializeOwned, U>(value: Value, wrap: fn(T) -> U) -> Result<U, serde_json::Error> {
    serde_json::from_value(value).map(wrap)
}

/// Writes a member with the tag that its own type lacks, or has in another spelling.
///
/// # Errors
/// If the member can't be written, or isn't written as an object.
pub fn write_tagged<S: Serializer, T: Serialize>(
    serializer: S,
    property: &str,
    tag: &str,
    member: &T,
) -> Result<S::Ok, S::Error> {
    let value = serde_json::to_value(member).map_err(S::Error::custom)?;
    let Value::Object(fields) = value else {
        return Err(S::Error::custom("a tagged member of a union must be an object"));
    };
    let mut object = Map::with_capacity(fields.len() + 1);
    object.insert(property.to_owned(), Value::from(tag));
    object.extend(fields.into_iter().filter(|(name, _)| name != property));
    object.serialize(serializer)
}

fn choose<U: Union>(value: Value) -> Result<U, String> {
    match by_tag(&value, &U::TAG) {
        Tagged::Member(index) => match U::MEMBERS.get(index) {
            Some(member) => (member.read)(value).map_err(|error| format!("{} of {}: {error}", member.name, U::NAME)),
            None => Err(format!("{} has no such member", U::NAME)),
        },
        Tagged::Refused(reason) => Err(format!("no member of {}: {reason}", U::NAME)),
        Tagged::Untold => by_shape(value),
    }
}

enum Tagged {
    Member(usize),
    Refused(String),
    Untold,
}

fn by_tag(value: &Value, tag: &Tag) -> Tagged {
    if tag.values.is_empty() {
        return Tagged::Untold;
    }
    let found = value.get(tag.property).and_then(Value::as_str);
    let known = found.and_then(|found| tag.values.iter().find(|(value, _)| *value == found));
    match (known, tag.otherwise) {
        (Some((_, index)), _) => Tagged::Member(*index),
        (None, Otherwise::Member(index)) => Tagged::Member(index),
        (None, Otherwise::Shape) => Tagged::Untold,
        (None, Otherwise::Refused) => {
            let expected: Vec<&str> = tag.values.iter().map(|(value, _)| *value).collect();
            Tagged::Refused(format!("`{}` must be one of {}", tag.property, expected.join(", ")))
        }
    }
}

fn by_shape<U: Union>(value: Value) -> Result<U, String> {
    let order = candidates(&value, U::MEMBERS.iter().map(|member| &member.probe));
    let mut reasons = format!("no member of {} fits", U::NAME);
    let mut value = Some(value);
    for (at, index) in order.iter().enumerate() {
        let Some(member) = U::MEMBERS.get(*index) else { continue };
        if at > 0 && !value.as_ref().is_some_and(budget::pays_for) {
            let untried = order[at..].iter().filter_map(|index| Some(U::MEMBERS.get(*index)?.name));
            let untried: Vec<&str> = untried.collect();
            let _ = write!(reasons, "; not tried, for unions nest too deep in it: {}", untried.join(", "));
            return Err(reasons);
        }
        let is_last = at + 1 == order.len();
        let Some(own) = (if is_last { value.take() } else { value.clone() }) else { break };
        match (member.read)(own) {
            Ok(member) => return Ok(member),
            Err(error) if at < MAX_REASONS => {
                let _ = write!(reasons, "; {}: {}", member.name, cut(&error.to_string()));
            }
            Err(_) => {}
        }
    }
    let others = U::MEMBERS.iter().enumerate().filter(|(index, _)| !order.contains(index));
    let others: Vec<&str> = others.map(|(_, member)| member.name).collect();
    if !others.is_empty() {
        let _ = write!(reasons, "; of another shape: {}", others.join(", "));
    }
    Err(reasons)
}

fn cut(reason: &str) -> String {
    match reason.char_indices().nth(MAX_REASON) {
        Some((end, _)) => format!("{}…", &reason[..end]),
        None => reason.to_owned(),
    }
}

/// Members that a value can be, best first; equal ones in their order.
fn candidates<'p>(value: &Value, probes: impl Iterator<Item = &'p Probe>) -> Vec<usize> {
    let fits = probes.enumerate().filter_map(|(index, probe)| Some((probe.misfit(value)?, index)));
    let mut fits: Vec<(usize, usize)> = fits.collect();
    fits.sort_unstable();
    fits.into_iter().map(|(_, index)| index).collect()
}

fn json_type(value: &Value) -> u8 {
    match value {
        Value::Null => Probe::NULL,
        Value::Bool(_) => Probe::BOOL,
        Value::Number(number) if number.is_i64() || number.is_u64() => Probe::INTEGER | Probe::NUMBER,
        Value::Number(number) if number.as_f64().is_some_and(|float| float.fract() == 0.0) => {
            Probe::INTEGER | Probe::NUMBER
        }
        Value::Number(_) => Probe::NUMBER,
        Value::String(_) => Probe::STRING,
        Value::Array(_) => Probe::ARRAY,
        Value::Object(_) => Probe::OBJECT,
    }
}
