//! Finds the types whose values have constraints, and the types to which some use adds constraints.

use std::collections::{BTreeSet, HashMap};

use crate::ir::model::{
    Api, BodyKind, Constraints, Extra, Operation, Scalar, Shape, TypeDef, TypeId, TypeKind, TypeUse,
};
use crate::limits::SHAPE_DEPTH;

/// Types whose values have constraints beyond their shape.
pub(super) struct ConstrainedTypes {
    constrained: BTreeSet<TypeId>,
    /// Types to which some use adds its own constraints.
    narrowed: BTreeSet<TypeId>,
    /// Types to which some use adds constraints that concern objects.
    asserted: BTreeSet<TypeId>,
}

impl ConstrainedTypes {
    /// Spreads from types with constraints to all that they are part of, so cycles terminate.
    pub(super) fn of(api: &Api) -> Self {
        let of_objects = |constraints: &Constraints| {
            constraints.min_properties.is_some()
                || constraints.max_properties.is_some()
                || !constraints.assertions.is_empty()
        };
        let narrowed = narrowed(api, &|constraints| !constraints.is_empty());
        let asserted = self::narrowed(api, &of_objects);
        let mut constrained = Self { constrained: BTreeSet::new(), narrowed, asserted };
        let mut open: Vec<TypeId> = api
            .types
            .all()
            .filter(|(_, definition)| constrained.is_constrained(definition))
            .map(|(id, _)| id)
            .collect();
        let users = users(api);
        while let Some(id) = open.pop() {
            if constrained.constrained.insert(id) {
                open.extend(users.get(&id).into_iter().flatten());
            }
        }
        constrained
    }

    /// Whether some use of a type adds constraints to it.
    pub(super) fn is_narrowed(&self, id: TypeId) -> bool {
        self.narrowed.contains(&id)
    }

    /// Whether some use of a type adds constraints that concern objects.
    pub(super) fn is_asserted(&self, id: TypeId) -> bool {
        self.asserted.contains(&id)
    }

    /// Whether a type has constraints, apart from those of named types within it that are not yet known.
    fn is_constrained(&self, definition: &TypeDef) -> bool {
        if !definition.assertions.is_empty() {
            return true;
        }
        match &definition.kind {
            TypeKind::Struct(structure) => {
                !structure.constraints.is_empty()
                    || structure.fields.iter().any(|field| self.has_constraints(&field.ty))
                    || match &structure.extra {
                        Extra::Ignored => false,
                        Extra::Denied => true,
                        Extra::Kept { value, patterns, .. } => !patterns.is_empty() || self.has_constraints(value),
                    }
            }
            TypeKind::Enum(values) => values.open && !values.extensible,
            TypeKind::IntegerEnum(values) => values.open,
            TypeKind::Union(union) => union.variants.iter().any(|variant| self.has_constraints(&variant.ty)),
            TypeKind::Newtype(newtype) => self.has_constraints(&newtype.inner),
            TypeKind::Alias(target) => self.has_constraints(target),
        }
    }

    /// Whether a use has constraints beyond its shape.
    pub(super) fn has_constraints(&self, ty: &TypeUse) -> bool {
        self.has_constraints_within(ty, SHAPE_DEPTH)
    }

    fn has_constraints_within(&self, ty: &TypeUse, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return true };
        if !ty.constraints.is_empty() {
            return true;
        }
        match &ty.shape {
            Shape::Named(id) => self.constrained.contains(id),
            Shape::Scalar(scalar) => matches!(scalar, Scalar::Text(_) | Scalar::Never),
            Shape::List(part) | Shape::Map(part, _) => self.has_constraints_within(part, depth),
            Shape::Tuple(parts) => parts.iter().any(|part| self.has_constraints_within(part, depth)),
            Shape::Any => false,
        }
    }
}

/// The types that each named type is part of.
fn users(api: &Api) -> HashMap<TypeId, Vec<TypeId>> {
    let mut users: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
    for (user, definition) in api.types.all() {
        let mut open = of_definition(&definition.kind);
        while let Some(ty) = open.pop() {
            match &ty.shape {
                Shape::Named(id) => users.entry(*id).or_default().push(user),
                Shape::List(part) | Shape::Map(part, _) => open.push(part),
                Shape::Tuple(parts) => open.extend(parts),
                Shape::Scalar(_) | Shape::Any => {}
            }
        }
    }
    users
}

/// The named types to which some use adds constraints, either directly or as members of a union.
fn narrowed(api: &Api, adds: &dyn Fn(&Constraints) -> bool) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<(&TypeUse, bool)> =
        api.types.all().flat_map(|(_, definition)| of_definition(&definition.kind)).map(|ty| (ty, false)).collect();
    let webhooks = api.webhooks.iter().flat_map(|webhooks| &webhooks.items).map(|webhook| &webhook.operation);
    open.extend(api.operations.iter().chain(webhooks).flat_map(of_operation).map(|ty| (ty, false)));
    while let Some((ty, inherited)) = open.pop() {
        let constrained = inherited || adds(&ty.constraints);
        match &ty.shape {
            Shape::Named(id) if constrained && found.insert(*id) => match &api.types.get(*id).kind {
                TypeKind::Union(union) => open.extend(union.variants.iter().map(|variant| (&variant.ty, true))),
                TypeKind::Alias(target) => open.push((target, true)),
                _ => {}
            },
            Shape::List(item) | Shape::Map(item, _) => open.push((item, false)),
            Shape::Tuple(items) => open.extend(items.iter().map(|item| (item, false))),
            Shape::Named(_) | Shape::Scalar(_) | Shape::Any => {}
        }
    }
    found
}

/// The uses of types in a definition.
fn of_definition(kind: &TypeKind) -> Vec<&TypeUse> {
    match kind {
        TypeKind::Struct(structure) => {
            let extra = match &structure.extra {
                Extra::Kept { value, .. } => Some(&**value),
                Extra::Ignored | Extra::Denied => None,
            };
            structure.fields.iter().map(|field| &field.ty).chain(extra).collect()
        }
        TypeKind::Union(union) => union.variants.iter().map(|variant| &variant.ty).collect(),
        TypeKind::Newtype(newtype) => vec![&newtype.inner],
        TypeKind::Alias(target) => vec![target],
        TypeKind::Enum(_) | TypeKind::IntegerEnum(_) => Vec::new(),
    }
}

/// The uses of types in the request of an operation.
fn of_operation(operation: &Operation) -> Vec<&TypeUse> {
    let contents = operation.body.iter().flat_map(|body| &body.contents);
    let bodies = contents.filter_map(|content| match &content.kind {
        BodyKind::Json(ty)
        | BodyKind::Form { ty, .. }
        | BodyKind::Text(ty)
        | BodyKind::Lines(ty)
        | BodyKind::Events(ty) => Some(ty),
        BodyKind::Multipart { .. } | BodyKind::Binary => None,
    });
    operation.parameters.iter().map(|parameter| &parameter.ty).chain(bodies).collect()
}
