//! `documented_errors!`, `from_response!` and `single_body!`: the impls that the enums of an
//! operation's responses have in common.

/// Implements `status`, `Display` and `Error` for an enum of errors. `_` is the status of a variant
/// that holds its own status.
///
/// ```
/// use specwright_runtime::StatusCode;
///
/// #[derive(Debug)]
/// pub enum GetUserError {
///     NotFound(String),
///     Default(StatusCode, String),
/// }
/// specwright_runtime::documented_errors!(GetUserError { 404 => NotFound, _ => Default });
///
/// #[derive(Debug)]
/// pub struct Missing;
/// #[derive(Debug)]
/// pub enum PutUserError {
///     Conflict,
///     Gone(Missing),
/// }
/// specwright_runtime::documented_errors!(PutUserError {
///     409 => Conflict,
///     410 => Gone,
/// });
///
/// assert_eq!((PutUserError::Conflict.status(), PutUserError::Gone(Missing).status()), (409, 410));
/// assert_eq!(GetUserError::NotFound("who?".into()).to_string(), "404 Not Found");
/// assert_eq!(GetUserError::Default(StatusCode::CONFLICT, String::new()).status(), 409);
/// ```
#[macro_export]
macro_rules! documented_errors {
    ($name:ident { $($status:literal => $variant:ident),* $($(,)? _ => $other:ident)* $(,)? }) => {
        impl $name {
            /// The status of the response.
            #[must_use]
            pub fn status(&self) -> u16 {
                match self {
                    $(Self::$variant { .. } => $status,)*
                    $(Self::$other(status, ..) => status.as_u16(),)*
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::status::fmt(self.status(), f)
            }
        }

        impl ::std::error::Error for $name {}
    };
}

/// Implements [`FromResponse`](crate::client::FromResponse) for an enum of responses. The arms are
/// those of a `match` on the status. In them, the response has the first given name, and the status
/// has the second name if there is one.
///
/// Marked `#[inline]`, so that decoding a response is compiled only where the operation is called.
#[cfg(feature = "client")]
#[macro_export]
macro_rules! from_response {
    ($name:path, $response:ident $(, $status:ident)? { $($arms:tt)* }) => {
        impl $crate::client::FromResponse for $name {
            #[inline]
            fn from_response($response: &mut $crate::client::RawResponse) -> $crate::client::Decoded<Self> {
                $(let $status = $response.status_code();)?
                match $response.status() { $($arms)* }
            }
        }
    };
}

/// Implements [`SingleBody`](crate::client::SingleBody) for an enum whose only variant has a body.
#[cfg(feature = "client")]
#[macro_export]
macro_rules! single_body {
    ($name:path, $body:ident: $ty:ty = $variant:ident $fields:tt) => {
        impl $crate::client::SingleBody for $name {
            type Body = $ty;

            fn body(&self) -> &$ty {
                let Self::$variant $fields = self;
                $body
            }

            fn into_body(self) -> $ty {
                let Self::$variant $fields = self;
                $body
            }
        }
    };
}
