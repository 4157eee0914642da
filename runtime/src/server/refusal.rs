//! Refusals in the shape that the document gives them: a template that is filled in with the faults
//! of the request.

use axum::response::Response;
use serde_json::Value;

use super::Rejection;
use crate::validation::Violation;

/// The documented shape of the refusals of some operations.
#[derive(Clone, Copy, Debug)]
pub struct Refusal {
    /// The ids of the operations.
    pub operations: &'static [&'static str],
    /// The first and the last of the statuses.
    pub statuses: (u16, u16),
    /// The media type.
    pub media: &'static str,
    /// JSON. A text that starts with `$` stands for something about the refusal: `$status`, `$title`,
    /// `$detail` or `$kind`. `["$each", item]` stands for an item for each fault, in which `$detail`,
    /// `$kind`, `$in`, `$name`, `$pointer` and `$path` are those of the fault. `null` is a problem
    /// document.
    pub template: &'static str,
}

impl Rejection {
    /// The response in the shape that the first of these gives to the operation and the status;
    /// without one, as [`into_response`](Self::into_response).
    #[must_use]
    pub fn into_documented(self, refusals: &[Refusal]) -> Response {
        let Some(operation) = self.operation() else { return self.into_response() };
        let status = self.status().as_u16();
        let fits = |refusal: &&Refusal| {
            let (first, last) = refusal.statuses;
            (first..=last).contains(&status) && refusal.operations.contains(&operation.id)
        };
        let found = refusals.iter().find(fits);
        let template = found.and_then(|refusal| Some((refusal, serde_json::from_str::<Value>(refusal.template).ok()?)));
        match template {
            Some((refusal, template)) if !template.is_null() => {
                let body = self.filled(&template, None).to_string();
                self.respond(refusal.media, body)
            }
            _ => self.into_response(),
        }
    }

    fn filled(&self, template: &Value, fault: Option<&Violation>) -> Value {
        match template {
            Value::String(text) => {
                text.strip_prefix('$').map_or_else(|| template.clone(), |name| self.named(name, fault))
            }
            Value::Array(items) => match items.as_slice() {
                [mark, item] if mark == "$each" && self.violations().is_empty() => vec![self.filled(item, None)].into(),
                [mark, item] if mark == "$each" => {
                    self.violations().iter().map(|fault| self.filled(item, Some(fault))).collect()
                }
                items => items.iter().map(|item| self.filled(item, fault)).collect(),
            },
            Value::Object(entries) => {
                entries.iter().map(|(name, value)| (name.clone(), self.filled(value, fault))).collect()
            }
            other => other.clone(),
        }
    }

    fn named(&self, name: &str, fault: Option<&Violation>) -> Value {
        let title = self.status().canonical_reason().unwrap_or_default();
        let pointer = fault.map_or("", |fault| fault.pointer.as_str());
        let tokens = || pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"));
        match (name, fault) {
            ("status", _) => self.status().as_u16().into(),
            ("title", _) => title.into(),
            ("detail", None) => self.to_string().into(),
            ("detail", Some(fault)) => fault.detail.clone().into(),
            ("kind", None) => title.to_lowercase().replace(' ', "_").into(),
            ("kind", Some(fault)) => fault.kind.into(),
            ("in", _) => fault.map_or("request", Violation::location).into(),
            ("name", _) => fault.and_then(Violation::parameter).or_else(|| tokens().last()).unwrap_or_default().into(),
            ("pointer", _) => pointer.into(),
            ("path", _) => tokens().map(Value::from).collect(),
            _ => Value::Null,
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::body::to_bytes;
    use futures::executor::block_on;
    use serde_json::{Value, json};

    use super::Refusal;
    use crate::descriptor::Operation;
    use crate::server::{Rejection, RejectionKind};
    use crate::validation::Violation;

    static LIST: Operation = Operation { id: "list", ..Operation::BASE };

    const REFUSALS: &[Refusal] = &[
        Refusal {
            operations: &["list"],
            statuses: (422, 422),
            media: "application/json",
            template: r#"{"detail":["$each",{"loc":"$path","msg":"$detail"}],"ok":false}"#,
        },
        Refusal {
            operations: &["list"],
            statuses: (400, 599),
            media: "application/json",
            template: r#"{"code":"$status","error":"$kind","message":"$detail"}"#,
        },
    ];

    fn body(rejection: Rejection) -> Value {
        let response = rejection.into_documented(REFUSALS);
        let bytes = block_on(to_bytes(response.into_body(), 9_999)).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    #[test]
    fn the_first_shape_of_the_status_is_filled_in() {
        let invalid = || Rejection::new(RejectionKind::Invalid, "the limit is too great");
        let fault = Violation::new("/query/a~1b/0", "maximum", "must be at most 9");
        let listed = json!({"detail": [{"loc": ["query", "a/b", "0"], "msg": "must be at most 9"}], "ok": false});
        assert_eq!(body(Rejection::invalid(vec![fault]).of(&LIST)), listed);
        let expected = json!({"detail": [{"loc": [], "msg": "the limit is too great"}], "ok": false});
        assert_eq!(body(invalid().of(&LIST)), expected);
        assert_eq!(body(invalid())["title"], "Unprocessable Entity");
        let forbidden = Rejection::new(RejectionKind::Forbidden, "not yours").of(&LIST);
        assert_eq!(body(forbidden), json!({"code": 403, "error": "forbidden", "message": "not yours"}));
    }
}
