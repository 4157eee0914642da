//! Schemas: nested, composed and recursive, in the idioms of 3.0 and 3.1 regardless of the version
//! of the document.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use super::{Draft, object, words};

/// The deepest nesting of schemas.
const MAX_DEPTH: usize = 6;

impl Draft<'_> {
    pub(super) fn schema(&mut self, depth: usize) -> Result<Value> {
        if depth >= MAX_DEPTH || self.schemas == 0 {
            return self.scalar().map(Value::Object);
        }
        self.schemas -= 1;
        let mut schema = match self.seed.int_in_range(0..=9)? {
            0 => return Ok(json!(self.seed.arbitrary::<bool>()?)),
            1 | 2 => self.reference()?,
            3 | 4 => self.scalar()?,
            5 => self.array(depth)?,
            6 | 7 => self.object(depth)?,
            _ => self.composition(depth)?,
        };
        for _ in 0..self.seed.int_in_range(0..=3)? / 2 {
            let (key, value) = self.keyword(depth)?;
            schema.insert(key.to_owned(), value);
        }
        Ok(Value::Object(schema))
    }

    fn reference(&mut self) -> Result<Map<String, Value>> {
        let key = if self.seed.ratio(1_u8, 20_u8)? { "$dynamicRef" } else { "$ref" };
        Ok(object([(key, json!(self.seed.choose(words::REFERENCES)?))]))
    }

    fn scalar(&mut self) -> Result<Map<String, Value>> {
        let kind = match self.seed.int_in_range(0..=7)? {
            0 => json!(["string", "null"]),
            1 => json!(["integer", "string"]),
            2 => json!("boolean"),
            3 => json!("number"),
            4 => json!("integer"),
            5 => json!("null"),
            _ => json!("string"),
        };
        let mut schema = object([("type", kind)]);
        if self.rarely()? {
            schema.insert("format".to_owned(), json!(self.seed.choose(words::FORMATS)?));
        }
        if self.rarely()? {
            let mut values = Vec::new();
            for _ in 0..self.seed.int_in_range(0..=4)? {
                let any = self.rarely()?;
                values.push(if any { self.value()? } else { json!(self.word()?) });
            }
            schema.insert("enum".to_owned(), Value::Array(values));
        }
        Ok(schema)
    }

    fn array(&mut self, depth: usize) -> Result<Map<String, Value>> {
        let mut schema = object([("type", json!("array"))]);
        if self.often()? {
            schema.insert("items".to_owned(), self.schema(depth + 1)?);
        }
        if self.rarely()? {
            schema.insert("prefixItems".to_owned(), self.members(depth)?);
        }
        Ok(schema)
    }

    fn object(&mut self, depth: usize) -> Result<Map<String, Value>> {
        let mut properties = Map::new();
        for _ in 0..self.seed.int_in_range(0..=4)? {
            properties.insert(self.word()?.to_owned(), self.schema(depth + 1)?);
        }
        let mut schema = object([("properties", Value::Object(properties))]);
        if self.often()? {
            schema.insert("type".to_owned(), json!("object"));
        }
        if self.often()? {
            schema.insert("required".to_owned(), json!([self.word()?, self.word()?]));
        }
        if self.rarely()? {
            schema.insert("additionalProperties".to_owned(), self.schema(depth + 1)?);
        }
        Ok(schema)
    }

    fn composition(&mut self, depth: usize) -> Result<Map<String, Value>> {
        let kind = self.one_of(&["allOf", "anyOf", "oneOf"])?;
        let mut schema = object([(kind, self.members(depth)?)]);
        if self.rarely()? {
            let target = self.seed.choose(words::REFERENCES)?;
            let discriminator = json!({ "propertyName": self.word()?, "mapping": { self.word()?: target } });
            schema.insert("discriminator".to_owned(), discriminator);
        }
        Ok(schema)
    }

    fn members(&mut self, depth: usize) -> Result<Value> {
        let mut members = Vec::new();
        for _ in 0..self.seed.int_in_range(0..=3)? {
            members.push(self.schema(depth + 1)?);
        }
        Ok(Value::Array(members))
    }

    /// A keyword other than the type.
    fn keyword(&mut self, depth: usize) -> Result<(&'static str, Value)> {
        Ok(match self.seed.int_in_range(0..=13)? {
            0 => ("nullable", json!(true)),
            1 => ("readOnly", json!(true)),
            2 => ("writeOnly", json!(true)),
            3 => ("default", self.value()?),
            4 => ("const", self.value()?),
            5 => ("example", self.value()?),
            6 => ("pattern", json!(self.seed.choose(words::PATTERNS)?)),
            7 => (self.one_of(&["not", "if", "then", "contains", "unevaluatedProperties"])?, self.schema(depth + 1)?),
            8 => ("$defs", json!({ "D": self.schema(depth + 1)? })),
            9 => (self.one_of(&["$anchor", "$dynamicAnchor", "$id"])?, json!("here")),
            10 => ("patternProperties", json!({ *self.seed.choose(words::PATTERNS)?: self.schema(depth + 1)? })),
            11 => ("description", json!(self.one_of(&["```\nlet x = 1;", "*/ \u{0}", "[a]: <b>", "# A\n\n- b"])?)),
            12 => (
                self.one_of(&["minLength", "maxLength", "minItems", "maxItems", "minProperties", "multipleOf"])?,
                self.value()?,
            ),
            _ => (self.one_of(&["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])?, self.value()?),
        })
    }

    fn value(&mut self) -> Result<Value> {
        let text = self.seed.choose(words::VALUES)?;
        Ok(serde_json::from_str(text).unwrap_or_else(|_| json!(text)))
    }
}
