//! Turns the ID of an operation into all its names, and makes an ID from method and path if the
//! document has none: `GET /users/{id}/posts` → `get_users_by_id_posts`.

use super::path::{PathKey, Piece};
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

/// An ID made from method and path.
pub(super) fn id_of(method: &str, key: &str) -> String {
    let path_key = PathKey::parse(key);
    let mut words = vec![method.to_lowercase()];
    for piece in path_key.segments.iter().flatten() {
        match piece {
            Piece::Literal(text) => words.push(plain(text)),
            Piece::Variable(name) => words.extend(["by".to_owned(), plain(name)]),
        }
    }
    for (name, value) in &path_key.query {
        words.push(plain(name));
        words.extend(value.map(plain));
    }
    words.extend(path_key.fragment.map(plain));
    words.retain(|word| !word.is_empty());
    if words.len() == 1 {
        words.push("root".to_owned());
    }
    words.join("_")
}

/// The letters and digits of a text, separated by underscores.
fn plain(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_method_and_path() {
        assert_eq!(id_of("GET", "/users/{id}/posts"), "get_users_by_id_posts");
        assert_eq!(id_of("GET", "/"), "get_root");
        assert_eq!(id_of("POST", "/files/{id}#copy"), "post_files_by_id_copy");
        assert_eq!(id_of("GET", "/compare/{base}...{head}"), "get_compare_by_base_by_head");
        assert_eq!(id_of("POST", "/x?action=start"), "post_x_action_start");
    }
}
