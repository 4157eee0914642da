//! Schemas of a document as JSON Schema: draft 4 for versions 2.0 and 3.0, whose dialect is
//! translated, and 2020-12 from 3.1 on.

use std::cell::RefCell;
use std::collections::BTreeMap;

use jsonschema::{Draft, Validator};
use serde_json::{Map, Value, json};
use specwright_codegen::document::{VersionLine, pointer};

use super::is_own_dialect;

/// The faults of a value that are shown.
const SHOWN: usize = 3;

/// Keywords whose value is a schema.
const ONE: [&str; 12] = [
    "items",
    "additionalProperties",
    "additionalItems",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentSchema",
];

/// Keywords whose value is a list of schemas.
const LISTS: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Keywords whose value has a schema for each name.
const MAPS: [&str; 4] = ["properties", "patternProperties", "dependentSchemas", "$defs"];

/// Keywords that describe, or that would give a schema another address.
const LEFT_OUT: [&str; 9] =
    ["$id", "id", "$schema", "$anchor", "$comment", "example", "examples", "default", "discriminator"];

/// The schemas of a document.
pub(super) struct Dialect<'r> {
    root: &'r Value,
    line: VersionLine,
    /// The validators by their schemas. Many responses have the same one.
    known: RefCell<BTreeMap<String, Result<Validator, String>>>,
}

/// The value to which a local reference points.
pub(super) fn target<'r>(root: &'r Value, reference: &str) -> Option<&'r Value> {
    root.pointer(&pointer::of_reference(reference)?)
}

impl<'r> Dialect<'r> {
    pub(super) fn new(root: &'r Value, line: VersionLine) -> Self {
        Self { root, line, known: RefCell::default() }
    }

    pub(super) fn root(&self) -> &'r Value {
        self.root
    }

    /// What is wrong with a value; nothing if it is valid.
    ///
    /// # Errors
    /// If the validator cannot read the schema.
    pub(super) fn faults(&self, schema: &Value, value: &Value) -> Result<Vec<String>, String> {
        let mut known = self.known.borrow_mut();
        let validator = known.entry(schema.to_string()).or_insert_with(|| self.validator(schema));
        let validator = validator.as_ref().map_err(Clone::clone)?;
        let faults = validator.iter_errors(value).take(SHOWN);
        Ok(faults.map(|fault| format!("{}: {fault}", fault.instance_path())).collect())
    }

    fn validator(&self, schema: &Value) -> Result<Validator, String> {
        let mut translation = Translation { dialect: self, names: BTreeMap::new(), open: Vec::new() };
        let whole = translation.schema(schema);
        let mut definitions = Map::new();
        while let Some((reference, name)) = translation.open.pop() {
            let target = target(self.root, &reference).ok_or_else(|| format!("`{reference}` has no target"))?;
            definitions.insert(name, translation.schema(target));
        }
        let whole = json!({"allOf": [whole], "definitions": definitions});
        let draft = if is_own_dialect(self.line) { Draft::Draft4 } else { Draft::Draft202012 };
        let options = jsonschema::options().with_draft(draft).should_validate_formats(true);
        options.should_ignore_unknown_formats(true).build(&whole).map_err(|error| error.to_string())
    }

    /// Whether a property is only sent in requests.
    fn is_write_only(&self, property: &Value, depth: usize) -> bool {
        if property.get("writeOnly") == Some(&Value::Bool(true)) {
            return true;
        }
        let reference = property.get("$ref").and_then(Value::as_str).and_then(|one| target(self.root, one));
        let members = property.get("allOf").and_then(Value::as_array).into_iter().flatten();
        depth > 0 && reference.into_iter().chain(members).any(|one| self.is_write_only(one, depth - 1))
    }
}

/// The translation of one schema and of those to which it refers.
struct Translation<'d, 'r> {
    dialect: &'d Dialect<'r>,
    names: BTreeMap<String, String>,
    /// References whose targets are not translated yet, with their names.
    open: Vec<(String, String)>,
}

impl Translation<'_, '_> {
    fn schema(&mut self, schema: &Value) -> Value {
        let Some(object) = schema.as_object() else { return schema.clone() };
        let is_own = is_own_dialect(self.dialect.line);
        if let Some(reference) = object.get("$ref").and_then(Value::as_str) {
            let reference = self.reference(reference);
            // Before 3.1, what is beside a reference has no meaning.
            if is_own {
                return reference;
            }
            let mut beside = object.clone();
            beside.remove("$ref");
            return json!({"allOf": [reference, self.keywords(&beside)]});
        }
        self.keywords(object)
    }

    fn reference(&mut self, reference: &str) -> Value {
        let next = format!("s{}", self.names.len());
        let name = self.names.entry(reference.to_owned()).or_insert_with(|| {
            self.open.push((reference.to_owned(), next.clone()));
            next
        });
        json!({"$ref": format!("#/definitions/{name}")})
    }

    fn keywords(&mut self, object: &Map<String, Value>) -> Value {
        let mut translated = Map::new();
        for (key, value) in object {
            let key = key.as_str();
            let value = match value {
                _ if LEFT_OUT.contains(&key) || key.starts_with("x-") => continue,
                Value::Object(_) if ONE.contains(&key) => self.schema(value),
                Value::Array(members) if LISTS.contains(&key) || key == "items" => {
                    members.iter().map(|member| self.schema(member)).collect()
                }
                Value::Object(members) if MAPS.contains(&key) => {
                    let members = members.iter().map(|(name, member)| (name.clone(), self.schema(member)));
                    Value::Object(members.collect())
                }
                Value::Array(names) if key == "required" => {
                    let names = self.required(names, object.get("properties"));
                    if names.is_empty() {
                        continue;
                    }
                    Value::Array(names)
                }
                // A flag at the property itself, from older drafts.
                _ if key == "required" => continue,
                value => value.clone(),
            };
            translated.insert(key.to_owned(), value);
        }
        tidy(&mut translated);
        if is_own_dialect(self.dialect.line) {
            nullable(object, &mut translated);
        }
        Value::Object(translated)
    }

    /// The required properties of a response.
    fn required(&self, names: &[Value], properties: Option<&Value>) -> Vec<Value> {
        let is_received = |name: &&Value| {
            let property = name.as_str().and_then(|name| properties?.get(name));
            !property.is_some_and(|property| self.dialect.is_write_only(property, 4))
        };
        names.iter().filter(is_received).cloned().collect()
    }
}

/// Keywords whose value is a number.
const NUMBERS: [&str; 3] = ["minimum", "maximum", "multipleOf"];

/// The types of JSON Schema, and that of files in the older dialects.
const TYPES: [&str; 8] = ["array", "boolean", "file", "integer", "null", "number", "object", "string"];

/// What documents write although no draft allows it, without a change of meaning: numbers as text,
/// a name that is required twice, and types that do not exist, such as `any`.
fn tidy(translated: &mut Map<String, Value>) {
    if translated.get("type").and_then(Value::as_str).is_some_and(|kind| !TYPES.contains(&kind)) {
        translated.remove("type");
    }
    for keyword in NUMBERS {
        let number = translated.get(keyword).and_then(Value::as_str).and_then(|text| text.parse::<f64>().ok());
        if let Some(number) = number {
            translated.insert(keyword.to_owned(), json!(number));
        }
    }
    for keyword in ["required", "enum"] {
        if let Some(Value::Array(values)) = translated.get_mut(keyword) {
            let mut known: Vec<Value> = Vec::new();
            values.retain(|value| {
                let is_new = !known.contains(value);
                known.push(value.clone());
                is_new
            });
        }
    }
}

/// `nullable` and `type: file` of the older dialects.
fn nullable(object: &Map<String, Value>, translated: &mut Map<String, Value>) {
    if translated.get("type") == Some(&Value::from("file")) {
        translated.remove("type");
    }
    let flag = ["nullable", "x-nullable"].iter().any(|key| object.get(*key) == Some(&Value::Bool(true)));
    if !flag {
        return;
    }
    translated.remove("nullable");
    if let Some(Value::String(kind)) = translated.get("type").cloned() {
        translated.insert("type".to_owned(), json!([kind, "null"]));
    }
    if let Some(Value::Array(values)) = translated.get_mut("enum")
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
}
