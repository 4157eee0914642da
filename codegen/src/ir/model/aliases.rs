//! Looks behind aliases: shapes, constraints and `null`.

use super::{Constraints, Scalar, Shape, TypeKind, TypeTable, TypeUse};
use crate::limits::{ALIAS_CHAIN, CONTAINER_DEPTH};

impl TypeTable {
    /// The target of an alias; `None` for all other shapes.
    #[must_use]
    pub fn alias_target(&self, shape: &Shape) -> Option<&TypeUse> {
        let Shape::Named(id) = shape else { return None };
        match &self.get(*id).kind {
            TypeKind::Alias(target) => Some(target),
            _ => None,
        }
    }

    /// The shape behind any aliases.
    #[must_use]
    pub fn resolved<'s>(&'s self, shape: &'s Shape) -> &'s Shape {
        let mut shape = shape;
        for _ in 0..ALIAS_CHAIN {
            let Some(target) = self.alias_target(shape) else { break };
            shape = &target.shape;
        }
        shape
    }

    /// The merged constraints of a use and of the aliases that it names. All of them apply.
    #[must_use]
    pub fn merged_rules(&self, ty: &TypeUse) -> Constraints {
        let mut merged = ty.constraints.clone();
        let mut shape = &ty.shape;
        for _ in 0..CONTAINER_DEPTH {
            let Some(target) = self.alias_target(shape) else { break };
            merged.tighten(&target.constraints);
            shape = &target.shape;
        }
        merged
    }

    /// Whether `null` is a value in addition to those of the shape. Any JSON already includes it.
    #[must_use]
    pub fn is_nullable(&self, ty: &TypeUse) -> bool {
        let (mut nullable, mut shape) = (ty.nullable, &ty.shape);
        for _ in 0..ALIAS_CHAIN {
            let Some(target) = self.alias_target(shape) else { break };
            nullable |= target.nullable;
            shape = &target.shape;
        }
        nullable && !matches!(shape, Shape::Any | Shape::Scalar(Scalar::Null))
    }
}
