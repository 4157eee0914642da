//! A serde serializer that converts typed values into [`ParamValue`]s.

use serde::ser::{
    Error, Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, SerializeTupleStruct,
    Serializer,
};

use super::{ParamError, ParamValue};
use crate::limits::PARAM_DEPTH;

impl Error for ParamError {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::new(message.to_string())
    }
}

#[derive(Clone, Copy, Default)]
pub(super) struct ParamSerializer {
    depth: u8,
}

impl ParamSerializer {
    fn deeper(self) -> Result<Self, ParamError> {
        if self.depth >= PARAM_DEPTH {
            return Err(ParamError::new(format!("the value nests deeper than {PARAM_DEPTH} levels")));
        }
        Ok(Self { depth: self.depth + 1 })
    }
}

macro_rules! scalars {
    ($($method:ident: $ty:ty),* $(,)?) => {$(
        fn $method(self, value: $ty) -> Result<ParamValue, ParamError> {
            Ok(ParamValue::Scalar(value.to_string()))
        }
    )*};
}

impl Serializer for ParamSerializer {
    type Ok = ParamValue;
    type Error = ParamError;
    type SerializeSeq = ItemSerializer;
    type SerializeTuple = ItemSerializer;
    type SerializeTupleStruct = ItemSerializer;
    type SerializeTupleVariant = Impossible<ParamValue, ParamError>;
    type SerializeMap = EntrySerializer;
    type SerializeStruct = EntrySerializer;
    type SerializeStructVariant = Impossible<ParamValue, ParamError>;

    scalars! {
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_char: char, serialize_str: &str,
    }

    fn serialize_f32(self, value: f32) -> Result<ParamValue, ParamError> {
        finite(value.is_finite(), value.to_string())
    }

    fn serialize_f64(self, value: f64) -> Result<ParamValue, ParamError> {
        finite(value.is_finite(), value.to_string())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<ParamValue, ParamError> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(ParamValue::Scalar(text.to_owned())),
            Err(_) => Err(ParamError::new("bytes that are not UTF-8 cannot be a parameter")),
        }
    }

    fn serialize_none(self) -> Result<ParamValue, ParamError> {
        Ok(ParamValue::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<ParamValue, ParamError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<ParamValue, ParamError> {
        Ok(ParamValue::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<ParamValue, ParamError> {
        Ok(ParamValue::Null)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<ParamValue, ParamError> {
        Ok(ParamValue::Scalar(variant.to_owned()))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<ParamValue, ParamError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<ParamValue, ParamError> {
        let value = value.serialize(self.deeper()?)?;
        Ok(ParamValue::Object(vec![(variant.to_owned(), value)]))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<ItemSerializer, ParamError> {
        let items = Vec::with_capacity(length.unwrap_or(0).min(1024));
        Ok(ItemSerializer { items, inner: self.deeper()? })
    }

    fn serialize_tuple(self, length: usize) -> Result<ItemSerializer, ParamError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<ItemSerializer, ParamError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, ParamError> {
        Err(ParamError::new(format!("a variant of `{name}` with several values cannot be a parameter")))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<EntrySerializer, ParamError> {
        Ok(EntrySerializer { pairs: Vec::new(), key: None, inner: self.deeper()? })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<EntrySerializer, ParamError> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, ParamError> {
        Err(ParamError::new(format!("a variant of `{name}` with fields cannot be a parameter")))
    }
}

fn finite(finite: bool, text: String) -> Result<ParamValue, ParamError> {
    if finite {
        Ok(ParamValue::Scalar(text))
    } else {
        Err(ParamError::new("a number that is not finite cannot be a parameter"))
    }
}

pub(super) struct ItemSerializer {
    items: Vec<ParamValue>,
    inner: ParamSerializer,
}

impl ItemSerializer {
    fn add<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
        self.items.push(value.serialize(self.inner)?);
        Ok(())
    }
}

macro_rules! items {
    ($($r#trait:ident::$method:ident),*) => {$(
        impl $r#trait for ItemSerializer {
            type Ok = ParamValue;
            type Error = ParamError;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
                self.add(value)
            }

            fn end(self) -> Result<ParamValue, ParamError> {
                Ok(ParamValue::List(self.items))
            }
        }
    )*};
}

items!(SerializeSeq::serialize_element, SerializeTuple::serialize_element, SerializeTupleStruct::serialize_field);

pub(super) struct EntrySerializer {
    pairs: Vec<(String, ParamValue)>,
    key: Option<String>,
    inner: ParamSerializer,
}

impl SerializeMap for EntrySerializer {
    type Ok = ParamValue;
    type Error = ParamError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), ParamError> {
        match key.serialize(self.inner)? {
            ParamValue::Scalar(text) => {
                self.key = Some(text);
                Ok(())
            }
            _ => Err(ParamError::new("a key of a map is not text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), ParamError> {
        let key = self.key.take().unwrap_or_default();
        self.pairs.push((key, value.serialize(self.inner)?));
        Ok(())
    }

    fn end(self) -> Result<ParamValue, ParamError> {
        Ok(ParamValue::Object(self.pairs))
    }
}

impl SerializeStruct for EntrySerializer {
    type Ok = ParamValue;
    type Error = ParamError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), ParamError> {
        self.pairs.push((key.to_owned(), value.serialize(self.inner)?));
        Ok(())
    }

    fn end(self) -> Result<ParamValue, ParamError> {
        Ok(ParamValue::Object(self.pairs))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use crate::params::ParamValue;

    #[derive(Serialize)]
    #[serde(rename_all = "lowercase")]
    enum Color {
        Blue,
    }

    #[derive(Serialize)]
    struct Filter {
        color: Color,
        #[serde(skip_serializing_if = "Option::is_none")]
        size: Option<u8>,
        exact: bool,
    }

    fn text(value: &str) -> ParamValue {
        ParamValue::Scalar(value.to_owned())
    }

    #[test]
    fn structs_enums_options_and_numbers_are_converted() {
        let filter = Filter { color: Color::Blue, size: None, exact: true };
        assert_eq!(
            ParamValue::of(&filter).unwrap(),
            ParamValue::Object(vec![("color".into(), text("blue")), ("exact".into(), text("true"))])
        );
        assert_eq!(ParamValue::of(&Some(1.5)).unwrap(), text("1.5"));
        assert_eq!(ParamValue::of(&u64::MAX).unwrap(), text("18446744073709551615"));
        assert_eq!(ParamValue::of(&None::<u8>).unwrap(), ParamValue::Null);
    }

    #[test]
    fn values_that_no_parameter_can_express_are_refused() {
        assert!(ParamValue::of(&f64::NAN).is_err());
        assert!(ParamValue::of(&BTreeMap::from([(vec![1], 2)])).is_err());
    }
}
