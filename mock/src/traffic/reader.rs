//! A router that reads requests as the generated server does, and says what it would refuse.

use std::sync::Arc;

use axum::response::Response;
use specwright_runtime::Never;
use specwright_runtime::server::{
    Failure, HandlerFuture, Rejection, RejectionKind, Request, Router, respond, route, routes,
};
use specwright_runtime::validation::Violation;

use crate::document::Document;
use crate::input;

/// Why a request is refused. It is an extension of the response.
#[derive(Clone, Debug)]
pub(super) struct Refused {
    pub(super) kind: RejectionKind,
    pub(super) detail: String,
    pub(super) violations: Vec<Violation>,
}

/// The service in the form that the router holds.
struct Reader(&'static Document);

/// The router of a document.
pub(super) fn router(document: &'static Document) -> Router {
    let list = document.operations.iter().map(|operation| route(operation.descriptor, handle)).collect();
    routes(Reader(document), reject, list).with_schemas(document.schemas).into_router()
}

/// The handler of every operation.
fn handle(reader: Arc<Reader>, mut request: Request) -> HandlerFuture {
    Box::pin(async move {
        let Some((_, operation)) = reader.0.operation(request.context().operation) else {
            let failure = Failure::internal("this operation is not part of the document");
            return respond::<Never, Never>(Err(failure));
        };
        input::read(operation, &mut request).await?;
        Ok(Response::default())
    })
}

#[expect(clippy::needless_pass_by_value, reason = "the router passes it so")]
fn reject(_: &Reader, rejection: Rejection) -> Response {
    let refused = Refused {
        kind: rejection.kind(),
        detail: rejection.detail().to_owned(),
        violations: rejection.violations().to_vec(),
    };
    let mut response = Response::default();
    *response.status_mut() = rejection.status();
    response.extensions_mut().insert(refused);
    response
}
