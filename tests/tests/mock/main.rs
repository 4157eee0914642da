//! Mocks of the fixtures beside their generated servers.

mod agreement;
mod bodies;
mod draws;
mod requests;
mod servers;
