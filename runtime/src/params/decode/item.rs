//! The pieces of a parameter or form: texts, objects made of texts, and JSON in them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::ParamDecodeError;
use crate::limits::KEYS_OF_NAME;

/// The pairs of an object. They are sorted, so that lookup stays cheap in a form with very many
/// names.
pub(crate) type Entries<'r> = BTreeMap<Cow<'r, str>, Item<'r>>;

/// The text under one name: one, several, or an object.
#[derive(Clone, Debug)]
pub(crate) enum Item<'r> {
    Text(Cow<'r, str>),
    Texts(Vec<Cow<'r, str>>),
    Entries(Entries<'r>),
    /// JSON text.
    Json(Cow<'r, str>),
    /// Several JSON texts under one name.
    Jsons(Vec<Cow<'r, str>>),
    /// The text of one value, split at the delimiter of its style: a list, or an object whose names
    /// and values alternate.
    Delimited(Vec<Cow<'r, str>>),
    /// `null`.
    Null,
    /// No text. Only an option can be read from it.
    Absent,
}

/// How text is read for a type that accepts anything (unions, any JSON).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecodeMode {
    /// As a number or boolean if it looks like one.
    Guess,
    /// As a string.
    Text,
    /// As `Guess`, with the pointer of errors within JSON.
    Located,
    /// As `Guess`, but also accepts percent-encoded delimiters and JSON arrays, which some clients
    /// send, and `1.0` as an integer within JSON.
    Lenient,
}

impl Item<'_> {
    /// Adds another item with the same name; `false` if one of the two is an object.
    pub(super) fn append(&mut self, other: Self) -> bool {
        let (texts, json) = match (std::mem::replace(self, Self::Absent), other) {
            (Self::Text(first), Self::Text(other)) => (vec![first, other], false),
            (Self::Json(first), Self::Json(other)) => (vec![first, other], true),
            (Self::Texts(mut texts), Self::Text(other)) => {
                texts.push(other);
                (texts, false)
            }
            (Self::Jsons(mut texts), Self::Json(other)) => {
                texts.push(other);
                (texts, true)
            }
            (Self::Texts(mut texts) | Self::Delimited(mut texts), Self::Texts(others) | Self::Delimited(others)) => {
                texts.extend(others);
                (texts, false)
            }
            _ => return false,
        };
        *self = if json { Self::Jsons(texts) } else { Self::Texts(texts) };
        true
    }
}

/// Adds an item. A repeated name makes a list.
pub(crate) fn push_entry<'r>(
    entries: &mut Entries<'r>,
    key: Cow<'r, str>,
    item: Item<'r>,
) -> Result<(), ParamDecodeError> {
    match entries.entry(key) {
        Entry::Vacant(place) => {
            place.insert(item);
            Ok(())
        }
        Entry::Occupied(mut place) => {
            if place.get_mut().append(item) {
                Ok(())
            } else {
                Err(mixed().within(place.key()))
            }
        }
    }
}

/// Adds a value at `[a][b]`. Some clients write a list as `[a][]`.
pub(crate) fn push_deep<'r>(
    entries: &mut Entries<'r>,
    path: &str,
    text: Cow<'r, str>,
    depth: usize,
) -> Result<(), ParamDecodeError> {
    let split = path.strip_prefix('[').and_then(|path| path.split_once(']'));
    let Some((key, rest)) = split.filter(|_| depth < KEYS_OF_NAME) else {
        return Err(ParamDecodeError::invalid(format!(
            "must be written `name[key]`, with at most {KEYS_OF_NAME} keys"
        )));
    };
    if rest.is_empty() || rest == "[]" {
        return push_entry(entries, Cow::Owned(key.to_owned()), Item::Text(text));
    }
    match entries.entry(Cow::Owned(key.to_owned())).or_insert_with(|| Item::Entries(Entries::new())) {
        Item::Entries(inner) => push_deep(inner, rest, text, depth + 1),
        _ => Err(mixed()),
    }
    .map_err(|error| error.within(key))
}

fn mixed() -> ParamDecodeError {
    ParamDecodeError::invalid("must not be both a value and an object".to_owned())
}
