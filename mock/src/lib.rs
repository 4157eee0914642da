//! Serves any `OpenAPI` document at once, without compiling code. Routing, validation and refusals
//! are the same as in the generated server; responses come from the document.
//!
//! The document passes through the stages of the generator up to the intermediate representation,
//! which is interpreted here. As in a generated server, the runtime does routing, credentials,
//! decoding and checks.

mod app;
mod call;
pub mod document;
mod input;
mod leak;
mod limits;
mod mock;
mod overview;
#[cfg(feature = "proxy")]
mod proxy;
pub mod respond;
mod service;
mod size;
pub mod state;
pub mod store;
pub mod traffic;
pub mod types;
pub mod web;

pub use app::Seen;
pub use call::{Call, OverrideResponse};
pub use limits::PATH_BYTES;
pub use mock::{Builder, Mock, On, StartError};
#[cfg(feature = "proxy")]
pub use proxy::Proxy;
