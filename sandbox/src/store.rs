//! The stores of records, which mocks of other documents also use.

pub use specwright_mock::store::*;
pub(crate) use specwright_mock::transaction;
