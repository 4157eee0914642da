//! Gives path parameters newtypes if two of them could be swapped.
//!
//! **Invariant:** the name of a newtype comes from the document, and equal names with equal constraints
//! are the same type.

use super::builder::TypeBuilder;
use super::{NameHint, PathParameter};
use crate::diagnostics::Diagnostics;
use crate::ir::model::{Newtype, Scalar, Shape, TypeId, TypeKind, TypeUse, Usage};
use crate::ir::naming::pascal;

impl<'d> TypeBuilder<'d> {
    /// The types of all path parameters of one operation, in their order. They are newtypes if the
    /// document names the parameter, or if two of them could be swapped.
    pub fn path_parameters(
        &mut self,
        parameters: &[PathParameter<'d, '_>],
        hint: &NameHint,
        out: &mut Diagnostics,
    ) -> Vec<TypeUse> {
        let usage = Usage { request: true, response: false };
        let hint = |p: &PathParameter<'d, '_>| {
            p.component.map_or_else(|| hint.child(p.name), |name| NameHint::of_component(name, ""))
        };
        let types = parameters.iter().map(|p| self.type_use(p.schema, p.pointer, usage, &hint(p), out));
        let types: Vec<TypeUse> = types.collect();
        let alike = |ty: &TypeUse| types.iter().filter(|other| other.shape == ty.shape).count() > 1;
        let wrapped = parameters.iter().zip(&types).map(|(parameter, ty)| {
            let name = parameter.component.or_else(|| alike(ty).then_some(parameter.name));
            match name {
                Some(name) if is_bare(ty) => self.parameter_type(name, ty, parameter),
                _ => ty.clone(),
            }
        });
        wrapped.collect()
    }

    /// The newtype with this name and content: that of a component schema, that of another
    /// operation, or a new one.
    fn parameter_type(&mut self, name: &str, ty: &TypeUse, parameter: &PathParameter<'d, '_>) -> TypeUse {
        let stem = pascal(
            name.strip_suffix("Param")
                .or_else(|| name.strip_suffix("_param"))
                .filter(|stem| !stem.is_empty())
                .unwrap_or(name),
        );
        let inner = TypeUse { nullable: false, ..ty.clone() };
        let mut known = self.parameters.get(&stem).cloned().unwrap_or_default();
        known.extend(self.component_called(&stem));
        let id = known.into_iter().find(|id| self.wraps(*id, &inner));
        let id = id.unwrap_or_else(|| self.new_parameter(&stem, inner, parameter));
        let ty = TypeUse {
            shape: Shape::Named(id),
            nullable: ty.nullable,
            constraints: crate::ir::model::Constraints::default(),
        };
        self.use_in(&ty, Usage { request: true, response: false });
        ty
    }

    /// The type of the component schema that has the name that a parameter would get.
    fn component_called(&mut self, stem: &str) -> Option<TypeId> {
        let index = self.component_names.iter().position(|name| name.as_str() == stem)?;
        let conjunct = self.graph().conjunct(index)?;
        let mode = self.graph().mode(std::slice::from_ref(&conjunct), super::mode::Mode::Request);
        let id = self.target_type(&conjunct, mode);
        self.drain();
        Some(id)
    }

    fn wraps(&self, id: TypeId, inner: &TypeUse) -> bool {
        matches!(&self.table.get(id).kind, TypeKind::Newtype(newtype) if newtype.inner == *inner)
    }

    fn new_parameter(&mut self, stem: &str, inner: TypeUse, parameter: &PathParameter<'d, '_>) -> TypeId {
        let path = self.root_path(parameter.schema, parameter.pointer, stem);
        let conjunct = super::conjunction::Conjunct::new(parameter.schema, path.clone());
        let id = self.reserve(std::slice::from_ref(&conjunct), &path, super::mode::Mode::Any);
        if let Some(source) = self.sources.last_mut() {
            source.stem = Some(stem.to_owned());
        }
        if let Some(definition) = self.table.get_mut(id) {
            definition.kind = TypeKind::Newtype(Newtype::of(inner));
        }
        self.parameters.entry(stem.to_owned()).or_default().push(id);
        id
    }
}

/// Whether a type is a primitive that does not say what it identifies.
fn is_bare(ty: &TypeUse) -> bool {
    matches!(ty.shape, Shape::Scalar(Scalar::String | Scalar::Integer(_)))
}
