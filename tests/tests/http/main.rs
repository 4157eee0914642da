//! Generated clients and servers over HTTP on loopback.

mod credentials;
mod judging;
mod login;
mod looker;
mod prelude;
mod rownd;
mod rownd_shapes;
mod stateset;
mod unhappy;
mod wire;
