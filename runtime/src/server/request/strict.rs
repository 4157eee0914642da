//! JSON text → a typed value, as a server must read it. Errors have a pointer, and `null` is
//! refused for a property that is only optional.
//!
//! The mode is the type of the deserializer, [`Strict`]. A server compiles each type for this mode
//! and for plain `serde_json`, which is faster and reads every text for which the two agree.

use std::cell::RefCell;
use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use crate::object::OPTIONAL;
use crate::union::UNION;
use crate::validation::validator::push_key;

/// Reads a value; an error leaves its path in `trace`.
pub(super) fn read<T: DeserializeOwned>(json: &str, trace: &Trace) -> Result<T, serde_json::Error> {
    trace.steps.borrow_mut().clear();
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let value = T::deserialize(Strict { inner: &mut deserializer, trace })?;
    deserializer.end()?;
    Ok(value)
}

/// Whether `null` may be a value in the text. If it is not, strict and plain reading agree.
pub(super) fn may_hold_null(json: &[u8]) -> bool {
    // The `u` is the rarest letter of `null`.
    memchr::memchr_iter(b'u', json).any(|at| at > 0 && json[at - 1..].starts_with(b"null"))
}

/// The path to an error, from the inside out.
#[derive(Default)]
pub(super) struct Trace {
    steps: RefCell<Vec<Step>>,
}

enum Step {
    Key(String),
    Index(usize),
}

impl Trace {
    /// The pointer of the error in a text at the pointer `root`.
    pub(super) fn pointer(&self, root: &str) -> String {
        let mut pointer = root.to_owned();
        for step in self.steps.borrow().iter().rev() {
            match step {
                Step::Key(key) => push_key(&mut pointer, key),
                Step::Index(index) => push_key(&mut pointer, &index.to_string()),
            }
        }
        pointer
    }

    fn note(&self, step: Step) {
        self.steps.borrow_mut().push(step);
    }
}

/// A deserializer, visitor or access of `serde_json` that passes the mode on to everything inside.
struct Strict<'t, X> {
    inner: X,
    trace: &'t Trace,
}

impl<'t, X> Strict<'t, X> {
    fn wrap<Y>(&self, inner: Y) -> Strict<'t, Y> {
        Strict { inner, trace: self.trace }
    }
}

macro_rules! forward {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => { $(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            let visitor = self.wrap(visitor);
            self.inner.$method($($argument,)* visitor)
        }
    )* };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<'_, D> {
    type Error = D::Error;

    forward! {
        deserialize_any(); deserialize_bool(); deserialize_char(); deserialize_str(); deserialize_string();
        deserialize_i8(); deserialize_i16(); deserialize_i32(); deserialize_i64(); deserialize_i128();
        deserialize_u8(); deserialize_u16(); deserialize_u32(); deserialize_u64(); deserialize_u128();
        deserialize_f32(); deserialize_f64(); deserialize_bytes(); deserialize_byte_buf(); deserialize_option();
        deserialize_unit(); deserialize_seq(); deserialize_map(); deserialize_identifier(); deserialize_ignored_any();
        deserialize_unit_struct(name: &'static str);
        deserialize_tuple(length: usize);
        deserialize_tuple_struct(name: &'static str, length: usize);
        deserialize_struct(name: &'static str, fields: &'static [&'static str]);
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        match name {
            OPTIONAL => {
                let visitor = NotNull(self.wrap(visitor));
                self.inner.deserialize_option(visitor)
            }
            // The members of a union are read by another deserializer. This call makes that one
            // strict too.
            UNION => visitor.visit_some(self),
            _ => {
                let visitor = self.wrap(visitor);
                self.inner.deserialize_newtype_struct(name, visitor)
            }
        }
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! visit_scalars {
    ($($method:ident: $type:ty),* $(,)?) => { $(
        fn $method<E: serde::de::Error>(self, value: $type) -> Result<V::Value, E> {
            self.inner.$method(value)
        }
    )* };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit_scalars! {
        visit_bool: bool, visit_i64: i64, visit_i128: i128, visit_u64: u64, visit_u128: u128, visit_f64: f64,
        visit_str: &str, visit_borrowed_str: &'de str, visit_string: String, visit_bytes: &[u8],
        visit_borrowed_bytes: &'de [u8], visit_byte_buf: Vec<u8>,
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.wrap(deserializer);
        self.inner.visit_some(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        let deserializer = self.wrap(deserializer);
        self.inner.visit_newtype_struct(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        let items = Items { access: self.wrap(items), next: 0 };
        self.inner.visit_seq(items)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<V::Value, A::Error> {
        let entries = Entries { access: self.wrap(entries), key: String::new() };
        self.inner.visit_map(entries)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        // Enums of generated code are texts, so they contain nothing.
        self.inner.visit_enum(access)
    }
}

/// The visitor of an optional property's value.
struct NotNull<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for NotNull<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        Err(E::custom("`null` is not allowed here"))
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        Err(E::custom("`null` is not allowed here"))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(deserializer)
    }
}

/// The items of a list. If one fails, its index is recorded.
struct Items<'t, A> {
    access: Strict<'t, A>,
    next: usize,
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Items<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let index = self.next;
        self.next += 1;
        let seed = self.access.wrap(seed);
        self.access.inner.next_element_seed(seed).inspect_err(|_| self.access.trace.note(Step::Index(index)))
    }

    fn size_hint(&self) -> Option<usize> {
        self.access.inner.size_hint()
    }
}

/// The entries of an object. If one fails, its key is recorded.
struct Entries<'t, A> {
    access: Strict<'t, A>,
    key: String,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Entries<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        if self.access.inner.next_key_seed(KeyBuffer(&mut self.key))?.is_none() {
            return Ok(None);
        }
        let key: StrDeserializer<'_, A::Error> = self.key.as_str().into_deserializer();
        seed.deserialize(key).map(Some).inspect_err(|_| self.access.trace.note(Step::Key(self.key.clone())))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        let seed = self.access.wrap(seed);
        self.access.inner.next_value_seed(seed).inspect_err(|_| self.access.trace.note(Step::Key(self.key.clone())))
    }

    fn size_hint(&self) -> Option<usize> {
        self.access.inner.size_hint()
    }
}

/// Reads a key into a buffer that all keys of an object share.
struct KeyBuffer<'k>(&'k mut String);

impl<'de> DeserializeSeed<'de> for KeyBuffer<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeyBuffer<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a property")
    }

    fn visit_str<E>(self, key: &str) -> Result<(), E> {
        self.0.clear();
        self.0.push_str(key);
        Ok(())
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        let deserializer = self.wrap(deserializer);
        self.inner.deserialize(deserializer)
    }
}
