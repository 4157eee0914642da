//! How the types of the standard library and of `serde_json` are validated: scalars by the rules of their place,
//! containers by their size and then item by item.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::{
    Invalid, Rules, Validate, Validator, check_bool, check_f64, check_integer, check_items, check_properties, check_str,
};
use crate::multipart::File;
use crate::value::{Format, MaybeAbsent, Never, Null, Secret, Text};

impl Validate for str {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        validator.text(self, rules);
    }
}

impl Validate for String {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        validator.text(self, rules);
    }
}

impl Validate for bool {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        validator.check(check_bool(rules, *self));
    }
}

/// Integers of every width are validated as `i128`.
macro_rules! integers {
    ($($type:ty),*) => { $(
        impl Validate for $type {
            fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
                validator.check(check_integer(rules, i128::from(*self)));
            }
        }
    )* };
}

integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl Validate for u128 {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        // Beyond `i128` no document states a bound that this would not satisfy or break alike.
        validator.check(check_integer(rules, i128::try_from(*self).unwrap_or(i128::MAX)));
    }
}

impl Validate for f64 {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        validator.check(check_f64(rules, *self));
    }
}

impl Validate for f32 {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        // Through text: the `f64` that is written alike, not the one with the digits of the binary fraction.
        let value = self.to_string().parse().unwrap_or_else(|_| f64::from(*self));
        validator.check(check_f64(rules, value));
    }
}

impl Validate for () {}

impl Validate for Bytes {}

impl Validate for Null {}
impl Validate for Never {}

/// By its text; what is found does not show it.
impl Validate for Secret {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        validator.text(self.expose(), rules);
    }
}

/// Text in a format: by the format, then by the rules.
impl<F: Format> Validate for Text<F> {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        if let Err(error) = self.check() {
            validator.violation(&error);
        }
        validator.text(self.as_str(), rules);
    }
}

impl<T: Validate> Validate for MaybeAbsent<T> {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        if let Some(value) = self.value() {
            value.validate(rules, validator);
        }
    }
}

/// Files are validated by whoever reads them.
impl Validate for File {}

impl<T: Validate + ?Sized> Validate for &T {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        (**self).validate(rules, validator);
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        (**self).validate(rules, validator);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        if let Some(value) = self {
            value.validate(rules, validator);
        }
    }
}

impl<T: Validate + Serialize> Validate for Vec<T> {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        validator.check(check_items(rules, self));
        let rules = rules.items.unwrap_or(&Rules::NONE);
        for (index, item) in self.iter().enumerate() {
            validator.item(index, item, rules);
            if validator.is_full() {
                return;
            }
        }
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        validator.check(check_properties(rules, self.len()));
        validator.rest(self, &[], rules.values.unwrap_or(&Rules::NONE));
    }
}

/// Any JSON: the rules that fit its JSON type apply.
impl Validate for Value {
    fn validate(&self, rules: &'static Rules, validator: &mut Validator<'_>) {
        match self {
            Self::Null => {}
            Self::Bool(value) => validator.check(check_bool(rules, *value)),
            Self::String(text) => validator.check(check_str(rules, text)),
            Self::Number(number) => validator.check(match number.as_i128() {
                Some(value) => check_integer(rules, value),
                None => number
                    .as_f64()
                    .map_or_else(|| Err(Invalid::new("must be a finite number")), |value| check_f64(rules, value)),
            }),
            Self::Array(items) => {
                validator.check(check_items(rules, items));
                let Some(rules) = rules.items else { return };
                for (index, item) in items.iter().enumerate() {
                    validator.item(index, item, rules);
                }
            }
            Self::Object(entries) => {
                validator.check(check_properties(rules, entries.len()));
                let Some(rules) = rules.values else { return };
                for (key, value) in entries {
                    validator.field(key, value, rules);
                }
            }
        }
    }
}

/// Tuples: `prefixItems`.
macro_rules! tuples {
    ($(($($name:ident $index:tt),+)),*) => { $(
        impl<$($name: Validate),+> Validate for ($($name,)+) {
            fn validate(&self, _: &'static Rules, validator: &mut Validator<'_>) {
                $(validator.item($index, &self.$index, &Rules::NONE);)+
            }
        }
    )* };
}

tuples!(
    (A 0),
    (A 0, B 1),
    (A 0, B 1, C 2),
    (A 0, B 1, C 2, D 3),
    (A 0, B 1, C 2, D 3, E 4),
    (A 0, B 1, C 2, D 3, E 4, F 5),
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6),
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
);
