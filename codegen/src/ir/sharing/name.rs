//! Names what is shared after its content: the first words of it, and a number made of all of it.

use std::collections::BTreeSet;

use crate::ir::model::{HeaderGroup, Presence, ResponseBody, ResponseCase, Shape, Side, TypeKind, TypeTable, TypeUse};

/// A name has this many words of the content.
const WORDS: usize = 3;

/// The words that name a type: required properties first, or values, or members.
pub(super) fn of_type(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Struct(body) => {
            let mut fields: Vec<(bool, &str)> =
                body.fields.iter().map(|field| (field.presence == Presence::Optional, field.wire.as_str())).collect();
            fields.sort_unstable();
            stem(fields.into_iter().map(|(_, wire)| wire), "object")
        }
        TypeKind::Enum(body) => sorted(body.variants.iter().map(|variant| variant.name.plain()), "enum"),
        TypeKind::IntegerEnum(body) => sorted(body.variants.iter().map(|(name, ..)| name.plain()), "enum"),
        TypeKind::Union(body) => sorted(body.variants.iter().map(|variant| variant.name.plain()), "union"),
        TypeKind::Newtype(_) | TypeKind::Alias(_) => "type".to_owned(),
    }
}

/// The words that name a group of headers.
pub(super) fn of_headers(group: &HeaderGroup) -> String {
    format!("{}-headers", sorted(group.headers.iter().map(|header| header.wire.as_str()), "no"))
}

/// The words that name an enum of responses: the variants, the types of their bodies if the
/// document names those, and the side.
pub(super) fn of_outcome(table: &TypeTable, side: Side, cases: &[ResponseCase]) -> String {
    let body = |case: &ResponseCase| match &case.body {
        ResponseBody::Json(TypeUse { shape: Shape::Named(id), .. }) => {
            let definition = table.get(*id);
            definition.schema_name.as_ref().map(|_| definition.name.to_string())
        }
        _ => None,
    };
    let bodies: BTreeSet<String> = cases.iter().filter_map(body).collect();
    let variants = sorted(cases.iter().map(|case| case.variant.plain()), "no");
    let words = std::iter::once(variants).chain(bodies.into_iter().take(WORDS));
    let side = match side {
        Side::Success => "success",
        Side::Error => "error",
    };
    words.chain([side.to_owned()]).collect::<Vec<_>>().join("-")
}

/// The raw name of a class.
pub(super) fn whole(stem: &str, digest: u64) -> String {
    // All bits count: those of similar texts differ most in the middle.
    let folded = (digest ^ (digest >> 24) ^ (digest >> 48)) & 0x00ff_ffff;
    format!("{stem}-x{folded:06x}")
}

fn sorted<'n>(names: impl Iterator<Item = &'n str>, fallback: &str) -> String {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    stem(names.into_iter(), fallback)
}

fn stem<'n>(names: impl Iterator<Item = &'n str>, fallback: &str) -> String {
    let words: Vec<&str> = names.take(WORDS).collect();
    if words.is_empty() { fallback.to_owned() } else { words.join("-") }
}
