//! An operation of the document → requests: valid ones, and ones that are invalid in one place. Their
//! values come from [`specwright_codegen::values`].

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Request};
use serde_json::Value;
use specwright_codegen::document::{Node, pointer};
use specwright_codegen::openapi::operations::Listed;
use specwright_codegen::values::Maker;

use super::body::{Content, Encoded};
use super::parameter::{self, Location, Parameter, Sent};
use super::{Settings, target};

/// A request, and what its response must be.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) expectation: Expectation,
    /// What the request violates; empty for a valid request.
    pub(super) breaks: String,
    method: String,
    target: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Option<Body>,
}

/// A body, and the value that it was made from.
#[derive(Clone, Debug)]
struct Body {
    value: Value,
    encoded: Encoded,
}

/// What the contract requires of the response to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Expectation {
    /// Any documented response.
    Documented,
    /// A status from 400 to 499.
    Refused,
}

/// The parts from which requests of an operation are built.
struct Parts<'d> {
    maker: Maker<'d>,
    settings: &'d Settings,
    method: String,
    path: &'d str,
    parameters: Vec<Parameter<'d>>,
    is_body_required: bool,
    /// The body in each media type in which it can be sent.
    bodies: Vec<RequestBody<'d>>,
}

/// A request body in one media type.
struct RequestBody<'d> {
    content: Content<'d>,
    /// Valid values, the smallest first.
    valid: Vec<Body>,
}

/// The requests of an operation, or the reason why not even one valid request can be made.
pub(super) fn of(root: &Node, settings: &Settings, operation: &Listed<'_>) -> Result<Vec<Case>, String> {
    let item = root.get("paths").and_then(|paths| paths.get(operation.path));
    let maker = Maker::of_requests(root);
    let (is_body_required, bodies) = bodies(root, maker, operation.node)?;
    let parts = Parts {
        maker,
        settings,
        method: operation.key.method(),
        path: operation.path,
        parameters: parameter::of(root, settings, item, operation.node)?,
        is_body_required,
        bodies,
    };
    let mut cases = parts.valid();
    cases.extend(parts.invalid());
    Ok(cases)
}

/// Whether an operation requires a body, and its bodies. A required body that cannot be sent in any
/// of its media types cannot be made.
fn bodies<'d>(root: &'d Node, maker: Maker<'d>, operation: &'d Node) -> Result<(bool, Vec<RequestBody<'d>>), String> {
    let Some(body) = operation.get("requestBody").map(|body| target(root, body)) else {
        return Ok((false, Vec::new()));
    };
    let is_required = body.get("required").and_then(Node::as_bool).unwrap_or_default();
    let contents = body.get("content").and_then(Node::as_object).into_iter().flatten();
    let contents: Vec<(Content<'d>, &'d Node)> =
        contents.filter_map(|entry| Some((Content::of(root, &entry.key, &entry.value)?, &entry.value))).collect();
    if contents.is_empty() && is_required {
        return Err("its body is neither JSON nor a form nor text".to_owned());
    }
    let bodies = contents.into_iter().map(|(content, node)| self::body(root, maker, content, node));
    let bodies: Vec<RequestBody<'d>> = bodies.filter(|body| !body.valid.is_empty()).collect();
    if bodies.is_empty() && is_required {
        return Err("no value of its body can be made".to_owned());
    }
    Ok((is_required, bodies))
}

/// The body in one media type, with its examples and the values that its schema describes.
fn body<'d>(root: &'d Node, maker: Maker<'d>, content: Content<'d>, node: &'d Node) -> RequestBody<'d> {
    let examples = node.get("examples").and_then(Node::as_object).into_iter().flatten();
    let examples = examples.filter_map(|example| target(root, &example.value).get("value"));
    let mut valid: Vec<Value> = node.get("example").into_iter().chain(examples).map(Node::to_json).collect();
    if let Some(full) = maker.valid(content.schema) {
        valid.splice(0..0, [smallest(root, content.schema, &full), full]);
    }
    valid.dedup();
    let valid = valid.into_iter().filter_map(|value| Some(Body { encoded: content.encode(&value)?, value }));
    RequestBody { content, valid: valid.collect() }
}

/// The value with only its required properties, if the schema itself lists them.
fn smallest(root: &Node, schema: &Node, full: &Value) -> Value {
    let schema = target(root, schema);
    let (Value::Object(properties), None) = (full, schema.get("allOf")) else { return full.clone() };
    if schema.get("oneOf").or_else(|| schema.get("anyOf")).or_else(|| schema.get("minProperties")).is_some() {
        return full.clone();
    }
    let required = schema.get("required").and_then(Node::as_array).unwrap_or_default();
    let is_required = |name: &str| required.iter().any(|one| one.as_str() == Some(name));
    let kept = properties.iter().filter(|(name, _)| is_required(name));
    Value::Object(kept.map(|(name, value)| (name.clone(), value.clone())).collect())
}

impl Parts<'_> {
    /// Valid requests, the smallest first.
    fn valid(&self) -> Vec<Case> {
        let required = |parameter: &Parameter<'_>| parameter.is_required.then(|| parameter.sent());
        let all = |parameter: &Parameter<'_>| Some(parameter.sent());
        let (least, most) = (self.chosen(required), self.chosen(all));
        let none = (!self.is_body_required || self.bodies.is_empty()).then_some(None);
        let bodies = self.bodies.iter().flat_map(|body| body.valid.iter().map(Some));
        let bodies: Vec<Option<&Body>> = none.into_iter().chain(bodies).collect();
        let mut cases: Vec<Case> = bodies.iter().map(|body| self.case(&least, *body)).collect();
        if most.len() > least.len() {
            cases.extend(bodies.last().map(|body| self.case(&most, *body)));
        }
        cases
    }

    /// Requests that are invalid in one place.
    fn invalid(&self) -> Vec<Case> {
        let least = |parameter: &Parameter<'_>| parameter.is_required.then(|| parameter.sent());
        let body = self.bodies.first().and_then(|body| body.valid.first());
        let mut cases = Vec::new();
        for (index, wrong) in self.parameters.iter().enumerate() {
            let but = |replaced: Option<Sent>| {
                let others = self.parameters.iter().enumerate();
                let sent = others.filter_map(|(at, one)| if at == index { replaced.clone() } else { least(one) });
                self.case(&sent.collect::<Vec<_>>(), body)
            };
            let (place, name) = (wrong.location.word(), wrong.name);
            if wrong.is_required && wrong.location != Location::Path {
                cases.push(but(None).breaking(format!("{place} parameter `{name}` is missing")));
            }
            for (keyword, sent) in wrong.broken() {
                cases.push(but(Some(sent)).breaking(format!("{place} parameter `{name}` breaks `{keyword}`")));
            }
        }
        let sent = self.chosen(least);
        if self.is_body_required && !self.bodies.is_empty() {
            cases.push(self.case(&sent, None).breaking("the body is missing".to_owned()));
        }
        cases.extend(self.bodies.iter().flat_map(|body| self.invalid_bodies(body, &sent)));
        cases
    }

    /// Requests whose body is invalid in one place. A value that the media type can express only as a
    /// valid one is left out.
    fn invalid_bodies(&self, body: &RequestBody<'_>, sent: &[Sent]) -> Vec<Case> {
        let Some(valid) = body.valid.last() else { return Vec::new() };
        let broken = self.maker.broken(body.content.schema, &valid.value).into_iter();
        let cases = broken.filter_map(|broken| {
            let name = pointer::unescape(broken.pointer.split('/').nth(1).unwrap_or_default());
            if body.content.reads(&broken.value, &name) {
                return None;
            }
            let encoded = body.content.encode(&broken.value)?;
            let case = self.case(sent, Some(&Body { value: broken.value, encoded }));
            Some(case.breaking(format!("the body breaks `{}` at `{}`", broken.keyword, broken.pointer)))
        });
        cases.collect()
    }

    fn chosen(&self, choose: impl Fn(&Parameter<'_>) -> Option<Sent>) -> Vec<Sent> {
        self.parameters.iter().filter_map(choose).collect()
    }

    fn case(&self, sent: &[Sent], body: Option<&Body>) -> Case {
        let mut target = self.path.split('?').next().unwrap_or(self.path).to_owned();
        let (mut query, mut headers, mut cookies) = (Vec::new(), self.settings.headers.clone(), Vec::new());
        query.extend(self.path.split_once('?').map(|(_, fixed)| fixed.to_owned()));
        for one in sent {
            match one {
                Sent::Path(name, text) => target = target.replace(&format!("{{{name}}}"), text),
                Sent::Query(pairs) => query.push(pairs.clone()),
                Sent::Header(name, value) => headers.push((name.clone(), value.clone())),
                Sent::Cookie(pair) => cookies.push(pair.clone()),
            }
        }
        if let Ok(cookie) = HeaderValue::try_from(cookies.join("; "))
            && !cookies.is_empty()
        {
            headers.push((http::header::COOKIE, cookie));
        }
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        Case {
            expectation: Expectation::Documented,
            breaks: String::new(),
            method: self.method.clone(),
            target,
            headers,
            body: body.cloned(),
        }
    }
}

impl Case {
    fn breaking(self, breaks: String) -> Self {
        Self { expectation: Expectation::Refused, breaks, ..self }
    }

    /// The request. A target that is not a URI is sent as `/`, which no operation expects.
    pub(super) fn request(&self) -> Request<axum::body::Body> {
        let (media, body) = match self.body.as_ref().map(|body| &body.encoded) {
            Some(body) => {
                (HeaderValue::try_from(body.content_type.as_str()).ok(), axum::body::Body::from(body.bytes.clone()))
            }
            None => (None, axum::body::Body::empty()),
        };
        let mut request = Request::new(body);
        *request.method_mut() = self.method.parse().unwrap_or_default();
        *request.uri_mut() = self.target.parse().unwrap_or_default();
        request.headers_mut().extend(self.headers.iter().cloned());
        request.headers_mut().extend(media.map(|media| (CONTENT_TYPE, media)));
        request
    }

    /// The method of the request.
    pub(super) fn method(&self) -> &str {
        &self.method
    }
}

/// Shows no headers, because they may hold credentials.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.target)?;
        if let Some(body) = &self.body {
            write!(f, " {}", body.value)?;
        }
        Ok(())
    }
}
