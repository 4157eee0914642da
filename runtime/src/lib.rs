//! What generated API clients and servers call: requests, credentials, retries, errors, routing and validation.

pub mod descriptor;
pub mod rules;
