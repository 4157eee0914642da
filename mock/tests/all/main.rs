//! Tests of whole mocks, with requests.

#[cfg(feature = "proxy")]
mod faulty;
mod pets;
#[cfg(feature = "proxy")]
mod proxy;
mod responses;
mod running;
mod state;
