//! Operations with their handlers and services, from one or more APIs, before they become a router.

use std::convert::Infallible;
use std::fmt;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::HttpBody as _;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, any_service};
use futures::FutureExt as _;
use futures::future::{Either, Map};
use http::Method;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use tower_layer::Layer;
use tower_service::Service;
use tracing::Instrument as _;

use super::other_methods::{method_not_allowed, options};
use super::paths;
use super::route::{HandlerFuture, Route};
use super::table::{Lookup, Table};
use crate::descriptor::Operation;
use crate::future::BoxFuture;
use crate::long_bodies;
use crate::params::segment::is_utf8;
use crate::schema::LazySchemas;
use crate::server::request::media;
#[cfg(feature = "validate")]
use crate::server::validate;
use crate::server::{Limits, Rejection, RejectionKind, Request};

/// The service that a layer wraps. It receives the request of an operation that is already found
/// but not yet authenticated.
type Inner = axum::routing::Route;

/// Operations that become a [`Router`]. Those of several APIs can be merged. There is then one 404
/// and one 405, and the first API shapes the 404.
///
/// ```
/// # use specwright_runtime::server::Routes;
/// # fn routers(pets: Routes, shops: Routes) -> axum::Router {
/// pets.only(|operation| operation.method == "GET").merge(shops).into_router()
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct Routes(Vec<Endpoint>);

/// An operation and its handler.
#[derive(Clone)]
pub(super) struct Endpoint {
    pub(super) operation: &'static Operation,
    handler: Arc<dyn Handle>,
    /// The schemas of its API.
    schemas: Option<&'static LazySchemas>,
    /// The handler inside the layers of this operation.
    layered: Option<MethodRouter>,
}

/// A service with the handler of one operation.
trait Handle: Send + Sync {
    fn handle(&self, request: Request) -> HandlerFuture;
    fn reject(&self, rejection: Rejection) -> Response;
}

struct Served<S> {
    service: Arc<S>,
    route: Route<S>,
    reject: fn(&S, Rejection) -> Response,
}

impl<S: Send + Sync + 'static> Handle for Served<S> {
    fn handle(&self, request: Request) -> HandlerFuture {
        (self.route.handler)(Arc::clone(&self.service), request)
    }

    fn reject(&self, rejection: Rejection) -> Response {
        (self.reject)(&self.service, rejection)
    }
}

impl Endpoint {
    pub(super) fn new<S: Send + Sync + 'static>(
        service: &Arc<S>,
        reject: fn(&S, Rejection) -> Response,
        route: Route<S>,
        schemas: Option<&'static LazySchemas>,
    ) -> Self {
        let operation = route.operation;
        let handler = Arc::new(Served { service: Arc::clone(service), route, reject });
        Self { operation, handler, schemas, layered: None }
    }

    /// Handles a request for the operation, in its own span.
    ///
    /// Whatever needs the whole request happens now. The future is therefore small, and allocating it
    /// is cheap.
    pub(super) fn respond(&self, request: axum::extract::Request) -> BoxFuture<'static, Response> {
        let span = span(self.operation);
        let response = self.handle(request);
        if span.is_disabled() {
            return Box::pin(response);
        }
        Box::pin(async move {
            let response = response.instrument(span.clone()).await;
            let status = response.status();
            span.record("http.response.status_code", status.as_u16());
            if status.is_server_error() {
                span.record("error.type", status.as_u16()).record("otel.status_code", "ERROR");
            }
            response
        })
    }

    fn handle(&self, mut request: axum::extract::Request) -> impl Future<Output = Response> + Send + use<> {
        let operation = self.operation;
        request.extensions_mut().insert(operation);
        let is_head = request.method() == Method::HEAD && operation.method != "HEAD";
        let response = match &self.layered {
            None => Either::Left(respond(Arc::clone(&self.handler), operation, self.schemas, request)),
            Some(layered) => Either::Right(Box::pin(layered.clone().call(request)).map(|response| {
                let response: Result<_, Infallible> = response;
                response.unwrap_or_else(|never| match never {})
            })),
        };
        async move {
            let mut response = response.await;
            response.extensions_mut().insert(operation);
            if is_head { without_body(response) } else { response }
        }
    }

    /// Lets the service shape the response, and then adds the headers that the standards require.
    pub(super) fn reject(&self, rejection: Rejection) -> Response {
        reject(&*self.handler, rejection)
    }

    /// Wraps the handler in a layer.
    fn layer<L>(&mut self, layer: L)
    where
        L: Layer<Inner> + Clone + Send + Sync + 'static,
        L::Service: Service<axum::extract::Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<axum::extract::Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<axum::extract::Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<axum::extract::Request>>::Future: Send + 'static,
    {
        let (handler, operation, schemas) = (Arc::clone(&self.handler), self.operation, self.schemas);
        let inner = self.layered.take().unwrap_or_else(|| {
            any(move |request: axum::extract::Request| respond(Arc::clone(&handler), operation, schemas, request))
        });
        self.layered = Some(inner.layer(layer));
    }
}

fn respond(
    handler: Arc<dyn Handle>,
    operation: &'static Operation,
    schemas: Option<&'static LazySchemas>,
    request: axum::extract::Request,
) -> impl Future<Output = Response> + Send + use<> {
    let (parts, body) = request.into_parts();
    let limits = parts.extensions.get::<Limits>().copied().unwrap_or_default();
    #[cfg(feature = "validate")]
    let on_violation = parts.extensions.get().copied().unwrap_or_default();
    let handling = handler.handle(Request::new(operation, parts, body, limits, schemas));
    async move {
        let outcome = long_bodies::run(handling).await;
        #[cfg(feature = "validate")]
        let outcome = outcome.and_then(|response| validate::response(operation, schemas, on_violation, response));
        match outcome {
            Ok(response) => response,
            // The refusal is boxed, because it is rare and should not make every future larger.
            Err(rejection) => {
                let rejection = long_bodies::run(Box::pin(rejection.completed(limits.violations))).await;
                reject(&*handler, rejection.of(operation))
            }
        }
    }
}

fn reject(handler: &dyn Handle, rejection: Rejection) -> Response {
    let headers = rejection.headers().clone();
    let mut response = handler.reject(rejection);
    for name in headers.keys() {
        if !response.headers().contains_key(name) {
            for value in headers.get_all(name) {
                response.headers_mut().append(name, value.clone());
            }
        }
    }
    response
}

/// The span of a request, by OpenTelemetry's conventions for HTTP servers. The URL is left out,
/// because its path and query may hold secrets.
fn span(operation: &'static Operation) -> tracing::Span {
    tracing::info_span!(
        "request",
        otel.name = format_args!("{} {}", operation.method, operation.path),
        otel.kind = "server",
        otel.status_code = tracing::field::Empty,
        http.request.method = operation.method,
        http.route = operation.path,
        http.response.status_code = tracing::field::Empty,
        "error.type" = tracing::field::Empty,
        operation = operation.id,
    )
}

/// The response to `GET` in the form for `HEAD`: with the length of the body, but without the body.
fn without_body(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    if let Some(length) = body.size_hint().exact().filter(|length| *length > 0)
        && !parts.headers.contains_key(CONTENT_LENGTH)
    {
        parts.headers.insert(CONTENT_LENGTH, length.into());
    }
    Response::from_parts(parts, axum::body::Body::empty())
}

/// The operations with their service. `reject` shapes the responses to rejected requests.
pub fn routes<S: Send + Sync + 'static>(
    service: S,
    reject: fn(&S, Rejection) -> Response,
    routes: Vec<Route<S>>,
) -> Routes {
    let service = Arc::new(service);
    Routes(routes.into_iter().map(|route| Endpoint::new(&service, reject, route, None)).collect())
}

impl Routes {
    /// Sets the schemas of the API, so that a refusal lists every fault of a request.
    #[must_use]
    pub fn with_schemas(mut self, schemas: &'static LazySchemas) -> Self {
        self.0.iter_mut().for_each(|endpoint| endpoint.schemas = Some(schemas));
        self
    }

    /// Keeps only some of the operations. Requests for the others get 404 or 405.
    #[must_use]
    pub fn only(mut self, keep: impl Fn(&'static Operation) -> bool) -> Self {
        self.0.retain(|endpoint| keep(endpoint.operation));
        self
    }

    /// Adds the operations of another API. If both have an operation with the same path and method,
    /// the first one counts.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Wraps some of the operations in a layer. The layer runs before authentication, but after the
    /// operation is found. The operation is in the extensions of the request as `&'static
    /// Operation`. Layers that are added later are further outside.
    #[must_use]
    pub fn layer<L>(mut self, wraps: impl Fn(&'static Operation) -> bool, layer: L) -> Self
    where
        L: Layer<Inner> + Clone + Send + Sync + 'static,
        L::Service: Service<axum::extract::Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<axum::extract::Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<axum::extract::Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<axum::extract::Request>>::Future: Send + 'static,
    {
        for endpoint in self.0.iter_mut().filter(|endpoint| wraps(endpoint.operation)) {
            endpoint.layer(layer.clone());
        }
        self
    }

    /// The operations, in the order of the document.
    pub fn operations(&self) -> impl Iterator<Item = &'static Operation> + '_ {
        self.0.iter().map(|endpoint| endpoint.operation)
    }

    /// A router in which the routes of `own` come first, whatever their paths are. A request that
    /// matches none of them goes to these operations. Layers find axum's `MatchedPath` only if they
    /// wrap these operations alone.
    pub fn behind(self, own: Router) -> Router {
        own.fallback_service(self.into_router())
    }

    /// The router. It has a route for each path that axum can express, so that layers find axum's
    /// `MatchedPath`, and a fallback for the others. It can be nested under a prefix, wrapped in
    /// layers, and merged with routers that have no fallback. If such a router has a route for one
    /// method of a documented path with the same spelling, that route comes first. For other
    /// spellings, and for routes of any method, use [`behind`](Self::behind).
    pub fn into_router(self) -> Router {
        let operations: Vec<&'static Operation> = self.operations().collect();
        let paths = paths::expressible(&operations);
        let shared = Arc::new(Shared { table: Table::new(operations), endpoints: self.0 });
        let dispatch = |node: Option<usize>| Dispatch { shared: Arc::clone(&shared), node };
        let router = paths.into_iter().fold(Router::new(), |router, (path, segments)| {
            router.route(&path, any_service(dispatch(shared.table.node(segments))))
        });
        router.fallback_service(dispatch(None))
    }
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint").field("operation", &self.operation.id).finish_non_exhaustive()
    }
}

struct Shared {
    table: Table,
    endpoints: Vec<Endpoint>,
}

/// Responds to each request as the operation does that it is for.
#[derive(Clone)]
struct Dispatch {
    shared: Arc<Shared>,
    /// The table's node of the path that axum found.
    node: Option<usize>,
}

impl Service<axum::extract::Request> for Dispatch {
    type Response = Response;
    type Error = Infallible;
    type Future = Either<
        Map<BoxFuture<'static, Response>, fn(Response) -> Result<Response, Infallible>>,
        Ready<Result<Response, Infallible>>,
    >;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: axum::extract::Request) -> Self::Future {
        match find(&self.shared, self.node, &request) {
            Ok(index) => Either::Left(self.shared.endpoints[index].respond(request).map(Ok)),
            Err(response) => Either::Right(ready(Ok(*response))),
        }
    }
}

/// The index of the operation of a request, or the response if there is none.
fn find(shared: &Shared, node: Option<usize>, request: &axum::extract::Request) -> Result<usize, Box<Response>> {
    let uri = request.uri();
    let (first, rejection) = match shared.table.find(node, request.method().as_str(), uri.path(), uri.query()) {
        Lookup::Operations(first, others) if others.is_empty() => return Ok(first),
        Lookup::Operations(first, others) => return Ok(choose(&shared.table, first, &others, request)),
        Lookup::OtherMethods(_, allowed) if request.method() == Method::OPTIONS => {
            return Err(Box::new(options(&allowed)));
        }
        Lookup::OtherMethods(index, allowed) => (index, method_not_allowed(&allowed)),
        Lookup::Nothing if !is_utf8(uri.path()) => (0, Rejection::unreadable("/path", "must be UTF-8")),
        Lookup::Nothing => (0, Rejection::new(RejectionKind::NotFound, "this path is not part of the API")),
    };
    Err(Box::new(match shared.endpoints.get(first) {
        Some(endpoint) => endpoint.reject(rejection),
        None => rejection.into_response(),
    }))
}

/// Chooses among operations that differ only in their media types: the first that accepts the media
/// type of the request, or else the first of all.
fn choose(table: &Table, first: usize, others: &[usize], request: &axum::extract::Request) -> usize {
    let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let accepts = |index: &usize| {
        table
            .operation(*index)
            .body
            .is_some_and(|body| content_type.is_some_and(|text| media::choose(body.media, text).is_some()))
    };
    std::iter::once(first).chain(others.iter().copied()).find(accepts).unwrap_or(first)
}
