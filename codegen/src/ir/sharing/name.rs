//! Names a shared item after its content: the first words of the content, and a number that is made
//! from all of it.

use crate::ir::model::{HeaderGroup, Presence, ResponseCase, TypeKind};

/// The number of words from the content in a name.
const WORDS: usize = 3;

/// The words that name a type, from its required properties first, or from its values or members.
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

/// The words that name errors: their variants, in the order of their statuses.
pub(super) fn of_errors(cases: &[ResponseCase]) -> String {
    format!("{}-errors", stem(cases.iter().map(|case| case.variant.plain()), "no"))
}

/// The raw name of a class.
pub(super) fn whole(stem: &str, digest: u64) -> String {
    // All bits count, because numbers of similar texts differ most in the middle.
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
