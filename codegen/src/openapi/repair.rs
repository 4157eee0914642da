//! Writes the overlay action that repairs a finding, as YAML.

/// The action that merges something into the node at a pointer.
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

/// Keys whose values are lists: a number below them is an index, below others (`responses`) a key.
const LISTS: [&str; 12] = [
    "parameters",
    "allOf",
    "anyOf",
    "oneOf",
    "prefixItems",
    "items",
    "servers",
    "security",
    "tags",
    "enum",
    "required",
    "examples",
];

/// The JSON Path of a pointer, quoted for YAML: `/paths/~1a/get` is `$['paths']['/a']['get']`.
fn target(pointer: &str) -> String {
    let mut path = String::from("$");
    let mut list = false;
    for token in crate::document::pointer::tokens(pointer).into_iter().flatten() {
        if list && crate::document::pointer::index(&token).is_some() {
            path.push('[');
            path.push_str(&token);
            path.push(']');
        } else {
            path.push_str("['");
            path.push_str(&token.replace('\\', "\\\\").replace('\'', "\\'"));
            path.push_str("']");
        }
        list = LISTS.contains(&&*token);
    }
    serde_json::Value::from(path).to_string()
}

#[cfg(test)]
mod tests {
    use super::{remove, update};

    #[test]
    fn an_action_names_its_target_by_json_path() {
        assert_eq!(remove("/paths/~1a/get"), "- target: \"$['paths']['/a']['get']\"\n  remove: true");
        assert_eq!(update("/info", "title: x"), "- target: \"$['info']\"\n  update:\n    title: x");
    }
}
