//! Generated clients and servers over HTTP on loopback.

mod credentials;
mod judging;
mod login;
mod looker;
mod prelude;
mod rownd;
mod stateset;
mod unhappy;
mod wire;
