//! What the manual of a code shows as bad and as good stands in its bad and in its good fixture, so
//! that it is tried.

use serde_yaml::Value;
use specwright_codegen::diagnostics::catalogue;

use crate::case::Case;

#[test]
fn what_the_manual_shows_stands_in_the_fixtures() {
    let mut shown = 0;
    for info in catalogue() {
        let (_, examples) = info.explanation.split_once("Bad:").expect("a bad example");
        let (bad, good) = examples.split_once("Good:").expect("a good example");
        for (side, text) in [("bad", bad), ("good", good)] {
            let case = Case::new(info.id, side);
            for code in codes(text) {
                shown += 1;
                assert!(
                    stands_in(&code, &case),
                    "the {side} fixture of {} lacks what its manual shows:\n{code}",
                    info.id
                );
            }
        }
    }
    assert!(shown > 150, "{shown} examples");
}

/// What is shown as code: blocks, and pieces in a line of text that are more than a word.
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

/// Whether a file holds the text, or its tree a node that is like it; `…` stands for anything.
fn stands_in(code: &str, case: &Case) -> bool {
    let example = serde_yaml::from_str::<Value>(code).ok().filter(|value| value.is_mapping() || value.is_sequence());
    case.files.iter().any(|(path, bytes)| {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(100_000)]);
        let tree = serde_yaml::from_str::<Value>(&text).ok();
        path == code
            || words(&text).contains(&words(code))
            || example.as_ref().zip(tree).is_some_and(|(example, tree)| holds(&tree, example))
    })
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a node of the tree is like the example.
fn holds(tree: &Value, example: &Value) -> bool {
    let below = match tree {
        Value::Mapping(entries) => entries.values().any(|value| holds(value, example)),
        Value::Sequence(members) => members.iter().any(|value| holds(value, example)),
        _ => false,
    };
    below || is_like(tree, example)
}

fn is_like(node: &Value, example: &Value) -> bool {
    match (node, example) {
        (_, Value::String(text)) if text == "…" => true,
        (Value::Mapping(node), Value::Mapping(example)) => example.iter().all(|(key, wanted)| {
            key.as_str() == Some("…")
                || node.iter().any(|(other, value)| scalar(other) == scalar(key) && is_like(value, wanted))
        }),
        (Value::Sequence(node), Value::Sequence(example)) => {
            let open = example.last().and_then(Value::as_str) == Some("…");
            let wanted = if open { &example[..example.len() - 1] } else { &example[..] };
            (open || node.len() == wanted.len())
                && node.len() >= wanted.len()
                && node.iter().zip(wanted).all(|(node, wanted)| is_like(node, wanted))
        }
        _ => scalar(node).is_some() && scalar(node) == scalar(example),
    }
}

/// A scalar as text: `200` and `'200'` are the same key.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null => Some("null".to_owned()),
        _ => None,
    }
}
