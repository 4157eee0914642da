//! Builds the request of a call, without credentials, and reports all problems at once.

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use url::Url;

use super::error::{InvalidRequest, Problem};
use super::request::{Request, Target};
use super::request_builder::RequestBuilder;
use crate::confidential::hide_secret;
use crate::descriptor::{Location, Operation, Parameter};
use crate::params::{
    ParamError, ParamValue, encode_component, encode_cookie, encode_header, encode_path, encode_query,
    encode_query_string,
};
use crate::validation::MISSING;

/// Room for the headers of most requests, so that the map does not grow: those below, a credential,
/// and what the transport adds.
const USUAL_HEADERS: usize = 6;

/// Builds the request of a call, without credentials. The result is always the same, so no request
/// must be kept for a retry.
pub(super) fn request(call: &RequestBuilder) -> Result<Request, InvalidRequest> {
    let mut problems = Vec::new();
    if let Some(extras) = &call.extras {
        problems.extend(extras.problems.iter().chain(&extras.options.problems).cloned());
    }
    let operation = call.operation;
    require(call, &mut problems);
    let path = encode_path(operation, |index| value(call, index)).map_err(|error| {
        // Missing and refused values have already been reported.
        if value(call, error.parameter()).is_some() {
            push(&mut problems, operation, error.parameter(), error.to_string());
        }
    });
    let query = query(call, &mut problems);
    let headers = headers(call, &mut problems);
    let url = path.ok().and_then(|path| match url(call, &path, &query) {
        Ok(url) => Some(url),
        Err(message) => {
            problems.push(Problem { subject: "the URL".to_owned(), message });
            None
        }
    });
    let method = Method::from_bytes(operation.method.as_bytes());
    match (url, method) {
        (Some(url), Ok(method)) if problems.is_empty() => Ok(Request {
            operation,
            attempt: 1,
            method,
            url,
            headers,
            body: call.body.as_ref().map(|(_, body)| body.clone()).unwrap_or_default(),
            target: if target(call).is_some() { Target::Receiver } else { Target::Documented },
        }),
        (_, method) => {
            if method.is_err() {
                problems.push(Problem { subject: "the method".to_owned(), message: "is not a token".to_owned() });
            }
            Err(InvalidRequest { operation: operation.id, problems, call: None })
        }
    }
}

fn value(call: &RequestBuilder, index: usize) -> Option<&ParamValue> {
    call.values.iter().find(|(known, _)| *known == index).map(|(_, value)| value)
}

fn push(problems: &mut Vec<Problem>, operation: &Operation, index: usize, message: String) {
    problems.push(Problem { subject: operation.describe_parameter(index), message });
}

/// Reports required values that are missing.
fn require(call: &RequestBuilder, problems: &mut Vec<Problem>) {
    for (index, parameter) in call.operation.parameters.iter().enumerate() {
        let given = value(call, index).is_some_and(|value| *value != ParamValue::Null);
        let subject = || call.operation.describe_parameter(index);
        if parameter.required && !given && !problems.iter().any(|problem| problem.subject == subject()) {
            problems.push(Problem { subject: subject(), message: MISSING.to_owned() });
        }
    }
    let refused = problems.iter().any(|problem| problem.subject == "the body");
    if call.operation.body.is_some_and(|body| body.required) && call.body.is_none() && !refused {
        problems.push(Problem { subject: "the body".to_owned(), message: MISSING.to_owned() });
    }
}

/// Encodes parameters with `write`, and collects the failures.
fn encode(
    call: &RequestBuilder,
    problems: &mut Vec<Problem>,
    mut write: impl FnMut(&Parameter, &ParamValue) -> Result<(), ParamError>,
) {
    for (index, parameter) in call.operation.parameters.iter().enumerate() {
        if let Some(Err(error)) = value(call, index).map(|value| write(parameter, value)) {
            push(problems, call.operation, index, error.to_string());
        }
    }
}

fn query(call: &RequestBuilder, problems: &mut Vec<Problem>) -> String {
    let mut out = String::new();
    for (name, value) in call.operation.fixed_query {
        if !out.is_empty() {
            out.push('&');
        }
        out.push_str(&encode_component(name));
        if let Some(value) = value {
            out.push('=');
            out.push_str(&encode_component(value));
        }
    }
    encode(call, problems, |parameter, value| match parameter.location {
        Location::Query => encode_query(&mut out, parameter, value),
        Location::QueryString => encode_query_string(&mut out, value),
        Location::Path | Location::Header | Location::Cookie => Ok(()),
    });
    out
}

/// The client's headers, overridden by the operation's and then by those of the call.
fn headers(call: &RequestBuilder, problems: &mut Vec<Problem>) -> HeaderMap {
    let own = call.core.headers();
    let mut out = HeaderMap::with_capacity(USUAL_HEADERS);
    for (name, value) in own {
        out.append(name.clone(), value.clone());
    }
    if let Some(accept) = accept(call.operation.accept) {
        out.insert(ACCEPT, accept);
    }
    if let Some((media, _)) = &call.body {
        out.insert(CONTENT_TYPE, media.clone());
    }
    let mut cookies = String::new();
    encode(call, problems, |parameter, value| match parameter.location {
        Location::Header => {
            let name = HeaderName::from_bytes(parameter.name.as_bytes())
                .map_err(|_| ParamError::new("has a name that no header can have"))?;
            if let Some(mut value) = encode_header(parameter.style, parameter.explode, value)? {
                hide_secret(&name, &mut value);
                out.insert(name, value);
            }
            Ok(())
        }
        Location::Cookie => encode_cookie(&mut cookies, parameter, value),
        Location::Path | Location::Query | Location::QueryString => Ok(()),
    });
    if !cookies.is_empty() {
        // The client's own cookies are kept.
        let own = out.get(COOKIE).map(|own| [own.as_bytes(), b"; "].concat()).unwrap_or_default();
        if let Ok(mut cookies) = HeaderValue::from_bytes(&[&own, cookies.as_bytes()].concat()) {
            hide_secret(&COOKIE, &mut cookies);
            out.insert(COOKIE, cookies);
        }
    }
    if let Some(options) = call.options() {
        out.extend(options.headers.clone());
    }
    out
}

/// What most operations accept, checked once.
static ACCEPT_JSON: (&str, HeaderValue) = {
    let text = "application/json, */*;q=0.1";
    (text, HeaderValue::from_static(text))
};

/// The header of static text, which is not copied; `None` if it is empty or no header value.
fn accept(text: &'static str) -> Option<HeaderValue> {
    let (usual, value) = &ACCEPT_JSON;
    if text == *usual {
        return Some(value.clone());
    }
    let value = HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes()));
    value.ok().filter(|value| !value.is_empty())
}

/// The URL of the receiver, for webhooks and callbacks.
fn target(call: &RequestBuilder) -> Option<&str> {
    call.extras.as_ref().and_then(|extras| extras.target.as_deref())
}

fn url(call: &RequestBuilder, path: &str, query: &str) -> Result<Url, String> {
    if let Some(target) = target(call) {
        return receiver(target, query);
    }
    let mut url = documented(call, path, query).map_err(|error| format!("is invalid: {error}"))?;
    if let Some(page) = call.extras.as_ref().and_then(|extras| extras.page.as_deref()) {
        let (path, query) = page.split_once('?').map_or((page, None), |(path, query)| (path, Some(query)));
        url.set_path(path);
        url.set_query(query);
    }
    Ok(url)
}

fn documented(call: &RequestBuilder, path: &str, query: &str) -> Result<Url, url::ParseError> {
    let base = || call.core.base().ok_or(url::ParseError::RelativeUrlWithoutBase);
    // Few operations have their own server; the base URL is parsed once for all calls.
    let mut url = match call.operation.server.filter(|_| call.core.uses_operation_servers()) {
        None => base()?.clone(),
        Some(server) if server.starts_with('/') => base()?.join(server)?,
        Some(server) => Url::parse(server)?,
    };
    match url.path().trim_end_matches('/') {
        "" => url.set_path(path),
        prefix => url.set_path(&format!("{prefix}{path}")),
    }
    if !query.is_empty() || url.query().is_some() {
        url.set_query((!query.is_empty()).then_some(query));
    }
    Ok(url)
}

/// The URL of a webhook's receiver. Error messages do not repeat it, because it may hold a secret.
fn receiver(target: &str, query: &str) -> Result<Url, String> {
    let mut url = Url::parse(target).map_err(|error| format!("is invalid: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err("must begin with `https://` or `http://`".to_owned());
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("holds a user name or password; pass them to `credentials` instead".to_owned());
    }
    if !query.is_empty() {
        let own = url.query().filter(|own| !own.is_empty());
        let all = own.map_or_else(|| query.to_owned(), |own| format!("{own}&{query}"));
        url.set_query(Some(&all));
    }
    Ok(url)
}
