//! The stores of records, which mocks of other documents use, too.

pub use specwright_mock::store::*;
pub(crate) use specwright_mock::transaction;
