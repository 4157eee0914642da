//! The macro for types without constraints.

/// Implements [`Validate`](crate::validation::Validate) for types of one module that have no
/// constraints.
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
        $(impl $crate::validation::Validate for $module::$name {})*
    };
}
