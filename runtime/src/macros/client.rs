//! `client_builder_settings!`: the settings of every generated client builder. `request_builder!`,
//! `missing!` and `pages!`: the items that generated request builders share.

/// Adds the settings that all APIs share to a generated builder, a struct with a field
/// `inner: Builder`.
#[macro_export]
macro_rules! client_builder_settings {
    ($builder:ident) => {
        impl $builder {
            /// Limits a whole call, including retries and pauses. The default is 120 seconds;
            /// `Duration::MAX` means no limit. For a streamed response, the limit applies only
            /// until its headers arrive.
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { inner: self.inner.timeout(timeout) }
            }

            /// Limits each attempt. The default is 60 seconds; `Duration::MAX` means no limit.
            pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { inner: self.inner.attempt_timeout(timeout) }
            }

            /// Ends a streamed response with an error if nothing arrives for this long. By default
            /// there is no limit.
            pub fn idle_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { inner: self.inner.idle_timeout(timeout) }
            }

            /// Sets when and how often to retry. The default is
            /// [`Retry::standard`]($crate::client::Retry::standard): three attempts.
            pub fn retry(self, retry: $crate::client::Retry) -> Self {
                Self { inner: self.inner.retry(retry) }
            }

            /// Limits the size of a response in bytes. The default is 64 MiB. Streamed responses
            /// are not limited.
            pub fn max_body(self, bytes: u64) -> Self {
                Self { inner: self.inner.max_body(bytes) }
            }

            /// Sends through this HTTP client. Disable its redirects, for the reason that
            /// [`Builder::http`]($crate::client::Builder::http) gives.
            pub fn http(self, client: $crate::client::reqwest::Client) -> Self {
                Self { inner: self.inner.http(client) }
            }

            /// Adds a header to every request. If the header is invalid, `build` fails.
            pub fn header<N, V>(self, name: N, value: V) -> Self
            where
                N: TryInto<$crate::HeaderName>,
                V: TryInto<$crate::HeaderValue>,
            {
                Self { inner: self.inner.header(name, value) }
            }

            /// Returns redirects to the caller instead of following those on the same host.
            pub fn no_redirects(self) -> Self {
                Self { inner: self.inner.no_redirects() }
            }

            /// Sends every call to the base URL, even if the document gives the operation its own
            /// server. This is useful with test doubles.
            pub fn ignore_operation_servers(self) -> Self {
                Self { inner: self.inner.ignore_operation_servers() }
            }

            /// Adds middleware around every attempt. The first one is the outermost.
            /// [`Middleware`]($crate::client::Middleware) has an example.
            pub fn layer(self, middleware: impl $crate::client::Middleware) -> Self {
                Self { inner: self.inner.layer(middleware) }
            }

            /// Gets the secret of a scheme from `source` before each attempt.
            /// [`CachedTokens`]($crate::client::CachedTokens) logs in and caches the token.
            pub fn token_source(
                self,
                scheme: &'static $crate::descriptor::Scheme,
                source: impl $crate::client::TokenSource,
            ) -> Self {
                Self { inner: self.inner.token_source(scheme, source) }
            }

            /// Sends through this transport instead of HTTP. In tests, it can be a router in the
            /// same process (`specwright_runtime::client::InProcess`) or a
            /// [`Recorder`]($crate::client::Recorder) with prepared responses.
            pub fn transport(self, transport: impl $crate::client::Transport) -> Self {
                Self { inner: self.inner.transport(transport) }
            }
        }

        $crate::validation_setting!($builder);
        $crate::digest_setting!($builder);
    };
}

/// Adds the methods and traits that all request builders share to a generated one, which is a
/// struct with a field `call: RequestBuilder`. Each type parameter after the two kinds of response
/// marks a required value.
#[macro_export]
macro_rules! request_builder {
    ($name:ident { $success:path, $error:path $(, $required:ident)* $(,)? }) => {
        impl<$($required),*> $name<$($required),*> {
            /// Sets options that apply only to this call.
            pub fn with(mut self, options: $crate::client::RequestOptions) -> Self {
                self.call.with(options);
                self
            }

            /// The future of the response, without the request builder. `.await` on the builder
            /// does the same.
            ///
            /// # Errors
            ///
            /// A documented error or another variant of [`Error`]($crate::client::Error).
            pub fn send(self) -> $crate::client::SendFuture<$success, $error>
            where
                $($required: $crate::client::IsGiven,)*
            {
                self.call.send()
            }
        }

        // The builder is a future itself and not only `IntoFuture`. Thus `join!` and `spawn` take
        // it as it is, and the compiler names the missing value instead of saying "is not a
        // future".
        impl<$($required: $crate::client::IsGiven),*> ::std::future::Future for $name<$($required),*> {
            type Output =
                ::std::result::Result<$crate::client::ResponseValue<$success>, $crate::client::Error<$error>>;

            fn poll(
                self: ::std::pin::Pin<&mut Self>,
                cx: &mut ::std::task::Context<'_>,
            ) -> ::std::task::Poll<Self::Output> {
                ::std::pin::Pin::get_mut(self).call.poll(cx)
            }
        }

        impl<$($required),*> ::std::fmt::Debug for $name<$($required),*> {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Debug::fmt(&self.call, f)
            }
        }
    };
}

/// Adds the streams of an operation that pages to its request builder. The names are those of the
/// methods for items, pages, and a list of the first items.
#[macro_export]
macro_rules! pages {
    ($name:ident { $success:path, $error:path $(, $required:ident)* $(,)? } $items:ident, $pages:ident, $all:ident) => {
        impl<$($required),*> $name<$($required),*> {
            /// The items of all pages, as a stream. A page is requested when the previous one is
            /// used up.
            pub fn $items(self) -> $crate::client::Items<$success, $error>
            where
                $($required: $crate::client::IsGiven,)*
            {
                $crate::client::Items::new(self.call)
            }

            /// The pages, as a stream. Each has its status, headers and whole body.
            pub fn $pages(self) -> $crate::client::Pages<$success, $error>
            where
                $($required: $crate::client::IsGiven,)*
            {
                $crate::client::Pages::new(self.call)
            }

            /// The first `limit` items, or all if there are fewer.
            ///
            /// # Errors
            ///
            /// A documented error or another variant of [`Error`]($crate::client::Error).
            pub fn $all(self, limit: usize) -> $crate::client::AllItems<$success, $error>
            where
                $($required: $crate::client::IsGiven,)*
            {
                $crate::client::AllItems::new(self.call, limit)
            }
        }
    };
}

/// Declares the types that mark the required values which a request still lacks.
#[macro_export]
macro_rules! missing {
    (mod missing { $($name:ident),* $(,)? }) => {
        /// The values that a request still lacks. They are type parameters of request builders
        /// until the setter of that name is called.
        pub mod missing {
            $(
                #[doc = concat!("A request without `", stringify!($name), "`.")]
                #[derive(Debug)]
                pub struct $name;
            )*
        }
    };
}
