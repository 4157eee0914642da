//! Reads lists, objects and JSON as serde does, with a pointer in each error.

use std::borrow::Cow;

use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use super::ParamDecodeError;

/// The remaining members of a list or an object, after the first `count`.
pub(super) struct Members<I, V> {
    rest: I,
    count: usize,
    /// The value of the property whose name was just read.
    waiting: Option<V>,
    name: String,
}

impl<I, V> Members<I, V> {
    fn of(members: I) -> Self {
        Self { rest: members, count: 0, waiting: None, name: String::new() }
    }
}

impl<I: Iterator> Members<I, I::Item> {
    pub(super) fn listed(members: I) -> Self {
        Self::of(members)
    }
}

impl<'r, I: Iterator<Item = (Cow<'r, str>, V)>, V> Members<I, V> {
    pub(super) fn named(members: I) -> Self {
        Self::of(members)
    }
}

impl<'de, I, V> SeqAccess<'de> for Members<I, V>
where
    I: Iterator<Item = V>,
    V: Deserializer<'de, Error = ParamDecodeError>,
{
    type Error = ParamDecodeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ParamDecodeError> {
        let Some(member) = self.rest.next() else { return Ok(None) };
        let index = self.count;
        self.count += 1;
        seed.deserialize(member).map(Some).map_err(|error| error.within(&index.to_string()))
    }

    fn size_hint(&self) -> Option<usize> {
        self.rest.size_hint().1
    }
}

impl<'de, 'r, I, V> MapAccess<'de> for Members<I, V>
where
    I: Iterator<Item = (Cow<'r, str>, V)>,
    V: Deserializer<'de, Error = ParamDecodeError>,
{
    type Error = ParamDecodeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ParamDecodeError> {
        let Some((name, value)) = self.rest.next() else { return Ok(None) };
        self.waiting = Some(value);
        self.name = name.into_owned();
        let name: StrDeserializer<'_, ParamDecodeError> = self.name.as_str().into_deserializer();
        seed.deserialize(name).map(Some).map_err(|error| error.within(&self.name))
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, ParamDecodeError> {
        let value = self.waiting.take().ok_or(ParamDecodeError::Absent)?;
        seed.deserialize(value).map_err(|error| error.within(&self.name))
    }

    fn size_hint(&self) -> Option<usize> {
        self.rest.size_hint().1
    }
}

/// A JSON value whose errors have a pointer. Numbers beyond 64 bits have lost digits, so it is used
/// only to find errors.
pub(super) struct LocatedJson(Value);

impl LocatedJson {
    pub(super) fn read(text: &str) -> Result<Self, ParamDecodeError> {
        serde_json::from_str(&crate::json::integral(text)).map(Self).map_err(|error| ParamDecodeError::json(&error))
    }
}

impl<'de> Deserializer<'de> for LocatedJson {
    type Error = ParamDecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        match self.0 {
            Value::Array(items) => visitor.visit_seq(Members::listed(items.into_iter().map(Self))),
            Value::Object(object) => visitor
                .visit_map(Members::named(object.into_iter().map(|(name, value)| (Cow::Owned(name), Self(value))))),
            scalar => scalar.deserialize_any(visitor).map_err(|error| plain(&error)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        self.0.deserialize_enum(name, variants, visitor).map_err(|error| plain(&error))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// The error of text that is not JSON of the type `T`, with its pointer if it can be found.
pub(super) fn locate<T: DeserializeOwned>(text: &str, error: &serde_json::Error) -> ParamDecodeError {
    let located = LocatedJson::read(text).ok().and_then(|value| T::deserialize(value).err());
    located.unwrap_or_else(|| ParamDecodeError::json(error))
}

/// The error of a scalar.
fn plain(error: &serde_json::Error) -> ParamDecodeError {
    serde::de::Error::custom(error)
}
