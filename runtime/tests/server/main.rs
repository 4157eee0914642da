//! Tests of the server half of the runtime, with HTTP requests.

mod bodies;
mod budgets;
mod credentials;
mod endpoints;
mod hostile;
mod nulls;
mod parameters;
mod routing;
mod service;
mod sockets;
mod stack;
mod validation;
