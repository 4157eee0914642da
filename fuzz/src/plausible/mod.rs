//! Makes documents that look like `OpenAPI` from bytes. Most of them are valid; the others have
//! typical mistakes.

mod operations;
mod schemas;
mod words;

use std::fmt;

use arbitrary::{Arbitrary, Result, Unstructured};
use serde_json::{Map, Value, json};

/// A document.
pub struct Document(Value);

/// Two versions of a document.
pub struct Siblings(Value, Value);

impl Document {
    /// The document as JSON.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.to_string()
    }
}

impl Siblings {
    /// Both documents as JSON.
    #[must_use]
    pub fn texts(&self) -> (String, String) {
        (self.0.to_string(), self.1.to_string())
    }
}

impl<'s> Arbitrary<'s> for Document {
    fn arbitrary(seed: &mut Unstructured<'s>) -> Result<Self> {
        let seed = seed.bytes(seed.len())?;
        Draft::new(seed).document().map(Self)
    }
}

impl<'s> Arbitrary<'s> for Siblings {
    fn arbitrary(seed: &mut Unstructured<'s>) -> Result<Self> {
        let count = usize::from(seed.arbitrary::<u8>()? % 8);
        let mut changes = Vec::new();
        for _ in 0..count {
            changes.push(seed.arbitrary::<(u16, u8)>()?);
        }
        let base = seed.bytes(seed.len())?;
        let mut other = base.to_vec();
        for (at, byte) in changes {
            let length = other.len().max(1);
            if let Some(old) = other.get_mut(usize::from(at) % length) {
                *old = byte;
            }
        }
        Ok(Self(Draft::new(base).document()?, Draft::new(&other).document()?))
    }
}

// The fuzzer prints failing inputs in this format, which can be saved and generated from by hand.
impl fmt::Debug for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}", self.0)
    }
}

impl fmt::Debug for Siblings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#}\n{:#}", self.0, self.1)
    }
}

/// Draws the parts of a document from a seed.
struct Draft<'s> {
    seed: Unstructured<'s>,
    /// The number of schemas that may still be nested. Later ones are scalars.
    schemas: usize,
}

impl<'s> Draft<'s> {
    fn new(seed: &'s [u8]) -> Self {
        Self { seed: Unstructured::new(seed), schemas: 60 }
    }

    fn document(&mut self) -> Result<Value> {
        if self.seed.len() < 16 {
            return Err(arbitrary::Error::NotEnoughData);
        }
        let version = self.one_of(&["3.0.3", "3.1.0", "3.2.0"])?;
        let components = self.components()?;
        let mut document = object([
            ("openapi", json!(version)),
            ("info", json!({ "title": self.word()?, "version": "1" })),
            ("paths", self.paths()?),
            ("components", components),
        ]);
        if self.rarely()? {
            document.insert("webhooks".to_owned(), json!({ self.word()?: self.path_item(&[])? }));
        }
        if self.rarely()? {
            document.insert("security".to_owned(), self.security()?);
        }
        if self.rarely()? {
            let server =
                self.one_of(&["/v1", "https://a.example", "https://{x}.example/{y}", "", "http://[::1", "//b"])?;
            document.insert(
                "servers".to_owned(),
                json!([{ "url": server, "variables": { "x": { "default": self.word()? } } }]),
            );
        }
        Ok(Value::Object(document))
    }

    fn components(&mut self) -> Result<Value> {
        let mut schemas = Map::new();
        for name in words::COMPONENTS {
            let schema = self.schema(0)?;
            schemas.insert((*name).to_owned(), schema);
        }
        let parameter = self.parameter("id", "path")?;
        let body = self.body()?;
        let response = self.response()?;
        let item = if self.rarely()? { self.path_item(&[])? } else { json!({ "$ref": "#/components/pathItems/Item" }) };
        Ok(json!({
            "schemas": schemas,
            "parameters": { "Id": parameter },
            "requestBodies": { "Body": body },
            "responses": { "Response": response },
            "headers": { "Limit": { "schema": self.schema(3)? } },
            "pathItems": { "Item": item },
            "securitySchemes": self.schemes()?,
        }))
    }

    fn schemes(&mut self) -> Result<Value> {
        let location = self.one_of(&["header", "query", "cookie", "body"])?;
        let scheme = self.one_of(&["basic", "bearer", "digest", ""])?;
        Ok(json!({
            "key": { "type": "apiKey", "in": location, "name": self.word()? },
            "http": { "type": "http", "scheme": scheme },
            "oauth": { "type": "oauth2", "flows": { "implicit": { "authorizationUrl": "https://a.example", "scopes": { "a": "" } } } },
        }))
    }

    fn security(&mut self) -> Result<Value> {
        let mut alternatives = Vec::new();
        for _ in 0..self.seed.int_in_range(0..=3)? {
            let mut requirement = Map::new();
            for _ in 0..self.seed.int_in_range(0..=2)? {
                let scheme = self.one_of(&["key", "http", "oauth", "missing"])?;
                requirement.insert(scheme.to_owned(), json!(if self.rarely()? { vec!["a"] } else { vec![] }));
            }
            alternatives.push(Value::Object(requirement));
        }
        Ok(Value::Array(alternatives))
    }

    fn word(&mut self) -> Result<&'static str> {
        self.seed.choose(words::NAMES).copied()
    }

    fn one_of(&mut self, texts: &[&'static str]) -> Result<&'static str> {
        self.seed.choose(texts).copied()
    }

    fn rarely(&mut self) -> Result<bool> {
        // Inverted, so that the result is `false` when the bytes are used up.
        self.seed.ratio(4_u8, 5_u8).map(|often| !often)
    }

    fn often(&mut self) -> Result<bool> {
        self.seed.ratio(3_u8, 5_u8)
    }
}

fn object<const N: usize>(entries: [(&str, Value); N]) -> Map<String, Value> {
    entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}
