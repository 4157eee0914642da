//! Prepared answers → what a generated server answers, and a record of what reached it.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use specwright_runtime::server::Failure;

/// What a scripted service answers, in order, and what it has seen. Clones share it.
#[derive(Clone, Default)]
pub struct Script {
    responses: Arc<Mutex<VecDeque<Box<dyn Any + Send>>>>,
    inputs: Arc<Mutex<Vec<String>>>,
    credentials: Arc<Mutex<Vec<String>>>,
}

impl Script {
    /// Nothing prepared: every method answers 501.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Prepares the response to one more request.
    pub fn response<S: Send + 'static, E: Send + 'static>(&self, response: Result<S, Failure<E>>) {
        lock(&self.responses).push_back(Box::new(response));
    }

    /// The inputs that methods received so far, as `Debug` shows them.
    #[must_use]
    pub fn inputs(&self) -> Vec<String> {
        lock(&self.inputs).clone()
    }

    /// The names of the credentials that were presented so far, accepted or not.
    #[must_use]
    pub fn credentials(&self) -> Vec<String> {
        lock(&self.credentials).clone()
    }

    /// Notes an input and takes the response that is prepared for it.
    ///
    /// # Errors
    ///
    /// The failure that is prepared, or that nothing is.
    ///
    /// # Panics
    ///
    /// If the response is one of another operation, which is a mistake in the test.
    pub fn next<S: 'static, E: 'static>(&self, input: &impl Debug) -> Result<S, Failure<E>> {
        lock(&self.inputs).push(format!("{input:?}"));
        match lock(&self.responses).pop_front() {
            None => Err(Failure::not_implemented()),
            Some(response) => *response.downcast().expect("a response of the operation that is called"),
        }
    }

    /// Notes which kind of credentials was presented: the name of the variant, never the secret.
    pub fn presented(&self, credentials: &impl Debug) {
        let shown = format!("{credentials:?}");
        let name = shown.split(['(', ' ']).next().unwrap_or_default();
        lock(&self.credentials).push(name.to_owned());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The secret that scripted services accept, for each part of each credential.
pub const SECRET: &str = "open-sesame";

/// Implements a generated server's trait by a [`Script`]; `anyone` marks operations without
/// security.
#[macro_export]
macro_rules! scripted {
    (
        $(#[$attribute:meta])*
        $service:ident for $api:ident :: $trait:ident, $accept:expr;
        $($method:ident($($input:ident)+) -> $success:ident, $error:ident;)*
    ) => {
        $(#[$attribute])*
        #[derive(Clone)]
        pub struct $service(pub $crate::script::Script);

        impl ::generated_client::$api::server::$trait for $service {
            type Principal = ();

            async fn authenticate(
                &self,
                credentials: ::generated_client::$api::Credentials,
                _context: &::specwright_runtime::server::Context,
            ) -> Result<(), ::specwright_runtime::server::AuthError> {
                self.0.presented(&credentials);
                let accept: fn(&::generated_client::$api::Credentials) -> bool = $accept;
                if accept(&credentials) { Ok(()) } else { Err(::specwright_runtime::server::AuthError::Unauthorized) }
            }

            $($crate::scripted!(@method $api $method ($($input)+) $success $error);)*
        }
    };
    (@method $api:ident $method:ident ($input:ident) $success:ident $error:ident) => {
        async fn $method(
            &self,
            (): (),
            input: ::generated_client::$api::server::$input,
            _context: ::specwright_runtime::server::Context,
        ) -> Result<
            ::generated_client::$api::operations::$success,
            ::specwright_runtime::server::Failure<::generated_client::$api::operations::$error>,
        > {
            self.0.next(&input)
        }
    };
    (@method $api:ident $method:ident (anyone $input:ident) $success:ident $error:ident) => {
        async fn $method(
            &self,
            input: ::generated_client::$api::server::$input,
            _context: ::specwright_runtime::server::Context,
        ) -> Result<
            ::generated_client::$api::operations::$success,
            ::specwright_runtime::server::Failure<::generated_client::$api::operations::$error>,
        > {
            self.0.next(&input)
        }
    };
}
