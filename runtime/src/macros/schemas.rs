//! `schemas!`: the schemas of an API, of which a program contains only those that an enabled feature
//! reads.

/// The schemas of requests, followed by those of responses if a server is generated.
///
/// ```
/// static SCHEMAS: specwright_runtime::LazySchemas = specwright_runtime::schemas!(
///     r#"{"operations": {}, "types": {}}"#,
///     r#"{"operations": {}, "types": {}}"#,
/// );
/// ```
#[cfg(any(feature = "cassettes", all(feature = "server", feature = "validate")))]
#[macro_export]
macro_rules! schemas {
    ($requests:expr $(,)?) => {
        $crate::LazySchemas::new($requests)
    };
    ($requests:expr, $responses:expr $(,)?) => {
        $crate::LazySchemas::new($requests).with_responses($responses)
    };
}

/// The schemas of requests.
#[cfg(all(feature = "schemas", not(any(feature = "cassettes", all(feature = "server", feature = "validate")))))]
#[macro_export]
macro_rules! schemas {
    ($requests:expr $(, $responses:expr)? $(,)?) => {
        $crate::LazySchemas::new($requests)
    };
}

/// Nothing, because no enabled feature reads schemas.
#[cfg(not(feature = "schemas"))]
#[macro_export]
macro_rules! schemas {
    ($requests:expr $(, $responses:expr)? $(,)?) => {
        $crate::LazySchemas::NONE
    };
}

/// Adds the setting of the feature `validate` to a generated builder of clients.
#[cfg(all(feature = "client", feature = "validate"))]
#[doc(hidden)]
#[macro_export]
macro_rules! validation_setting {
    ($builder:ident) => {
        impl $builder {
            /// Sets what happens if a request violates the document. By default, the call fails in
            /// builds with debug assertions, and a warning is logged in others.
            pub fn on_violation(self, on_violation: $crate::validation::OnViolation) -> Self {
                Self { inner: self.inner.on_violation(on_violation) }
            }
        }
    };
}

/// Adds nothing, because requests are not validated.
#[cfg(all(feature = "client", not(feature = "validate")))]
#[doc(hidden)]
#[macro_export]
macro_rules! validation_setting {
    ($builder:ident) => {};
}
