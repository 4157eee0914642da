//! HTTP requests → calls of a generated trait, and its answers → HTTP responses.
//!
//! A request is validated in this order, and the first thing that is wrong is answered:
//!
//! | status | when |
//! |---|---|
//! | 404 | no operation has this path; a trailing slash counts; `.` and `..` are no values of a parameter |
//! | 405 | the path is known, but not with this method; `Allow` lists those that are. `HEAD` and `OPTIONS` are methods like any other |
//! | 401 | credentials are missing, malformed, repeated, or refused by `authenticate`; `WWW-Authenticate` has a challenge per scheme |
//! | 403 | `authenticate` says so |
//! | 415 | the body is in no documented media type, or in a charset other than UTF-8 |
//! | 413 | `Content-Length` is over the limit |
//! | 400, 422 | a parameter: 400 if it is missing or not of its type, 422 if the document does not allow its value |
//! | 400, 408, 413, 422 | the body: 400 if it is missing or unreadable, 408 if it is too slow, 413 if it is longer than announced, 422 if it is not what the document describes |
//! | 501 | the method is not implemented; `x-not-implemented` names the operation |
//! | 500 | the method failed; its error is logged and not sent |
//!
//! Nothing of the body is read before 413 is validated, so a caller that waits for `100 Continue` hears of an error first.
//! Each refusal is a [`Rejection`], which the generated trait may shape; by default it is `application/problem+json`.
//!
//! Details: query parameters, headers and cookies that the document does not name are ignored. A parameter that is no list
//! must come once. A body of an operation without one is ignored. Of several alternatives of credentials, the first that is
//! presented in full goes to `authenticate`; what else is presented is not looked at.

mod accept;
mod context;
mod document;
mod failure;
mod form;
mod limits;
mod rejection;
mod request;
mod response;
mod router;
mod segment;
mod table;

pub use axum::Extension;
pub use axum::Router;
pub use axum::response::Response;
pub use axum::routing::MethodRouter;

pub use self::context::Context;
pub use self::document::document_route;
pub use self::failure::{AuthError, Failure};
pub use self::form::{Form, FromFiles};
pub use self::limits::Limits;
pub use self::rejection::{NOT_IMPLEMENTED, Rejection, RejectionKind};
pub use self::request::{ClientCertificate, Request, checked_default, json_default};
pub use self::response::{IntoOperationResponse, OperationResponse, in_class, not_implemented, respond};
pub use self::router::{HandlerFuture, Route, endpoint, route, router};
pub use crate::validation::{
    Bound, Constraints, Invalid, Validate, Validator, Violation, check_bool, check_f64, check_integer, check_items,
    check_properties, check_str,
};
