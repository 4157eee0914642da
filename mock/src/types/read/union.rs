//! Reads values of unions: the runtime chooses the member, by tag or by shape.

use serde::de::{DeserializeSeed as _, Deserializer, Error as _};
use serde_json::Value;
use specwright_runtime::union::{Alternatives, MemberValue, read_among, readings_among};

use super::Seed;
use crate::types::model::{Type, Variant};
use crate::types::value::{Content, Typed};

pub(super) fn read<'de, D: Deserializer<'de>>(
    alternatives: Alternatives,
    variants: &'static [Variant],
    deserializer: D,
) -> Result<Content, D::Error> {
    read_among(deserializer, alternatives, &|index, value| member(variants, index, value))
}

/// A value as each member whose shape it has. `ty` is the union's type.
pub(crate) fn read_each(
    json: &Value,
    alternatives: Alternatives,
    variants: &'static [Variant],
    ty: &'static Type,
) -> Vec<Typed> {
    readings_among(json, alternatives, &|index, value| Some(Typed::new(ty, member(variants, index, value).ok()?)))
}

fn member(variants: &'static [Variant], index: usize, value: MemberValue) -> Result<Content, serde_json::Error> {
    let variant = variants.get(index).ok_or_else(|| serde_json::Error::custom("there is no such member"))?;
    let member = Seed::of(variant.ty).deserialize(value)?;
    Ok(Content::Member(index, Box::new(member)))
}
