//! The rules of the intermediate representation → the constraints of the runtime, which are static.

use serde_json::Number;
use specwright_codegen::ir::model::{Rules, Shape, TypeKind, TypeTable, TypeUse};
use specwright_runtime::validation::{Bound, Constraints};

use crate::leak::{leak, leak_all, leak_text};

/// Lists of lists, maps of maps and aliases are followed this far, as generated code does.
const DEPTH: usize = 16;

/// Makes the constraints of the uses of types.
#[derive(Clone, Copy, Debug)]
pub struct ConstraintTable<'t> {
    types: &'t TypeTable,
}

impl<'t> ConstraintTable<'t> {
    /// The constraints of the types of an API.
    #[must_use]
    pub fn new(types: &'t TypeTable) -> Self {
        Self { types }
    }

    /// The constraints of a use on a value and its items.
    #[must_use]
    pub fn of(self, ty: &TypeUse) -> &'static Constraints {
        self.within(ty, DEPTH).unwrap_or(&Constraints::NONE)
    }

    fn within(self, ty: &TypeUse, depth: usize) -> Option<&'static Constraints> {
        let depth = depth.checked_sub(1)?;
        let mut found = plain(&self.merged(ty));
        match self.resolved(&ty.shape) {
            Shape::List(item) => found.items = self.within(item, depth),
            Shape::Map(value) => found.values = self.within(value, depth),
            Shape::Tuple(items) => {
                let items: Vec<_> = items.iter().map(|item| self.within(item, depth)).collect();
                if items.iter().any(Option::is_some) {
                    found.prefix = leak_all(items.into_iter().map(|item| item.unwrap_or(&Constraints::NONE)).collect());
                }
            }
            Shape::Named(_) | Shape::Scalar(_) | Shape::Any => {}
        }
        (found != Constraints::NONE).then(|| leak(found))
    }

    /// The rules of a use and of the aliases that it names; both hold.
    fn merged(self, ty: &TypeUse) -> Rules {
        let mut merged = ty.rules.clone();
        let mut shape = &ty.shape;
        for _ in 0..DEPTH {
            let Some(target) = self.alias_target(shape) else { break };
            merged.tighten(&target.rules);
            shape = &target.shape;
        }
        merged
    }

    /// The shape behind any aliases.
    pub(super) fn resolved<'s>(self, shape: &'s Shape) -> &'s Shape
    where
        't: 's,
    {
        let mut shape = shape;
        for _ in 0..DEPTH * 2 {
            let Some(target) = self.alias_target(shape) else { break };
            shape = &target.shape;
        }
        shape
    }

    /// What an alias is another name of.
    pub(super) fn alias_target(self, shape: &Shape) -> Option<&'t TypeUse> {
        let Shape::Named(id) = shape else { return None };
        match &self.types.get(*id).kind {
            TypeKind::Alias(target) => Some(target),
            _ => None,
        }
    }
}

/// Constraints on a value without items.
pub(super) fn plain(rules: &Rules) -> Constraints {
    Constraints {
        min_length: rules.min_length,
        max_length: rules.max_length,
        pattern: rules.pattern.as_deref().map(leak_text),
        minimum: rules.minimum.as_ref().map(bound),
        maximum: rules.maximum.as_ref().map(bound),
        exclusive_minimum: rules.exclusive_minimum.as_ref().map(bound),
        exclusive_maximum: rules.exclusive_maximum.as_ref().map(bound),
        multiple_of: rules.multiple_of.as_ref().map(bound),
        min_items: rules.min_items,
        max_items: rules.max_items,
        unique_items: rules.unique_items,
        min_properties: rules.min_properties,
        max_properties: rules.max_properties,
        allowed: leak_all(rules.allowed.iter().map(|value| leak_text(&value.to_string())).collect()),
        ..Constraints::NONE
    }
}

fn bound(number: &Number) -> Bound {
    match number.as_i128() {
        Some(whole) => Bound::Integer(whole),
        None => Bound::Float(number.as_f64().filter(|float| float.is_finite()).unwrap_or_default()),
    }
}
