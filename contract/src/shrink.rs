//! JSON → changes that each make it smaller in one place: a property or an item less, shorter text, or
//! a number that is closer to zero.

use serde_json::{Number, Value};
use specwright_codegen::document::pointer;

/// One place made smaller.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Change {
    pub(super) pointer: String,
    /// The smaller value; `None` removes the property or item.
    to: Option<Value>,
}

impl Change {
    /// The changed copy of a value; `None` if the value has nothing in this place.
    pub(super) fn apply(&self, value: &Value) -> Option<Value> {
        let mut changed = value.clone();
        if let Some(to) = &self.to {
            *changed.pointer_mut(&self.pointer)? = to.clone();
            return Some(changed);
        }
        let (above, last) = self.pointer.rsplit_once('/')?;
        match changed.pointer_mut(above)? {
            Value::Object(properties) => properties.remove(&*pointer::unescape(last)).map(drop)?,
            Value::Array(items) => {
                let index = last.parse().ok().filter(|index| *index < items.len())?;
                drop(items.remove(index));
            }
            _ => return None,
        }
        Some(changed)
    }

    /// Whether it changes the value at a pointer, or a part of it.
    pub(super) fn is_within(&self, other: &str) -> bool {
        self.pointer.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Changes that make a value smaller. Those that remove the most come first.
pub(super) fn changes(value: &Value) -> Vec<Change> {
    let (mut removals, mut replacements) = (Vec::new(), Vec::new());
    visit(value, "", &mut removals, &mut replacements);
    removals.sort_by_key(|one: &Change| one.pointer.matches('/').count());
    removals.append(&mut replacements);
    removals
}

fn visit(value: &Value, at: &str, removals: &mut Vec<Change>, replacements: &mut Vec<Change>) {
    let mut below = |key: &str, value: &Value| {
        let pointer = pointer::join(at, key);
        removals.push(Change { pointer: pointer.clone(), to: None });
        visit(value, &pointer, removals, replacements);
    };
    let smaller = match value {
        Value::Object(properties) => return properties.iter().for_each(|(name, value)| below(name, value)),
        Value::Array(items) => {
            return items.iter().enumerate().rev().for_each(|(index, item)| below(&index.to_string(), item));
        }
        Value::String(text) => texts(text).into_iter().map(Value::from).collect(),
        Value::Number(number) => numbers(number),
        Value::Bool(true) => vec![Value::Bool(false)],
        Value::Bool(false) | Value::Null => Vec::new(),
    };
    replacements.extend(smaller.into_iter().map(|to| Change { pointer: at.to_owned(), to: Some(to) }));
}

/// Shorter texts: the empty one, the first half, and all but the last character.
fn texts(text: &str) -> Vec<String> {
    let length = text.chars().count();
    let mut lengths = vec![0, length / 2, length.saturating_sub(1)];
    lengths.dedup();
    lengths.into_iter().filter(|one| *one < length).map(|one| text.chars().take(one).collect()).collect()
}

/// Numbers that are closer to zero: zero, the half, and the next one.
fn numbers(number: &Number) -> Vec<Value> {
    if let Some(number) = number.as_i64() {
        let mut closer = vec![0, number / 2, number - number.signum()];
        closer.dedup();
        return closer.into_iter().filter(|one| *one != number).map(Value::from).collect();
    }
    let Some(number) = number.as_f64() else { return Vec::new() };
    let closer = [0.0, number.trunc(), (number / 2.0).trunc()].into_iter().filter(|one| one.abs() < number.abs());
    let mut closer: Vec<Value> = closer.map(Value::from).collect();
    closer.dedup();
    closer
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Change, changes};

    fn changed(value: &Value) -> Vec<Value> {
        changes(value).iter().map(|change| change.apply(value).unwrap()).collect()
    }

    #[test]
    fn each_change_makes_one_place_smaller() {
        let value = json!({"a/b": [7, "one"], "c": true});
        let expected = [
            json!({"c": true}),
            json!({"a/b": [7, "one"]}),
            json!({"a/b": [7], "c": true}),
            json!({"a/b": ["one"], "c": true}),
            json!({"a/b": [7, ""], "c": true}),
            json!({"a/b": [7, "o"], "c": true}),
            json!({"a/b": [7, "on"], "c": true}),
            json!({"a/b": [0, "one"], "c": true}),
            json!({"a/b": [3, "one"], "c": true}),
            json!({"a/b": [6, "one"], "c": true}),
            json!({"a/b": [7, "one"], "c": false}),
        ];
        assert_eq!(changed(&value), expected);
        assert_eq!(changed(&json!(-2.5)), [json!(0.0), json!(-2.0), json!(-1.0)]);
        assert_eq!(changed(&json!([null, 0, "", false])).len(), 4, "only removals");
    }

    #[test]
    fn a_change_is_within_the_values_above_it() {
        let change = Change { pointer: "/a/b".to_owned(), to: None };
        assert!(["", "/a", "/a/b"].iter().all(|above| change.is_within(above)));
        assert!(["/a/b/c", "/a/bc", "/c"].iter().all(|other| !change.is_within(other)));
        assert_eq!(change.apply(&json!({"a": 1})), None);
    }
}
