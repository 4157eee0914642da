//! The client against real sockets and in-process transports.
#![cfg(feature = "client")]

mod api;
mod bodies;
mod credentials;
mod errors;
#[cfg(feature = "server")]
mod in_process;
mod redaction;
mod redirects;
mod refusals;
mod retries;
mod sharing;
mod streams;
mod webhooks;
