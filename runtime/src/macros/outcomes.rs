//! `documented_errors!`, `from_response!` and `single_body!`: the impls that the enums of an
//! operation's responses have in common.

/// Implements `status`, `Display` and `Error` for an enum of errors. `_` is the status of a variant
/// that holds its own status. Errors of several operations have a number as parameter, so that each
/// operation has a type of its own.
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
/// #[derive(Debug)]
/// pub enum GoneErrors<const OPERATION: u32> {
///     Gone,
/// }
/// specwright_runtime::documented_errors!(GoneErrors<OPERATION> { 410 => Gone });
/// pub type PutOrderError = GoneErrors<7>;
///
/// assert_eq!(PutOrderError::Gone.status(), 410);
/// assert_eq!((PutUserError::Conflict.status(), PutUserError::Gone(Missing).status()), (409, 410));
/// assert_eq!(GetUserError::NotFound("who?".into()).to_string(), "404 Not Found");
/// assert_eq!(GetUserError::Default(StatusCode::CONFLICT, String::new()).status(), 409);
/// ```
#[macro_export]
macro_rules! documented_errors {
    ($name:ident $(<$number:ident>)? { $($status:literal => $variant:ident),* $($(,)? _ => $other:ident)* $(,)? }) => {
        impl $(<const $number: u32>)? $name $(<$number>)? {
            /// The status of the response.
            #[must_use]
            pub fn status(&self) -> u16 {
                match self {
                    $(Self::$variant { .. } => $status,)*
                    $(Self::$other(status, ..) => status.as_u16(),)*
                }
            }
        }

        impl $(<const $number: u32>)? ::std::fmt::Display for $name $(<$number>)? {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::status::fmt(self.status(), f)
            }
        }

        impl $(<const $number: u32>)? ::std::error::Error for $name $(<$number>)? {}
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
    ($($name:ident)::+ $(<$number:ident>)?, $response:ident $(, $status:ident)? { $($arms:tt)* }) => {
        impl $(<const $number: u32>)? $crate::client::FromResponse for $($name)::+ $(<$number>)? {
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
