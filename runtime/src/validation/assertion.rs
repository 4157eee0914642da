//! Assertions: constraints that no Rust type expresses. They are checked on the JSON of a value.
//! **Invariant:** a type whose schema has none of these keywords pays nothing for them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::pattern::{self, Verdict};
use super::validator::{Report, Validator};
use super::{Constraints, Validate};

/// One keyword of JSON Schema, as constant data. In a list of assertions, all must hold. A value
/// whose type a keyword does not concern passes that keyword.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Assertion {
    /// `type`: names of JSON types.
    Types(&'static [&'static str]),
    /// Bounds, `pattern` and `enum`.
    Limits(&'static Constraints),
    /// `required`.
    Required(&'static [&'static str]),
    /// `properties`.
    Properties(&'static [(&'static str, &'static [Assertion])]),
    /// `patternProperties`, each with its assertions. Other keys, except the `known` ones, have the
    /// assertions of `rest`.
    Patterns {
        /// Each expression with the assertions on the values of keys that match it.
        pairs: &'static [(&'static str, &'static [Assertion])],
        /// The keys of `properties`.
        known: &'static [&'static str],
        /// `additionalProperties`.
        rest: &'static [Assertion],
    },
    /// `propertyNames`.
    Names(&'static [Assertion]),
    /// `prefixItems`.
    Prefix(&'static [&'static [Assertion]]),
    /// `items`, after this number of `prefixItems`.
    Items(usize, &'static [Assertion]),
    /// `contains`, `minContains` and `maxContains`.
    Contains(&'static [Assertion], usize, usize),
    /// `anyOf`.
    Any(&'static [&'static [Assertion]]),
    /// `oneOf`.
    One(&'static [&'static [Assertion]]),
    /// `not`.
    Not(&'static [Assertion]),
    /// `if`, `then` and `else`.
    If(&'static [Assertion], &'static [Assertion], &'static [Assertion]),
    /// `dependentRequired` and `dependentSchemas`: the assertions that hold if there is such a
    /// property.
    Dependent(&'static [(&'static str, &'static [Assertion])]),
    /// `false`.
    Never,
}

impl Validator<'_> {
    /// Checks assertions on this value: on the JSON from which it was read, or else on the JSON
    /// that it is written as.
    pub fn assert<T: Serialize + ?Sized>(&mut self, value: &T, assertions: &'static [Assertion]) {
        if assertions.is_empty() || self.is_full() {
            return;
        }
        if let Some(json) = self.json() {
            check(&json, assertions, self);
        } else if let Ok(json) = serde_json::to_value(value) {
            check(&json, assertions, self);
        }
    }
}

/// Reports the assertions that do not hold.
fn check(value: &Value, assertions: &'static [Assertion], validator: &mut Validator<'_>) {
    for assertion in assertions {
        match (*assertion, value) {
            (Assertion::Never, _) => validator.here("not", &"is not allowed here"),
            // The other keywords of the schema concern a different type.
            (Assertion::Types(names), _) if !is_of(value, names) => {
                validator.here("type", &format_args!("must be of type {}", names.join(" or ")));
                return;
            }
            (Assertion::Types(_), _) => {}
            (Assertion::Limits(constraints), _) => value.validate(constraints, validator),
            (Assertion::Any(_) | Assertion::One(_) | Assertion::Not(_) | Assertion::If(..), _) => {
                composition(value, *assertion, validator);
            }
            (_, Value::Object(object)) => properties(value, object, *assertion, validator),
            (_, Value::Array(list)) => items(list, *assertion, validator),
            _ => {}
        }
        if validator.is_full() {
            return;
        }
    }
}

/// Whether all assertions hold.
fn holds(value: &Value, assertions: &'static [Assertion]) -> bool {
    Report::of_one(|validator| check(value, assertions, validator)).is_none()
}

/// Whether a value is of one of these JSON types.
fn is_of(value: &Value, names: &[&str]) -> bool {
    let is = |name: &&str| match (*name, value) {
        ("null", Value::Null)
        | ("boolean", Value::Bool(_))
        | ("number", Value::Number(_))
        | ("string", Value::String(_))
        | ("array", Value::Array(_))
        | ("object", Value::Object(_)) => true,
        ("integer", Value::Number(number)) => {
            number.as_i128().is_some() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        _ => false,
    };
    names.iter().any(is)
}

fn properties(value: &Value, object: &Map<String, Value>, assertion: Assertion, validator: &mut Validator<'_>) {
    match assertion {
        Assertion::Required(names) => {
            for name in names.iter().filter(|name| !object.contains_key(**name)) {
                validator.here("required", &format_args!("must have the property `{name}`"));
            }
        }
        Assertion::Properties(schemas) => {
            for (key, assertions) in schemas {
                if let Some(value) = object.get(*key) {
                    validator.within(key, |validator| check(value, assertions, validator));
                }
            }
        }
        Assertion::Patterns { pairs, known, rest } => {
            for (key, value) in object {
                let matching = pairs.iter().filter(|(pattern, _)| matches(pattern, key));
                let mut is_free = !known.contains(&key.as_str());
                validator.within(key, |validator| {
                    for (_, assertions) in matching {
                        is_free = false;
                        check(value, assertions, validator);
                    }
                    if is_free {
                        check(value, rest, validator);
                    }
                });
            }
        }
        Assertion::Names(assertions) => {
            for key in object.keys() {
                let name = Value::from(key.as_str());
                if let Some(detail) = Report::of_one(|validator| check(&name, assertions, validator)) {
                    let detail = format!("has a name that is not allowed: it {detail}");
                    validator.within(key, |validator| validator.here("propertyNames", &detail));
                }
            }
        }
        Assertion::Dependent(schemas) => {
            for (_, assertions) in schemas.iter().filter(|(key, _)| object.contains_key(*key)) {
                check(value, assertions, validator);
            }
        }
        _ => {}
    }
}

fn matches(pattern: &'static str, text: &str) -> bool {
    pattern::verdict(pattern, text) == Verdict::Matches
}

fn items(list: &[Value], assertion: Assertion, validator: &mut Validator<'_>) {
    match assertion {
        Assertion::Prefix(schemas) => {
            for (index, (value, assertions)) in list.iter().zip(schemas).enumerate() {
                validator.at_index(index, |validator| check(value, assertions, validator));
            }
        }
        Assertion::Items(after, assertions) => {
            for (index, value) in list.iter().enumerate().skip(after) {
                validator.at_index(index, |validator| check(value, assertions, validator));
            }
        }
        Assertion::Contains(assertions, least, most) => {
            let found = list.iter().filter(|value| holds(value, assertions)).count();
            if found < least {
                validator.here("contains", &format_args!("must contain {least} or more items that fit `contains`"));
            } else if found > most {
                validator.here("maxContains", &format_args!("must contain at most {most} items that fit `contains`"));
            }
        }
        _ => {}
    }
}

fn composition(value: &Value, assertion: Assertion, validator: &mut Validator<'_>) {
    let fitting = |members: &[&'static [Assertion]]| members.iter().filter(|member| holds(value, member)).count();
    match assertion {
        Assertion::Any(members) if fitting(members) == 0 => validator.here("anyOf", &none_fits(members)),
        Assertion::One(members) => match fitting(members) {
            0 => validator.here("oneOf", &none_fits(members)),
            1 => {}
            count => validator.here("oneOf", &format_args!("must fit exactly one alternative, but fits {count}")),
        },
        Assertion::Not(assertions) if holds(value, assertions) => {
            let requirement = match assertions {
                [Assertion::Required(names)] => format!("must not have {}", quoted(names, " and ")),
                _ => "must not fit the schema in `not`".to_owned(),
            };
            validator.here("not", &requirement);
        }
        Assertion::If(condition, then, otherwise) => {
            let branch = if holds(value, condition) { then } else { otherwise };
            check(value, branch, validator);
        }
        _ => {}
    }
}

/// The requirement that no member of a composition fits.
fn none_fits(members: &[&'static [Assertion]]) -> String {
    let required = members.iter().map(|member| match member {
        [Assertion::Required(names)] => Some(quoted(names, " and ")),
        _ => None,
    });
    match required.collect::<Option<Vec<String>>>() {
        Some(names) => format!("must have {}", names.join(", or ")),
        None => format!("must fit one of {} alternatives", members.len()),
    }
}

fn quoted(names: &[&str], separator: &str) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(separator)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const TEXT: &[Assertion] = &[Assertion::Types(&["string"])];
    const WHOLE: &[Assertion] = &[Assertion::Types(&["integer"])];
    const SHORT: &[Assertion] =
        &[Assertion::Limits(&Constraints { max_length: Some(2), pattern: Some("^[a-z]*$"), ..Constraints::NONE })];

    /// The violations of a value, each as `pointer: detail`.
    fn violations(value: &Value, assertions: &'static [Assertion]) -> Vec<String> {
        let report = Report::of(9, |validator| check(value, assertions, validator));
        report.into_iter().map(|one| format!("{}: {}", one.pointer, one.detail)).collect()
    }

    #[test]
    fn keys_have_the_assertions_of_the_patterns_that_they_match() {
        const PAIRS: &[Assertion] = &[Assertion::Patterns {
            pairs: &[("^s_", TEXT), ("_n$", WHOLE)],
            known: &["id"],
            rest: &[Assertion::Never],
        }];
        assert!(violations(&json!({"s_a": "x", "b_n": 1.0, "id": null}), PAIRS).is_empty());
        assert_eq!(
            violations(&json!({"s_a": 1, "s_n": 1, "x": 1}), PAIRS),
            ["/s_a: must be of type string", "/s_n: must be of type string", "/x: is not allowed here"]
        );
    }

    #[test]
    fn names_and_positions_are_checked() {
        const CONTAINS: &[Assertion] = &[Assertion::Contains(TEXT, 1, 1)];
        const ROW: &[Assertion] = &[Assertion::Prefix(&[TEXT, WHOLE]), Assertion::Items(2, WHOLE)];
        assert_eq!(
            violations(&json!({"abc": 1, "ab": 2}), &[Assertion::Names(SHORT)]),
            ["/abc: has a name that is not allowed: it must have at most 2 characters"]
        );
        assert!(violations(&json!(["a"]), ROW).is_empty());
        assert_eq!(
            violations(&json!(["a", "b", 1, 1.5]), ROW),
            ["/1: must be of type integer", "/3: must be of type integer"]
        );
        assert!(violations(&json!([1, "a"]), CONTAINS).is_empty());
        assert_eq!(violations(&json!([1]), CONTAINS), [": must contain 1 or more items that fit `contains`"]);
        assert_eq!(violations(&json!(["a", "b"]), CONTAINS), [": must contain at most 1 items that fit `contains`"]);
    }

    #[test]
    fn alternatives_and_conditions_are_checked() {
        const DEPENDENT: &[Assertion] = &[Assertion::Dependent(&[("a", &[Assertion::Required(&["b"])])])];
        const IF: &[Assertion] =
            &[Assertion::If(&[Assertion::Required(&["a"])], &[Assertion::Required(&["b"])], &[Assertion::Never])];
        const NO_A: &[Assertion] = &[Assertion::Not(&[Assertion::Required(&["a"])])];
        const EITHER: &[&[Assertion]] = &[&[Assertion::Required(&["a"])], &[Assertion::Required(&["b", "c"])]];
        assert_eq!(violations(&json!({}), &[Assertion::Any(EITHER)]), [": must have `a`, or `b` and `c`"]);
        assert!(violations(&json!({"a": 1, "b": 1, "c": 1}), &[Assertion::Any(EITHER)]).is_empty());
        assert_eq!(
            violations(&json!({"a": 1, "b": 1, "c": 1}), &[Assertion::One(EITHER)]),
            [": must fit exactly one alternative, but fits 2"]
        );
        assert_eq!(violations(&json!({"a": 1}), NO_A), [": must not have `a`"]);
        assert_eq!(violations(&json!({"a": 1}), IF), [": must have the property `b`"]);
        assert_eq!(violations(&json!({}), IF), [": is not allowed here"]);
        assert_eq!(violations(&json!({"a": 1}), DEPENDENT), [": must have the property `b`"]);
        assert!(violations(&json!("a"), DEPENDENT).is_empty());
    }
}
