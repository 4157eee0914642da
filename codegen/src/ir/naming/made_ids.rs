//! Makes an id from the method and path of an operation if the document has none:
//! `GET /users/{id}/posts` → `get_users_by_id_posts`.

use crate::ir::operations::path::{PathKey, Piece};

/// An ID made from method and path.
pub(in crate::ir) fn id_of(method: &str, key: &str) -> String {
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
