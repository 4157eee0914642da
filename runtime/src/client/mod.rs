//! The client: turns a call into a request, sends it with retries and limits, and decodes its
//! response.
//!
//! Only the first serialization and the last decoding depend on types. Everything between them is
//! compiled once.
//!
//! **Invariant:** no secret appears in `Debug`, `Display` or traces, and none is sent to a host
//! other than the one for which it was provided.

mod authorize;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;
mod builder;
mod call;
mod call_info;
mod core;
mod decode;
#[cfg(feature = "logins")]
mod digest;
mod error;
mod excerpt;
mod execute;
mod idempotency;
mod idle;
mod middleware;
mod oauth;
mod options;
mod page_error;
mod pages;
mod prepare;
mod rate_limit;
mod raw_response;
mod reconnect;
mod recorder;
mod redirect;
mod request;
mod request_builder;
mod required;
mod response;
mod retry;
mod send;
#[cfg(all(feature = "signatures", not(target_arch = "wasm32")))]
mod sign;
mod streamed;
mod time;
mod token;
mod transport;
mod unexpected;
#[cfg(feature = "validate")]
mod validate;
#[cfg(not(feature = "validate"))]
mod validate_off;

#[cfg(all(feature = "server", not(target_arch = "wasm32")))]
mod in_process;

#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub use blocking::{Blocking, BlockingStream, Waiting};
pub use builder::{BuildError, Builder};
pub use call::Call;
pub use call_info::CallInfo;
pub use decode::DecodeError;
pub use error::{BodyTooLarge, Error, InvalidRequest, MissingCredentials, Problem, Timeout, TimeoutScope};
#[cfg(all(feature = "server", not(target_arch = "wasm32")))]
pub use in_process::InProcess;
pub use middleware::{Middleware, Next};
#[cfg(feature = "logins")]
pub use oauth::CodeLogin;
pub use oauth::{DeviceLogin, OAuth, OAuthTokens, StoredToken, TokenStore};
pub use options::{Reconnect, RequestOptions};
pub use page_error::{PageError, PageErrorKind};
pub use pages::{AllItems, InvalidPageToken, Items, Page, PageToken, Paged, Pages};
pub use rate_limit::RateLimit;
pub use raw_response::{Decoded, FromResponse, RawResponse};
#[cfg(all(feature = "cassettes", not(target_arch = "wasm32")))]
pub use recorder::{CassetteError, Finding, FindingKind};
pub use recorder::{Expectation, Expected, IntoMockResponse, MockResponse, RecordedRequest, Recorder};
pub use request::{Request, Response};
pub use request_builder::RequestBuilder;
pub use required::{Given, IsGiven};
pub use reqwest;
pub use response::{ResponseValue, SingleBody};
pub use retry::Retry;
pub use send::SendFuture;
pub use token::{CachedTokens, Token, TokenError, TokenSource};
pub use transport::{Http, Transport, TransportError, TransportErrorKind};
pub use unexpected::{InvalidBody, UnexpectedResponse};

pub use self::core::Core;
