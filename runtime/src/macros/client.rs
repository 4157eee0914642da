//! `client_builder_settings!`: what every generated builder can be told.

/// Prints the settings that every API has onto a generated builder, a struct with a field `inner: Builder`.
#[macro_export]
macro_rules! client_builder_settings {
    ($builder:ident) => {
        impl $builder {
            /// How long a whole call may take, retries and pauses included: 120 seconds unless set; `Duration::MAX` for ever. Of
            /// a response that streams, the time until its head has come.
            pub fn timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { inner: self.inner.timeout(timeout) }
            }

            /// How long each attempt may take: 60 seconds unless set; `Duration::MAX` for ever.
            pub fn attempt_timeout(self, timeout: ::std::time::Duration) -> Self {
                Self { inner: self.inner.attempt_timeout(timeout) }
            }

            /// When and how often to try again: [`Retry::standard`]($crate::client::Retry::standard) unless set, three attempts.
            pub fn retry(self, retry: $crate::client::Retry) -> Self {
                Self { inner: self.inner.retry(retry) }
            }

            /// How many bytes a response may have: 64 MiB unless set. Answers that stream are not counted.
            pub fn max_body(self, bytes: u64) -> Self {
                Self { inner: self.inner.max_body(bytes) }
            }

            /// Sends by this HTTP client; see [`Builder::http`]($crate::client::Builder::http) about redirects.
            pub fn http(self, client: $crate::client::reqwest::Client) -> Self {
                Self { inner: self.inner.http(client) }
            }

            /// A header of every request. What cannot be a header is an error of `build`.
            pub fn header<N, V>(self, name: N, value: V) -> Self
            where
                N: TryInto<$crate::HeaderName>,
                V: TryInto<$crate::HeaderValue>,
            {
                Self { inner: self.inner.header(name, value) }
            }

            /// Hands redirects to the caller instead of following those on the same host.
            pub fn no_redirects(self) -> Self {
                Self { inner: self.inner.no_redirects() }
            }

            /// Sends everything to the base URL, also the operations for which the document names a server of their own: for
            /// test doubles.
            pub fn ignore_operation_servers(self) -> Self {
                Self { inner: self.inner.ignore_operation_servers() }
            }

            /// Code around every attempt; the first one is the outermost. [`Middleware`]($crate::client::Middleware) shows one.
            pub fn layer(self, middleware: impl $crate::client::Middleware) -> Self {
                Self { inner: self.inner.layer(middleware) }
            }

            /// Asks `source` for the secret of a scheme before each attempt, such as one that logs in:
            /// [`CachedTokens`]($crate::client::CachedTokens).
            pub fn token_source(
                self,
                scheme: &'static $crate::descriptor::Scheme,
                source: impl $crate::client::TokenSource,
            ) -> Self {
                Self { inner: self.inner.token_source(scheme, source) }
            }

            /// Sends by this transport instead of HTTP: in tests, a router in the same process
            /// (`specwright_runtime::client::InProcess`) or answers that are prepared ([`Recorder`]($crate::client::Recorder)).
            pub fn transport(self, transport: impl $crate::client::Transport) -> Self {
                Self { inner: self.inner.transport(transport) }
            }
        }
    };
}
