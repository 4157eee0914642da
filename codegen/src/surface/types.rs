//! Turns generated types into lines: a head for each type, and a line for each field and variant.

use super::Surface;
use crate::emit::{Scope, type_text};
use crate::ir::model::{Api, Extra, Field, Presence, Struct, TypeDef, TypeKind, Union};

/// Adds the types of `types.rs` and `shared.rs`.
///
/// The alias of a shared type has the lines that it would have as a type of its own, and one more:
/// what it is equal to. So a place keeps its lines when another one becomes equal to it.
pub(super) fn add(surface: &mut Surface, api: &Api) {
    let scope = Scope::beside(&api.types);
    for (_, definition) in api.types.iter() {
        let name = format!("types::{}", definition.name);
        add_type(surface, scope, definition, &name);
        if let Some(shared) = definition.shared {
            surface.add(format!("{name} = {}", type_text(&scope.named(shared))));
        }
    }
    for shared in api.types.shared() {
        add_type(surface, scope, api.types.get(shared.id), &type_text(&scope.named(shared.id)));
    }
}

fn add_type(surface: &mut Surface, scope: Scope<'_>, definition: &TypeDef, name: &str) {
    match &definition.kind {
        TypeKind::Struct(body) => add_struct(surface, scope, definition, body, name),
        TypeKind::Enum(body) => {
            let default = body.default.as_ref().map(|variant| format!(" default {variant}")).unwrap_or_default();
            surface.add(format!("{name}: {} enum of strings{default}", openness(body.open)));
            for variant in &body.variants {
                surface.add(format!("{name}::{} = {:?}", variant.name, variant.wire));
            }
        }
        TypeKind::IntegerEnum(body) => {
            surface.add(format!("{name}: {} enum of integers", openness(body.open)));
            for (variant, value, _) in &body.variants {
                surface.add(format!("{name}::{variant} = {value}"));
            }
        }
        TypeKind::Union(body) => add_union(surface, scope, body, name),
        TypeKind::Newtype(body) => {
            let inner = type_text(&scope.ty(&body.inner));
            let checked = if body.inner.rules.is_empty() { "" } else { " checked" };
            let eq = if definition.eq { " Eq" } else { "" };
            surface.add(format!("{name}: newtype of {inner}{checked}{eq}"));
        }
        TypeKind::Alias(target) => surface.add(format!("{name} = {}", type_text(&scope.shape(&target.shape)))),
    }
}

fn openness(open: bool) -> &'static str {
    if open { "open" } else { "closed" }
}

fn add_struct(surface: &mut Surface, scope: Scope<'_>, definition: &TypeDef, body: &Struct, name: &str) {
    let default = if definition.default { " Default" } else { "" };
    surface.add(format!("{name}: struct{default}"));
    for field in &body.fields {
        surface.add(format!("{name}.{}: {}{}", field.name, type_text(&scope.field(field)), need(field)));
    }
    if let Extra::Kept { name: field, value, .. } = &body.extra {
        surface.add(format!("{name}.{field}: BTreeMap<String, {}> other properties", type_text(&scope.ty(value))));
    }
}

fn need(field: &Field) -> &'static str {
    match (field.presence, &field.constant) {
        (Presence::Required, None) => " required",
        (Presence::Required, Some(_)) => " constant",
        (Presence::Optional, _) => "",
    }
}

fn add_union(surface: &mut Surface, scope: Scope<'_>, body: &Union, name: &str) {
    surface.add(format!("{name}: union"));
    for variant in &body.variants {
        let inner = type_text(&scope.ty(&variant.ty));
        let inner = if variant.boxed { format!("Box<{inner}>") } else { inner };
        surface.add(format!("{name}::{}({inner})", variant.name));
    }
}
