//! Defines the types that several places share.

use std::collections::BTreeMap;

use super::classes::Classes;
use super::{Class, docs, name, sorted, uses};
use crate::ir::model::{Doc, TypeDef, TypeId, TypeKind, TypeName, TypeTable, Usage};
use crate::ir::naming::Naming;

/// The classes of equal types.
pub(super) fn classes(table: &TypeTable, classes: &Classes) -> Vec<Class<TypeId>> {
    let shared = classes.shared(table).into_iter();
    let found = shared.map(|(first, members)| Class {
        stem: name::of_type(&table.get(first).kind),
        digest: classes.digest(first),
        members,
    });
    sorted(found.collect())
}

/// Adds the definitions of shared types, and makes the types of their places aliases of them.
pub(super) fn define(table: &mut TypeTable, classes: &[Class<TypeId>], naming: &mut Naming) {
    let names: Vec<TypeName> = classes.iter().map(|class| class.name(naming)).collect();
    let mut shared: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let mut ids = Vec::with_capacity(classes.len());
    for (class, name) in classes.iter().zip(&names) {
        let Some(first) = class.members.first() else { continue };
        let usage = class.members.iter().map(|id| table.get(*id).usage).fold(Usage::default(), Usage::and);
        let definition = TypeDef { name: name.clone(), usage, doc: Doc::default(), ..table.get(*first).clone() };
        let id = table.push_shared(definition, class.members.clone());
        shared.extend(class.members.iter().map(|member| (*member, id)));
        ids.push(id);
    }
    for ((class, name), id) in classes.iter().zip(&names).zip(ids) {
        let kinds: Vec<&TypeKind> = class.members.iter().map(|id| &table.get(*id).kind).collect();
        let Some(mut kind) = docs::common(&kinds) else { continue };
        uses::of_kind(table, &mut kind, &|id| shared.get(&id).copied().unwrap_or(id));
        if let TypeKind::Struct(body) = &mut kind
            && body.required.is_some()
        {
            body.required = Some(naming.shared.type_name(&format!("{name}-required")));
        }
        if let Some(definition) = table.get_mut(id) {
            definition.kind = kind;
        }
        for member in class.members.iter().chain([&id]) {
            if let Some(definition) = table.get_mut(*member) {
                definition.shared = Some(id);
            }
        }
    }
}
