//! Unions: finds the member to which a value belongs, by tag or by shape, for
//! [`union!`](crate::union!). **Invariant:** the choice depends only on the value and the order of
//! the members, and an error names every member that was tried. The cost of a value is proportional
//! to its size, however deep its unions nest.

mod budget;
mod member_value;
mod readings;
mod tag_value;

use std::fmt::Write as _;

use serde::Serialize;
use serde::de::{DeserializeOwned, Deserializer, Error as _};
use serde::ser::Serializer;
use serde_json::{Map, Value};

pub use self::member_value::MemberValue;
#[cfg(feature = "server")]
pub(crate) use self::member_value::UNION;
pub(crate) use self::readings::readings;
pub use self::readings::readings_among;
pub use self::tag_value::TagValue;

/// The number of members that an error lists with a reason.
const MAX_REASONS: usize = 8;

/// The maximum length of a reason. The reason of a nested union lists members in turn.
const MAX_REASON: usize = 300;

/// An enum with one variant for each member.
pub trait Union: Sized + 'static {
    /// The enum's name, for errors.
    const NAME: &'static str;
    /// The tag property, if there is one.
    const TAG: Tag;
    /// The members, in the order in which equal candidates are tried.
    const MEMBERS: &'static [Member<Self>];
}

/// A member of a union.
#[derive(Debug)]
pub struct Member<U: 'static> {
    /// The variant's name, for errors.
    pub name: &'static str,
    /// A quick test of whether a value can be this member.
    pub probe: Probe,
    /// Reads a value as this member by calling [`member`] with its variant.
    pub read: fn(MemberValue) -> Result<U, serde_json::Error>,
}

/// The property that tells the members apart.
#[derive(Clone, Copy, Debug)]
pub struct Tag {
    /// Its JSON name.
    pub property: &'static str,
    /// Each text that is a tag value, with the index of its member.
    pub values: &'static [(&'static str, usize)],
    /// Each tag value that is a number or a boolean, with the index of its member.
    pub scalars: &'static [(TagValue, usize)],
    /// How a value with another tag, or without a tag, is read.
    pub otherwise: Otherwise,
}

/// How to read a value whose tag names no member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Otherwise {
    /// The value is refused.
    Refused,
    /// The value is read as the member whose shape it has.
    Shape,
    /// The value is read as the member at this index.
    Member(usize),
}

impl Tag {
    /// No tag: the members are told apart by shape.
    pub const NONE: Self = Self { property: "", values: &[], scalars: &[], otherwise: Otherwise::Shape };

    /// A tag with these texts as values; other values are refused.
    #[must_use]
    pub const fn new(property: &'static str, values: &'static [(&'static str, usize)]) -> Self {
        Self { property, values, scalars: &[], otherwise: Otherwise::Refused }
    }

    /// Adds values that are numbers or booleans.
    #[must_use]
    pub const fn and_scalars(self, scalars: &'static [(TagValue, usize)]) -> Self {
        Self { scalars, ..self }
    }

    /// The member that a value of the property selects.
    fn member(&self, value: &Value) -> Option<usize> {
        let found = match value {
            Value::String(text) => self.values.iter().find(|(known, _)| known == text).map(|(_, index)| index),
            _ => self.scalars.iter().find(|(known, _)| known.is(value)).map(|(_, index)| index),
        };
        found.copied()
    }

    /// Reads values with another tag, or without a tag, by their shape.
    #[must_use]
    pub const fn or_shape(self) -> Self {
        Self { otherwise: Otherwise::Shape, ..self }
    }

    /// Reads values with another tag, or without a tag, as the member at this index.
    #[must_use]
    pub const fn or_member(self, index: usize) -> Self {
        Self { otherwise: Otherwise::Member(index), ..self }
    }
}

/// A quick test of whether a value can be a given member.
#[derive(Clone, Copy, Debug)]
pub struct Probe {
    /// The possible JSON types, as bits.
    pub json: u8,
    /// Properties that an object must have.
    pub required: &'static [&'static str],
    /// Properties that the document names.
    pub known: &'static [&'static str],
    /// Constants: properties with the allowed texts of each.
    pub constants: &'static [(&'static str, &'static [&'static str])],
    /// Constants that are not text: properties with the allowed values of each.
    pub scalars: &'static [(&'static str, &'static [TagValue])],
    /// Whether an object may have no other properties.
    pub closed: bool,
    /// Allowed strings; empty if any is.
    pub strings: &'static [&'static str],
}

#[expect(missing_docs, reason = "each name says the JSON type")]
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
    pub const ANY: Self =
        Self { json: 127, required: &[], known: &[], constants: &[], scalars: &[], closed: false, strings: &[] };

    /// How well a value fits: zero is best, and `None` means that it does not.
    fn rank(&self, value: &Value) -> Option<usize> {
        if self.json & json_type(value) == 0 {
            return None;
        }
        match value {
            Value::String(_) if self.strings.is_empty() => Some(1),
            Value::String(text) => self.strings.contains(&text.as_str()).then_some(0),
            Value::Object(object) => self.rank_object(object),
            // A whole number is also a number, but an integer is the better fit.
            Value::Number(_) => Some(usize::from(json_type(value) & !self.json & Self::INTEGER != 0)),
            _ => Some(0),
        }
    }

    fn rank_object(&self, object: &Map<String, Value>) -> Option<usize> {
        let is_allowed = |(name, allowed): &(&str, &[&str])| match object.get(*name) {
            Some(Value::String(text)) => allowed.contains(&text.as_str()),
            // Its type decides whether it may be `null`.
            Some(Value::Null) | None => true,
            Some(_) => false,
        };
        let is_scalar = |(name, allowed): &(&str, &[TagValue])| {
            object.get(*name).is_none_or(|value| value.is_null() || allowed.iter().any(|known| known.is(value)))
        };
        let has_required = self.required.iter().all(|name| object.contains_key(*name));
        if !has_required || !self.constants.iter().all(is_allowed) || !self.scalars.iter().all(is_scalar) {
            return None;
        }
        let unknown = object.keys().filter(|key| !self.known.contains(&key.as_str())).count();
        let absent = self.known.iter().filter(|name| !object.contains_key(**name)).count();
        (unknown == 0 || !self.closed).then_some(unknown * 64 + absent)
    }
}

/// Reads a value of a union. Numbers beyond 64 bits are reduced to the precision of a double
/// (`docs/decisions/0005-server-validation.md`).
///
/// # Errors
/// If no member matches, or if the value is not valid for the member.
pub fn read<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    let value = MemberValue::read(deserializer)?;
    let _bounded = budget::bounded(value.json());
    let names = |index: usize| U::MEMBERS.get(index).map(|member| member.name);
    let candidates = |value: &Value| candidates(value, U::MEMBERS.iter().map(|member| &member.probe));
    let member = |index: usize, value| match U::MEMBERS.get(index) {
        Some(member) => (member.read)(value),
        None => Err(serde_json::Error::custom("there is no such member")),
    };
    let count = U::MEMBERS.len();
    let choice =
        Choice { union: U::NAME, tag: &U::TAG, count, names: &names, candidates: &candidates, member: &member };
    choose(value, &choice).map_err(D::Error::custom)
}

/// Reads a member and wraps it in its variant.
///
/// # Errors
/// If the value is not valid for the member.
pub fn member<T: DeserializeOwned, U>(value: MemberValue, wrap: fn(T) -> U) -> Result<U, serde_json::Error> {
    T::deserialize(value).map(wrap)
}

/// Writes a member with its tag. The tag replaces the member's own value of that property.
///
/// # Errors
/// If the member cannot be written, or is not an object.
pub fn write_tagged<S: Serializer, T: Serialize>(
    serializer: S,
    property: &str,
    tag: impl Into<Value>,
    member: &T,
) -> Result<S::Ok, S::Error> {
    let fields = fields(member)?;
    let mut object = Map::with_capacity(fields.len() + 1);
    object.insert(property.to_owned(), tag.into());
    object.extend(fields.into_iter().filter(|(name, _)| name != property));
    object.serialize(serializer)
}

/// Writes a member with a tag, unless the member already has one.
///
/// # Errors
/// If the member cannot be written, or is not an object.
pub fn write_with_tag<S: Serializer, T: Serialize>(
    serializer: S,
    property: &str,
    tag: impl Into<Value>,
    member: &T,
) -> Result<S::Ok, S::Error> {
    let mut fields = fields(member)?;
    if !fields.contains_key(property) {
        fields.insert(property.to_owned(), tag.into());
    }
    fields.serialize(serializer)
}

fn fields<T: Serialize, E: serde::ser::Error>(member: &T) -> Result<Map<String, Value>, E> {
    match serde_json::to_value(member).map_err(E::custom)? {
        Value::Object(fields) => Ok(fields),
        _ => Err(E::custom("a tagged member of a union must be an object")),
    }
}

/// The members of a union that is known only at run time, as in an interpreter of documents.
#[derive(Clone, Copy, Debug)]
pub struct Alternatives {
    /// The union's name, for errors.
    pub name: &'static str,
    /// The tag property, if there is one.
    pub tag: Tag,
    /// The name and probe of each member, in the order in which equal candidates are tried.
    pub members: &'static [(&'static str, Probe)],
}

/// Reads a value of such a union, as [`read`] does, but with members as data. `member` reads a
/// value as the member at an index.
///
/// # Errors
/// As [`read`].
pub fn read_among<'de, U, D: Deserializer<'de>>(
    deserializer: D,
    alternatives: Alternatives,
    member: &dyn Fn(usize, MemberValue) -> Result<U, serde_json::Error>,
) -> Result<U, D::Error> {
    let value = MemberValue::read(deserializer)?;
    let _bounded = budget::bounded(value.json());
    let Alternatives { name, tag, members } = alternatives;
    let candidates = |value: &Value| candidates(value, members.iter().map(|(_, probe)| probe));
    let names = |index: usize| members.get(index).map(|(name, _)| *name);
    choose(
        value,
        &Choice { union: name, tag: &tag, count: members.len(), names: &names, candidates: &candidates, member },
    )
    .map_err(D::Error::custom)
}

/// Everything that is needed to choose a member, in a form common to all unions.
struct Choice<'c, U> {
    union: &'static str,
    tag: &'c Tag,
    count: usize,
    names: &'c dyn Fn(usize) -> Option<&'static str>,
    candidates: &'c dyn Fn(&Value) -> Vec<usize>,
    member: &'c dyn Fn(usize, MemberValue) -> Result<U, serde_json::Error>,
}

fn choose<U>(value: MemberValue, choice: &Choice<'_, U>) -> Result<U, String> {
    let union = choice.union;
    match by_tag(value.json(), choice.tag) {
        Tagged::Member(index) => match (choice.names)(index) {
            Some(name) => (choice.member)(index, value).map_err(|error| format!("{name} of {union}: {error}")),
            None => Err(format!("{union} has no such member")),
        },
        Tagged::Refused(reason) => Err(format!("no member of {union}: {reason}")),
        Tagged::Unknown => by_shape(value, choice),
    }
}

enum Tagged {
    Member(usize),
    Refused(String),
    Unknown,
}

fn by_tag(value: &Value, tag: &Tag) -> Tagged {
    if tag.values.is_empty() && tag.scalars.is_empty() {
        return Tagged::Unknown;
    }
    match (value.get(tag.property).and_then(|found| tag.member(found)), tag.otherwise) {
        (Some(index), _) | (None, Otherwise::Member(index)) => Tagged::Member(index),
        (None, Otherwise::Shape) => Tagged::Unknown,
        (None, Otherwise::Refused) => {
            let texts = tag.values.iter().map(|(value, _)| (*value).to_owned());
            let expected: Vec<String> = texts.chain(tag.scalars.iter().map(|(value, _)| value.to_string())).collect();
            Tagged::Refused(format!("`{}` must be one of {}", tag.property, expected.join(", ")))
        }
    }
}

fn by_shape<U>(value: MemberValue, choice: &Choice<'_, U>) -> Result<U, String> {
    let order = (choice.candidates)(value.json());
    let mut reasons = format!("no member of {} fits", choice.union);
    let mut value = Some(value);
    for (at, index) in order.iter().enumerate() {
        let Some(name) = (choice.names)(*index) else { continue };
        let is_last = at + 1 == order.len();
        let is_paid = value.as_ref().is_some_and(|value| match at {
            // Only the last member gets the value itself and not a copy.
            0 => is_last || budget::pays_for_copy(value.json()),
            _ => budget::pays_for(value.json()),
        });
        if !is_paid {
            let untried = order[at..].iter().filter_map(|index| (choice.names)(*index));
            let untried: Vec<&str> = untried.collect();
            let _ = write!(reasons, "; not tried, because unions nest too deep: {}", untried.join(", "));
            return Err(reasons);
        }
        let Some(own) = (if is_last { value.take() } else { value.clone() }) else { break };
        match (choice.member)(*index, own) {
            Ok(member) => return Ok(member),
            Err(error) if at < MAX_REASONS => {
                let _ = write!(reasons, "; {name}: {}", cut(&error.to_string()));
            }
            Err(_) => {}
        }
    }
    let others = (0..choice.count).filter(|index| !order.contains(index));
    let others: Vec<&str> = others.filter_map(choice.names).collect();
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

/// The members that a value can be, best first. Equally good ones keep their order.
fn candidates<'p>(value: &Value, probes: impl Iterator<Item = &'p Probe>) -> Vec<usize> {
    let fits = probes.enumerate().filter_map(|(index, probe)| Some((probe.rank(value)?, index)));
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
