//! Contract tests: check whether an implementation of an API does what its `OpenAPI` document says.
//!
//! Requests are made from the document, with examples first, and go through the router in the same
//! process. A valid request must get a documented response that fits its schema. A request that
//! violates the document must be refused with a status from 400 to 499. The smallest requests are
//! sent first. A request that fails is made smaller as long as it fails in the same way.
//!
//! ```
//! use axum::Router;
//! use axum::routing::get;
//! use specwright_contract::Contract;
//!
//! const DOCUMENT: &str = "
//! openapi: 3.1.0
//! info: {title: Pets, version: '1'}
//! paths:
//!   /pets:
//!     get:
//!       operationId: listPets
//!       responses:
//!         '200': {description: All, content: {application/json: {schema: {type: array, items: {type: string}}}}}
//! ";
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! let router = Router::new().route("/pets", get(|| async { axum::Json([1]) }));
//! let report = Contract::of(DOCUMENT).unwrap().check(&router).await;
//! assert_eq!(report.faults[0].fault, "the body of 200: it is of type `integer`, not `string`");
//! # }
//! ```

mod body;
mod case;
mod parameter;
mod report;
mod response;
mod shrink;

use std::collections::{BTreeMap, BTreeSet};

use axum::Router;
use http::{HeaderName, HeaderValue};
use serde_json::Value;
use specwright_codegen::diagnostics::Diagnostics;
use specwright_codegen::document::{Document, Limits, MemoryReader, Node, resolve};

use self::case::{Case, Requests};
pub use self::report::{Fault, Report};

/// The name under which the document is read.
const NAME: &str = "openapi.yaml";

/// The number of requests that are sent to make one that fails smaller.
const SMALLER: usize = 500;

/// The responses that a document allows for requests.
#[derive(Clone, Debug)]
pub struct Contract {
    document: Document,
    settings: Settings,
}

/// Information that is not in the document.
#[derive(Clone, Debug, Default)]
struct Settings {
    headers: Vec<(HeaderName, HeaderValue)>,
    parameters: BTreeMap<String, Value>,
    left_out: BTreeSet<String>,
}

impl Contract {
    /// The contract of a document, in YAML or JSON. Generated crates have it as `DOCUMENT`.
    ///
    /// # Errors
    /// If it is not an OpenAPI document.
    pub fn of(document: &str) -> Result<Self, String> {
        let reader = MemoryReader::new().with(NAME, document);
        let mut out = Diagnostics::new();
        let loaded = specwright_codegen::load::load(NAME, &reader, &Limits::default(), &mut out);
        let mut document = loaded.ok_or_else(|| match out.iter().next() {
            Some(first) => first.message.clone(),
            None => "the document cannot be read".to_owned(),
        })?;
        specwright_codegen::lower::lower(&mut document, &mut out);
        Ok(Self { document, settings: Settings::default() })
    }

    /// Adds a header to every request, such as credentials.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.settings.headers.push((name, value));
        self
    }

    /// Sets the value of every parameter with this name, such as the ID of something that exists.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.settings.parameters.insert(name.into(), value.into());
        self
    }

    /// Sends no requests for the operation with this `operationId`.
    #[must_use]
    pub fn without(mut self, operation: impl Into<String>) -> Self {
        self.settings.left_out.insert(operation.into());
        self
    }

    /// Sends the requests to a router.
    pub async fn check(&self, router: &Router) -> Report {
        let mut report = Report::default();
        for operation in specwright_codegen::openapi::operations::list(&self.document.root) {
            let id = operation.node.get("operationId").and_then(|id| id.as_str()).unwrap_or_default();
            if operation.section != "paths" || self.settings.left_out.contains(id) {
                continue;
            }
            let name = format!("{} {}", operation.key.method(), operation.path);
            match case::of(&self.document.root, &self.settings, &operation) {
                Ok(requests) => self.send_all(router, operation.node, &name, &requests, &mut report).await,
                Err(reason) => report.skipped.push((name, reason)),
            }
        }
        report
    }

    async fn send_all(
        &self,
        router: &Router,
        operation: &Node,
        name: &str,
        requests: &Requests<'_>,
        report: &mut Report,
    ) {
        let mut failed = BTreeSet::new();
        for case in requests.all() {
            // The first fault is that of the smallest request. Further ones add nothing new.
            if failed.contains(&case.expectation) {
                continue;
            }
            if let Err(fault) = self.send(router, operation, &case, report).await {
                failed.insert(case.expectation);
                let smallest = self.shrunk(router, operation, requests, case, &fault, report).await;
                report.faults.push(Fault { operation: name.to_owned(), request: smallest.to_string(), fault });
            }
        }
    }

    async fn send(&self, router: &Router, operation: &Node, case: &Case, report: &mut Report) -> Result<(), String> {
        report.requests += 1;
        let response = response::receive(router, case.request()).await;
        response::check(&self.document.root, operation, case, &response)
    }

    /// The smallest request that was found to fail in the same way.
    async fn shrunk(
        &self,
        router: &Router,
        operation: &Node,
        requests: &Requests<'_>,
        mut case: Case,
        fault: &str,
        report: &mut Report,
    ) -> Case {
        let mut smaller = requests.smaller(&case).into_iter();
        for _ in 0..SMALLER {
            let Some(one) = smaller.next() else { break };
            if self.send(router, operation, &one, report).await.is_err_and(|other| other == fault) {
                smaller = requests.smaller(&one).into_iter();
                case = one;
            }
        }
        case
    }
}

/// The node itself, or the target of its reference.
fn target<'d>(root: &'d Node, node: &'d Node) -> &'d Node {
    node.reference().and_then(|reference| resolve(root, reference)).unwrap_or(node)
}
