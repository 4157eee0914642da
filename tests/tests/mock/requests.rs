//! Generated requests for an operation: a valid one, one for each broken constraint, and ones with
//! parts that are missing, repeated, of another type or not text at all.

use axum::body::Body;
use axum::http::Request;
use serde_json::{Value, json};
use specwright_codegen::document::{Node, pointer, resolve_chain};
use specwright_codegen::values::Maker;
use specwright_mock::document::{Document, Operation};
use specwright_runtime::descriptor::{Location, SchemeKind};
use specwright_runtime::params::{
    ParamValue, encode_cookie, encode_header, encode_path, encode_query, encode_query_string,
};

use crate::bodies::{body, change, leaves, objects};
use crate::draws::Draws;

/// A request as data, which can be sent several times.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    pub what: String,
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, Vec<u8>)>,
    pub body: Option<(String, Vec<u8>)>,
}

impl Sent {
    /// The request, unless no HTTP client could send it.
    pub fn request(&self) -> Option<Request<Body>> {
        let mut request = Request::builder().method(self.method.as_str()).uri(self.target.as_str());
        for (name, value) in &self.headers {
            request = request.header(name.as_str(), value.as_slice());
        }
        match &self.body {
            Some((media, bytes)) => {
                let request = if media.is_empty() { request } else { request.header("content-type", media.as_str()) };
                request.body(Body::from(bytes.clone())).ok()
            }
            None => request.body(Body::empty()).ok(),
        }
    }
}

/// The parts that a request is made of.
#[derive(Clone, Default)]
struct Draft {
    parameters: Vec<Option<Value>>,
    body: Option<(usize, Value)>,
}

/// Makes the requests of the operations of a document.
pub struct Requests<'d> {
    document: &'d Document,
    maker: Maker<'d>,
}

const WRONG: [&str; 14] = [
    "null",
    "true",
    "1",
    "1.0",
    "-1",
    "1.5",
    "1e2",
    "\"\"",
    "\"text\"",
    "[]",
    "[1,\"a\",null]",
    "{}",
    "{\"a\":null}",
    "99999999999999999999",
];

const TEXTS: [&str; 12] = ["", "0", "1.0", "-1", "true", "null", "a,b", "a|b", "%2C", "%FF", "a%20b", "[1,2]"];

impl<'d> Requests<'d> {
    pub fn new(document: &'d Document) -> Self {
        Self { document, maker: Maker::of_requests(&document.tree.root) }
    }

    /// All systematic requests of an operation, and `random` more.
    pub fn of(&self, operation: &Operation, random: usize, draws: &mut Draws) -> Vec<Sent> {
        let valid = self.draft(operation);
        let mut sent = vec![self.send("valid", operation, &valid)];
        self.parameters(operation, &valid, &mut sent);
        self.bodies(operation, &valid, &mut sent);
        self.frames(operation, &valid, &mut sent);
        for at in 0..random {
            sent.push(self.random(at, operation, &valid, draws));
        }
        sent
    }

    fn draft(&self, operation: &Operation) -> Draft {
        let parameters = operation.ir.parameters.iter().enumerate();
        let parameters = parameters.map(|(index, _)| {
            let schema = self.parameter_schema(operation, index)?;
            self.maker.valid(schema)
        });
        let body = self.body_schema(operation, 0).map_or(Some(json!("text")), |schema| self.maker.valid(schema));
        let body = body.filter(|_| operation.ir.body.is_some()).map(|value| (0, value));
        Draft { parameters: parameters.collect(), body }
    }

    fn parameter_schema(&self, operation: &Operation, index: usize) -> Option<&'d Node> {
        let root: &'d Node = &self.document.tree.root;
        let wanted = operation.descriptor.parameters.get(index)?;
        let list = root.pointer(&operation.ir.origin.pointer)?.get("parameters")?.as_array()?;
        let node = list.iter().find_map(|node| {
            let node = node.reference().and_then(|one| resolve_chain(root, one)).map_or(node, |(target, _)| target);
            let is_it = node.get("name").and_then(Node::as_str) == Some(wanted.name)
                && node.get("in").and_then(Node::as_str) == Some(location(wanted.location));
            is_it.then_some(node)
        })?;
        let content = node.get("content").and_then(Node::as_object).and_then(|contents| contents.iter().next());
        node.get("schema").or_else(|| content.and_then(|content| content.value.get("schema")))
    }

    fn body_schema(&self, operation: &Operation, content: usize) -> Option<&'d Node> {
        let root: &'d Node = &self.document.tree.root;
        let body = root.pointer(&pointer::join(&operation.ir.origin.pointer, "requestBody"))?;
        let body = body.reference().and_then(|one| resolve_chain(root, one)).map_or(body, |(target, _)| target);
        let media = &operation.ir.body.as_ref()?.contents.get(content)?.media;
        let contents = body.get("content")?.as_object()?;
        contents.iter().find(|entry| *entry.key == *media.text)?.value.get("schema")
    }

    /// Requests in which one parameter is absent, broken or odd text.
    fn parameters(&self, operation: &Operation, valid: &Draft, sent: &mut Vec<Sent>) {
        for (index, parameter) in operation.descriptor.parameters.iter().enumerate() {
            let with = |value: Option<Value>| {
                let mut draft = valid.clone();
                draft.parameters[index] = value;
                draft
            };
            if parameter.location != Location::Path {
                sent.push(self.send(&format!("without {}", parameter.name), operation, &with(None)));
            }
            let schema = self.parameter_schema(operation, index);
            if let (Some(schema), Some(value)) = (schema, &valid.parameters[index]) {
                for broken in self.maker.broken(schema, value) {
                    let what = format!("{} with broken {}", parameter.name, broken.keyword);
                    sent.push(self.send(&what, operation, &with(Some(broken.value))));
                }
            }
            for text in TEXTS {
                let what = format!("{} as `{text}`", parameter.name);
                let mut odd = self.send(&what, operation, &with(Some(json!("odd0dd"))));
                odd.target = odd.target.replace("odd0dd", text);
                for (_, value) in &mut odd.headers {
                    *value = String::from_utf8_lossy(value).replace("odd0dd", text).into_bytes();
                }
                sent.push(odd);
            }
        }
    }

    /// Requests whose body is broken, of another type, or not JSON.
    fn bodies(&self, operation: &Operation, valid: &Draft, sent: &mut Vec<Sent>) {
        let Some(body) = &operation.ir.body else { return };
        for (content, described) in body.contents.iter().enumerate() {
            let with = |value: Value| Draft { body: Some((content, value)), ..valid.clone() };
            let schema = self.body_schema(operation, content);
            let value = schema.map_or(Some(json!("text")), |schema| self.maker.valid(schema)).unwrap_or_default();
            sent.push(self.send("another content", operation, &with(value.clone())));
            for broken in schema.map(|schema| self.maker.broken(schema, &value)).unwrap_or_default() {
                let what = format!("broken {} at {}", broken.keyword, broken.pointer);
                sent.push(self.send(&what, operation, &with(broken.value)));
            }
            for wrong in WRONG {
                let wrong: Value = serde_json::from_str(wrong).expect("JSON");
                sent.push(self.send(&format!("the body {wrong}"), operation, &with(wrong.clone())));
                for at in leaves(&value) {
                    let mut value = value.clone();
                    *value.pointer_mut(&at).expect("a part") = wrong.clone();
                    sent.push(self.send(&format!("{wrong} at {at}"), operation, &with(value)));
                }
            }
            for at in objects(&value) {
                let mut value = value.clone();
                value.pointer_mut(&at).expect("a part")["undocumented~/"] = json!(1);
                sent.push(self.send(&format!("an undocumented property at {at}"), operation, &with(value)));
            }
            let texts =
                ["", "{", "nul", "{\"a\":1,\"a\":2}", "{\"a\":\"\\ud800\"}", "[1,]", "a=b&a=c", "%FF=%FF", "1 2"];
            for text in texts {
                let mut odd = self.send(&format!("the text {text}"), operation, &with(value.clone()));
                odd.body =
                    Some((described.media.text.replace("*/*", "a/b").replace('*', "x"), text.as_bytes().to_vec()));
                sent.push(odd.clone());
            }
            let mut bytes = self.send("no text", operation, &with(value.clone()));
            bytes.body = bytes.body.map(|(media, _)| (media, vec![b'"', 0xff, b'"']));
            sent.push(bytes);
        }
    }

    /// Requests with the whole body, credentials, path or method replaced.
    fn frames(&self, operation: &Operation, valid: &Draft, sent: &mut Vec<Sent>) {
        let whole = |what: &str| self.send(what, operation, valid);
        sent.push(self.send("no body", operation, &Draft { body: None, ..valid.clone() }));
        for media in ["", "text/html", "application/json; charset=latin1", "APPLICATION/JSON", "json", "*/*"] {
            let mut other = whole(&format!("the media type `{media}`"));
            other.body = other.body.map(|(_, bytes)| (media.to_owned(), bytes));
            sent.push(other);
        }
        let mut open = whole("no credentials");
        open.headers.retain(|(name, _)| !["authorization", "cookie"].contains(&name.to_lowercase().as_str()));
        sent.push(open);
        for credentials in ["Bearer", "Bearer a b", "Basic !", "Basic YTpi", "Digest x", "token"] {
            let mut other = whole(&format!("the credentials `{credentials}`"));
            other.headers.retain(|(name, _)| !name.eq_ignore_ascii_case("authorization"));
            other.headers.push(("authorization".to_owned(), credentials.as_bytes().to_vec()));
            sent.push(other);
        }
        let mut twice = whole("all headers twice");
        twice.headers.extend(twice.headers.clone());
        sent.push(twice);
        for method in ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "FETCH"] {
            sent.push(Sent { method: method.to_owned(), ..whole(&format!("the method {method}")) });
        }
        for (what, change) in [
            ("a slash at the end", (|path: &str| format!("{path}/")) as fn(&str) -> String),
            ("two slashes", |path| format!("/{path}")),
            ("an escape that is no text", |path| format!("{path}%FF")),
            ("another segment", |path| format!("{path}/other")),
            ("dots", |path| path.rsplit_once('/').map_or_else(String::new, |(start, _)| format!("{start}/.."))),
        ] {
            let mut other = whole(what);
            let (path, query) =
                other.target.split_once('?').map_or((other.target.as_str(), None), |(a, b)| (a, Some(b)));
            other.target = change(path) + &query.map(|query| format!("?{query}")).unwrap_or_default();
            sent.push(other);
        }
    }

    /// A request with some random changes.
    fn random(&self, at: usize, operation: &Operation, valid: &Draft, draws: &mut Draws) -> Sent {
        let mut draft = valid.clone();
        for _ in 0..=draws.below(3) {
            let wrong: Value = serde_json::from_str(draws.of::<&str>(&WRONG)).expect("JSON");
            let parameters = draft.parameters.len();
            match draws.below(4) {
                0 if parameters > 0 => draft.parameters[draws.below(parameters)] = Some(wrong),
                1 if parameters > 0 => draft.parameters[draws.below(parameters)] = None,
                _ => change(&mut draft.body, wrong, draws),
            }
        }
        self.send(&format!("random {at}"), operation, &draft)
    }

    fn send(&self, what: &str, operation: &Operation, draft: &Draft) -> Sent {
        let descriptor = operation.descriptor;
        let values: Vec<Option<ParamValue>> = descriptor
            .parameters
            .iter()
            .zip(&draft.parameters)
            .map(|(one, value)| {
                let value = value.as_ref()?;
                let encoded = if one.json { ParamValue::json(value) } else { ParamValue::of(value) };
                encoded.ok()
            })
            .collect();
        let text = ParamValue::Scalar("x".to_owned());
        let path = encode_path(descriptor, |index| Some(values.get(index)?.as_ref().unwrap_or(&text)));
        let mut target = path.unwrap_or_else(|_| descriptor.path.replace(['{', '}'], ""));
        let (mut query, mut cookies, mut headers) = (String::new(), String::new(), Vec::new());
        for (key, value) in descriptor.fixed_query {
            query.push_str(if query.is_empty() { key } else { "&" });
            query.push_str(&value.map(|value| format!("={value}")).unwrap_or_default());
        }
        for (parameter, value) in descriptor.parameters.iter().zip(&values) {
            let Some(value) = value else { continue };
            match parameter.location {
                Location::Path => {}
                Location::Query => drop(encode_query(&mut query, parameter, value)),
                Location::QueryString => drop(encode_query_string(&mut query, value)),
                Location::Cookie => drop(encode_cookie(&mut cookies, parameter, value)),
                Location::Header => {
                    if let Ok(Some(line)) = encode_header(parameter.style, parameter.explode, value) {
                        headers.push((parameter.name.to_owned(), line.as_bytes().to_vec()));
                    }
                }
            }
        }
        credentials(operation, &mut query, &mut cookies, &mut headers);
        if !query.is_empty() {
            target = format!("{target}?{query}");
        }
        if !cookies.is_empty() {
            headers.push(("cookie".to_owned(), cookies.into_bytes()));
        }
        let body = draft.body.as_ref().and_then(|(content, value)| body(operation, *content, value));
        Sent { what: what.to_owned(), method: descriptor.method.to_owned(), target, headers, body }
    }
}

/// The credentials that the first security alternative requires.
fn credentials(operation: &Operation, query: &mut String, cookies: &mut String, headers: &mut Vec<(String, Vec<u8>)>) {
    let alternative = operation.descriptor.security.iter().find(|alternative| !alternative.requirements.is_empty());
    for requirement in alternative.into_iter().flat_map(|alternative| alternative.requirements) {
        let mut header = |name: &str, value: &str| headers.push((name.to_owned(), value.as_bytes().to_vec()));
        match requirement.scheme.kind {
            SchemeKind::Header(name) => header(name, "k"),
            SchemeKind::Query(name) => {
                query.push_str(if query.is_empty() { "" } else { "&" });
                query.push_str(&format!("{name}=k"));
            }
            SchemeKind::Cookie(name) => {
                cookies.push_str(if cookies.is_empty() { "" } else { "; " });
                cookies.push_str(&format!("{name}=k"));
            }
            SchemeKind::Basic => header("authorization", "Basic YTpi"),
            SchemeKind::Bearer => header("authorization", "Bearer t"),
            SchemeKind::Http(name) => header("authorization", &format!("{name} t")),
            SchemeKind::MutualTls => {}
        }
    }
}

fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}
