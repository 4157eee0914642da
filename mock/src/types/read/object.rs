//! Reads objects with named properties, as [`object!`](specwright_runtime::object!) does.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use specwright_runtime::object::OPTIONAL;

use super::Seed;
use crate::types::model::{Field, Object, Presence, Rest};
use crate::types::value::{Content, Typed};

pub(super) fn read<'de, D: Deserializer<'de>>(
    name: &'static str,
    object: &'static Object,
    deserializer: D,
) -> Result<Content, D::Error> {
    deserializer.deserialize_map(ObjectVisitor { name, object })
}

/// Holds the value of a property until the whole object has been read.
enum Slot {
    /// The property has not been present yet.
    Empty,
    /// The property was `null`, which is read as absent.
    Absent,
    Value(Typed),
}

impl Slot {
    fn value(self) -> Option<Typed> {
        match self {
            Self::Value(value) => Some(value),
            Self::Empty | Self::Absent => None,
        }
    }
}

struct ObjectVisitor {
    name: &'static str,
    object: &'static Object,
}

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Content, A::Error> {
        let fields = self.object.fields;
        let mut values: Vec<Slot> = fields.iter().map(|_| Slot::Empty).collect();
        let mut rest = BTreeMap::new();
        match self.object.rest {
            Rest::Ignored | Rest::Denied => named(fields, &mut values, &mut map)?,
            Rest::Kept(ty, _) => {
                while let Some(key) = map.next_key::<String>()? {
                    match fields.iter().position(|field| field.name == key) {
                        Some(index) => fill(fields, &mut values, index, &mut map)?,
                        None if self.object.unsent.contains(&key.as_str()) => drop(map.next_value::<IgnoredAny>()?),
                        None => drop(rest.insert(key, map.next_value_seed(Seed::of(ty))?)),
                    }
                }
            }
        }
        let missing =
            |(field, value): &(&Field, &Slot)| field.presence == Presence::Required && matches!(value, Slot::Empty);
        if let Some((field, _)) = fields.iter().zip(&values).find(missing) {
            return Err(A::Error::missing_field(field.name));
        }
        Ok(Content::Object(values.into_iter().map(Slot::value).collect(), rest))
    }
}

/// Reads the properties that have a name, and ignores all others.
fn named<'de, A: MapAccess<'de>>(fields: &'static [Field], values: &mut [Slot], map: &mut A) -> Result<(), A::Error> {
    let mut expected = 0;
    while let Some(known) = map.next_key_seed(FieldIndex { fields, expected })? {
        match known {
            Some(index) => fill(fields, values, index, map)?,
            None => drop(map.next_value::<IgnoredAny>()?),
        }
        expected = known.map_or(expected, |index| index + 1);
    }
    Ok(())
}

fn fill<'de, A: MapAccess<'de>>(
    fields: &'static [Field],
    values: &mut [Slot],
    index: usize,
    map: &mut A,
) -> Result<(), A::Error> {
    let (Some(field), Some(value)) = (fields.get(index), values.get_mut(index)) else { return Ok(()) };
    if !matches!(value, Slot::Empty) {
        return Err(A::Error::duplicate_field(field.name));
    }
    let seed = Seed { ty: field.ty, reads_text: field.reads_text };
    *value = match field.presence {
        Presence::Optional => map.next_value_seed(OptionalSeed(seed))?.map_or(Slot::Absent, Slot::Value),
        Presence::Required | Presence::OptionalOrNull | Presence::OptionalAny => {
            Slot::Value(map.next_value_seed(seed)?)
        }
    };
    Ok(())
}

/// Finds the property with a name. The expected property is tried first.
struct FieldIndex {
    fields: &'static [Field],
    expected: usize,
}

impl<'de> DeserializeSeed<'de> for FieldIndex {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for FieldIndex {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, name: &str) -> Result<Option<usize>, E> {
        if self.fields.get(self.expected).is_some_and(|field| field.name == name) {
            return Ok(Some(self.expected));
        }
        Ok(self.fields.iter().position(|field| field.name == name))
    }
}

/// The value of a property that may be absent but not `null`. The deserializer decides whether it
/// reads `null` as absent or refuses it.
struct OptionalSeed(Seed);

impl<'de> DeserializeSeed<'de> for OptionalSeed {
    type Value = Option<Typed>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_newtype_struct(OPTIONAL, self)
    }
}

impl<'de> Visitor<'de> for OptionalSeed {
    type Value = Option<Typed>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_option(self)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.deserialize(deserializer).map(Some)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
