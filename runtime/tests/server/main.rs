//! The server half of the runtime, called with HTTP requests.

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
