//! A proxy between clients and a service: passes everything on, and checks it against the document.

mod forward;
mod in_flight;
mod pass;
mod start;
mod tee;

pub use self::start::Proxy;
