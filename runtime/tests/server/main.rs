//! The server half of the runtime, called over HTTP semantics: what is refused, in which order, and what arrives.

mod bodies;
mod credentials;
mod endpoints;
mod hostile;
mod parameters;
mod routing;
mod service;
mod sockets;
mod validation;
