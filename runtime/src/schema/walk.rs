//! A JSON value and its schema → the faults of the value.

use serde_json::{Map, Number, Value};

use super::words::found;
use super::{Extra, Schema, Schemas, Types};
use crate::budget::{leave_visits, visits};
use crate::validation::validator::push_key;
use crate::validation::{
    Bound, Constraints, Invalid, MISSING, Verdict, Violation, check_bool, check_f64, check_integer, check_items,
    check_properties, check_str, equal, verdict,
};
use crate::value::format;
use crate::value::{Format, FormatError};

/// The maximum depth of references to references.
pub(super) const DEEPEST_REFERENCE: usize = 64;

/// The number of allowed values that a fault lists.
const MOST_LISTED: usize = 20;

/// A walk through a value.
pub(super) struct Walk<'s> {
    pub(super) schemas: &'s Schemas,
    pub(super) found: Vec<Violation>,
    /// The pointer of the current value.
    pub(super) pointer: String,
    limit: usize,
    /// Values that may still be visited.
    steps: usize,
    /// References that were followed at the current value.
    references: usize,
}

impl<'s> Walk<'s> {
    pub(super) fn new(schemas: &'s Schemas, root: &str, limit: usize) -> Self {
        Self { schemas, found: Vec::new(), pointer: root.to_owned(), limit, steps: visits(), references: 0 }
    }

    pub(super) fn run(mut self, schema: &'s Schema, value: &Value) -> Vec<Violation> {
        self.check(schema, value);
        leave_visits(self.steps);
        self.found
    }

    /// Finds the faults of the current value.
    pub(super) fn check(&mut self, schema: &'s Schema, value: &Value) {
        if !self.pays(1) || (value.is_null() && self.schemas.types(schema).has(Types::NULL)) {
            return;
        }
        let before = self.found.len();
        match self.schemas.target(schema) {
            Some(target) if self.references < DEEPEST_REFERENCE => {
                self.references += 1;
                self.check(target, value);
                self.references -= 1;
            }
            Some(_) => return,
            None if !schema.members.is_empty() => self.union(schema, value),
            None => {
                if !self.has_type(schema, value) {
                    return;
                }
            }
        }
        let fits = self.found.iter().skip(before).all(|fault| fault.pointer != self.pointer);
        if fits {
            self.constraints(schema, value);
        }
        match value {
            Value::Object(entries) => self.object(schema, entries),
            Value::Array(items) => self.list(schema, items),
            _ => {}
        }
    }

    /// Whether the value has one of the schema's types. If it does not, this is reported as its
    /// fault.
    fn has_type(&mut self, schema: &Schema, value: &Value) -> bool {
        if schema.types.has(Types::of(value)) {
            return true;
        }
        let is_number = |text: &String| text.parse::<f64>().is_ok_and(f64::is_finite);
        if schema.or_text && matches!(value, Value::String(text) if is_number(text)) {
            return true;
        }
        let types = if schema.nullable { schema.types.and(Types::NULL) } else { schema.types };
        self.wrong_type(types, value);
        false
    }

    pub(super) fn wrong_type(&mut self, expected: Types, value: &Value) {
        let (expected, found) = (expected.words(), found(value));
        let mut fault = Violation::new(self.pointer.clone(), "type", format!("expected {expected}, found {found}"));
        (fault.expected, fault.found) = (Some(expected.into()), Some(found.into()));
        self.push(fault);
    }

    fn object(&mut self, schema: &'s Schema, entries: &Map<String, Value>) {
        for property in &schema.properties {
            match entries.get(&property.name) {
                Some(value) => self.within(&property.name, |walk| walk.check(&property.schema, value)),
                None if property.required => {
                    self.within(&property.name, |walk| walk.fault("required", MISSING));
                }
                None => {}
            }
            if self.is_full() {
                return;
            }
        }
        let (values, patterns) = match &schema.extra {
            Extra::Ignored => return,
            Extra::Denied => (None, &[][..]),
            Extra::Kept(values, patterns) => (Some(&**values), patterns.as_slice()),
        };
        for (key, value) in entries.iter().filter(|(key, _)| !schema.names(key)) {
            if !self.pays(1) {
                return;
            }
            let is_known =
                patterns.is_empty() || patterns.iter().any(|pattern| verdict(pattern, key) == Verdict::Matches);
            self.within(key, |walk| match values.filter(|_| is_known) {
                Some(values) => walk.check(values, value),
                None => walk.fault("additionalProperties", "is not a documented property"),
            });
        }
    }

    fn list(&mut self, schema: &'s Schema, items: &[Value]) {
        if schema.items.is_none() && schema.prefix.is_empty() {
            return;
        }
        for (index, item) in items.iter().enumerate() {
            self.within(&index.to_string(), |walk| walk.check(schema.item(index), item));
            if self.is_full() {
                return;
            }
        }
    }

    /// The constraints on the value itself, without its parts.
    fn constraints(&mut self, schema: &Schema, value: &Value) {
        let constraints = &schema.constraints;
        if let (Some(name), Value::String(text)) = (&schema.format, value)
            && let Some(Err(error)) = text_format(name, text)
        {
            self.invalid(schema, value, &Invalid::of("format", format!("must be {}", error.expected())));
            return;
        }
        let checked = match value {
            Value::String(text) => unless_unknown(check_str(constraints, text)),
            Value::Bool(value) => check_bool(constraints, *value),
            Value::Number(number) => check_number(schema, number),
            Value::Array(items) if !constraints.unique_items || self.pays(items.len()) => {
                check_items(constraints, items)
            }
            Value::Object(entries) => check_properties(constraints, entries.len()),
            Value::Null | Value::Array(_) => Ok(()),
        };
        match checked {
            Err(invalid) => self.invalid(schema, value, &invalid),
            Ok(()) if !schema.allowed.is_empty() && !schema.allowed.iter().any(|one| equal(one, value)) => {
                self.not_allowed(&schema.allowed);
            }
            Ok(()) => {}
        }
    }

    fn invalid(&mut self, schema: &Schema, value: &Value, invalid: &Invalid) {
        let mut fault = Violation::new(self.pointer.clone(), invalid.kind(), invalid.to_string());
        fault.expected = expected(schema, invalid.kind());
        fault.found = size(value, invalid.kind()).map(Value::from);
        self.push(fault);
    }

    /// Reports that the value is none of these.
    pub(super) fn not_allowed(&mut self, allowed: &[Value]) {
        let texts = allowed.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned));
        let detail = format!("must be one of {}", texts.take(MOST_LISTED).collect::<Vec<_>>().join(", "));
        let more = if allowed.len() > MOST_LISTED { ", …" } else { "" };
        let mut fault = Violation::new(self.pointer.clone(), "enum", detail + more);
        fault.expected = Some(allowed.iter().take(MOST_LISTED).cloned().collect());
        self.push(fault);
    }

    pub(super) fn fault(&mut self, kind: &'static str, detail: &'static str) {
        self.push(Violation::new(self.pointer.clone(), kind, detail));
    }

    pub(super) fn push(&mut self, fault: Violation) {
        if self.found.len() < self.limit {
            self.found.push(fault);
        }
    }

    /// Continues at a part of the current value.
    pub(super) fn within(&mut self, key: &str, visit: impl FnOnce(&mut Self)) {
        let (length, references) = (self.pointer.len(), std::mem::take(&mut self.references));
        push_key(&mut self.pointer, key);
        visit(self);
        self.pointer.truncate(length);
        self.references = references;
    }

    fn is_full(&self) -> bool {
        self.found.len() >= self.limit || self.is_exhausted()
    }

    /// Whether no more values may be visited.
    pub(super) fn is_exhausted(&self) -> bool {
        self.steps == 0
    }

    /// Whether this number of values may still be visited.
    fn pays(&mut self, steps: usize) -> bool {
        self.steps = self.steps.saturating_sub(steps);
        !self.is_full()
    }
}

/// A pattern that could take too long is not a fault here. If it is one, typed reading has already
/// reported it.
fn unless_unknown(checked: Result<(), Invalid>) -> Result<(), Invalid> {
    checked.or_else(|invalid| if invalid.is_undecided() { Ok(()) } else { Err(invalid) })
}

/// Whether a whole number fits the width that its format names.
fn width(format: Option<&str>, number: i128) -> Result<(), Invalid> {
    let fits = match format {
        Some("int8") => i8::try_from(number).is_ok(),
        Some("int16") => i16::try_from(number).is_ok(),
        Some("int32") => i32::try_from(number).is_ok(),
        Some("int64") => i64::try_from(number).is_ok(),
        Some("uint8") => u8::try_from(number).is_ok(),
        Some("uint16") => u16::try_from(number).is_ok(),
        Some("uint32") => u32::try_from(number).is_ok(),
        Some("uint64") => u64::try_from(number).is_ok(),
        Some("uint128") => u128::try_from(number).is_ok(),
        _ => true,
    };
    let unsigned = |name: &str| name.strip_prefix("uint").map(|bits| (bits.to_owned(), " from 0"));
    let signed = |name: &str| (name.trim_start_matches("int").to_owned(), "");
    match format.filter(|_| !fits) {
        None => Ok(()),
        Some(name) => {
            let (bits, sign) = unsigned(name).unwrap_or_else(|| signed(name));
            Err(Invalid::of("format", format!("must be a whole number{sign} of {bits} bits")))
        }
    }
}

/// Checks the width and the bounds of a number.
fn check_number(schema: &Schema, number: &Number) -> Result<(), Invalid> {
    let (format, constraints) = (schema.format.as_deref(), &schema.constraints);
    if let Some(whole) = number.as_i128() {
        return width(format, whole).and_then(|()| check_integer(constraints, whole));
    }
    let value = number.as_f64().unwrap_or_default();
    beyond(format, value).and_then(|()| check_f64(constraints, value))
}

/// Whether a whole number beyond 64 bits, which JSON has as a float, fits the width that its format
/// names.
fn beyond(format: Option<&str>, value: f64) -> Result<(), Invalid> {
    // A float of this size is whole, and 128 bits hold it or their end.
    #[expect(clippy::cast_possible_truncation, reason = "the cast stops at the ends of `i128`")]
    let whole = value as i128;
    if value.abs() >= 9_223_372_036_854_775_808.0 { width(format, whole) } else { Ok(()) }
}

/// Whether text has a format; `None` if the format is not checked.
fn text_format(name: &str, text: &str) -> Option<Result<(), FormatError>> {
    Some(match name {
        format::DateTime::NAME => format::DateTime::check(text),
        format::Date::NAME => format::Date::check(text),
        format::Time::NAME => format::Time::check(text),
        format::Duration::NAME => format::Duration::check(text),
        format::Uuid::NAME => format::Uuid::check(text),
        format::Uri::NAME => format::Uri::check(text),
        format::Email::NAME => format::Email::check(text),
        format::Ipv4::NAME => format::Ipv4::check(text),
        format::Ipv6::NAME => format::Ipv6::check(text),
        format::Decimal::NAME => format::Decimal::check(text),
        format::Base64::NAME => format::Base64::check(text),
        _ => return None,
    })
}

/// The value of a keyword in the document.
fn expected(schema: &Schema, kind: &str) -> Option<Value> {
    let Constraints { min_length, max_length, min_items, max_items, min_properties, max_properties, .. } =
        schema.constraints;
    let bound = |bound: Option<Bound>| match bound? {
        Bound::Integer(whole) => i64::try_from(whole).ok().map(Value::from),
        Bound::Float(float) => Some(Value::from(float)),
    };
    match kind {
        "minLength" => min_length.map(Value::from),
        "maxLength" => max_length.map(Value::from),
        "minItems" => min_items.map(Value::from),
        "maxItems" => max_items.map(Value::from),
        "minProperties" => min_properties.map(Value::from),
        "maxProperties" => max_properties.map(Value::from),
        "pattern" => schema.constraints.pattern.map(Value::from),
        "format" => schema.format.clone().map(Value::from),
        "minimum" => bound(schema.constraints.minimum),
        "maximum" => bound(schema.constraints.maximum),
        "exclusiveMinimum" => bound(schema.constraints.exclusive_minimum),
        "exclusiveMaximum" => bound(schema.constraints.exclusive_maximum),
        "multipleOf" => bound(schema.constraints.multiple_of),
        _ => None,
    }
}

/// The length or count that a keyword limits.
fn size(value: &Value, kind: &str) -> Option<usize> {
    match (kind, value) {
        ("minLength" | "maxLength", Value::String(text)) => Some(text.chars().count()),
        ("minItems" | "maxItems", Value::Array(items)) => Some(items.len()),
        ("minProperties" | "maxProperties", Value::Object(entries)) => Some(entries.len()),
        _ => None,
    }
}
