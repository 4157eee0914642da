//! The schemas of documented responses, for what a server sends and what a recording holds.

use serde_json::Value;

use super::read::{list, schema};
use super::{OperationSchemas, Schema, Schemas, read};

/// A documented response: its statuses and media types, and the schemas of its body and headers.
#[derive(Clone, Debug)]
pub struct ResponseSchemas {
    first: u16,
    last: u16,
    media: Vec<String>,
    body: Option<Schema>,
    pub(crate) headers: Vec<HeaderSchema>,
}

/// A documented header of a response.
#[derive(Clone, Debug)]
pub(crate) struct HeaderSchema {
    pub(crate) name: String,
    pub(crate) is_required: bool,
    pub(crate) is_json: bool,
    pub(crate) explode: bool,
    pub(crate) schema: Schema,
}

impl Schemas {
    /// Adds the schemas of responses, in the form in which generated crates carry them.
    ///
    /// # Errors
    /// If the text is not of this form.
    pub fn add_responses(&mut self, text: &str) -> Result<(), String> {
        let added = read::schemas(text)?;
        self.types.extend(added.types);
        for (id, operation) in added.operations {
            self.operations.entry(id).or_default().responses = operation.responses;
        }
        Ok(())
    }
}

impl OperationSchemas {
    /// The documented response with this status and content type. An exact status counts before a
    /// range, and a range before `default`.
    #[must_use]
    pub fn response(&self, status: u16, content_type: Option<&str>) -> Option<&ResponseSchemas> {
        let fits = |response: &&ResponseSchemas| (response.first..=response.last).contains(&status);
        let width = |response: &ResponseSchemas| response.last - response.first;
        let narrowest = self.responses.iter().filter(fits).map(width).min()?;
        let mut same = self.responses.iter().filter(fits).filter(|response| width(response) == narrowest);
        let first = same.clone().next();
        same.find(|response| response.covers(content_type)).or(first)
    }
}

#[cfg(feature = "cassettes")]
impl OperationSchemas {
    /// Whether the responses of the operation are known.
    pub(crate) fn has_responses(&self) -> bool {
        !self.responses.is_empty()
    }
}

impl ResponseSchemas {
    /// The schema of the body, or of each item if the body is a stream of items.
    #[must_use]
    pub fn body(&self) -> Option<&Schema> {
        self.body.as_ref()
    }

    fn covers(&self, content_type: Option<&str>) -> bool {
        match content_type {
            Some(content_type) => self.media.iter().any(|media| crate::media::covers(media, content_type)),
            None => self.media.is_empty(),
        }
    }
}

/// Reads a response: `{"status": "4XX", "media": ["application/json"], "body": {}, "headers": []}`.
pub(super) fn read(value: &Value) -> ResponseSchemas {
    let code = |value: &Value| u16::try_from(value.as_u64()?).ok();
    let class = |value: &Value| value.as_str()?.strip_suffix("XX")?.parse::<u8>().ok().map(u16::from);
    let (first, last) = match value.get("status") {
        Some(status) => match (code(status), class(status)) {
            (Some(code), _) => (code, code),
            (None, Some(class)) => (class * 100, class * 100 + 99),
            (None, None) => (0, 0),
        },
        None => (0, u16::MAX),
    };
    ResponseSchemas {
        first,
        last,
        media: list(value, "media").iter().filter_map(Value::as_str).map(ToOwned::to_owned).collect(),
        body: value.get("body").map(schema),
        headers: list(value, "headers").iter().filter_map(header).collect(),
    }
}

/// Reads a header: `{"name": "x-total", "required": true, "schema": {}}`.
fn header(value: &Value) -> Option<HeaderSchema> {
    let is = |name: &str| value.get(name) == Some(&Value::Bool(true));
    Some(HeaderSchema {
        name: value.get("name")?.as_str()?.to_owned(),
        is_required: is("required"),
        is_json: is("json"),
        explode: is("explode"),
        schema: schema(value.get("schema")?),
    })
}

#[cfg(test)]
mod tests {
    use crate::schema::Schemas;

    const RESPONSES: &str = r#"// Generated.
{"operations": {"get": {"responses": [
    {"status": 200, "media": ["application/json"], "body": {"type": "string"}},
    {"status": 200, "media": ["text/plain"], "body": {"type": "integer"}},
    {"status": "2XX"},
    {"media": ["application/json"], "body": {"type": "boolean"}}
]}}, "types": {}}"#;

    #[test]
    fn the_most_exact_response_counts() {
        let mut schemas = Schemas::default();
        schemas.add_responses(RESPONSES).unwrap();
        let operation = schemas.operation("get").unwrap();
        let faults = |status: u16, content_type: Option<&str>| {
            let body = operation.response(status, content_type).unwrap().body();
            body.map(|body| schemas.faults(body, &"a".into(), "", 9).len())
        };
        assert_eq!(faults(200, Some("application/json; charset=utf-8")), Some(0));
        assert_eq!(faults(200, Some("text/plain")), Some(1));
        assert_eq!(faults(204, None), None);
        assert_eq!(faults(404, Some("application/json")), Some(1));
    }
}
