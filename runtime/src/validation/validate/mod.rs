//! A decoded value → everything about it that the document does not allow, each with the JSON Pointer of the place.
//!
//! The rule kept here: a valid value costs no allocation; the path is a list on the stack that becomes text only for a violation.

mod outline;

use std::collections::BTreeMap;
use std::fmt::{Display, Write as _};

use bytes::Bytes;

use self::outline::Outline;
use super::{Constraints, Invalid, check_properties, check_str, pattern};

/// A type whose values can be validated against the document: implemented by the runtime for what it brings along and by
/// generated code for what it prints. The default finds nothing wrong.
pub trait Validate {
    /// Reports to `validator` what the document does not allow; `constraints` is what the place of use adds to the type.
    fn validate(&self, constraints: &'static Constraints, validator: &mut Validator<'_>) {
        let _ = (constraints, validator);
    }
}

/// Something about a request that the document does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where, as a JSON Pointer into the request: `/body/profile/name`, `/query/limit`.
    pub pointer: String,
    /// What must be otherwise, such as `must have at least 1 character`.
    pub detail: String,
}

/// The place that is being validated and what was found so far.
#[derive(Debug)]
pub struct Validator<'p> {
    findings: &'p mut Findings,
    path: Path<'p>,
}

/// What was found, up to a limit.
#[derive(Debug)]
struct Findings {
    violations: Vec<Violation>,
    limit: usize,
    outline: Outline,
}

/// Where a value stands, from the inside out.
#[derive(Clone, Copy, Debug)]
enum Path<'p> {
    Root(&'p str),
    Key(&'p Path<'p>, &'p str),
    Index(&'p Path<'p>, usize),
}

/// Validates `value`, which stands at `root` (`/body`) and was read from `json` (empty for what is not JSON), and returns at
/// most `limit` violations.
pub fn validate<T: Validate + ?Sized>(
    value: &T,
    root: &str,
    constraints: &'static Constraints,
    json: &Bytes,
    limit: usize,
) -> Vec<Violation> {
    let mut findings = Findings { violations: Vec::new(), limit, outline: Outline::unread(json.clone()) };
    value.validate(constraints, &mut Validator { findings: &mut findings, path: Path::Root(root) });
    findings.violations
}

/// Validates a value that is not JSON; its place is only spelt out if something is found.
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
        value.validate(constraints, &mut Validator { findings: self.findings, path });
    }

    /// Validates an item of a list or tuple.
    pub fn item<T: Validate + ?Sized>(&mut self, index: usize, value: &T, constraints: &'static Constraints) {
        let path = Path::Index(&self.path, index);
        value.validate(constraints, &mut Validator { findings: self.findings, path });
    }

    /// Validates the properties that have no field: keys by `patterns` (empty: any key), values by `constraints`.
    pub fn rest<T: Validate>(
        &mut self,
        properties: &BTreeMap<String, T>,
        patterns: &'static [&'static str],
        constraints: &'static Constraints,
    ) {
        for (key, value) in properties {
            if !patterns.is_empty() && !patterns.iter().any(|pattern| pattern::matches(pattern, key)) {
                self.at_key(key, "is not a documented property");
            }
            self.field(key, value, constraints);
            if self.is_full() {
                return;
            }
        }
    }

    /// Validates the number of properties.
    pub fn count(&mut self, properties: usize, constraints: &'static Constraints) {
        self.check(check_properties(constraints, properties));
    }

    /// Refuses properties other than the `known` ones (`additionalProperties: false`).
    pub fn closed(&mut self, known: &[&str]) {
        if self.is_full() {
            return;
        }
        for key in self.findings.outline.unknown(&self.path, known) {
            self.at_key(&key, "is not a documented property");
        }
    }

    /// Validates text at this place.
    pub fn text(&mut self, text: &str, constraints: &'static Constraints) {
        self.check(check_str(constraints, text));
    }

    /// Reports that this value is none of those that an enum names.
    pub fn unknown<V: ?Sized, T: Display>(&mut self, _value: &V, all: &[T]) {
        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
        self.violation(&format_args!("must be one of {}", all.join(", ")));
    }

    /// Takes the outcome of a check.
    pub fn check(&mut self, outcome: Result<(), Invalid>) {
        if let Err(invalid) = outcome {
            self.violation(&invalid);
        }
    }

    /// Reports that this value is not allowed; `demand` says what it must be.
    pub fn violation(&mut self, demand: &dyn Display) {
        let path = self.path;
        self.push(path, demand);
    }

    /// Whether as many violations were found as are reported; validating further is of no use.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.findings.violations.len() >= self.findings.limit
    }

    fn at_key(&mut self, key: &str, demand: &str) {
        let here = self.path;
        self.push(Path::Key(&here, key), &demand);
    }

    fn push(&mut self, path: Path<'_>, demand: &dyn Display) {
        if !self.is_full() {
            let violation = Violation { pointer: path.pointer(), detail: demand.to_string() };
            self.findings.violations.push(violation);
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
    /// The root and the steps from there inwards.
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
