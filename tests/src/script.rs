//! Scripts generated servers: prepared responses, and a record of inputs and credentials.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use specwright_runtime::server::Failure;

/// The responses of a scripted service, in order, and its record. Clones share both.
#[derive(Clone, Default)]
pub struct Script {
    responses: Arc<Mutex<VecDeque<Box<dyn Any + Send>>>>,
    inputs: Arc<Mutex<Vec<String>>>,
    credentials: Arc<Mutex<Vec<String>>>,
}

impl Script {
    /// A script without responses. Every method responds with 501.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Prepares the response to the next request.
    pub fn respond_with<S: Send + 'static, E: Send + 'static>(&self, response: Result<S, Failure<E>>) {
        lock(&self.responses).push_back(Box::new(response));
    }

    /// The inputs that methods have received, in `Debug` format.
    #[must_use]
    pub fn inputs(&self) -> Vec<String> {
        lock(&self.inputs).clone()
    }

    /// The names of the credentials that were presented, accepted or not.
    #[must_use]
    pub fn credentials(&self) -> Vec<String> {
        lock(&self.credentials).clone()
    }

    /// Records an input and returns the next prepared response.
    ///
    /// # Errors
    ///
    /// The prepared failure, or 501 if nothing is prepared.
    ///
    /// # Panics
    ///
    /// If the response belongs to another operation, which is a mistake in the test.
    pub fn next<S: 'static, E: 'static>(&self, input: &impl Debug) -> Result<S, Failure<E>> {
        lock(&self.inputs).push(format!("{input:?}"));
        match lock(&self.responses).pop_front() {
            None => Err(Failure::not_implemented()),
            Some(response) => *response.downcast().expect("a response of the operation that is called"),
        }
    }

    /// Records the presented credentials by the name of the variant, without the secret.
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

/// Implements a generated server trait with a [`Script`]; `anyone` marks operations without
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
