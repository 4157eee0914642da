//! Rules about the generated crate: changes that no finding about the document explains.

use super::fixed::{Add, Brk, E, FixedRule, I, N, Ok, W};

#[rustfmt::skip]
pub(super) const RULES: &[FixedRule] = &[
    ("generated-api-changed", N, W, Ok, Brk, "the generated API changed in a way that no other finding explains"),
    ("generated-api-extended", N, I, Ok, Add, "the generated API grew in a way that no other finding explains"),
    ("generated-type-renamed", N, W, Ok, Brk, "a generated type was renamed"),
    ("generated-module-renamed", N, E, Ok, Brk, "the generated module of a provider was renamed"),
    ("generated-module-removed", N, E, Ok, Brk, "the generated crate lost the module and the feature of a provider"),
    ("generated-module-added", N, I, Ok, Add, "the generated crate gained the module and the feature of a provider"),
];
