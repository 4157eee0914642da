//! The client against real sockets and in-process transports.
#![cfg(feature = "client")]

mod api;
mod bodies;
mod credentials;
#[cfg(feature = "logins")]
mod digest;
mod errors;
#[cfg(feature = "server")]
mod in_process;
#[cfg(feature = "logins")]
mod oauth;
mod redaction;
mod redirects;
mod refusals;
mod retries;
mod sharing;
mod streams;
mod webhooks;
