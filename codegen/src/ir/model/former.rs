//! Names of earlier versions of an API, which are kept as deprecated aliases.

use super::{FieldName, FunctionName, TypeId, TypeName};

/// The former names of an API, and their replacements.
#[derive(Clone, Debug, Default)]
pub struct Former {
    /// Types.
    pub types: Vec<FormerType>,
    /// Operations.
    pub operations: Vec<FormerOperation>,
    /// Setters.
    pub setters: Vec<FormerSetter>,
}

impl Former {
    /// The former names of an operation, by its index.
    pub fn of_operation(&self, index: usize) -> impl Iterator<Item = &FormerOperation> {
        self.operations.iter().filter(move |former| former.operation == index)
    }

    /// The former setters of an operation, by its index.
    pub fn setters_of(&self, index: usize) -> impl Iterator<Item = &FormerSetter> {
        self.setters.iter().filter(move |former| former.operation == index)
    }
}

/// A former name of a type.
#[derive(Clone, Debug)]
pub struct FormerType {
    /// The former name.
    pub name: TypeName,
    /// The former name of the struct of its required properties, if it has one.
    pub required: Option<TypeName>,
    /// The type.
    pub of: TypeId,
}

/// The names of an operation before it was renamed.
#[derive(Clone, Debug)]
pub struct FormerOperation {
    /// Index into the API's operations.
    pub operation: usize,
    /// Method of the client and the server trait.
    pub name: FunctionName,
    /// Request builder.
    pub builder: TypeName,
    /// Input of the server method.
    pub input: TypeName,
    /// Success enum.
    pub success: TypeName,
    /// Error enum.
    pub error: TypeName,
    /// Enum of the media types of the request body.
    pub body: TypeName,
    /// Structs of headers, each with the index of its group.
    pub headers: Vec<(TypeName, usize)>,
    /// Methods of groups: the index of the group, the former method, and its replacement.
    pub groups: Vec<(usize, FunctionName, FunctionName)>,
}

/// The name of a setter before its parameter was renamed.
#[derive(Clone, Debug)]
pub struct FormerSetter {
    /// Index into the API's operations.
    pub operation: usize,
    /// Index into the operation's parameters.
    pub parameter: usize,
    /// The former setter.
    pub name: FieldName,
}
