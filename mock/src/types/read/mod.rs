//! Reads values by their types. Each type asks the deserializer for the same form as the generated
//! type, so that parameters, forms and JSON are split and refused in the same way.

mod object;
mod union;

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde_json::Value;

pub(super) use self::union::read_each;
use super::model::{Definition, Kind, Shape, Type};
use super::scalar;
use super::value::{Content, Typed};

tokio::task_local! {
    /// The type of the value that is read next. The runtime reads parameters and bodies into a Rust
    /// type. Here there is only one such type, so this variable distinguishes its values. Parts of
    /// a value get their types from the whole.
    static EXPECTED: &'static Type;
}

/// Reads values of a type within a future.
pub async fn expecting<F: Future>(ty: &'static Type, reading: F) -> F::Output {
    EXPECTED.scope(ty, reading).await
}

/// Reads values of a type within a function.
pub fn expecting_now<T>(ty: &'static Type, read: impl FnOnce() -> T) -> T {
    EXPECTED.sync_scope(ty, read)
}

impl<'de> Deserialize<'de> for Typed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match EXPECTED.try_with(|ty| *ty) {
            Ok(ty) => Seed::of(ty).deserialize(deserializer),
            Err(_) => Err(D::Error::custom("no value is expected here")),
        }
    }
}

impl Typed {
    /// Reads a value of JSON.
    ///
    /// # Errors
    /// If the generated type does not read it.
    pub fn from_json(ty: &'static Type, json: &Value) -> Result<Self, serde_json::Error> {
        Seed::of(ty).deserialize(json)
    }
}

/// Reads a value of a type.
#[derive(Clone, Copy)]
struct Seed {
    ty: &'static Type,
    /// Whether numbers are also read from their text.
    reads_text: bool,
}

impl Seed {
    fn of(ty: &'static Type) -> Self {
        Self { ty, reads_text: false }
    }

    fn typed(self, content: Content) -> Typed {
        Typed::new(self.ty, content)
    }
}

impl<'de> DeserializeSeed<'de> for Seed {
    type Value = Typed;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Typed, D::Error> {
        if self.ty.nullable {
            return deserializer.deserialize_option(Nullable(self));
        }
        content(self.ty.shape, self.reads_text, deserializer).map(|content| self.typed(content))
    }
}

/// Reads a value of a shape.
fn content<'de, D: Deserializer<'de>>(shape: Shape, reads_text: bool, deserializer: D) -> Result<Content, D::Error> {
    match shape {
        Shape::Scalar(one) => scalar::read(one, reads_text, deserializer),
        Shape::Foreign(format) => scalar::read_foreign(format, deserializer),
        Shape::List(item) => deserializer.deserialize_seq(Items(Seed { ty: item, reads_text })),
        Shape::Map(value) => deserializer.deserialize_map(Entries(Seed { ty: value, reads_text })),
        Shape::Tuple(places) => deserializer.deserialize_tuple(places.len(), Places(places)),
        Shape::Any => Value::deserialize(deserializer).map(Content::Any),
        Shape::Named(definition) => named(definition, deserializer),
    }
}

fn named<'de, D: Deserializer<'de>>(definition: &'static Definition, deserializer: D) -> Result<Content, D::Error> {
    match definition.kind() {
        Kind::Object(structure) => object::read(definition.name, structure, deserializer),
        Kind::Texts { values, open, .. } => {
            deserializer.deserialize_str(ListedText { values, open: *open, name: definition.name })
        }
        Kind::Integers { values, open } => {
            let number = i64::deserialize(deserializer)?;
            if *open || values.contains(&number) {
                return Ok(Content::Integer(number.into()));
            }
            Err(D::Error::custom("must be one of the documented numbers"))
        }
        Kind::Union { alternatives, variants } => union::read(*alternatives, variants, deserializer),
        Kind::Newtype { reads_numbers: true, .. } => {
            specwright_runtime::text::read_or_number(deserializer, definition.name).map(Content::Text)
        }
        Kind::Newtype { inner, reads_text, .. } => {
            let seed = Seed { ty: inner, reads_text: *reads_text };
            seed.deserialize(deserializer).map(|typed| typed.content)
        }
        Kind::Unknown => Value::deserialize(deserializer).map(Content::Any),
    }
}

/// A value or `null`.
struct Nullable(Seed);

impl<'de> Visitor<'de> for Nullable {
    type Value = Typed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("option")
    }

    fn visit_unit<E>(self) -> Result<Typed, E> {
        Ok(self.0.typed(Content::Null))
    }

    fn visit_none<E>(self) -> Result<Typed, E> {
        Ok(self.0.typed(Content::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Typed, D::Error> {
        content(self.0.ty.shape, self.0.reads_text, deserializer).map(|content| self.0.typed(content))
    }
}

/// The items of a list.
struct Items(Seed);

impl<'de> Visitor<'de> for Items {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Content, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(self.0)? {
            items.push(item);
        }
        Ok(Content::List(items))
    }
}

/// The values of a map.
struct Entries(Seed);

impl<'de> Visitor<'de> for Entries {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Content, A::Error> {
        let mut entries = BTreeMap::new();
        while let Some(key) = access.next_key::<String>()? {
            entries.insert(key, access.next_value_seed(self.0)?);
        }
        Ok(Content::Map(entries))
    }
}

/// The items of a tuple.
struct Places(&'static [Type]);

impl<'de> Visitor<'de> for Places {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a tuple of size {}", self.0.len())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Content, A::Error> {
        let mut items = Vec::with_capacity(self.0.len());
        for (index, ty) in self.0.iter().enumerate() {
            match access.next_element_seed(Seed::of(ty))? {
                Some(item) => items.push(item),
                None => return Err(A::Error::invalid_length(index, &self)),
            }
        }
        Ok(Content::List(items))
    }
}

/// Text with listed values.
struct ListedText {
    values: &'static [&'static str],
    open: bool,
    name: &'static str,
}

impl Visitor<'_> for ListedText {
    type Value = Content;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a value of {}", self.name)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Content, E> {
        if self.open || self.values.contains(&text) {
            return Ok(Content::Text(text.to_owned()));
        }
        Err(E::invalid_value(Unexpected::Str(text), &self))
    }
}
