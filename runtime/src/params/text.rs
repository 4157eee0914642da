//! Text in the style `simple` becomes a typed value: headers of answers and plain-text bodies.

use serde::de::value::{Error, MapDeserializer, SeqDeserializer, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::ParamError;

/// Reads a value of the type that is asked for: a number from digits, a list from what commas part.
///
/// # Errors
/// If the text is no such value.
pub fn read_text<T: DeserializeOwned>(text: &str, explode: bool) -> Result<T, ParamError> {
    T::deserialize(Simple { text, explode }).map_err(|error| ParamError::new(error.to_string()))
}

/// Reads a struct or map from the pairs of a form.
///
/// # Errors
/// If a value is not what its property asks for, or a property is missing.
pub fn read_pairs<T: DeserializeOwned>(pairs: &[(String, String)]) -> Result<T, ParamError> {
    let entries = pairs.iter().map(|(key, text)| (key.as_str(), Simple { text, explode: false }));
    T::deserialize(MapDeserializer::<_, Error>::new(entries)).map_err(|error| ParamError::new(error.to_string()))
}

#[derive(Clone, Copy)]
struct Simple<'t> {
    text: &'t str,
    explode: bool,
}

impl<'de> IntoDeserializer<'de> for Simple<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident $visit:ident $ty:ty;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.text.trim().parse::<$ty>() {
                Ok(value) => visitor.$visit(value),
                Err(_) => Err(Error::custom(concat!("not a value of the type ", stringify!($ty)))),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for Simple<'_> {
    type Error = Error;

    parsed! {
        deserialize_bool visit_bool bool;
        deserialize_i8 visit_i8 i8;
        deserialize_i16 visit_i16 i16;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_i128 visit_i128 i128;
        deserialize_u8 visit_u8 u8;
        deserialize_u16 visit_u16 u16;
        deserialize_u32 visit_u32 u32;
        deserialize_u64 visit_u64 u64;
        deserialize_u128 visit_u128 u128;
        deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str(self.text)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let items = pieces(self.text).map(|text| Self { text, ..self });
        visitor.visit_seq(SeqDeserializer::new(items))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let texts: Vec<_> = if self.explode {
            pieces(self.text).filter_map(|pair| pair.split_once('=')).collect()
        } else {
            let all: Vec<_> = pieces(self.text).collect();
            all.chunks_exact(2).map(|pair| (pair[0], pair[1])).collect()
        };
        visitor.visit_map(MapDeserializer::new(texts.into_iter().map(|(key, text)| (key, Self { text, ..self }))))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        StrDeserializer::new(self.text).deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! { char str string bytes byte_buf unit unit_struct tuple_struct identifier ignored_any }
}

/// What commas part, blanks around it taken off; nothing at all is an empty list.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(move |_| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{read_pairs, read_text};

    #[test]
    fn the_type_decides_how_text_is_read() {
        assert_eq!(read_text::<u8>(" 7 ", false).unwrap(), 7);
        assert_eq!(read_text::<String>("7", false).unwrap(), "7");
        assert_eq!(read_text::<Vec<u8>>("1, 2,3", false).unwrap(), [1, 2, 3]);
        assert_eq!(read_text::<Vec<u8>>("", false).unwrap(), [0; 0]);
        let expected = BTreeMap::from([("R".to_owned(), 1), ("G".to_owned(), 2)]);
        assert_eq!(read_text::<BTreeMap<String, u8>>("R,1,G,2", false).unwrap(), expected);
        assert_eq!(read_text::<BTreeMap<String, u8>>("R=1,G=2", true).unwrap(), expected);
        assert!(read_text::<bool>("maybe", false).is_err());
        let pairs = [("R".to_owned(), "1".to_owned()), ("G".to_owned(), "2".to_owned())];
        assert_eq!(read_pairs::<BTreeMap<String, u8>>(&pairs).unwrap(), expected);
    }
}
