//! Turns generated types into items: one for each type, one for each field and variant, and one for
//! each item that is derived from them, such as constructors and conversions.

use std::iter;

use super::{MODULE_OF_TYPES, Surface, key, spelling};
use crate::emit::types::{conversions, newtype_derives, newtype_is_checked, newtype_lists_values, required};
use crate::emit::{Scope, type_text};
use crate::ir::model::{
    Api, Enum, Extra, Field, IntegerEnum, Newtype, Presence, Struct, TypeDef, TypeKind, TypeModule, TypeUse, Union,
};

/// Adds the types of `types.rs`.
pub(super) fn add(surface: &mut Surface, api: &Api) {
    let scope = Scope::beside(&api.types);
    for (_, definition) in api.types.iter() {
        let name = definition.name.as_str();
        let origin = &definition.origin;
        surface.place(&["type", name], origin);
        surface.lines.entry((origin.file.clone(), origin.line)).or_default().push(name.to_owned());
        surface.origins.entry(origin.pointer.clone()).or_default().push(name.to_owned());
        Type { surface, scope, definition, name }.add();
    }
    api.type_modules.iter().for_each(|module| add_module(surface, api, module));
}

/// Adds a module of types with what it exports.
fn add_module(surface: &mut Surface, api: &Api, module: &TypeModule) {
    let (tag, name) = (module.tag.as_str(), &module.name);
    surface.add(&[MODULE_OF_TYPES, tag], format!("types::{name}: mod"), true);
    for definition in module.types.iter().map(|id| api.types.get(*id)) {
        let names = iter::once(&definition.name).chain(required(definition));
        let lines: Vec<String> = names.map(|ty| format!("types::{name}::{ty} = types::{ty}")).collect();
        surface.add(&[MODULE_OF_TYPES, tag, definition.name.as_str()], lines.join("\n"), true);
    }
}

/// A type that is being added.
struct Type<'a> {
    surface: &'a mut Surface,
    scope: Scope<'a>,
    definition: &'a TypeDef,
    name: &'a str,
}

impl Type<'_> {
    fn add(mut self) {
        match &self.definition.kind {
            TypeKind::Struct(body) => self.add_struct(body),
            TypeKind::Enum(body) => self.add_enum(body),
            TypeKind::IntegerEnum(body) => self.add_integers(body),
            TypeKind::Union(body) => self.add_union(body),
            TypeKind::Newtype(body) => self.add_newtype(body),
            TypeKind::Alias(target) => self.add_alias(target),
        }
        for derive in &self.definition.decoration.derives {
            self.derived(derive, &format!(" impl {derive}"));
        }
    }

    /// Adds the type itself: `: struct` or ` = Vec<String>`.
    fn head(&mut self, text: &str) {
        let line = format!("types::{}{text}", self.name);
        self.surface.add(&["type", self.name], line, true);
    }

    /// Adds a field or variant, under its name in the document.
    fn part(&mut self, wire: &str, text: &str, additive: bool) {
        let line = format!("types::{}{text}", self.name);
        self.surface.add(&["type", self.name, wire], line, additive);
    }

    /// Adds an item that is derived from the fields or variants.
    fn derived(&mut self, what: &str, text: &str) {
        let line = format!("types::{}{text}", self.name);
        self.surface.items.insert(
            key(&["type", self.name, &format!("{}{what}", super::DERIVED)]),
            super::Item { text: line, additive: true },
        );
    }

    fn add_struct(&mut self, body: &Struct) {
        self.head(": struct");
        for field in &body.fields {
            self.add_field(field);
        }
        if let Extra::Kept { name: field, value, .. } = &body.extra {
            let setter = body.extra_setter.as_ref().filter(|setter| *setter != field);
            let setter = setter.map(|setter| format!(", set by {setter}")).unwrap_or_default();
            let value = spelling::ty(self.scope, value);
            self.derived("extra", &format!(".{field}: BTreeMap<String, {value}> other properties{setter}"));
        }
        let asked: Vec<&Field> = body.asked().collect();
        match (asked.as_slice(), &body.required) {
            ([], _) => self.derived("new", "::new()"),
            ([one], _) => self.derived("new", &format!("::new({})", one.name)),
            (_, Some(required)) => self.derived("new", &format!("::new(types::{required})")),
            (_, None) => {}
        }
        if self.definition.default || asked.is_empty() {
            self.derived("Default", " impl Default");
        }
    }

    fn add_field(&mut self, field: &Field) {
        let need = match (field.presence, &field.constant) {
            (Presence::Required, None) => " required",
            (Presence::Required, Some(_)) => " constant",
            (Presence::Optional, _) => "",
        };
        let has_setter = field.presence == Presence::Optional && field.constant.is_none();
        let renamed = has_setter && field.setter != field.name;
        let setter = if renamed { format!(", set by {}", field.setter) } else { String::new() };
        let text = format!(".{}: {}{need}{setter}", field.name, spelling::field(self.scope, field));
        self.part(&field.wire, &text, !field.is_asked());
    }

    fn add_enum(&mut self, body: &Enum) {
        self.head(&format!(": {} enum of strings", openness(body.open)));
        for variant in &body.variants {
            self.part(&variant.wire, &format!("::{} = {:?}", variant.name, variant.wire), body.open);
        }
        let initial = match body.variants.as_slice() {
            [only] => Some(&only.name),
            _ => body.default.as_ref().filter(|_| self.definition.default),
        };
        if let Some(initial) = initial {
            self.derived("Default", &format!(" impl Default = {initial}"));
        }
    }

    fn add_integers(&mut self, body: &IntegerEnum) {
        self.head(&format!(": {} enum of integers", openness(body.open)));
        for (variant, value, _) in &body.variants {
            self.part(&value.to_string(), &format!("::{variant} = {value}"), body.open);
        }
    }

    fn add_union(&mut self, body: &Union) {
        self.head(": union");
        for variant in &body.variants {
            let inner = spelling::ty(self.scope, &variant.ty);
            let inner = if variant.boxed { format!("Box<{inner}>") } else { inner };
            self.part(variant.name.as_str(), &format!("::{}({inner})", variant.name), false);
        }
        for member in conversions(self.definition, body, self.scope) {
            let from = spelling::ty(self.scope, &member.ty);
            self.derived(&format!("From {}", member.name), &format!(" impl From<{from}>"));
        }
    }

    fn add_newtype(&mut self, body: &Newtype) {
        let inner = spelling::ty(self.scope, &body.inner);
        let checked = if newtype_is_checked(body, self.scope) { " checked" } else { "" };
        self.head(&format!(": newtype of {inner}{checked}"));
        if newtype_lists_values(body, self.scope) {
            self.derived("ALL", "::ALL");
        }
        let derives = type_text(&newtype_derives(self.definition, &body.inner));
        for derive in derives.split(", ").filter(|derive| !matches!(*derive, "Clone" | "Debug" | "PartialEq")) {
            self.derived(derive, &format!(" impl {derive}"));
        }
    }

    fn add_alias(&mut self, target: &TypeUse) {
        self.head(&format!(" = {}", spelling::shape(self.scope, &target.shape)));
    }
}

fn openness(open: bool) -> &'static str {
    if open { "open" } else { "closed" }
}
