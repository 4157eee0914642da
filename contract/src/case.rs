//! An operation of the document → requests: valid ones, and ones that are invalid in one place. Their
//! values come from [`specwright_codegen::values`]. A request can be made smaller.

use std::borrow::Cow;
use std::fmt;

use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Request};
use serde_json::Value;
use specwright_codegen::document::{Node, pointer};
use specwright_codegen::openapi::operations::Listed;
use specwright_codegen::values::Maker;

use super::body::{Content, Encoded};
use super::parameter::{self, Location, Parameter, Sent, fits};
use super::shrink::{Change, changes};
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
    /// The indexes of the parameters that are sent, with their values.
    sent: Vec<(usize, Value)>,
    /// The index of the parameter that is wrong.
    wrong: Option<usize>,
    body: Option<Body>,
}

/// A body, and the value that it was made from.
#[derive(Clone, Debug)]
struct Body {
    /// The index of its media type.
    content: usize,
    value: Value,
    encoded: Encoded,
    /// For a body that is invalid in one place, a valid one that differs only there.
    wrong: Option<Wrong>,
}

/// Where a body is invalid.
#[derive(Clone, Debug)]
struct Wrong {
    pointer: String,
    valid: Value,
}

/// What the contract requires of the response to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Expectation {
    /// Any documented response.
    Documented,
    /// A status from 400 to 499.
    Refused,
}

/// The requests of an operation, and the parts from which they are built.
pub(super) struct Requests<'d> {
    root: &'d Node,
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
pub(super) fn of<'d>(root: &'d Node, settings: &'d Settings, operation: &Listed<'d>) -> Result<Requests<'d>, String> {
    let item = root.get("paths").and_then(|paths| paths.get(operation.path));
    let maker = Maker::of_requests(root);
    let (is_body_required, bodies) = bodies(root, maker, operation.node)?;
    Ok(Requests {
        root,
        maker,
        settings,
        method: operation.key.method(),
        path: operation.path,
        parameters: parameter::of(root, settings, item, operation.node)?,
        is_body_required,
        bodies,
    })
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
    let mut bodies = Vec::with_capacity(contents.len());
    for (content, node) in contents {
        let body = self::body(root, maker, bodies.len(), content, node);
        bodies.extend((!body.valid.is_empty()).then_some(body));
    }
    if bodies.is_empty() && is_required {
        return Err("no value of its body can be made".to_owned());
    }
    Ok((is_required, bodies))
}

/// The body in one media type, with its examples and the values that its schema describes.
fn body<'d>(root: &'d Node, maker: Maker<'d>, index: usize, content: Content<'d>, node: &'d Node) -> RequestBody<'d> {
    let examples = node.get("examples").and_then(Node::as_object).into_iter().flatten();
    let examples = examples.filter_map(|example| target(root, &example.value).get("value"));
    let mut valid: Vec<Value> = node.get("example").into_iter().chain(examples).map(Node::to_json).collect();
    if let Some(full) = maker.valid(content.schema) {
        valid.splice(0..0, [smallest(root, content.schema, &full), full]);
    }
    valid.dedup();
    let body = |value| Some(Body { content: index, encoded: content.encode(&value)?, value, wrong: None });
    let valid = valid.into_iter().filter_map(body).collect();
    RequestBody { content, valid }
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

impl Requests<'_> {
    /// The valid requests, the smallest first, and then the invalid ones.
    pub(super) fn all(&self) -> Vec<Case> {
        let mut cases = self.valid();
        cases.extend(self.invalid());
        cases
    }

    /// Requests that are smaller in one place, and valid or invalid as this one is.
    pub(super) fn smaller(&self, case: &Case) -> Vec<Case> {
        let as_case = |sent, body: Option<&Body>| {
            let Case { expectation, breaks, wrong, .. } = case.clone();
            Case { expectation, breaks, wrong, ..self.case(sent, body) }
        };
        let mut smaller = Vec::new();
        let is_left_out = case.body.as_ref().is_some_and(|body| body.wrong.is_none()) && !self.is_body_required;
        smaller.extend(is_left_out.then(|| as_case(case.sent.clone(), None)));
        for (at, (index, value)) in case.sent.iter().enumerate().filter(|(_, (index, _))| case.wrong != Some(*index)) {
            let Some(parameter) = self.parameters.get(*index) else { continue };
            let mut sent = case.sent.clone();
            if !parameter.is_required {
                drop(sent.remove(at));
                smaller.push(as_case(sent, case.body.as_ref()));
            }
            let values = if parameter.is_fixed { Vec::new() } else { parameter.smaller(value) };
            smaller.extend(values.into_iter().map(|value| {
                let mut sent = case.sent.clone();
                sent.splice(at..=at, [(*index, value)]);
                as_case(sent, case.body.as_ref())
            }));
        }
        let bodies = case.body.iter().flat_map(|body| self.smaller_bodies(body));
        smaller.extend(bodies.map(|body| as_case(case.sent.clone(), Some(&body))));
        smaller
    }

    fn smaller_bodies(&self, body: &Body) -> Vec<Body> {
        let Some(RequestBody { content, .. }) = self.bodies.get(body.content) else { return Vec::new() };
        let smaller = |change: Change| {
            let value = change.apply(&body.value)?;
            let wrong = match &body.wrong {
                Some(wrong) if change.is_within(&wrong.pointer) => return None,
                Some(wrong) => Some(Wrong { pointer: wrong.pointer.clone(), valid: change.apply(&wrong.valid)? }),
                None => None,
            };
            let is_valid = |value: &Value| fits(self.root, content.schema, value);
            let is_as_wrong =
                wrong.as_ref().is_none_or(|wrong| !is_valid(&value) && !content.reads(&value, &wrong.name()));
            let is_right = is_valid(wrong.as_ref().map_or(&value, |wrong| &wrong.valid));
            let encoded = content.encode(&value).filter(|_| is_as_wrong && is_right)?;
            Some(Body { content: body.content, value, encoded, wrong })
        };
        changes(&body.value).into_iter().filter_map(smaller).collect()
    }

    /// Valid requests, the smallest first.
    fn valid(&self) -> Vec<Case> {
        let (least, most) = (self.chosen(|parameter| parameter.is_required), self.chosen(|_| true));
        let none = (!self.is_body_required || self.bodies.is_empty()).then_some(None);
        let bodies = self.bodies.iter().flat_map(|body| body.valid.iter().map(Some));
        let bodies: Vec<Option<&Body>> = none.into_iter().chain(bodies).collect();
        let mut cases: Vec<Case> = bodies.iter().map(|body| self.case(least.clone(), *body)).collect();
        if most.len() > least.len() {
            cases.extend(bodies.last().map(|body| self.case(most, *body)));
        }
        cases
    }

    /// Requests that are invalid in one place.
    fn invalid(&self) -> Vec<Case> {
        let sent = self.chosen(|parameter| parameter.is_required);
        let body = self.bodies.first().and_then(|body| body.valid.first());
        let mut cases = Vec::new();
        for (index, wrong) in self.parameters.iter().enumerate() {
            let but = |replaced: Option<Value>| {
                let mut sent = sent.clone();
                sent.retain(|(at, _)| *at != index);
                sent.extend(replaced.map(|value| (index, value)));
                Case { wrong: Some(index), ..self.case(sent, body) }
            };
            let (place, name) = (wrong.location.word(), wrong.name);
            if wrong.is_required && wrong.location != Location::Path {
                cases.push(but(None).breaking(format!("{place} parameter `{name}` is missing")));
            }
            for (keyword, value) in wrong.broken() {
                cases.push(but(Some(value)).breaking(format!("{place} parameter `{name}` breaks `{keyword}`")));
            }
        }
        if self.is_body_required && !self.bodies.is_empty() {
            cases.push(self.case(sent.clone(), None).breaking("the body is missing".to_owned()));
        }
        cases.extend(self.bodies.iter().flat_map(|body| self.invalid_bodies(body, &sent)));
        cases
    }

    /// Requests whose body is invalid in one place. A value that the media type can express only as a
    /// valid one is left out.
    fn invalid_bodies(&self, body: &RequestBody<'_>, sent: &[(usize, Value)]) -> Vec<Case> {
        let Some(valid) = body.valid.last() else { return Vec::new() };
        let broken = self.maker.broken(body.content.schema, &valid.value).into_iter();
        let cases = broken.filter_map(|broken| {
            let breaks = format!("the body breaks `{}` at `{}`", broken.keyword, broken.pointer);
            let wrong = Wrong { pointer: broken.pointer, valid: valid.value.clone() };
            if body.content.reads(&broken.value, &wrong.name()) {
                return None;
            }
            let encoded = body.content.encode(&broken.value)?;
            let body = Body { content: valid.content, value: broken.value, encoded, wrong: Some(wrong) };
            Some(self.case(sent.to_vec(), Some(&body)).breaking(breaks))
        });
        cases.collect()
    }

    /// The indexes and values of parameters.
    fn chosen(&self, is_chosen: impl Fn(&Parameter<'_>) -> bool) -> Vec<(usize, Value)> {
        let chosen = self.parameters.iter().enumerate().filter(|(_, parameter)| is_chosen(parameter));
        chosen.map(|(index, parameter)| (index, parameter.value.clone())).collect()
    }

    fn case(&self, sent: Vec<(usize, Value)>, body: Option<&Body>) -> Case {
        let mut target = self.path.split('?').next().unwrap_or(self.path).to_owned();
        let (mut query, mut headers, mut cookies) = (Vec::new(), self.settings.headers.clone(), Vec::new());
        query.extend(self.path.split_once('?').map(|(_, fixed)| fixed.to_owned()));
        for one in sent.iter().filter_map(|(index, value)| self.parameters.get(*index)?.as_sent(value)) {
            match one {
                Sent::Path(name, text) => target = target.replace(&format!("{{{name}}}"), &text),
                Sent::Query(pairs) => query.push(pairs),
                Sent::Header(name, value) => headers.push((name, value)),
                Sent::Cookie(pair) => cookies.push(pair),
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
            sent,
            wrong: None,
            body: body.cloned(),
        }
    }
}

impl Wrong {
    /// The property of the body that is wrong.
    fn name(&self) -> Cow<'_, str> {
        pointer::unescape(self.pointer.split('/').nth(1).unwrap_or_default())
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
