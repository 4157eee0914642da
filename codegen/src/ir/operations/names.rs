//! Turns the ID of an operation into all its names.

use crate::ir::model::{ConstantName, FunctionName, TypeName};
use crate::ir::naming::{Naming, Scope, reserved};
use crate::ir::types::NameHint;

/// The names of one operation.
#[derive(Clone, Debug)]
pub(super) struct OperationNames {
    pub name: FunctionName,
    pub constant: ConstantName,
    pub builder: TypeName,
    pub input: TypeName,
    pub success: TypeName,
    pub error: TypeName,
    pub body: TypeName,
    pub hint: NameHint,
}

/// The scopes that operations share.
#[derive(Debug)]
pub(super) struct OperationScope {
    functions: Scope,
    constants: Scope,
}

impl OperationScope {
    pub fn new() -> Self {
        Self { functions: Scope::reserving(reserved::FUNCTIONS), constants: Scope::new() }
    }

    /// The name that the method of an operation with this ID would have if no other operation had
    /// it.
    pub fn plain(&self, id: &str) -> FunctionName {
        self.functions.plain_function(id)
    }

    /// Claims all names of the operations with these IDs, which are unique.
    pub fn names(&mut self, ids: &[&str], naming: &mut Naming) -> Vec<OperationNames> {
        let claim = |scope: &mut Scope, part: &str| {
            let raws: Vec<String> = ids.iter().map(|id| format!("{id}-{part}")).collect();
            scope.type_names(&raws.iter().map(String::as_str).collect::<Vec<_>>()).into_iter()
        };
        let functions = self.functions.functions(ids).into_iter();
        let constants = self.constants.constants(ids).into_iter();
        let builders = claim(&mut naming.client, "request-builder");
        let (inputs, bodies) = (claim(&mut naming.server, "input"), claim(&mut naming.server, "body"));
        let successes = claim(&mut naming.operations, "success");
        let errors = claim(&mut naming.operations, "error");
        let names = functions.zip(constants).zip(builders).zip(inputs).zip(bodies).zip(successes).zip(errors).zip(ids);
        names
            .map(|(((((((name, constant), builder), input), body), success), error), id)| OperationNames {
                name,
                constant,
                builder,
                input,
                success,
                error,
                body,
                hint: NameHint::new(*id),
            })
            .collect()
    }
}
