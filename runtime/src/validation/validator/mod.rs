//! A decoded value → its violations of the document, each with a JSON Pointer. **Invariant:** a
//! valid value costs no allocation. The path is a list on the stack, and becomes text only if there
//! is a violation.

mod outline;
mod violation;

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};
use std::mem::discriminant;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use self::outline::Outline;
pub use self::violation::Violation;
use super::equal::equal;
use super::pattern::{self, Verdict};
use super::{CUSTOM, Constraints, Invalid, check_items, check_properties, check_str};
use crate::union::{self, Union};

/// A type whose values can be validated against the document. The runtime implements it for its own
/// types and for standard types; generated code implements it for generated types. By default,
/// every value is valid.
#[diagnostic::on_unimplemented(
    message = "a server cannot validate `{Self}`",
    label = "does not implement `Validate`",
    note = "for a type of your own, write `impl specwright_runtime::validation::Validate for {Self} {{}}`"
)]
pub trait Validate {
    /// Reports violations to `validator`. `constraints` are those that the use adds to the type.
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        let _ = (constraints, validator);
    }
}

/// Collects violations, and records the path of the current value.
#[derive(Debug)]
pub struct Validator<'p> {
    report: &'p mut Report,
    path: Path<'p>,
}

/// The violations found so far, up to a limit.
#[derive(Debug)]
pub(super) struct Report {
    violations: Vec<Violation>,
    limit: usize,
    outline: Outline,
}

impl Report {
    fn new(limit: usize, json: Bytes) -> Self {
        Self { violations: Vec::new(), limit, outline: Outline::unread(json) }
    }

    /// The violations that a check reports for a value without text.
    pub(super) fn of(limit: usize, check: impl FnOnce(&mut Validator<'_>)) -> Vec<Violation> {
        let mut report = Self::new(limit, Bytes::new());
        check(&mut Validator { report: &mut report, path: Path::Root("") });
        report.violations
    }

    /// The detail of the first violation that a check reports.
    pub(super) fn of_one(check: impl FnOnce(&mut Validator<'_>)) -> Option<String> {
        Self::of(1, check).pop().map(|violation| violation.detail)
    }
}

/// The path of a value, from the inside out.
#[derive(Clone, Copy, Debug)]
enum Path<'p> {
    Root(&'p str),
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

/// Validates a value and returns at most `limit` violations. `root` is its pointer (`/body`).
/// `json` is the text from which it was read, or empty if that was not JSON.
pub fn validate<T: Validate + ?Sized>(
    value: &T,
    root: &str,
    constraints: &'static Constraints,
    json: &Bytes,
    limit: usize,
) -> Vec<Violation> {
    let mut report = Report::new(limit, json.clone());
    value.validate(constraints, &mut Validator { report: &mut report, path: Path::Root(root) });
    report.violations
}

/// Validates a value that was not read from JSON. Its pointer is built only if there is a
/// violation.
#[cfg(feature = "server")]
pub(crate) fn validate_lazily<T: Validate + ?Sized>(
    value: &T,
    root: impl FnOnce() -> String,
    constraints: &'static Constraints,
    limit: usize,
) -> Vec<Violation> {
    let mut violations = validate(value, "", constraints, &Bytes::new(), limit);
    if !violations.is_empty() {
        let root = root();
        for violation in &mut violations {
            violation.pointer.insert_str(0, &root);
        }
    }
    violations
}

impl Validator<'_> {
    /// Validates a property.
    pub fn field<T: Validate + ?Sized>(&mut self, key: &str, value: &T, constraints: &'static Constraints) {
        let path = Path::Key(&self.path, key);
        value.validate(constraints, &mut Validator { report: self.report, path });
    }

    /// Validates an item of a list or tuple.
    pub fn item<T: Validate + ?Sized>(&mut self, index: usize, value: &T, constraints: &'static Constraints) {
        let path = Path::Index(&self.path, index);
        value.validate(constraints, &mut Validator { report: self.report, path });
    }

    /// Validates properties without a field: their keys by `patterns` (empty if any key is
    /// allowed), and their values by `constraints`.
    pub fn rest<K: AsRef<str>, T: Validate>(
        &mut self,
        properties: &BTreeMap<K, T>,
        patterns: &'static [&'static str],
        constraints: &'static Constraints,
    ) {
        for (key, value) in properties {
            let key = key.as_ref();
            if !patterns.is_empty()
                && !patterns.iter().any(|pattern| pattern::verdict(pattern, key) == Verdict::Matches)
            {
                self.undocumented(key);
            }
            self.field(key, value, constraints);
            if self.is_full() {
                return;
            }
        }
    }

    /// Checks the number of properties.
    pub fn count(&mut self, properties: usize, constraints: &'static Constraints) {
        self.check(check_properties(constraints, properties));
    }

    /// Checks a list or object against the values that `enum` allows, if there is an `enum`.
    pub fn allowed<T: Serialize + ?Sized>(&mut self, value: &T, constraints: &'static Constraints) {
        if constraints.allowed.is_empty() {
            return;
        }
        let written = serde_json::to_value(value).unwrap_or_default();
        let is = |json: &&'static str| serde_json::from_str(json).is_ok_and(|one: Value| equal(&one, &written));
        if !constraints.allowed.iter().any(is) {
            self.here("enum", &format_args!("must be one of {}", constraints.allowed.join(", ")));
        }
    }

    /// Checks a list, object or `null` against its assertions and the values that `enum` allows.
    pub fn container<T: Serialize + ?Sized>(&mut self, value: &T, constraints: &'static Constraints) {
        self.allowed(value, constraints);
        self.assert(value, constraints.assertions);
    }

    /// Reports properties other than the `known` ones (`additionalProperties: false`).
    pub fn closed(&mut self, known: &[&str]) {
        if self.is_full() {
            return;
        }
        for key in self.report.outline.unknown(&self.path, known) {
            self.undocumented(&key);
        }
    }

    /// Checks the number of items of a list, and whether they differ. The types of items may drop
    /// properties, so the JSON decides whether two items are the same.
    pub fn items<T: Serialize>(&mut self, items: &[T], constraints: &'static Constraints) {
        let checked = match check_items(constraints, items) {
            Err(invalid) if invalid.kind() == "uniqueItems" => match self.json() {
                Some(Value::Array(items)) => check_items(constraints, &items),
                _ => Err(invalid),
            },
            checked => checked,
        };
        self.check(checked);
    }

    /// Validates a value of a union whose members may have the same shape. A value that violates
    /// the member as which it was read is valid if it is valid as another one.
    pub fn any_of<U: Union + Serialize>(&mut self, value: &U, check: impl Fn(&U, &mut Validator<'_>)) {
        let is_other = |other: &U| discriminant(other) != discriminant(value);
        self.any_reading(value, check, |json| union::readings::<U>(json).into_iter().filter(is_other).collect());
    }

    /// As [`any_of`](Self::any_of), for a union that is known only at run time. `others` reads the
    /// JSON of the value as the other members.
    pub fn any_reading<U: Serialize>(
        &mut self,
        value: &U,
        check: impl Fn(&U, &mut Validator<'_>),
        others: impl FnOnce(&Value) -> Vec<U>,
    ) {
        let before = self.report.violations.len();
        check(value, self);
        if self.report.violations.len() == before {
            return;
        }
        let found = self.report.violations.split_off(before);
        let json = self.json().or_else(|| serde_json::to_value(value).ok());
        for other in json.as_ref().map(others).unwrap_or_default() {
            check(&other, self);
            if self.report.violations.len() == before {
                return;
            }
            self.report.violations.truncate(before);
        }
        self.report.violations.extend(found);
    }

    /// Checks this value as text.
    pub fn text(&mut self, text: &str, constraints: &'static Constraints) {
        self.check(check_str(constraints, text));
        self.assert(text, constraints.assertions);
    }

    /// Reports that this value is not one of the values of an enum.
    pub fn unknown<V: ?Sized, T: Display>(&mut self, _value: &V, all: &[T]) {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        self.here("enum", &format_args!("must be one of {}", all.join(", ")));
    }

    /// Reports the failure of a check.
    pub fn check(&mut self, outcome: Result<(), Invalid>) {
        if let Err(invalid) = outcome {
            self.here(invalid.kind(), &invalid);
        }
    }

    /// Reports a violation that no keyword describes. `requirement` says what this value must be.
    pub fn violation(&mut self, requirement: &dyn Display) {
        self.here(CUSTOM, requirement);
    }

    pub(super) fn here(&mut self, kind: &'static str, requirement: &dyn Display) {
        let path = self.path;
        self.push(path, kind, requirement);
    }

    /// Runs a check on the value under a key.
    pub(super) fn within(&mut self, key: &str, check: impl FnOnce(&mut Validator<'_>)) {
        let path = Path::Key(&self.path, key);
        check(&mut Validator { report: self.report, path });
    }

    /// Runs a check on an item.
    pub(super) fn at_index(&mut self, index: usize, check: impl FnOnce(&mut Validator<'_>)) {
        let path = Path::Index(&self.path, index);
        check(&mut Validator { report: self.report, path });
    }

    /// The JSON from which this value was read; `None` if it was not read from JSON.
    pub(super) fn json(&mut self) -> Option<Value> {
        self.report.outline.value(&self.path)
    }

    /// Whether the limit of violations is reached, so that further validation is pointless.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.report.violations.len() >= self.report.limit
    }

    /// Reports a property that the document does not allow.
    fn undocumented(&mut self, key: &str) {
        let here = self.path;
        self.push(Path::Key(&here, key), "additionalProperties", &"is not a documented property");
    }

    fn push(&mut self, path: Path<'_>, kind: &'static str, requirement: &dyn Display) {
        if self.is_full() {
            return;
        }
        let violation = Violation::new(path.pointer(), kind, requirement.to_string());
        // A type and an assertion may report the same violation.
        if !self.report.violations.contains(&violation) {
            self.report.violations.push(violation);
        }
    }
}

/// One step into a JSON value.
#[derive(Clone, Copy, Debug)]
enum Step<'p> {
    Key(&'p str),
    Index(usize),
}

impl<'p> Path<'p> {
    /// The root and the steps from there.
    fn steps(&self) -> (&'p str, Vec<Step<'p>>) {
        let mut steps = Vec::new();
        let mut here = *self;
        loop {
            here = match here {
                Path::Root(root) => {
                    steps.reverse();
                    return (root, steps);
                }
                Path::Key(parent, key) => {
                    steps.push(Step::Key(key));
                    *parent
                }
                Path::Index(parent, index) => {
                    steps.push(Step::Index(index));
                    *parent
                }
            };
        }
    }

    fn pointer(&self) -> String {
        let (root, steps) = self.steps();
        let mut pointer = root.to_owned();
        for step in steps {
            match step {
                Step::Key(key) => push_key(&mut pointer, key),
                // Writing to a string cannot fail.
                Step::Index(index) => drop(write!(pointer, "/{index}")),
            }
        }
        pointer
    }
}

/// Appends a key to a JSON Pointer (RFC 6901).
pub(crate) fn push_key(pointer: &mut String, key: &str) {
    pointer.push('/');
    for character in key.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}
