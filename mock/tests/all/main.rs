//! Tests of whole mocks, with requests.

#[cfg(feature = "proxy")]
mod faulty;
mod pets;
#[cfg(feature = "proxy")]
mod proxy;
mod resources;
mod responses;
mod running;
mod served;
mod state;
