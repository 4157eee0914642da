//! Validation of standard types and of `serde_json`. Scalars are checked against the constraints of
//! their use; containers are checked by size and then item by item.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::{
    Constraints, Invalid, Validate, Validator, check_bool, check_f64, check_integer, check_items, check_properties,
    check_str,
};
use crate::value::{Format, MaybeAbsent, Never, Null, Secret, Text};

impl Validate for str {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.text(self, constraints);
    }
}

impl Validate for String {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.text(self, constraints);
    }
}

impl Validate for bool {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.check(check_bool(constraints, *self));
        validator.assert(self, constraints.assertions);
    }
}

/// Integers of every width are checked as `i128`.
macro_rules! integers {
    ($($type:ty),*) => { $(
        impl Validate for $type {
            fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
                validator.check(check_integer(constraints, i128::from(*self)));
                validator.assert(self, constraints.assertions);
            }
        }
    )* };
}

integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl Validate for u128 {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        // No bound distinguishes values beyond `i128`.
        validator.check(check_integer(constraints, i128::try_from(*self).unwrap_or(i128::MAX)));
        validator.assert(self, constraints.assertions);
    }
}

impl Validate for f64 {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.check(check_f64(constraints, *self));
        validator.assert(self, constraints.assertions);
    }
}

impl Validate for f32 {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        // The conversion through text gives the `f64` with the same decimal digits, not with those
        // of the binary fraction.
        let value = self.to_string().parse().unwrap_or_else(|_| f64::from(*self));
        validator.check(check_f64(constraints, value));
        validator.assert(self, constraints.assertions);
    }
}

impl Validate for () {}

impl Validate for Bytes {}

impl Validate for Null {}
impl Validate for Never {}

/// Checks the text, which violations do not show.
impl Validate for Secret {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.text(self.expose(), constraints);
    }
}

/// Checks the format first, then the constraints.
impl<F: Format> Validate for Text<F> {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        if let Err(error) = self.check() {
            validator.check(Err(Invalid::of("format", error.to_string())));
        }
        validator.text(self.as_str(), constraints);
    }
}

impl<T: Validate> Validate for MaybeAbsent<T> {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        if let Some(value) = self.value() {
            value.validate(constraints, validator);
        }
    }
}

impl<T: Validate + ?Sized> Validate for &T {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        (**self).validate(constraints, validator);
    }
}

impl<T: Validate + ?Sized> Validate for Box<T> {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        (**self).validate(constraints, validator);
    }
}

impl<T: Validate> Validate for Option<T> {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        if let Some(value) = self {
            value.validate(constraints, validator);
        }
    }
}

impl<T: Validate + Serialize> Validate for Vec<T> {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.items(self, constraints);
        validator.container(self, constraints);
        let constraints = constraints.items.unwrap_or(&Constraints::NONE);
        for (index, item) in self.iter().enumerate() {
            validator.item(index, item, constraints);
            if validator.is_full() {
                return;
            }
        }
    }
}

impl<K: AsRef<str> + Serialize, T: Validate + Serialize> Validate for BTreeMap<K, T> {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.check(check_properties(constraints, self.len()));
        validator.container(self, constraints);
        validator.rest(self, &[], constraints.values.unwrap_or(&Constraints::NONE));
    }
}

/// Any JSON. The constraints for its JSON type apply.
impl Validate for Value {
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        validator.assert(self, constraints.assertions);
        match self {
            Self::Null => validator.allowed(self, constraints),
            Self::Bool(value) => validator.check(check_bool(constraints, *value)),
            Self::String(text) => validator.check(check_str(constraints, text)),
            Self::Number(number) => validator.check(match number.as_i128() {
                Some(value) => check_integer(constraints, value),
                None => number.as_f64().map_or_else(
                    || Err(Invalid::of("type", "must be a finite number")),
                    |value| check_f64(constraints, value),
                ),
            }),
            Self::Array(items) => {
                validator.check(check_items(constraints, items));
                validator.allowed(self, constraints);
                let Some(constraints) = constraints.items else { return };
                for (index, item) in items.iter().enumerate() {
                    validator.item(index, item, constraints);
                }
            }
            Self::Object(entries) => {
                validator.check(check_properties(constraints, entries.len()));
                validator.allowed(self, constraints);
                let Some(constraints) = constraints.values else { return };
                for (key, value) in entries {
                    validator.field(key, value, constraints);
                }
            }
        }
    }
}

/// Tuples: `prefixItems`.
macro_rules! tuples {
    ($(($($name:ident $index:tt),+)),*) => { $(
        impl<$($name: Validate + Serialize),+> Validate for ($($name,)+) {
            fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
                validator.assert(self, constraints.assertions);
                $(validator.item($index, &self.$index, constraints.prefix.get($index).copied().unwrap_or(&Constraints::NONE));)+
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
