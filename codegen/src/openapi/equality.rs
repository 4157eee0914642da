//! Compares two parts of a document by what they say.

use crate::document::{Node, Value};

/// Whether two schemas say the same: neither the order of a map nor that of `required` counts.
#[must_use]
pub fn alike(left: &Node, right: &Node) -> bool {
    match (&left.value, &right.value) {
        (Value::Object(one), Value::Object(two)) => {
            let same = |key: &str, value: &Node, other: &Node| match key {
                "required" => names(value).zip(names(other)).map_or_else(|| alike(value, other), |(a, b)| a == b),
                _ => alike(value, other),
            };
            one.len() == two.len()
                && one
                    .iter()
                    .all(|entry| two.get(&entry.key).is_some_and(|other| same(&entry.key, &entry.value, other)))
        }
        (Value::Array(one), Value::Array(two)) => {
            one.len() == two.len() && one.iter().zip(two).all(|(value, other)| alike(value, other))
        }
        (value, other) => value == other,
    }
}

/// The names in a list, sorted.
fn names(list: &Node) -> Option<Vec<&str>> {
    let mut names: Vec<&str> = list.as_array()?.iter().map(Node::as_str).collect::<Option<_>>()?;
    names.sort_unstable();
    Some(names)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::alike;
    use crate::document::Node;
    use crate::source::Span;

    #[test]
    fn only_orders_that_mean_something_count() {
        let node = |value| Node::from_json(&value, Span::default());
        let schema = node(json!({"required": ["a", "b"], "properties": {"a": {"enum": [1, 2]}, "required": {}}}));
        assert!(alike(
            &schema,
            &node(json!({"properties": {"required": {}, "a": {"enum": [1, 2]}}, "required": ["b", "a"]}))
        ));
        for other in [
            json!({"required": ["a", "b"], "properties": {"a": {"enum": [2, 1]}, "required": {}}}),
            json!({"required": ["a", "b", "b"], "properties": {"a": {"enum": [1, 2]}, "required": {}}}),
            json!({"required": ["a", "b"], "properties": {"a": {"enum": [1, 2]}}}),
            json!({"required": ["a", "b"]}),
            json!(true),
        ] {
            assert!(!alike(&schema, &node(other.clone())), "{other}");
        }
    }
}
