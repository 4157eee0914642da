//! The bad and good examples in the manual of a code are part of its fixtures, so they are tested.

use serde_yaml::Value;
use specwright_codegen::diagnostics::catalogue;

use crate::fixture::Fixture;

#[test]
fn examples_of_the_manual_are_in_the_fixtures() {
    let mut count = 0;
    for info in catalogue() {
        let (_, examples) = info.explanation.split_once("Bad:").expect("a bad example");
        let (bad, good) = examples.split_once("Good:").expect("a good example");
        for (name, text) in [("bad", bad), ("good", good)] {
            let fixture = Fixture::new(info.id, name);
            for code in codes(text) {
                count += 1;
                assert!(
                    is_in(&code, &fixture),
                    "the {name} fixture of {} lacks an example of its manual:\n{code}",
                    info.id
                );
            }
        }
    }
    assert!(count > 150, "{count} examples");
}

/// The code in a text: blocks, and code spans with more than one word.
fn codes(text: &str) -> Vec<String> {
    let mut codes = Vec::new();
    for (index, part) in text.split("```").enumerate() {
        if index % 2 == 1 {
            let (_, block) = part.split_once('\n').expect("a language");
            codes.push(block.to_owned());
        } else {
            let pieces = part.split('`').skip(1).step_by(2);
            codes.extend(pieces.filter(|piece| piece.contains([':', '/', '{', '='])).map(str::to_owned));
        }
    }
    codes
}

/// Whether a file contains the text, or its tree contains a node that matches it. `…` matches
/// anything.
fn is_in(code: &str, fixture: &Fixture) -> bool {
    let example = serde_yaml::from_str::<Value>(code).ok().filter(|value| value.is_mapping() || value.is_sequence());
    fixture.files.iter().any(|(path, bytes)| {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(100_000)]);
        let tree = serde_yaml::from_str::<Value>(&text).ok();
        path == code
            || words(&text).contains(&words(code))
            || example.as_ref().zip(tree).is_some_and(|(example, tree)| contains_node(&tree, example))
    })
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a node of the tree matches the example.
fn contains_node(tree: &Value, example: &Value) -> bool {
    let below = match tree {
        Value::Mapping(entries) => entries.values().any(|value| contains_node(value, example)),
        Value::Sequence(members) => members.iter().any(|value| contains_node(value, example)),
        _ => false,
    };
    below || matches_node(tree, example)
}

fn matches_node(node: &Value, example: &Value) -> bool {
    match (node, example) {
        (_, Value::String(text)) if text == "…" => true,
        (Value::Mapping(node), Value::Mapping(example)) => example.iter().all(|(key, wanted)| {
            key.as_str() == Some("…")
                || node.iter().any(|(other, value)| scalar(other) == scalar(key) && matches_node(value, wanted))
        }),
        (Value::Sequence(node), Value::Sequence(example)) => {
            let open = example.last().and_then(Value::as_str) == Some("…");
            let wanted = if open { &example[..example.len() - 1] } else { &example[..] };
            (open || node.len() == wanted.len())
                && node.len() >= wanted.len()
                && node.iter().zip(wanted).all(|(node, wanted)| matches_node(node, wanted))
        }
        _ => scalar(node).is_some() && scalar(node) == scalar(example),
    }
}

/// A scalar as text, so that `200` and `'200'` are equal keys.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null => Some("null".to_owned()),
        _ => None,
    }
}
