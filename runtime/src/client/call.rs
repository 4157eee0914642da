//! A call of an operation whose request builder has no setters.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::error::Error;
use super::options::RequestOptions;
use super::raw_response::FromResponse;
use super::request_builder::RequestBuilder;
use super::response::ResponseValue;
use super::send::SendFuture;

/// The request builder of an operation that has nothing to set besides its arguments. It is a
/// future itself: `.await` sends the request and returns the decoded response, a success `S` or an
/// error that documents `E`.
#[must_use = "nothing is sent before `send` or `.await`"]
pub struct Call<S, E> {
    call: RequestBuilder,
    types: PhantomData<fn() -> (S, E)>,
}

impl<S, E> Call<S, E> {
    /// A call with all its arguments.
    pub fn new(call: RequestBuilder) -> Self {
        Self { call, types: PhantomData }
    }

    /// Sets options that apply only to this call.
    pub fn with(mut self, options: RequestOptions) -> Self {
        self.call.with(options);
        self
    }
}

impl<S: FromResponse, E: FromResponse> Call<S, E> {
    /// The future of the response, without the request builder. `.await` on the builder does the
    /// same.
    ///
    /// # Errors
    ///
    /// A documented error or another variant of [`Error`].
    pub fn send(self) -> SendFuture<S, E> {
        self.call.send()
    }
}

impl<S: FromResponse, E: FromResponse> Future for Call<S, E> {
    type Output = Result<ResponseValue<S>, Error<E>>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.get_mut().call.poll(cx)
    }
}

impl<S, E> fmt::Debug for Call<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.call.fmt(f)
    }
}
