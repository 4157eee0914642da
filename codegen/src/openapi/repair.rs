//! Writes the overlay actions that diagnostics offer as repairs, in YAML.

use super::grammar::Position;
use crate::document::{VersionLine, pointer};

/// The action that merges a value into the node at a pointer.
#[must_use]
pub fn update(pointer: &str, yaml: &str) -> String {
    let body: Vec<String> = yaml.lines().map(|line| format!("    {line}")).collect();
    format!("{TARGET}{}\n  update:\n{}", target(pointer), body.join("\n"))
}

/// The action that removes the node at a pointer.
#[must_use]
pub fn remove(pointer: &str) -> String {
    format!("{TARGET}{}\n  remove: true", target(pointer))
}

/// The actions with other targets. `None` if `moved` has no new pointer for one of them.
#[must_use]
pub fn retarget(actions: &str, moved: impl Fn(&str) -> Option<String>) -> Option<String> {
    let lines = actions.lines().map(|line| match line.strip_prefix(TARGET) {
        Some(quoted) => Some(format!("{TARGET}{}", target(&moved(&pointer_of(quoted)?)?))),
        None => Some(line.to_owned()),
    });
    Some(lines.collect::<Option<Vec<String>>>()?.join("\n"))
}

/// Reads the pointer back from a target that [`target`] has written.
fn pointer_of(quoted: &str) -> Option<String> {
    let path: String = serde_json::from_str(quoted).ok()?;
    let mut rest = path.strip_prefix('$')?;
    let mut pointer = String::new();
    while !rest.is_empty() {
        let (key, after) = if let Some(text) = rest.strip_prefix("['") {
            quoted_key(text)?
        } else {
            let (index, after) = rest.strip_prefix('[')?.split_once(']')?;
            (index.to_owned(), after)
        };
        pointer = pointer::join(&pointer, key);
        rest = after;
    }
    Some(pointer)
}

/// A key up to its closing quote and bracket, and the text after them.
fn quoted_key(text: &str) -> Option<(String, &str)> {
    let mut key = String::new();
    let mut chars = text.char_indices();
    while let Some((at, char)) = chars.next() {
        match char {
            '\\' => key.push(chars.next()?.1),
            '\'' => return Some((key, text.get(at..)?.strip_prefix("']")?)),
            other => key.push(other),
        }
    }
    None
}

/// The start of an action.
const TARGET: &str = "- target: ";

/// The JSON Path of a pointer, quoted for YAML.
fn target(pointer: &str) -> String {
    serde_json::Value::from(path_of(pointer)).to_string()
}

/// The JSON Path of a pointer: `/paths/~1a/get` is `$['paths']['/a']['get']`.
#[must_use]
pub fn path_of(pointer: &str) -> String {
    let mut path = String::from("$");
    let mut position = Position::DOCUMENT;
    for token in pointer::tokens(pointer).into_iter().flatten() {
        // A number below a list is an index; below `responses` it is a key.
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
        // Version 2.0 also has the positions of version 3.
        position = position.below_in(&token, VersionLine::V2_0);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{remove, retarget, update};

    #[test]
    fn actions_can_be_aimed_at_other_nodes() {
        let actions = format!("{}\n{}", update("/a'b\\c/items/0", "title: x"), remove("/d"));
        let moved = retarget(&actions, |pointer| Some(format!("/new{pointer}"))).unwrap();
        assert_eq!(moved, format!("{}\n{}", update("/new/a'b\\c/items/0", "title: x"), remove("/new/d")));
        assert_eq!(retarget(&actions, |pointer| (pointer == "/d").then(String::new)), None);
    }

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
