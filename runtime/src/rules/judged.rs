//! How the types of the standard library and of `serde_json` are judged: scalars by the rules of their place,
//! containers by their size and then item by item.

use std::collections::BTreeMap;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::multipart::File;
use crate::value::{Format, MaybeAbsent, Never, Null, Secret, Text};

use super::{
    Invalid, Judge, Judgement, Rules, check_bool, check_f64, check_integer, check_items, check_properties, check_str,
};

impl Judge for str {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        judgement.text(self, rules);
    }
}

impl Judge for String {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        judgement.text(self, rules);
    }
}

impl Judge for bool {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        judgement.check(check_bool(rules, *self));
    }
}

/// Integers of every width are judged as `i128`.
macro_rules! integers {
    ($($type:ty),*) => { $(
        impl Judge for $type {
            fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
                judgement.check(check_integer(rules, i128::from(*self)));
            }
        }
    )* };
}

integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

impl Judge for u128 {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        // Beyond `i128` no document states a bound that this would not satisfy or break alike.
        judgement.check(check_integer(rules, i128::try_from(*self).unwrap_or(i128::MAX)));
    }
}

impl Judge for f64 {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        judgement.check(check_f64(rules, *self));
    }
}

impl Judge for f32 {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        // Through text: the `f64` that is written alike, not the one with the digits of the binary fraction.
        let value = self.to_string().parse().unwrap_or_else(|_| f64::from(*self));
        judgement.check(check_f64(rules, value));
    }
}

impl Judge for () {}

impl Judge for Bytes {}

impl Judge for Null {}
impl Judge for Never {}

/// By its text; what is found does not show it.
impl Judge for Secret {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        judgement.text(self.expose(), rules);
    }
}

/// Text in a format: by the format, then by the rules.
impl<F: Format> Judge for Text<F> {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        if let Err(error) = self.check() {
            judgement.violation(&error);
        }
        judgement.text(self.as_str(), rules);
    }
}

impl<T: Judge> Judge for MaybeAbsent<T> {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        if let Some(value) = self.value() {
            value.judge(rules, judgement);
        }
    }
}

/// Files are judged by whoever reads them.
impl Judge for File {}

impl<T: Judge + ?Sized> Judge for &T {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        (**self).judge(rules, judgement);
    }
}

impl<T: Judge + ?Sized> Judge for Box<T> {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        (**self).judge(rules, judgement);
    }
}

impl<T: Judge> Judge for Option<T> {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        if let Some(value) = self {
            value.judge(rules, judgement);
        }
    }
}

impl<T: Judge + Serialize> Judge for Vec<T> {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        judgement.check(check_items(rules, self));
        let rules = rules.items.unwrap_or(&Rules::NONE);
        for (index, item) in self.iter().enumerate() {
            judgement.item(index, item, rules);
            if judgement.is_full() {
                return;
            }
        }
    }
}

impl<T: Judge> Judge for BTreeMap<String, T> {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        judgement.check(check_properties(rules, self.len()));
        judgement.rest(self, &[], rules.values.unwrap_or(&Rules::NONE));
    }
}

/// Any JSON: the rules that fit its JSON type apply.
impl Judge for Value {
    fn judge(&self, rules: &'static Rules, judgement: &mut Judgement<'_>) {
        match self {
            Self::Null => {}
            Self::Bool(value) => judgement.check(check_bool(rules, *value)),
            Self::String(text) => judgement.check(check_str(rules, text)),
            Self::Number(number) => judgement.check(match number.as_i128() {
                Some(value) => check_integer(rules, value),
                None => number
                    .as_f64()
                    .map_or_else(|| Err(Invalid::new("must be a finite number")), |value| check_f64(rules, value)),
            }),
            Self::Array(items) => {
                judgement.check(check_items(rules, items));
                let Some(rules) = rules.items else { return };
                for (index, item) in items.iter().enumerate() {
                    judgement.item(index, item, rules);
                }
            }
            Self::Object(entries) => {
                judgement.check(check_properties(rules, entries.len()));
                let Some(rules) = rules.values else { return };
                for (key, value) in entries {
                    judgement.field(key, value, rules);
                }
            }
        }
    }
}

/// Tuples: `prefixItems`.
macro_rules! tuples {
    ($(($($name:ident $index:tt),+)),*) => { $(
        impl<$($name: Judge),+> Judge for ($($name,)+) {
            fn judge(&self, _: &'static Rules, judgement: &mut Judgement<'_>) {
                $(judgement.item($index, &self.$index, &Rules::NONE);)+
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
