//! The server: HTTP requests → calls of a generated trait; results of these calls → HTTP responses.
//!
//! A request is checked in this order, and the first failure decides the response:
//!
//! | status | when |
//! |---|---|
//! | 400 | the path is not UTF-8 |
//! | 404 | no operation has this path. A trailing slash is significant, and a parameter is never `.` or `..` |
//! | 405 | the path exists, but not with this method; `Allow` lists the others. `GET` also serves `HEAD`, and `OPTIONS` gets 204 with `Allow`, unless the document has them |
//! | 401 | credentials are missing, malformed, repeated, or refused by `authenticate`; `WWW-Authenticate` has a challenge for each scheme |
//! | 403 | `authenticate` forbids the operation |
//! | 415 | the body has no documented media type, or a charset other than UTF-8 |
//! | 413 | `Content-Length` exceeds the limit |
//! | 400, 422 | a parameter: 400 if it is missing or has the wrong type, 422 if it breaks a constraint |
//! | 400, 408, 413, 422 | the body: 400 if it is missing or unreadable, 408 if it is too slow, 413 if it is too long, 422 if it does not match its schema |
//! | 501 | the service does not implement the operation; `x-not-implemented` names it |
//! | 500 | the service failed; its error is logged and not sent |
//!
//! If the document describes 400 but not 422 for an operation, or 422 but not 400, parameters and
//! bodies are refused with that status only. The refusal lists every fault of the parameters and, if
//! the body is JSON, of the body. A caller that waits for `100 Continue` gets only the faults of the
//! parameters, and is not asked for its body. Each refusal is a [`Rejection`]. The generated trait may shape its response; by default it
//! is `application/problem+json`. Undocumented query parameters, headers and cookies are ignored,
//! and so is the body of an operation that has none. A parameter that is not a list must be given
//! once. If there are several security alternatives, the first one that is presented completely
//! goes to `authenticate`; other credentials are ignored.

mod accept;
mod context;
mod document;
mod failure;
mod file_parts;
mod form_field;
mod form_value;
mod limits;
mod multipart_form;
#[cfg(all(feature = "client", not(target_arch = "wasm32")))]
mod prepared;
mod refusal;
mod rejection;
mod rejection_kind;
mod request;
mod response;
mod routing;
#[cfg(feature = "signatures")]
mod signed;
#[cfg(feature = "validate")]
mod validate;
#[cfg(feature = "viewer")]
mod viewer;

pub use axum::Extension;
pub use axum::Router;
pub use axum::response::Response;
pub use axum::routing::MethodRouter;

pub use self::context::Context;
pub use self::document::document_route;
pub use self::failure::{AuthError, Failure};
pub use self::file_parts::{FilePart, FileParts};
pub use self::limits::Limits;
pub use self::multipart_form::{Form, FromFiles};
pub use self::refusal::Refusal;
pub use self::rejection::{NOT_IMPLEMENTED, Rejection};
pub use self::rejection_kind::RejectionKind;
pub use self::request::{ClientCertificate, Request, checked_default, json_default};
pub use self::response::{IntoOperationResponse, OperationResponse, in_class, not_implemented, respond};
pub use self::routing::{HandlerFuture, Route, Routes, endpoint, endpoint_with, route, router, routes};
#[cfg(feature = "signatures")]
pub use self::signed::{Signed, SignedService, signed};
#[cfg(feature = "viewer")]
pub use self::viewer::viewer;
pub use crate::schema::LazySchemas;
#[cfg(feature = "validate")]
pub use crate::validation::OnViolation;
pub use crate::validation::{
    Bound, Constraints, Invalid, Validate, Validator, Violation, check_bool, check_f64, check_integer, check_items,
    check_properties, check_str,
};
