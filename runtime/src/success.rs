//! The successes of operations that document exactly one: for each status, an enum with one
//! variant. Generated success types are aliases of these enums.
//!
//! The variant is matched through the alias, and `let` takes it apart:
//!
//! ```
//! use specwright_runtime::success;
//!
//! pub type GetNameSuccess = success::json::Ok<String>;
//!
//! let GetNameSuccess::Ok(name) = GetNameSuccess::Ok("Rex".to_owned());
//! assert_eq!(name, "Rex");
//! ```

/// Implements the traits of both sides for one enum. The client's value is made from `response`,
/// and the server's response is `sent`.
macro_rules! impls {
    (
        $name:ident <$($of:ident: $read:path, $write:path),*> $status:literal
        ($response:ident) { $read_as:expr }
        $pattern:pat => { $sent:expr }
    ) => {
        #[cfg(feature = "client")]
        impl<$($of: $read),*> crate::client::FromResponse for $name<$($of),*> {
            #[inline]
            fn from_response($response: &mut crate::client::RawResponse) -> crate::client::Decoded<Self> {
                match $response.status() {
                    $status => $read_as,
                    _ => crate::client::Decoded::Undocumented,
                }
            }
        }

        #[cfg(feature = "server")]
        impl<$($of: $write),*> crate::server::IntoOperationResponse for $name<$($of),*> {
            fn into_operation_response(self) -> crate::server::OperationResponse {
                let $pattern = self;
                $sent
            }
        }
    };
}

/// Implements `SingleBody` for an enum with a body.
macro_rules! single_body {
    ($name:ident <$body:ident $(, $headers:ident)?> $pattern:pat => $value:ident) => {
        #[cfg(feature = "client")]
        impl<$body $(, $headers)?> crate::client::SingleBody for $name<$body $(, $headers)?> {
            type Body = $body;

            fn body(&self) -> &$body {
                let $pattern = self;
                $value
            }

            fn into_body(self) -> $body {
                let $pattern = self;
                $value
            }
        }
    };
}

/// Passes the statuses that have a body to a macro.
macro_rules! with_body {
    ($successes:ident) => {
        $successes! {
            200 Ok
            201 Created
            202 Accepted
            203 NonAuthoritativeInformation
            206 PartialContent
            207 MultiStatus
            208 AlreadyReported
        }
    };
}

/// Passes the statuses that may have no body to a macro.
macro_rules! without_body {
    ($successes:ident) => {
        $successes! {
            200 Ok
            201 Created
            202 Accepted
            203 NonAuthoritativeInformation
            204 NoContent
            205 ResetContent
            206 PartialContent
            301 MovedPermanently
            302 Found
            303 SeeOther
            304 NotModified
            307 TemporaryRedirect
            308 PermanentRedirect
        }
    };
}

/// Successes with a body of the media type `application/json`.
pub mod json {
    macro_rules! successes {
        ($($status:literal $name:ident)*) => { $(
            #[doc = concat!("The status ", $status, " with a JSON body.")]
            #[derive(Clone, Debug, PartialEq)]
            pub enum $name<T> {
                #[doc = concat!("The body of a ", $status, ".")]
                $name(T),
            }

            impls! {
                $name<T: serde::de::DeserializeOwned, serde::Serialize> $status
                (response) { response.json(Self::$name) }
                Self::$name(body) => {
                    crate::server::OperationResponse::json($status, "application/json", &body)
                }
            }
            single_body!($name<T> Self::$name(body) => body);
        )* };
    }

    with_body!(successes);
}

/// Successes with documented headers and a body of the media type `application/json`.
pub mod json_with_headers {
    macro_rules! successes {
        ($($status:literal $name:ident)*) => { $(
            #[doc = concat!("The status ", $status, " with a JSON body and headers.")]
            #[derive(Clone, Debug, PartialEq)]
            pub enum $name<T, H> {
                #[doc = concat!("The body and the headers of a ", $status, ".")]
                $name(T, H),
            }

            impls! {
                $name<
                    T: serde::de::DeserializeOwned, serde::Serialize,
                    H: crate::headers::TypedHeaders, crate::headers::TypedHeaders
                > $status
                (response) {{
                    let headers = response.typed_headers();
                    response.json(|body| Self::$name(body, headers))
                }}
                Self::$name(body, headers) => {
                    crate::server::OperationResponse::json($status, "application/json", &body).headers(&headers)
                }
            }
            single_body!($name<T, H> Self::$name(body, _) => body);
        )* };
    }

    with_body!(successes);
}

/// Successes for which the document describes neither a body nor headers.
pub mod empty {
    macro_rules! successes {
        ($($status:literal $name:ident)*) => { $(
            #[doc = concat!("The status ", $status, " without a documented body.")]
            #[derive(Clone, Debug, PartialEq)]
            pub enum $name {
                #[doc = concat!("A ", $status, ".")]
                $name,
            }

            impls! {
                $name<> $status
                (response) { response.empty(Self::$name) }
                Self::$name => { crate::server::OperationResponse::empty($status) }
            }
        )* };
    }

    without_body!(successes);
}

/// Successes with documented headers for which the document describes no body.
pub mod empty_with_headers {
    macro_rules! successes {
        ($($status:literal $name:ident)*) => { $(
            #[doc = concat!("The status ", $status, " with headers and without a documented body.")]
            #[derive(Clone, Debug, PartialEq)]
            pub enum $name<H> {
                #[doc = concat!("The headers of a ", $status, ".")]
                $name(H),
            }

            impls! {
                $name<H: crate::headers::TypedHeaders, crate::headers::TypedHeaders> $status
                (response) {{
                    let headers = response.typed_headers();
                    response.empty(Self::$name(headers))
                }}
                Self::$name(headers) => {
                    crate::server::OperationResponse::empty($status).headers(&headers)
                }
            }
        )* };
    }

    without_body!(successes);
}
