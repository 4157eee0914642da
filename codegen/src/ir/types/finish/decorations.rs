//! Gives types the derives and attributes that `provider.toml` configures.
//!
//! **Invariant:** a comparison or hash is derived where every field has it, and the types that the
//! fields reach get it too. If a type is named and cannot have the trait, that is an error. If only
//! a pattern matches the type, the type is skipped.

use std::collections::{BTreeMap, BTreeSet};

use super::super::choices::DecorationChoice;
use super::super::made::Made;
use crate::config::glob;
use crate::diagnostics::{Diagnostic, Diagnostics, codes};
use crate::ir::model::{Extra, Scalar, Shape, TypeDef, TypeId, TypeKind, TypeTable, TypeUse};

/// A trait that a type can have only if its fields have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Structural {
    Eq,
    Hash,
    Ord,
    PartialOrd,
}

const STRUCTURAL: [Structural; 4] = [Structural::Eq, Structural::Hash, Structural::Ord, Structural::PartialOrd];

/// Why a type cannot have a trait: the part that lacks the trait, and the type of that part or the
/// definition that in turn lacks it.
#[derive(Clone, Debug)]
struct Obstacle {
    part: String,
    cause: Cause,
}

#[derive(Clone, Debug)]
enum Cause {
    Value(&'static str),
    Type(TypeId),
}

/// Sets the decoration of every definition that a choice names.
pub(super) fn set(made: &mut Made<'_>, out: &mut Diagnostics) {
    if made.choices.decorations.is_empty() {
        return;
    }
    let obstacles: BTreeMap<Structural, BTreeMap<TypeId, Obstacle>> =
        STRUCTURAL.into_iter().map(|one| (one, obstacles(&made.table, one))).collect();
    let mut wanted: BTreeSet<(TypeId, Structural)> = BTreeSet::new();
    for choice in made.choices.decorations.clone() {
        let ids = matches(&made.table, &choice.pattern);
        for id in &ids {
            for derive in &choice.derives {
                match structural(derive) {
                    None => add(made, *id, |decoration| &mut decoration.derives, derive),
                    Some(all) => want(made, &choice, *id, all, &obstacles, &mut wanted, out),
                }
            }
            for attribute in &choice.attributes {
                add(made, *id, |decoration| &mut decoration.attributes, attribute);
            }
        }
        if ids.is_empty() {
            out.extend(unmatched(made, &choice));
        }
    }
    for (id, one) in spread(&made.table, wanted) {
        add(made, id, |decoration| &mut decoration.derives, one.name());
    }
}

impl Structural {
    fn name(self) -> &'static str {
        match self {
            Self::Eq => "Eq",
            Self::Hash => "Hash",
            Self::Ord => "Ord",
            Self::PartialOrd => "PartialOrd",
        }
    }
}

/// The traits that a derive represents, including those that it requires.
fn structural(derive: &str) -> Option<&'static [Structural]> {
    match derive {
        "Eq" => Some(&[Structural::Eq]),
        "Hash" => Some(&[Structural::Hash]),
        "PartialOrd" => Some(&[Structural::PartialOrd]),
        "Ord" => Some(&[Structural::Eq, Structural::Ord, Structural::PartialOrd]),
        _ => None,
    }
}

/// The types whose schema or name matches a pattern. An alias has no derives of its own.
fn matches(table: &TypeTable, pattern: &str) -> Vec<TypeId> {
    let fits = |definition: &TypeDef| {
        let names = definition.schema_name.as_deref().into_iter().chain([definition.name.as_str()]);
        !matches!(definition.kind, TypeKind::Alias(_)) && names.into_iter().any(|name| glob(pattern, name, None))
    };
    table.iter().filter(|(_, definition)| fits(definition)).map(|(id, _)| id).collect()
}

fn add(
    made: &mut Made<'_>,
    id: TypeId,
    list: impl Fn(&mut crate::ir::model::Decoration) -> &mut Vec<String>,
    text: &str,
) {
    let Some(definition) = made.table.get_mut(id) else { return };
    let list = list(&mut definition.decoration);
    if !list.iter().any(|known| known == text) {
        list.push(text.to_owned());
    }
}

/// Requests traits for a type, or reports the first one that it cannot have.
fn want(
    made: &Made<'_>,
    choice: &DecorationChoice,
    id: TypeId,
    traits: &[Structural],
    obstacles: &BTreeMap<Structural, BTreeMap<TypeId, Obstacle>>,
    wanted: &mut BTreeSet<(TypeId, Structural)>,
    out: &mut Diagnostics,
) {
    let blocked = traits.iter().find_map(|one| Some((*one, obstacles.get(one)?, obstacles.get(one)?.get(&id)?)));
    let Some((one, all, obstacle)) = blocked else {
        wanted.extend(traits.iter().map(|one| (id, *one)));
        return;
    };
    let Some(span) = choice.span.filter(|_| !choice.pattern.contains('*')) else { return };
    let name = &made.table.get(id).name;
    let (path, value) = explain(obstacle, all);
    let message = format!("`{name}` cannot derive `{}`: `{path}` is {value}, which has no `{0}`", one.name());
    let help = "remove the derive, or replace the schema with a type that has it";
    out.report(Diagnostic::new(&codes::UNMATCHED_TYPE, span, message).help(help));
}

/// The path to the value that lacks a trait, and a description of the value.
fn explain<'o>(mut obstacle: &'o Obstacle, all: &'o BTreeMap<TypeId, Obstacle>) -> (String, &'static str) {
    let mut path = vec![obstacle.part.as_str()];
    for _ in 0..16 {
        match &obstacle.cause {
            Cause::Value(value) => return (path.join("."), value),
            Cause::Type(id) => match all.get(id) {
                Some(next) => obstacle = next,
                None => break,
            },
        }
        path.push(&obstacle.part);
    }
    (path.join("."), "a value")
}

/// The definitions that cannot have a trait.
fn obstacles(table: &TypeTable, one: Structural) -> BTreeMap<TypeId, Obstacle> {
    let mut found: BTreeMap<TypeId, Obstacle> = BTreeMap::new();
    loop {
        let before = found.len();
        for (id, definition) in table.iter() {
            if found.contains_key(&id) {
                continue;
            }
            let parts = parts(definition);
            let obstacle = parts
                .into_iter()
                .find_map(|(part, ty)| cause(ty, one, &found).map(|cause| Obstacle { part: part.to_owned(), cause }));
            found.extend(obstacle.map(|obstacle| (id, obstacle)));
        }
        if found.len() == before {
            return found;
        }
    }
}

/// The parts of a definition that decide which traits it can have.
fn parts(definition: &TypeDef) -> Vec<(&str, &TypeUse)> {
    match &definition.kind {
        TypeKind::Struct(object) => {
            let mut parts: Vec<_> = object.fields.iter().map(|field| (field.name.as_str(), &field.ty)).collect();
            if let Extra::Kept { name, value, .. } = &object.extra {
                parts.push((name.as_str(), value));
            }
            parts
        }
        TypeKind::Union(union) => union.variants.iter().map(|one| (one.name.as_str(), &one.ty)).collect(),
        TypeKind::Newtype(newtype) => vec![("0", &newtype.inner)],
        TypeKind::Alias(target) => vec![(definition.name.as_str(), target)],
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

fn cause(ty: &TypeUse, one: Structural, known: &BTreeMap<TypeId, Obstacle>) -> Option<Cause> {
    let mut open = vec![ty];
    while let Some(ty) = open.pop() {
        match &ty.shape {
            Shape::List(inner) | Shape::Map(inner, _) => open.push(inner),
            Shape::Tuple(items) => open.extend(items),
            Shape::Named(id) if known.contains_key(id) => return Some(Cause::Type(*id)),
            Shape::Any if matches!(one, Structural::Ord | Structural::PartialOrd) => {
                return Some(Cause::Value("any JSON"));
            }
            Shape::Named(_) | Shape::Any => {}
            Shape::Scalar(scalar) => {
                if let Some(value) = lacks(*scalar, one) {
                    return Some(Cause::Value(value));
                }
            }
        }
    }
    None
}

/// A description of a scalar, if the scalar lacks a trait. For types of other crates, only the
/// compiler knows.
fn lacks(scalar: Scalar, one: Structural) -> Option<&'static str> {
    match (scalar, one) {
        (Scalar::Float64, Structural::PartialOrd) | (Scalar::Binary, Structural::Eq) => None,
        (Scalar::Float64, _) => Some("an `f64`"),
        (Scalar::Binary, _) => Some("a file"),
        _ => None,
    }
}

/// Adds the types that others reach, except those that already have the trait.
fn spread(table: &TypeTable, wanted: BTreeSet<(TypeId, Structural)>) -> BTreeSet<(TypeId, Structural)> {
    let mut open: Vec<(TypeId, Structural)> = wanted.into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some((id, one)) = open.pop() {
        if seen.insert((id, one)) {
            open.extend(table.get(id).kind.mentions().into_iter().map(|inner| (inner, one)));
        }
    }
    seen.retain(|(id, _)| lacks_so_far(&table.get(*id).kind));
    seen
}

/// Whether a type is printed without its own comparisons.
fn lacks_so_far(kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Struct(_) | TypeKind::Union(_) => true,
        TypeKind::Newtype(newtype) => !matches!(
            newtype.inner.shape,
            Shape::Scalar(Scalar::Bool | Scalar::Integer(_) | Scalar::Float64 | Scalar::String | Scalar::Text(_))
        ),
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) | TypeKind::Alias(_) => false,
    }
}

fn unmatched(made: &Made<'_>, choice: &DecorationChoice) -> Option<Diagnostic> {
    let span = choice.span?;
    let known = made
        .table
        .iter()
        .flat_map(|(_, definition)| definition.schema_name.as_deref().into_iter().chain([definition.name.as_str()]));
    let help = match crate::diagnostics::nearest(&choice.pattern, known) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "name a schema or a generated type, or remove the entry".to_owned(),
    };
    let message = format!("`{}` in `types.derive` or `types.attributes` fits no type", choice.pattern);
    Some(Diagnostic::new(&codes::UNMATCHED_TYPE, span, message).help(help))
}
