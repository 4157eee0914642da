//! Paths and operations: parameters in every style, bodies and responses in every media type.

use arbitrary::Result;
use serde_json::{Map, Value, json};

use super::{Draft, object, words};

const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options", "trace", "query"];
const MEDIA: &[&str] = &[
    "application/json",
    "application/merge-patch+json",
    "application/json; v=1",
    "text/plain",
    "text/event-stream",
    "application/jsonl",
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "application/xml",
    "*/*",
    "image/*",
    "",
    "json",
];
const STATUSES: &[&str] = &["200", "201", "204", "2XX", "4XX", "404", "default", "600", "99", "5xx", "x-y"];

impl Draft<'_> {
    pub(super) fn paths(&mut self) -> Result<Value> {
        let mut paths = Map::new();
        for _ in 0..self.seed.int_in_range(0..=3)? {
            let (path, parameters) = self.seed.choose(words::PATHS)?;
            paths.insert((*path).to_owned(), self.path_item(parameters)?);
        }
        Ok(Value::Object(paths))
    }

    pub(super) fn path_item(&mut self, parameters: &[&str]) -> Result<Value> {
        let mut item = Map::new();
        for _ in 0..self.seed.int_in_range(0..=2)? {
            let method = self.one_of(METHODS)?;
            item.insert(method.to_owned(), self.operation(parameters)?);
        }
        if self.rarely()? {
            item.insert("parameters".to_owned(), json!([self.parameter("id", "path")?]));
        }
        if self.seed.ratio(1_u8, 20_u8)? {
            item.insert("$ref".to_owned(), json!(self.one_of(&["#/components/pathItems/Item", "#/paths/~1pets"])?));
        }
        Ok(Value::Object(item))
    }

    fn operation(&mut self, in_path: &[&str]) -> Result<Value> {
        let mut parameters = Vec::new();
        for name in in_path {
            if self.often()? {
                parameters.push(self.parameter(name, "path")?);
            }
        }
        for _ in 0..self.seed.int_in_range(0..=3)? {
            let location = self.one_of(&["query", "query", "header", "cookie", "path", "querystring", "body"])?;
            let name = self.word()?;
            parameters.push(self.parameter(name, location)?);
        }
        let mut operation = object([("parameters", Value::Array(parameters)), ("responses", self.responses()?)]);
        if self.often()? {
            operation.insert("operationId".to_owned(), json!(self.word()?));
        }
        if self.often()? {
            operation.insert("requestBody".to_owned(), self.body()?);
        }
        if self.rarely()? {
            operation.insert("security".to_owned(), self.security()?);
        }
        if self.rarely()? {
            operation.insert("tags".to_owned(), json!([self.word()?]));
        }
        if self.seed.ratio(1_u8, 10_u8)? {
            let callback = json!({ "{$request.body#/url}": { "post": { "responses": self.responses()? } } });
            operation.insert("callbacks".to_owned(), json!({ self.word()?: callback }));
        }
        Ok(Value::Object(operation))
    }

    pub(super) fn parameter(&mut self, name: &str, location: &str) -> Result<Value> {
        if self.seed.ratio(1_u8, 10_u8)? {
            return Ok(json!({ "$ref": "#/components/parameters/Id" }));
        }
        let mut parameter = object([("name", json!(name)), ("in", json!(location)), ("required", json!(location == "path"))]);
        if self.rarely()? {
            parameter.insert("content".to_owned(), self.content()?);
        } else {
            parameter.insert("schema".to_owned(), self.schema(3)?);
        }
        if self.often()? {
            let styles = &[
                "simple",
                "label",
                "matrix",
                "form",
                "spaceDelimited",
                "pipeDelimited",
                "deepObject",
                "cookie",
                "wrong",
            ];
            parameter.insert("style".to_owned(), json!(self.one_of(styles)?));
            parameter.insert("explode".to_owned(), json!(self.seed.arbitrary::<bool>()?));
        }
        if self.rarely()? {
            parameter.insert("allowReserved".to_owned(), json!(true));
        }
        Ok(Value::Object(parameter))
    }

    pub(super) fn body(&mut self) -> Result<Value> {
        if self.rarely()? {
            return Ok(json!({ "$ref": "#/components/requestBodies/Body" }));
        }
        Ok(json!({ "required": self.seed.arbitrary::<bool>()?, "content": self.content()? }))
    }

    fn responses(&mut self) -> Result<Value> {
        let mut responses = Map::new();
        for _ in 0..self.seed.int_in_range(0..=3)? {
            responses.insert(self.one_of(STATUSES)?.to_owned(), self.response()?);
        }
        Ok(Value::Object(responses))
    }

    pub(super) fn response(&mut self) -> Result<Value> {
        if self.rarely()? {
            return Ok(json!({ "$ref": "#/components/responses/Response" }));
        }
        let mut response = object([("description", json!(self.word()?))]);
        if self.often()? {
            response.insert("content".to_owned(), self.content()?);
        }
        if self.rarely()? {
            response.insert("headers".to_owned(), json!({ self.word()?: { "$ref": "#/components/headers/Limit" } }));
        }
        Ok(Value::Object(response))
    }

    fn content(&mut self) -> Result<Value> {
        let mut content = Map::new();
        for _ in 0..self.seed.int_in_range(0..=2)? {
            let mut media = object([("schema", self.schema(2)?)]);
            if self.rarely()? {
                media.insert("example".to_owned(), json!({ "id": 1 }));
            }
            if self.rarely()? {
                let types = self.one_of(MEDIA)?;
                let style = self.one_of(&["form", "deepObject", "pipeDelimited"])?;
                media.insert("encoding".to_owned(), json!({ self.word()?: { "contentType": types, "style": style } }));
            }
            content.insert(self.one_of(MEDIA)?.to_owned(), Value::Object(media));
        }
        Ok(Value::Object(content))
    }
}
