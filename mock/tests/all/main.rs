//! Tests of whole mocks, with requests.

mod pets;
mod responses;
mod running;
mod state;
