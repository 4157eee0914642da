//! Sends a call and decodes its response.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use super::error::Error;
use super::raw_response::{Decoded, FromResponse, RawResponse};
use super::reconnect::execute;
use super::request_builder::{RequestBuilder, Sent};
use super::response::ResponseValue;
use super::unexpected::InvalidBody;

impl RequestBuilder {
    /// Sends the request and decodes the response as the document describes it.
    #[must_use = "nothing is sent before the future is awaited"]
    pub fn send<S: FromResponse, E: FromResponse>(self) -> SendFuture<S, E> {
        SendFuture { response: execute(self), types: PhantomData }
    }

    /// Polls for the decoded response. The first poll sends the request; later settings have no
    /// effect.
    pub fn poll<S: FromResponse, E: FromResponse>(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Result<ResponseValue<S>, Error<E>>> {
        let sent = self.sent.take().unwrap_or_else(|| Mutex::new(execute(self.take())));
        let sent = self.sent.insert(sent).get_mut().unwrap_or_else(PoisonError::into_inner);
        poll(sent, cx)
    }
}

/// The future of a call that is being sent.
#[must_use = "futures do nothing unless they are awaited"]
pub struct SendFuture<S, E> {
    response: Sent,
    types: PhantomData<fn() -> (S, E)>,
}

impl<S: FromResponse, E: FromResponse> Future for SendFuture<S, E> {
    type Output = Result<ResponseValue<S>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        poll(&mut self.response, cx)
    }
}

fn poll<S: FromResponse, E: FromResponse>(
    sent: &mut Sent,
    cx: &mut Context<'_>,
) -> Poll<Result<ResponseValue<S>, Error<E>>> {
    sent.as_mut().poll(cx).map(|response| match response {
        Ok(response) => decode(response),
        Err(error) => Err(error.widen()),
    })
}

impl<S, E> fmt::Debug for SendFuture<S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}

/// Below 400, the successes are tried first; from 400 on, the errors are. Thus a `default` of one
/// enum does not hide the other enum.
pub(super) fn decode<S: FromResponse, E: FromResponse>(
    mut response: RawResponse,
) -> Result<ResponseValue<S>, Error<E>> {
    let failed = response.status() >= 400;
    for errors in [failed, !failed] {
        let invalid = if errors {
            match E::from_response(&mut response) {
                Decoded::Value(value) => return Err(Error::Api(Box::new(response.into_response(value)))),
                Decoded::Undocumented => continue,
                Decoded::Invalid(error) => error,
            }
        } else {
            match S::from_response(&mut response) {
                Decoded::Value(value) => return Ok(response.into_response(value)),
                Decoded::Undocumented => continue,
                Decoded::Invalid(error) => error,
            }
        };
        return Err(Error::InvalidBody(InvalidBody { unexpected: response.into_unexpected(), source: invalid }));
    }
    Err(Error::UnexpectedStatus(response.into_unexpected()))
}
