//! The values of properties that are unset, by the word for how they are set.

#[doc(inline)]
pub use core::option::Option::{
    None as into, None as list, None as list_into, None as map, None as map_into, None as set,
};

#[doc(inline)]
pub use crate::MaybeAbsent::Absent as or_null;
