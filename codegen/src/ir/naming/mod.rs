//! Turns names in the document into Rust names that are valid, not reserved, and unique in their
//! scope.
//!
//! **Invariant:** a name depends only on its text and on the names with which it collides, so a new
//! schema does not rename another one. Rust names are made nowhere else.
//!
//! The words of a name come from the caller: the ID of an operation (`ids`, if the document has
//! none), the place of a type (`types/hint`), the label of a member (`types/unions/label`), or the
//! definitions of a shared type (`sharing/name`).

mod case;
mod made_ids;
pub mod reserved;
mod scope;
mod short;
mod words;

pub use case::{Case, pascal, plain, screaming, snake};
pub(super) use case::{fnv, fnv64};
pub(super) use made_ids::id_of;
pub use scope::Scope;
pub use short::beside;

use super::model::{ConstantName, FieldName, FunctionName, ModuleName, TypeName, VariantName};

/// The names of the types of an API, with one scope for each generated module.
///
/// **Invariant:** a schema never renames an item of an operation, and an operation never renames a
/// schema.
#[derive(Clone, Debug)]
pub struct Naming {
    types: Scope,
    /// Results and headers of operations.
    pub operations: Scope,
    /// Request builders, and the sender of webhooks.
    pub client: Scope,
    /// Traits and inputs of the server, and the receiver of webhooks.
    pub server: Scope,
    /// Definitions that several types are aliases of.
    pub shared: Scope,
    /// Groups of the client's methods.
    pub groups: Scope,
}

impl Default for Naming {
    fn default() -> Self {
        Self::new()
    }
}

impl Naming {
    /// An API without types. Reserved names are taken.
    #[must_use]
    pub fn new() -> Self {
        let scope = || Scope::reserving(reserved::TYPES);
        Self { types: scope(), operations: scope(), client: scope(), server: scope(), shared: scope(), groups: scope() }
    }

    /// A type name for `raw`. If it is taken, the result is the first free name made of `raw` and
    /// one of `suffixes`, or a number.
    pub fn type_name(&mut self, raw: &str, suffixes: &[&str]) -> TypeName {
        TypeName::from_naming(self.types.claim_with(Case::Type, raw, suffixes))
    }

    /// The name that a type would have if no other item had it.
    #[must_use]
    pub fn plain_type_name(&self, raw: &str) -> TypeName {
        TypeName::from_naming(self.types.plain_name(Case::Type, raw))
    }

    /// Type names for many raw names at once. Raw names that already are Rust names are claimed
    /// first, so the order of two colliding names matters only if neither is one.
    pub fn type_names(&mut self, raws: &[&str]) -> Vec<TypeName> {
        let names = self.types.claim_all(Case::Type, raws);
        names.into_iter().map(TypeName::from_naming).collect()
    }
}

impl Scope {
    /// Names fields of a struct, setters of a builder, or arguments of a function.
    pub fn field(&mut self, raw: &str) -> FieldName {
        FieldName::from_naming(self.claim(Case::Field, raw))
    }

    /// Names fields of a struct, all at once; see [`Naming::type_names`].
    pub fn fields(&mut self, raws: &[&str]) -> Vec<FieldName> {
        let names = self.claim_all(Case::Field, raws);
        names.into_iter().map(FieldName::from_naming).collect()
    }

    /// The setters of a struct with these fields. No setter takes the name of another field.
    pub fn setters<'a>(fields: impl Iterator<Item = &'a FieldName>) -> Self {
        let mut scope = Self::reserving(reserved::METHODS);
        scope.take_all(fields.map(FieldName::plain));
        scope
    }

    /// The setter of a field. It has the name of the field, unless that would hide a method.
    pub fn setter(&mut self, field: &FieldName) -> FieldName {
        if !reserved::METHODS.contains(&field.plain()) {
            return field.clone();
        }
        FieldName::from_naming(self.claim(Case::Field, &format!("with_{}", field.plain())))
    }

    /// Names variants of an enum.
    pub fn variant(&mut self, raw: &str) -> VariantName {
        VariantName::from_naming(self.claim(Case::Variant, raw))
    }

    /// Names variants of an enum, all at once; see [`Naming::type_names`].
    pub fn variants(&mut self, raws: &[&str]) -> Vec<VariantName> {
        let names = self.claim_all(Case::Variant, raws);
        names.into_iter().map(VariantName::from_naming).collect()
    }

    /// The name that a function would have if no other item had it.
    #[must_use]
    pub fn plain_function(&self, raw: &str) -> FunctionName {
        FunctionName::from_naming(self.plain_name(Case::Function, raw))
    }

    /// Names functions and methods.
    pub fn function(&mut self, raw: &str) -> FunctionName {
        FunctionName::from_naming(self.claim(Case::Function, raw))
    }

    /// Names constants and statics.
    pub fn constant(&mut self, raw: &str) -> ConstantName {
        ConstantName::from_naming(self.claim(Case::Constant, raw))
    }

    /// Names modules and crates.
    pub fn module(&mut self, raw: &str) -> ModuleName {
        ModuleName::from_naming(self.claim(Case::Module, raw))
    }

    /// Names functions and methods, all at once; see [`Naming::type_names`].
    pub fn functions(&mut self, raws: &[&str]) -> Vec<FunctionName> {
        let names = self.claim_all(Case::Function, raws);
        names.into_iter().map(FunctionName::from_naming).collect()
    }

    /// Names constants and statics, all at once; see [`Naming::type_names`].
    pub fn constants(&mut self, raws: &[&str]) -> Vec<ConstantName> {
        let names = self.claim_all(Case::Constant, raws);
        names.into_iter().map(ConstantName::from_naming).collect()
    }

    /// Names types in a scope other than that of the API's types.
    pub fn type_name(&mut self, raw: &str) -> TypeName {
        TypeName::from_naming(self.claim(Case::Type, raw))
    }

    /// Names types, all at once; see [`Naming::type_names`].
    pub fn type_names(&mut self, raws: &[&str]) -> Vec<TypeName> {
        let names = self.claim_all(Case::Type, raws);
        names.into_iter().map(TypeName::from_naming).collect()
    }
}

#[cfg(test)]
mod tests;
