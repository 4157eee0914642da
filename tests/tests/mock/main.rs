//! Compares mocks of the fixtures with their generated servers.

mod agreement;
mod bodies;
mod draws;
mod requests;
mod servers;
