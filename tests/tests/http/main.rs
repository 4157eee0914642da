//! Generated clients and servers over HTTP on loopback.
#![expect(clippy::result_large_err, reason = "the size of responses depends on the document")]
#![expect(clippy::items_after_statements, reason = "types for a single test are inside it")]

mod credentials;
mod login;
mod looker;
mod prelude;
mod programs;
mod rownd;
mod rownd_shapes;
mod stateset;
mod unhappy;
mod validation;
mod wire;
