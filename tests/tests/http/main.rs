//! Generated clients and servers over HTTP on loopback.
#![expect(clippy::result_large_err, reason = "answers are as large as the document makes them")]
#![expect(clippy::items_after_statements, reason = "types that only one test needs stand in it")]

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
