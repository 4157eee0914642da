//! Tests of whole mocks, by requests.

mod pets;
mod responses;
mod running;
mod state;
