//! Numbers that may arrive as text: `7` and `"7"` are the same number. They are written as numbers.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Visitor};

use crate::value::{Format, Text};

/// A value whose numbers may arrive as text.
pub trait FromNumber: Sized {
    /// Reads the value.
    ///
    /// # Errors
    /// If it is neither a number of the type nor the text of such a number.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

/// Reads a number, or its text.
///
/// # Errors
/// As [`FromNumber::read`].
pub fn read<'de, T: FromNumber, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// A value that is read with [`FromNumber`].
#[derive(Debug)]
pub struct OrText<T>(pub(super) T);

impl<'de, T: FromNumber> Deserialize<'de> for OrText<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::read(deserializer).map(Self)
    }
}

struct NumberVisitor<T>(PhantomData<T>);

/// Whole numbers convert into every type that can hold them.
macro_rules! integers {
    ($($type:ty),*) => { $(
        impl FromNumber for $type {
            fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_any(NumberVisitor::<Self>(PhantomData))
            }
        }

        impl Visitor<'_> for NumberVisitor<$type> {
            type Value = $type;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), " or its text"))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<$type, E> {
                number.try_into().map_err(|_| E::custom(concat!("not a ", stringify!($type))))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<$type, E> {
                number.try_into().map_err(|_| E::custom(concat!("not a ", stringify!($type))))
            }

            fn visit_u128<E: Error>(self, number: u128) -> Result<$type, E> {
                number.try_into().map_err(|_| E::custom(concat!("not a ", stringify!($type))))
            }

            fn visit_i128<E: Error>(self, number: i128) -> Result<$type, E> {
                number.try_into().map_err(|_| E::custom(concat!("not a ", stringify!($type))))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<$type, E> {
                parsed(text, concat!("must be a ", stringify!($type), " or its text"))
            }
        }
    )* };
}

integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64, u128);

impl FromNumber for f64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor::<Self>(PhantomData))
    }
}

impl Visitor<'_> for NumberVisitor<f64> {
    type Value = f64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or its text")
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<f64, E> {
        Ok(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<f64, E> {
        #[expect(clippy::cast_precision_loss, reason = "as serde reads a whole number into a float")]
        Ok(number as f64)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<f64, E> {
        #[expect(clippy::cast_precision_loss, reason = "as serde reads a whole number into a float")]
        Ok(number as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<f64, E> {
        let number = parsed::<f64, E>(text, "must be a number or its text")?;
        if number.is_finite() { Ok(number) } else { Err(E::custom("must be a finite number")) }
    }
}

fn parsed<T: FromStr, E: Error>(text: &str, message: &'static str) -> Result<T, E> {
    text.parse().map_err(|_| E::custom(message))
}

/// The digits are kept as received.
impl<F: Format> FromNumber for Text<F> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(DigitsVisitor).map(Self::unchecked)
    }
}

struct DigitsVisitor;

impl Visitor<'_> for DigitsVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number or its text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<String, E> {
        Ok(number.to_string())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<String, E> {
        Ok(number.to_string())
    }
}

impl<T: FromNumber> FromNumber for Option<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<OrText<T>>::deserialize(deserializer).map(|value| value.map(|value| value.0))
    }
}

impl<T: FromNumber> FromNumber for Vec<T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<OrText<T>>::deserialize(deserializer)?;
        Ok(items.into_iter().map(|item| item.0).collect())
    }
}

impl<T: FromNumber> FromNumber for BTreeMap<String, T> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values = BTreeMap::<String, OrText<T>>::deserialize(deserializer)?;
        Ok(values.into_iter().map(|(key, value)| (key, value.0)).collect())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use crate::MaybeAbsent;
    use crate::value::Decimal;

    #[derive(Debug, PartialEq)]
    struct Todo {
        id: i32,
        price: Option<f64>,
        limit: MaybeAbsent<u64>,
        sizes: Option<Vec<i32>>,
        by_name: Option<BTreeMap<String, i64>>,
        amount: Option<Decimal>,
    }

    crate::object!(Todo {
        required_number id = "id",
        optional_number price = "price",
        maybe_number limit = "limit",
        optional_number sizes = "sizes",
        optional_number by_name = "byName",
        optional_number amount = "amount",
    });

    #[test]
    fn a_number_is_read_from_its_text_and_written_as_a_number() {
        let text =
            json!({"id": "7", "price": "1.50", "limit": "9", "sizes": ["1", 2], "byName": {"a": "3"}, "amount": 2});
        let todo: Todo = serde_json::from_value(text).unwrap();
        let expected = json!({"id": 7, "price": 1.5, "limit": 9, "sizes": [1, 2], "byName": {"a": 3}, "amount": "2"});
        assert_eq!(serde_json::to_value(&todo).unwrap(), expected);
        assert_eq!(serde_json::from_value::<Todo>(expected).unwrap(), todo);
        let null: Todo = serde_json::from_value(json!({"id": 7, "limit": null})).unwrap();
        assert_eq!((null.limit, null.price), (MaybeAbsent::Null, None));
        for wrong in [json!({"id": "x"}), json!({"id": 1.5}), json!({"id": "99999999999"}), json!({"id": null})] {
            assert!(serde_json::from_value::<Todo>(wrong).is_err());
        }
    }
}
