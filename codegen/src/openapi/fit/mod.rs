//! Checks whether a value fits a schema in the canonical form, by its types, bounds and
//! compositions.

mod assertions;
mod formats;
pub mod patterns;
mod violation;

use specwright_runtime::validation::Verdict;
pub use violation::{Reason, Violation};

use crate::document::{Node, Number, Object, Value, resolve};

/// Validates values against the schemas of one document.
#[derive(Debug)]
pub struct Validator<'d> {
    root: &'d Node,
    /// The remaining steps. When they run out, the value is accepted.
    budget: u32,
    formats: bool,
    /// An expression that could not be matched with a text in time.
    unchecked: Option<String>,
}

impl<'d> Validator<'d> {
    /// A validator for the schemas of a document. It treats a format as an annotation, as JSON
    /// Schema does.
    #[must_use]
    pub fn new(root: &'d Node) -> Self {
        Self { root, budget: 10_000, formats: false, unchecked: None }
    }

    /// Requires text to be in the format that its schema names, if servers validate that format.
    #[must_use]
    pub fn with_formats(self) -> Self {
        Self { formats: true, ..self }
    }

    /// Checks that a value fits a schema.
    ///
    /// # Errors
    /// The first reason why it does not fit.
    pub fn validate(&mut self, schema: &'d Node, value: &Node) -> Result<(), Violation> {
        self.at(schema, value, 0)
    }

    /// The first expression that was not matched with a text of an accepted value, because that
    /// could take too long.
    #[must_use]
    pub fn unchecked(&self) -> Option<&str> {
        self.unchecked.as_deref()
    }

    fn at(&mut self, schema: &'d Node, value: &Node, depth: usize) -> Result<(), Violation> {
        let Some(object) = schema.as_object() else {
            return Ok(());
        };
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 || depth > 64 {
            return Ok(());
        }
        if value.is_null() && object.get("nullable").and_then(Node::as_bool) == Some(true) {
            return Ok(());
        }
        if let Some(target) = schema.reference().and_then(|reference| resolve(self.root, reference)) {
            self.at(target, value, depth + 1)?;
        }
        kind(object, value)?;
        allowed(object, value)?;
        match &value.value {
            Value::Number(number) => {
                bounds(object, number)?;
                width(object, number)?;
            }
            Value::String(text) => self.text(object, text)?,
            Value::Array(members) => self.list(object, members, depth)?,
            Value::Object(properties) => self.object(object, properties, depth)?,
            Value::Null | Value::Bool(_) => {}
        }
        self.assertions(object, value, depth)?;
        self.composition(object, value, depth)
    }

    fn text(&mut self, schema: &Object, text: &str) -> Result<(), Violation> {
        within(schema, text.chars().count() as u64, "minLength", "maxLength", "characters")?;
        if let Some(pattern) = schema.get("pattern").and_then(Node::as_str) {
            match patterns::check(pattern, text) {
                Verdict::Matches => {}
                Verdict::Differs => return Err(Reason::Pattern(pattern.to_owned()).into()),
                Verdict::Unknown => drop(self.unchecked.get_or_insert_with(|| pattern.to_owned())),
            }
        }
        match schema.get("format").and_then(Node::as_str).filter(|_| self.formats) {
            Some(name) => formats::check(name, text),
            None => Ok(()),
        }
    }

    fn list(&mut self, schema: &'d Object, members: &[Node], depth: usize) -> Result<(), Violation> {
        let count = members.len() as u64;
        within(schema, count, "minItems", "maxItems", "items")?;
        let Some(items) = schema.get("items").filter(|_| !schema.contains_key("prefixItems")) else {
            return Ok(());
        };
        members.iter().try_for_each(|member| self.at(items, member, depth + 1))
    }

    fn object(&mut self, schema: &'d Object, value: &Object, depth: usize) -> Result<(), Violation> {
        for name in schema.get("required").and_then(Node::as_array).unwrap_or_default().iter().filter_map(Node::as_str)
        {
            if !value.contains_key(name) {
                return Err(Reason::Missing(name.to_owned()).into());
            }
        }
        let Some(properties) = schema.get("properties").and_then(Node::as_object) else {
            return Ok(());
        };
        for entry in value {
            if let Some(property) = properties.get(&entry.key) {
                self.at(property, &entry.value, depth + 1).map_err(|violation| violation.within(&entry.key))?;
            }
        }
        Ok(())
    }

    fn composition(&mut self, schema: &'d Object, value: &Node, depth: usize) -> Result<(), Violation> {
        let members = |keyword: &str| schema.get(keyword).and_then(Node::as_array).unwrap_or_default();
        for member in members("allOf") {
            self.at(member, value, depth + 1)?;
        }
        for keyword in ["anyOf", "oneOf"] {
            let members = members(keyword);
            if !members.is_empty() && members.iter().all(|member| self.at(member, value, depth + 1).is_err()) {
                return Err(Reason::NoMember(keyword).into());
            }
        }
        Ok(())
    }
}

fn kind(schema: &Object, value: &Node) -> Result<(), Violation> {
    let Some(name) = schema.get("type").and_then(Node::as_str) else {
        return Ok(());
    };
    let own = value.value.kind();
    let is_whole = |value: &Node| value.as_f64().is_some_and(|number| number.fract() == 0.0);
    let fits = match name {
        "number" => own == "number" || own == "integer",
        // `1.0` is a whole number.
        "integer" => own == "integer" || (own == "number" && is_whole(value)),
        _ => own == name,
    };
    if fits { Ok(()) } else { Err(Reason::Type { found: own, expected: name.to_owned() }.into()) }
}

fn allowed(schema: &Object, value: &Node) -> Result<(), Violation> {
    let Some(values) = schema.get("enum").and_then(Node::as_array) else {
        return Ok(());
    };
    if values.contains(value) { Ok(()) } else { Err(Reason::NotListed.into()) }
}

fn bounds(schema: &Object, number: &Number) -> Result<(), Violation> {
    let value = number.as_f64();
    let bound = |keyword: &str| schema.get(keyword).and_then(Node::as_f64);
    let low =
        bound("minimum").is_some_and(|low| value < low) || bound("exclusiveMinimum").is_some_and(|low| value <= low);
    let high = bound("maximum").is_some_and(|high| value > high)
        || bound("exclusiveMaximum").is_some_and(|high| value >= high);
    if low || high { Err(Reason::OutOfBounds.into()) } else { Ok(()) }
}

/// Whether a whole number fits into the integer that its format names.
fn width(schema: &Object, number: &Number) -> Result<(), Violation> {
    let bits = match schema.get("format").and_then(Node::as_str) {
        Some("int8") => 8,
        Some("int16") => 16,
        Some("int32") => 32,
        Some("int64") => 64,
        _ => return Ok(()),
    };
    let limit = 1_i128 << (bits - 1);
    let fits = number.as_i128().is_some_and(|value| (-limit..limit).contains(&value));
    if fits || schema.get("type").and_then(Node::as_str) != Some("integer") {
        return Ok(());
    }
    Err(Reason::Width(bits).into())
}

fn within(schema: &Object, count: u64, low: &str, high: &str, what: &'static str) -> Result<(), Violation> {
    let bound = |keyword: &str| schema.get(keyword).and_then(Node::as_u64);
    if bound(low).is_some_and(|low| count < low) {
        return Err(Reason::TooFew(what).into());
    }
    if bound(high).is_some_and(|high| count > high) {
        return Err(Reason::TooMany(what).into());
    }
    Ok(())
}
