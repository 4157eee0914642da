//! Finds the rows of schema keywords quickly and handles sets of them: most of a document is
//! schemas.

use super::field::{Field, Role, ValueType};
use super::schema::SCHEMA;
use crate::document::{Object, VersionLine};

/// The row of a keyword that versions 3.0 to 3.2 have.
pub(super) fn field(keyword: &str) -> Option<&'static Field> {
    SCHEMA.get(position(keyword)?)
}

/// Whether a keyword describes values and limits nothing, like extensions.
///
/// `summary` is not a schema keyword, but many documents use it as one.
#[must_use]
pub fn is_annotation(keyword: &str) -> bool {
    match field(keyword) {
        Some(field) => field.role == Role::Annotation,
        None => keyword.starts_with("x-") || keyword == "summary",
    }
}

/// Whether a keyword concerns the schema and not its values, such as `$id` and `$defs`.
#[must_use]
pub fn is_bookkeeping(keyword: &str) -> bool {
    field(keyword).is_some_and(|field| field.role == Role::Bookkeeping)
}

/// Whether a keyword may limit the values of a schema. Unknown keywords count.
#[must_use]
pub fn constrains(keyword: &str) -> bool {
    field(keyword).map_or_else(|| !is_annotation(keyword), |field| field.role == Role::Constraint)
}

/// The only type that a keyword concerns. `None` if it concerns all types.
#[must_use]
pub fn value_type(keyword: &str) -> Option<ValueType> {
    field(keyword)?.of
}

/// A set of schema keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeywordSet(u128);

impl KeywordSet {
    /// No keyword.
    pub const NONE: Self = Self(0);

    /// Every keyword.
    pub const ANY: Self = Self(u128::MAX);

    /// Extensions.
    pub const EXTENSIONS: Self = Self(1 << 127);

    /// The keywords with these names; used in constants.
    ///
    /// # Panics
    /// At compile time, if there is no such keyword.
    #[must_use]
    pub const fn of(keywords: &[&str]) -> Self {
        let mut set = 0;
        let mut rest = keywords;
        while let [first, after @ ..] = rest {
            let bit = bit_of(first);
            assert!(bit != 0, "there is no such keyword");
            set |= bit;
            rest = after;
        }
        Self(set)
    }

    /// The keywords that constrain values of one type only.
    #[must_use]
    pub const fn of_type(of: ValueType) -> Self {
        let (mut set, mut bit, mut rest) = (0, 1, SCHEMA);
        while let [field, after @ ..] = rest {
            if let (Some(own), Role::Constraint) = (field.of, field.role)
                && own as u8 == of as u8
            {
                set |= bit;
            }
            bit <<= 1;
            rest = after;
        }
        Self(set)
    }

    /// The keywords with a role.
    #[must_use]
    pub const fn with_role(role: Role) -> Self {
        let (mut set, mut bit, mut rest) = (0, 1, SCHEMA);
        while let [field, after @ ..] = rest {
            if field.role as u8 == role as u8 {
                set |= bit;
            }
            bit <<= 1;
            rest = after;
        }
        Self(set)
    }

    /// The keywords that a schema has.
    #[must_use]
    pub fn in_schema(schema: &Object) -> Self {
        schema.keys().fold(Self::NONE, |set, key| set.and(Self::named(key)))
    }

    /// The union of both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the sets have a keyword in common.
    #[must_use]
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The type that the keywords imply where no `type` is given: `minLength` means a string.
    #[must_use]
    pub fn implied_type(self) -> Option<ValueType> {
        const SETS: [(ValueType, KeywordSet); 4] = [
            (ValueType::Object, KeywordSet::of_type(ValueType::Object)),
            (ValueType::Array, KeywordSet::of_type(ValueType::Array)),
            (ValueType::String, KeywordSet::of_type(ValueType::String)),
            (ValueType::Number, KeywordSet::of_type(ValueType::Number)),
        ];
        SETS.iter().find(|(_, keywords)| self.meets(*keywords)).map(|(of, _)| *of)
    }

    fn named(key: &str) -> Self {
        match position(key) {
            Some(position) => Self(1 << position),
            None if key.starts_with("x-") => Self::EXTENSIONS,
            None => Self::NONE,
        }
    }
}

impl FromIterator<KeywordSet> for KeywordSet {
    fn from_iter<I: IntoIterator<Item = KeywordSet>>(sets: I) -> Self {
        sets.into_iter().fold(Self::NONE, Self::and)
    }
}

/// The bit of a keyword, computed at compile time; 0 if there is no such keyword.
const fn bit_of(keyword: &str) -> u128 {
    let (mut bit, mut rest) = (1, SCHEMA);
    while let [field, after @ ..] = rest {
        if is_current(field) && is_same(field.key.as_bytes(), keyword.as_bytes()) {
            return bit;
        }
        bit <<= 1;
        rest = after;
    }
    0
}

const fn is_current(field: &Field) -> bool {
    field.until as u8 >= VersionLine::V3_0 as u8
}

const fn is_same(mut one: &[u8], mut other: &[u8]) -> bool {
    while let ([first, one_after @ ..], [second, other_after @ ..]) = (one, other) {
        if *first != *second {
            return false;
        }
        (one, other) = (one_after, other_after);
    }
    one.is_empty() && other.is_empty()
}

const SLOTS: usize = 256;
const FREE: u8 = u8::MAX;

/// The positions of the keywords in [`SCHEMA`], by hash with open addressing.
static INDEX: [u8; SLOTS] = index();

fn position(keyword: &str) -> Option<usize> {
    let mut slot = hash(keyword.as_bytes());
    loop {
        let position = usize::from(*INDEX.get(slot)?);
        let field = SCHEMA.get(position)?;
        if field.key == keyword {
            return Some(position);
        }
        slot = (slot + 1) % SLOTS;
    }
}

#[expect(clippy::indexing_slicing, reason = "it runs while compiling, where a wrong index is an error")]
#[expect(clippy::cast_possible_truncation, reason = "checked by the assertion")]
const fn index() -> [u8; SLOTS] {
    // Half of the slots stay free, so that a search ends soon. One bit of a set is for extensions.
    assert!(SCHEMA.len() < SLOTS / 2 - 1, "the index and the sets have too little room");
    let mut slots = [FREE; SLOTS];
    let mut position = 0;
    while position < SCHEMA.len() {
        if is_current(&SCHEMA[position]) {
            let mut slot = hash(SCHEMA[position].key.as_bytes());
            while slots[slot] != FREE {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = position as u8;
        }
        position += 1;
    }
    slots
}

const fn hash(mut bytes: &[u8]) -> usize {
    let mut hash = 0_u32;
    while let [first, after @ ..] = bytes {
        hash = hash.wrapping_mul(31).wrapping_add(*first as u32);
        bytes = after;
    }
    hash as usize % SLOTS
}
