//! Reads values of unions: the runtime chooses the member, by tag or by shape.

use serde::de::{DeserializeSeed as _, Deserializer, Error as _};
use specwright_runtime::union::{Alternatives, read_among};

use super::Seed;
use crate::types::model::Variant;
use crate::types::value::Content;

pub(super) fn read<'de, D: Deserializer<'de>>(
    alternatives: Alternatives,
    variants: &'static [Variant],
    deserializer: D,
) -> Result<Content, D::Error> {
    read_among(deserializer, alternatives, &|index, value| {
        let variant = variants.get(index).ok_or_else(|| serde_json::Error::custom("there is no such member"))?;
        let member = Seed::of(variant.ty).deserialize(value)?;
        Ok(Content::Member(index, Box::new(member)))
    })
}
