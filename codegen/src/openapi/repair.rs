//! Writes the overlay actions that diagnostics offer as repairs, as YAML.

use super::grammar::Position;
use crate::document::pointer;

/// The action that merges a value into the node at a pointer.
#[must_use]
pub fn update(pointer: &str, yaml: &str) -> String {
    let body: Vec<String> = yaml.lines().map(|line| format!("    {line}")).collect();
    format!("- target: {}\n  update:\n{}", target(pointer), body.join("\n"))
}

/// The action that removes the node at a pointer.
#[must_use]
pub fn remove(pointer: &str) -> String {
    format!("- target: {}\n  remove: true", target(pointer))
}

/// The JSON Path of a pointer, quoted for YAML: `/paths/~1a/get` is `$['paths']['/a']['get']`.
fn target(pointer: &str) -> String {
    let mut path = String::from("$");
    let mut position = Position::DOCUMENT;
    for token in pointer::tokens(pointer).into_iter().flatten() {
        // A number below a list is an index, below `responses` a key.
        let may_be_list = !matches!(position, Position::Object(_) | Position::Named(_));
        if may_be_list && pointer::index(&token).is_some() {
            path.push('[');
            path.push_str(&token);
            path.push(']');
        } else {
            path.push_str("['");
            path.push_str(&token.replace('\\', "\\\\").replace('\'', "\\'"));
            path.push_str("']");
        }
        position = position.below(&token);
    }
    serde_json::Value::from(path).to_string()
}

#[cfg(test)]
mod tests {
    use super::{remove, update};

    #[test]
    fn an_action_names_its_target_by_json_path() {
        assert_eq!(remove("/paths/~1a/get"), "- target: \"$['paths']['/a']['get']\"\n  remove: true");
        assert_eq!(
            remove("/paths/~1a/get/responses/200/content/a~1b/schema/items/0"),
            "- target: \"$['paths']['/a']['get']['responses']['200']['content']['a/b']['schema']['items'][0]\"\n  remove: true"
        );
        assert_eq!(update("/info", "title: x"), "- target: \"$['info']\"\n  update:\n    title: x");
    }
}
