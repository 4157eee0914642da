//! An [`Item`] as a serde deserializer, which parses scalars when the type asks for them.

use std::borrow::Cow;

use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};

use super::ParamDecodeError;
use super::item::{DecodeMode, Entries, Item};
use super::located::{LocatedJson, Members};

/// An [`Item`] with the mode in which it is read.
#[derive(Clone, Debug)]
pub(crate) struct ItemDeserializer<'r> {
    item: Item<'r>,
    mode: DecodeMode,
}

impl<'r> Item<'r> {
    pub(crate) fn with(self, mode: DecodeMode) -> ItemDeserializer<'r> {
        ItemDeserializer { item: self, mode }
    }
}

/// Deserializer methods that expect one scalar and take it from `self.$source()`.
macro_rules! forward_scalars {
    ($source:ident) => {
        $crate::params::decode::item_deserializer::forward_scalars! { $source:
            deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
            deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
            deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string
            deserialize_bytes deserialize_byte_buf deserialize_identifier deserialize_unit deserialize_ignored_any
        }
        fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, ParamDecodeError> {
            self.$source()?.with(self.mode).deserialize_unit_struct(name, visitor)
        }
        fn deserialize_enum<V: Visitor<'de>>(
            self,
            name: &'static str,
            variants: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, ParamDecodeError> {
            self.$source()?.with(self.mode).deserialize_enum(name, variants, visitor)
        }
    };
    ($source:ident: $($method:ident)*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
            self.$source()?.with(self.mode).$method(visitor)
        }
    )* };
}
pub(super) use forward_scalars;

impl ItemDeserializer<'_> {
    /// The single text.
    fn text(self) -> Result<String, ParamDecodeError> {
        match self.item {
            Item::Text(text) => Ok(text.into_owned()),
            Item::Json(text) => Ok(serde_json::from_str::<String>(&text).unwrap_or_else(|_| {
                if self.mode == DecodeMode::Lenient {
                    crate::json::integral(&text).into_owned()
                } else {
                    text.into_owned()
                }
            })),
            Item::Texts(mut texts) | Item::Delimited(mut texts) if texts.len() == 1 => {
                Ok(texts.pop().unwrap_or_default().into_owned())
            }
            Item::Null => Err(ParamDecodeError::custom("must not be empty")),
            Item::Texts(_) | Item::Delimited(_) | Item::Jsons(_) => Err(ParamDecodeError::repeated()),
            Item::Absent => Err(ParamDecodeError::Absent),
            Item::Entries(_) => Err(ParamDecodeError::custom("must not be an object")),
        }
    }
}

/// Numbers and booleans, parsed from the text.
macro_rules! parsed {
    ($($method:ident $visit:ident $type:ty: $what:literal;)*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
            let value = self.text()?.parse::<$type>();
            visitor.$visit(value.map_err(|_| ParamDecodeError::custom($what))?)
        }
    )* };
}

/// A finite number, because JSON has no others.
fn finite<N: std::str::FromStr + Into<f64> + Copy>(text: &str) -> Result<N, ParamDecodeError> {
    let number = text.parse::<N>().ok().filter(|number| (*number).into().is_finite());
    number.ok_or_else(|| ParamDecodeError::custom("must be a number"))
}

impl<'de> Deserializer<'de> for ItemDeserializer<'_> {
    type Error = ParamDecodeError;

    parsed! {
        deserialize_bool visit_bool bool: "must be `true` or `false`";
        deserialize_i8 visit_i8 i8: "must be a whole number from -128 to 127";
        deserialize_i16 visit_i16 i16: "must be a whole number from -32768 to 32767";
        deserialize_i32 visit_i32 i32: "must be a whole number of 32 bits";
        deserialize_i64 visit_i64 i64: "must be a whole number of 64 bits";
        deserialize_i128 visit_i128 i128: "must be a whole number";
        deserialize_u8 visit_u8 u8: "must be a whole number from 0 to 255";
        deserialize_u16 visit_u16 u16: "must be a whole number from 0 to 65535";
        deserialize_u32 visit_u32 u32: "must be a whole number from 0, of 32 bits";
        deserialize_u64 visit_u64 u64: "must be a whole number from 0, of 64 bits";
        deserialize_u128 visit_u128 u128: "must be a whole number from 0";
        deserialize_char visit_char char: "must be one character";
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_f32(finite(&self.text()?)?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_f64(finite(&self.text()?)?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_string(self.text()?)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_byte_buf(self.text()?.into_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_byte_buf(self.text()?.into_bytes())
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        match self.text()?.as_str() {
            "" | "null" => visitor.visit_unit(),
            _ => Err(ParamDecodeError::custom("must be empty")),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        match &self.item {
            Item::Absent | Item::Null => visitor.visit_none(),
            Item::Json(text) if text == "null" => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        if name == crate::text::OR_NUMBER {
            return self.deserialize_string(visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        match self.item {
            Item::Texts(_) | Item::Delimited(_) | Item::Jsons(_) => self.deserialize_seq(visitor),
            Item::Null => visitor.visit_unit(),
            Item::Absent => Err(ParamDecodeError::Absent),
            Item::Entries(_) => self.deserialize_map(visitor),
            Item::Json(text) if self.mode == DecodeMode::Located => LocatedJson::read(&text)?.deserialize_any(visitor),
            Item::Json(text) => json(&text, self.mode, |json| json.deserialize_any(visitor)),
            Item::Text(text) if self.mode == DecodeMode::Text => visitor.visit_string(text.into_owned()),
            Item::Text(text) => guess(text, visitor),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        let mode = self.mode;
        let texts = match self.item {
            Item::Texts(texts) | Item::Delimited(texts) => texts,
            Item::Json(text) if mode == DecodeMode::Located => {
                return LocatedJson::read(&text)?.deserialize_seq(visitor);
            }
            Item::Json(text) => return json(&text, self.mode, |json| json.deserialize_seq(visitor)),
            Item::Text(text) if mode == DecodeMode::Lenient && text.starts_with('[') => {
                return json(&text, self.mode, |json| json.deserialize_seq(visitor));
            }
            Item::Text(text) => vec![text],
            Item::Jsons(texts) => {
                let items = texts.into_iter().map(|text| Item::Json(text).with(mode));
                return visitor.visit_seq(Members::listed(items));
            }
            Item::Null => return Err(ParamDecodeError::custom("must be a list")),
            Item::Absent => return Err(ParamDecodeError::Absent),
            Item::Entries(entries) => {
                let items = indexed(entries)?.into_iter().map(|item| item.with(mode));
                return visitor.visit_seq(Members::listed(items));
            }
        };
        let items = texts.into_iter().map(|text| Item::Text(text).with(mode));
        visitor.visit_seq(Members::listed(items))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, ParamDecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ParamDecodeError> {
        let mode = self.mode;
        match self.item {
            Item::Entries(entries) => {
                visitor.visit_map(Members::named(entries.into_iter().map(|(key, item)| (key, item.with(mode)))))
            }
            // Objects within forms are sent as JSON.
            Item::Text(text) | Item::Json(text) if mode == DecodeMode::Located => {
                LocatedJson::read(&text)?.deserialize_map(visitor)
            }
            Item::Text(text) | Item::Json(text) => json(&text, self.mode, |json| json.deserialize_map(visitor)),
            Item::Delimited(texts) => {
                let pairs = alternating(texts)?.into_iter();
                visitor.visit_map(Members::named(pairs.map(|(key, text)| (key, Item::Text(text).with(mode)))))
            }
            Item::Null => Err(ParamDecodeError::custom("must be an object")),
            Item::Texts(_) | Item::Jsons(_) => Err(ParamDecodeError::repeated()),
            Item::Absent => Err(ParamDecodeError::Absent),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ParamDecodeError> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }
}

impl IntoDeserializer<'_, ParamDecodeError> for ItemDeserializer<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The items of a list that was written with indexes: `name[0]=a&name[1]=b`.
fn indexed(entries: Entries<'_>) -> Result<Vec<Item<'_>>, ParamDecodeError> {
    let numbered: Option<Vec<(usize, Item<'_>)>> =
        entries.into_iter().map(|(key, item)| Some((key.parse().ok()?, item))).collect();
    let mut numbered = numbered.ok_or_else(|| ParamDecodeError::custom("must be a list"))?;
    numbered.sort_by_key(|(index, _)| *index);
    Ok(numbered.into_iter().map(|(_, item)| item).collect())
}

/// A name and a value.
type TextPair<'t> = (Cow<'t, str>, Cow<'t, str>);

/// The names and values of an object that was written as `R,100,G,200`.
fn alternating(texts: Vec<Cow<'_, str>>) -> Result<Vec<TextPair<'_>>, ParamDecodeError> {
    if !texts.len().is_multiple_of(2) {
        return Err(ParamDecodeError::custom("must be alternating names and values"));
    }
    let mut texts = texts.into_iter();
    let mut pairs = Vec::with_capacity(texts.len() / 2);
    while let (Some(key), Some(text)) = (texts.next(), texts.next()) {
        pairs.push((key, text));
    }
    Ok(pairs)
}

/// A reader of JSON whose values borrow nothing from the text.
type Json<'t> = serde_json::Deserializer<serde_json::de::IoRead<&'t [u8]>>;

fn json<T>(
    text: &str,
    mode: DecodeMode,
    read: impl FnOnce(&mut Json<'_>) -> Result<T, serde_json::Error>,
) -> Result<T, ParamDecodeError> {
    let text = if mode == DecodeMode::Lenient { crate::json::integral(text) } else { Cow::Borrowed(text) };
    let mut json = serde_json::Deserializer::from_reader(text.as_bytes());
    let value = read(&mut json).and_then(|value| json.end().map(|()| value));
    value.map_err(|error| ParamDecodeError::json(&error))
}

/// Text is a number only if the number is written the same way: `007` and `1e3` stay strings.
fn guess<'de, V: Visitor<'de>>(text: Cow<'_, str>, visitor: V) -> Result<V::Value, ParamDecodeError> {
    match text.as_ref() {
        "true" => return visitor.visit_bool(true),
        "false" => return visitor.visit_bool(false),
        _ => {}
    }
    if let Ok(number) = text.parse::<u64>()
        && number.to_string() == text
    {
        return visitor.visit_u64(number);
    }
    if let Ok(number) = text.parse::<i64>()
        && number.to_string() == text
    {
        return visitor.visit_i64(number);
    }
    if let Ok(number) = text.parse::<f64>()
        && number.is_finite()
        && number.to_string() == text
    {
        return visitor.visit_f64(number);
    }
    visitor.visit_string(text.into_owned())
}
