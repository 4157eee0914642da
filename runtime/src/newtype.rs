//! Checks scalars against the constraints of a newtype, for [`newtype!`](crate::newtype!).

use crate::validation::{Constraints, Invalid, check_bool, check_f64, check_integer, check_str};
use crate::value::{Format, Text};

/// A scalar that can be checked.
pub trait Check {
    /// Checks the value.
    ///
    /// # Errors
    /// If it breaks a constraint.
    fn check(&self, constraints: &'static Constraints) -> Result<(), Invalid>;
}

impl Check for bool {
    fn check(&self, constraints: &'static Constraints) -> Result<(), Invalid> {
        check_bool(constraints, *self)
    }
}

impl<F: Format> Check for Text<F> {
    fn check(&self, constraints: &'static Constraints) -> Result<(), Invalid> {
        check_str(constraints, self.as_str())
    }
}

impl Check for f64 {
    fn check(&self, constraints: &'static Constraints) -> Result<(), Invalid> {
        check_f64(constraints, *self)
    }
}

/// Checks the `f64` with the same decimal text, because a bound is written in decimal and not as a
/// binary fraction.
impl Check for f32 {
    fn check(&self, constraints: &'static Constraints) -> Result<(), Invalid> {
        check_f64(constraints, self.to_string().parse().unwrap_or_else(|_| f64::from(*self)))
    }
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        impl Check for $integer {
            fn check(&self, constraints: &'static Constraints) -> Result<(), Invalid> {
                check_integer(constraints, i128::from(*self))
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, i128, u8, u16, u32, u64);

/// No bound distinguishes values beyond `i128`.
impl Check for u128 {
    fn check(&self, constraints: &'static Constraints) -> Result<(), Invalid> {
        check_integer(constraints, i128::try_from(*self).unwrap_or(i128::MAX))
    }
}
