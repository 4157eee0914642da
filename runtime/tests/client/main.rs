//! The client against real sockets and in-process transports.
#![cfg(feature = "client")]

mod api;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
#[cfg(feature = "cassettes")]
mod cassettes;
#[cfg(all(feature = "gzip", feature = "brotli", feature = "zstd"))]
mod compression;
mod credentials;
#[cfg(feature = "logins")]
mod digest;
mod errors;
mod expectations;
#[cfg(feature = "file-bodies")]
mod files;
#[cfg(feature = "server")]
mod in_process;
#[cfg(feature = "logins")]
mod oauth;
mod reconnects;
mod redaction;
mod redirects;
mod refusals;
mod retries;
mod sharing;
mod streams;
mod webhooks;
