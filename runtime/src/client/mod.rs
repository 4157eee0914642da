//! The client: a call described by static tables becomes a request, is sent, retried and bounded, and its response decoded.
//!
//! Everything but the first serialization and the last decoding is independent of types and compiled once. No secret
//! appears in `Debug`, `Display` or traces, and none is sent to another host than the one it was given for.

mod authorize;
mod builder;
mod decode;
mod error;
mod execute;
mod middleware;
mod options;
mod prepare;
mod raw_response;
mod recorder;
mod redirect;
mod request;
mod request_builder;
mod response;
mod retry;
mod time;
mod token;
mod transport;

#[cfg(all(feature = "server", not(target_arch = "wasm32")))]
mod in_process;

pub use builder::{BuildError, Builder, Core};
pub use error::{
    BodyTooLarge, Error, InvalidBody, InvalidRequest, MissingCredentials, Problem, Timeout, TimeoutScope,
    UnexpectedResponse,
};
#[cfg(all(feature = "server", not(target_arch = "wasm32")))]
pub use in_process::InProcess;
pub use middleware::{Middleware, Next};
pub use options::RequestOptions;
pub use raw_response::{DecodeError, Decoded, FromResponse, RawResponse};
pub use recorder::{MockResponse, RecordedRequest, Recorder};
pub use request::{Request, Response};
pub use request_builder::{RequestBuilder, SendFuture};
pub use reqwest;
pub use response::ResponseValue;
pub use retry::Retry;
pub use token::{CachedTokens, Token, TokenError, TokenSource};
pub use transport::{Http, Transport, TransportError, TransportErrorKind};
