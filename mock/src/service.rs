//! The service behind the router: a valid request → its response, from an override, from the state,
//! or from the document.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use axum::response::Response;
use http::header::LOCATION;
use http::{HeaderValue, StatusCode};
use specwright_runtime::Never;
use specwright_runtime::server::{Context, Failure, HandlerFuture, Rejection, Request, Router, respond, route, routes};

use crate::call::{Call, OverrideResponse};
use crate::document::Document;
use crate::input;
use crate::limits::COLLECTION_ITEMS;
use crate::respond::{Choice, Prefer, Responses, choose, choose_with, sent, success_type};
use crate::state::{Behaviour, Resource, State, StateResponse, in_place};
use crate::web::SANDBOX_HEADER;
use crate::web::log::ProblemReport;

/// Decides the response of an operation instead of the document. If it returns `None`, the document
/// decides.
pub(crate) type Override = Arc<dyn Fn(&Call) -> Option<OverrideResponse> + Send + Sync>;

/// The service in the form that the router holds.
struct Served(Arc<Service>);

/// The service of a document.
pub(crate) struct Service {
    pub(crate) document: &'static Document,
    /// `None` if every response comes from the document.
    pub(crate) state: Option<State>,
    responses: Responses,
    overrides: RwLock<HashMap<&'static str, Override>>,
}

impl fmt::Debug for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Service").field("document", &self.document).finish_non_exhaustive()
    }
}

impl Service {
    /// The service of a document.
    pub(crate) fn new(document: &'static Document, state: Option<State>) -> Self {
        Self { document, state, responses: Responses::new(document), overrides: RwLock::default() }
    }

    /// The router, which passes on only valid requests.
    pub(crate) fn router(self: &Arc<Self>) -> Router {
        let list = self.document.operations.iter().map(|operation| route(operation.descriptor, handle)).collect();
        routes(Served(Arc::clone(self)), reject, list).with_schemas(self.document.schemas).into_router()
    }

    /// Replaces the response of an operation.
    pub(crate) fn set_override(&self, operation: &'static str, response: Override) {
        self.overrides.write().unwrap_or_else(PoisonError::into_inner).insert(operation, response);
    }

    /// Removes all overrides.
    pub(crate) fn clear_overrides(&self) {
        self.overrides.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn overridden(&self, call: &Call) -> Option<OverrideResponse> {
        let overrides = self.overrides.read().unwrap_or_else(PoisonError::into_inner);
        let response = overrides.get(call.operation).map(Arc::clone)?;
        drop(overrides);
        response(call)
    }

    async fn serve(&self, mut request: Request) -> Result<Response, Rejection> {
        let Some((index, operation)) = self.document.operation(request.context().operation) else {
            return refused(StatusCode::INTERNAL_SERVER_ERROR, "this operation is not part of the document".to_owned());
        };
        let input = input::read(operation, &mut request).await?;
        let context = request.into_context();
        let call = Call::new(operation, input, &context.parts.headers);
        if let Some(response) = self.overridden(&call) {
            return Ok(with_call(response.into_response(), call));
        }
        let prefer = Prefer::of(&context.parts.headers);
        if prefer == Prefer::default()
            && let Some(response) = self.state_response(index, &call, &context).await
        {
            return Ok(with_call(response?, call));
        }
        let choice = match choose(operation.ir, &prefer, &context) {
            Ok(choice) => choice,
            Err(why) if prefer == Prefer::default() => return refused(StatusCode::NOT_IMPLEMENTED, why),
            Err(why) => return refused(StatusCode::BAD_REQUEST, why),
        };
        let mut response = match self.prepared(index, choice, &prefer) {
            Ok(response) => response,
            Err(why) => {
                let is_asked = prefer.example.is_some();
                let status = if is_asked { StatusCode::BAD_REQUEST } else { StatusCode::NOT_IMPLEMENTED };
                let detail = format!("the response {} of `{}`: {why}", choice.status, operation.descriptor.id);
                return refused(status, detail);
            }
        };
        if prefer.code.is_some() {
            response.headers_mut().insert(SANDBOX_HEADER, HeaderValue::from_static("forced"));
        }
        Ok(with_call(response, call))
    }

    /// The behaviour that was inferred for resources.
    pub(crate) fn behaviours(&self) -> Vec<Behaviour> {
        self.state.as_ref().map(State::behaviours).unwrap_or_default()
    }

    /// The response from the document.
    fn prepared(&self, operation: usize, choice: Choice, prefer: &Prefer) -> Result<Response, String> {
        let prepared = self.responses.get(operation, choice.case, prefer.example.as_deref(), prefer.dynamic);
        match &*prepared {
            Ok(prepared) => Ok(sent(choice.status, prepared.clone())),
            Err(why) => Err(why.to_string()),
        }
    }

    /// The response from the state; `None` if the state has none for this operation.
    async fn state_response(
        &self,
        operation: usize,
        call: &Call,
        context: &Context,
    ) -> Option<Result<Response, Rejection>> {
        let state = self.state.as_ref()?;
        let done = match state.is_removed(operation, call).await {
            Ok(true) => {
                let detail = || "there is no such item".to_owned();
                return Some(self.refusal(operation, context, StatusCode::NOT_FOUND, detail));
            }
            Ok(false) => state.respond(operation, call).await,
            Err(error) => Err(error),
        };
        let (resource, did) = match done {
            Ok(done) => done?,
            Err(error) if error.is_full() => {
                return Some(refused(StatusCode::INSUFFICIENT_STORAGE, error.to_string()));
            }
            Err(error) => return Some(respond::<Never, Never>(Err(Failure::internal(error)))),
        };
        match did {
            StateResponse::Missing => {
                Some(self.refusal(operation, context, StatusCode::NOT_FOUND, || {
                    format!("there is no such {}", resource.noun)
                }))
            }
            StateResponse::Exists => Some(self.refusal(operation, context, StatusCode::CONFLICT, || {
                format!("there is a {} with this `{}` already", resource.noun, resource.id.name)
            })),
            StateResponse::Full => {
                let detail = format!("a collection has up to {COLLECTION_ITEMS} items: delete some of them");
                Some(refused(StatusCode::INSUFFICIENT_STORAGE, detail))
            }
            StateResponse::Removed => None,
            StateResponse::Item(..) | StateResponse::List(..) => {
                self.success(operation, resource, did, context).map(Ok)
            }
        }
    }

    /// A success with an item or a list instead of the document's value; `None` if that would not
    /// be valid.
    fn success(
        &self,
        operation: usize,
        resource: &Resource,
        did: StateResponse,
        context: &Context,
    ) -> Option<Response> {
        let ir = self.document.operations.get(operation)?.ir;
        let choice = choose(ir, &Prefer::default(), context).ok()?;
        let location = match &did {
            StateResponse::Item(_, location) => location.clone(),
            _ => None,
        };
        let prepared = self.responses.with_body(operation, choice.case, |case, usual| {
            in_place(resource, success_type(self.document, case)?, did, usual)
        })?;
        let mut response = sent(choice.status, prepared);
        if let Some(path) = location.filter(|_| response.headers().contains_key(LOCATION))
            && let Ok(path) = HeaderValue::try_from(path)
        {
            response.headers_mut().insert(LOCATION, path);
        }
        Some(response)
    }

    /// The documented response with a status, or else a refusal.
    fn refusal(
        &self,
        operation: usize,
        context: &Context,
        status: StatusCode,
        detail: impl FnOnce() -> String,
    ) -> Result<Response, Rejection> {
        let documented = self.document.operations.get(operation).and_then(|operation| {
            let choice = choose_with(operation.ir, status.as_u16(), context)?;
            operation.ir.responses.success.get(choice.case).is_none().then_some(choice)
        });
        let response = documented.and_then(|choice| self.prepared(operation, choice, &Prefer::default()).ok());
        response.map_or_else(|| refused(status, detail()), Ok)
    }
}

/// The handler of every operation.
fn handle(service: Arc<Served>, request: Request) -> HandlerFuture {
    Box::pin(async move { service.0.serve(request).await })
}

/// Attaches the valid request to a response, for the log of a test.
fn with_call(mut response: Response, call: Call) -> Response {
    response.extensions_mut().insert(Arc::new(call));
    response
}

/// A refusal by the mock itself.
fn refused(status: StatusCode, detail: String) -> Result<Response, Rejection> {
    respond::<Never, Never>(Err(Failure::refused(status, detail)))
}

/// The response to a refused request, with a report for the log.
fn reject(served: &Served, rejection: Rejection) -> Response {
    let report = ProblemReport {
        detail: rejection.detail().to_owned(),
        violations: rejection.violations().iter().map(|at| (at.pointer.clone(), at.detail.clone())).collect(),
    };
    let mut response = rejection.into_documented(served.0.document.refusals);
    response.extensions_mut().insert(report);
    response
}
