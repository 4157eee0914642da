//! Typed clients and server traits, generated from OpenAPI documents.
//!
//! Each provider is a module behind a feature of the same name. With the feature `client` (on by
//! default), a module has a client. With the feature `server`, it has a trait to implement and a
//! router that only lets valid, authenticated requests through.
//!
//! [`specwright_runtime`] holds the parts that all modules share: call settings, retries,
//! middleware, errors and transports for tests in `specwright_runtime::client`, and refusals,
//! limits and the context of a request in `specwright_runtime::server`.

pub use specwright_runtime;

#[cfg(all(feature = "client", feature = "looker"))]
pub mod looker_login;

#[rustfmt::skip]
mod generated;

#[allow(unused_imports, reason = "there is nothing to re-export without a provider")]
pub use generated::*;
