//! The macro for types without constraints.

/// Implements [`Validate`](crate::rules::Validate) for types of one module that have no constraints.
///
/// ```
/// mod types {
///     pub struct AppId(pub String);
///     pub struct UserId(pub String);
/// }
///
/// specwright_runtime::unconstrained!(types { AppId, UserId });
/// ```
#[macro_export]
macro_rules! unconstrained {
    ($module:ident { $($name:ident),* $(,)? }) => {
        $(impl $crate::rules::Validate for $module::$name {})*
    };
}
