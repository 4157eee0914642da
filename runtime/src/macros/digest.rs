//! The setting of the feature `logins` on generated builders of clients.

/// Adds the setting for HTTP digest to a generated builder of clients.
#[cfg(feature = "logins")]
#[doc(hidden)]
#[macro_export]
macro_rules! digest_setting {
    ($builder:ident) => {
        impl $builder {
            /// Responds to the digest challenges of a scheme with a user name and a password.
            pub fn digest(
                self,
                scheme: &'static $crate::descriptor::Scheme,
                credentials: $crate::security::Basic,
            ) -> Self {
                Self { inner: self.inner.digest(scheme, credentials) }
            }
        }
    };
}

/// Adds nothing, because there is no HTTP digest.
#[cfg(not(feature = "logins"))]
#[doc(hidden)]
#[macro_export]
macro_rules! digest_setting {
    ($builder:ident) => {};
}
