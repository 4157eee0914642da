//! Routing: a request → the operation that it is for, and the handler of that operation.
//!
//! `routes` puts operations, handlers and services together, and asks `table` for the operation of a
//! request. The table matches in this order:
//!
//! 1. the path, one segment after the other: a literal before a segment with parameters, and of those
//!    the one with the most literal text (`params::segment` matches one segment);
//! 2. the method; `HEAD` is also served by `GET`;
//! 3. the query pairs that are part of a documented path, the most pairs first;
//! 4. the media type of the body, if operations differ in nothing else.
//!
//! If a path with parameters does not lead to an operation of the method, the next path that matches is
//! tried; a path without parameters alone has methods. 404 and 405 come last. axum gets the paths that it can express (`paths`), only so that layers find its
//! `MatchedPath`.

mod other_methods;
mod paths;
mod route;
mod router;
mod routes;
mod table;

pub use self::route::{HandlerFuture, Route, route};
pub use self::router::{endpoint, endpoint_with, router};
pub use self::routes::{Routes, routes};
