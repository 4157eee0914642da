//! A JSON value on its way to a member of a union, as a deserializer.
//!
//! A union must look at a value before it is read, so its members are read from a copy. The copy
//! keeps the mode of the deserializer from which it comes. Thus a server also refuses `null` for a
//! property that is only optional inside a union.

use std::cell::Cell;
use std::fmt;

use serde::Deserialize;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;

use crate::object::OPTIONAL;

/// The newtype name with which a union requests its value. A deserializer that refuses `null` for
/// an optional property calls `visit_some`. [`MemberValue`] passes itself on and calls
/// `visit_unit`. All others ignore the name and call `visit_newtype_struct`.
pub(crate) const UNION: &str = "$specwright_runtime::union";

thread_local! {
    /// A value on its way from this deserializer to a union inside it.
    static HANDED_ON: Cell<Option<MemberValue>> = const { Cell::new(None) };
}

/// A value that may match one of a union's members.
#[derive(Clone, Debug)]
pub struct MemberValue {
    value: Value,
    /// Whether `null` is refused for properties that are only optional.
    strict: bool,
}

impl MemberValue {
    pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(UNION, UnionVisitor)
    }

    /// A value as a server reads it.
    pub(super) fn of_request(value: Value) -> Self {
        Self { value, strict: true }
    }

    /// The value itself.
    pub(super) fn json(&self) -> &Value {
        &self.value
    }
}

struct UnionVisitor;

impl<'de> Visitor<'de> for UnionVisitor {
    type Value = MemberValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<MemberValue, E> {
        HANDED_ON.take().ok_or_else(|| E::invalid_type(Unexpected::Unit, &self))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<MemberValue, D::Error> {
        Value::deserialize(deserializer).map(|value| MemberValue { value, strict: false })
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<MemberValue, D::Error> {
        Value::deserialize(deserializer).map(|value| MemberValue { value, strict: true })
    }
}

impl<'de> Deserializer<'de> for MemberValue {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, serde_json::Error> {
        let strict = self.strict;
        let within = move |value| Self { value, strict };
        match self.value {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(within));
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Value::Object(entries) => {
                let mut entries = MapDeserializer::new(entries.into_iter().map(|(key, value)| (key, within(value))));
                let value = visitor.visit_map(&mut entries)?;
                entries.end()?;
                Ok(value)
            }
            scalar => scalar.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, serde_json::Error> {
        if self.value.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, serde_json::Error> {
        match name {
            OPTIONAL if self.strict && self.value.is_null() => {
                Err(serde_json::Error::custom("`null` is not allowed here"))
            }
            UNION => {
                // The value is passed on unchanged. Rebuilding it at each level of nested unions
                // would cost the square of their depth.
                HANDED_ON.set(Some(self));
                visitor.visit_unit()
            }
            _ => visitor.visit_newtype_struct(self),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, serde_json::Error> {
        self.value.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, serde_json::Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier
    }
}

impl IntoDeserializer<'_, serde_json::Error> for MemberValue {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
