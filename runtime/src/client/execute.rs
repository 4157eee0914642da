//! Sends a call: attempts, pauses, time limits and traces. Compiled once for all operations.

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use tracing::field::Empty;
use tracing::{Instrument as _, Span};
use url::Url;

use super::authorize::{Keyring, Tokens};
use super::call_info::CallInfo;
use super::core::Settings;
use super::error::{BodyTooLarge, Error, Timeout, TimeoutScope};
use super::middleware::Next;
use super::options::RequestOptions;
use super::prepare;
use super::raw_response::{OpaqueBytes, RawBody, RawResponse};
use super::redirect::{self, MAX_REDIRECTS};
use super::request::{Request, Response};
use super::request_builder::RequestBuilder;
use super::response::Head;
use super::retry::{Retry, is_transient};
use super::streamed::{is_streamed, named};
use super::time::{self, Instant};
use super::transport::{TransportError, TransportErrorKind};
use super::{idempotency, idle};
use crate::body::StreamError;
use crate::confidential::hide_secrets;
use crate::descriptor::{Alternative, Operation};
use crate::future::BoxFuture;
use crate::value::Never;

type CallError = Error<Never>;
type ResponseFuture<'p> = BoxFuture<'p, Result<Response, TransportError>>;

/// A call and everything that decides how it is sent. Each request is built when it is needed, and
/// none is kept.
struct Execution {
    call: RequestBuilder,
    /// The credentials of this call, if they replace the client's.
    own: Option<Keyring>,
    /// The header that identifies the call to which an attempt belongs.
    key: Option<(HeaderName, HeaderValue)>,
    span: Span,
    /// The host of the requests, and how many were made.
    host: OnceLock<Arc<str>>,
    attempts: AtomicU32,
}

/// Sends the request of a call and receives the response.
pub(super) fn execute(mut call: RequestBuilder) -> BoxFuture<'static, Result<RawResponse, CallError>> {
    let span = span(call.operation);
    let presented = call.extras.as_mut().and_then(|extras| extras.options.credentials.take());
    let key = idempotency::header(&call);
    let own = presented.map(Keyring::from);
    let (host, attempts) = (OnceLock::new(), AtomicU32::new(0));
    let execution = Execution { call, own, key, span: span.clone(), host, attempts };
    // The steps borrow the execution, so that the future holds it once and is cheap to move.
    let run = async move {
        let result = execution.run().await.map_err(|error| error.of_call(|| execution.info()));
        match &result {
            Ok(response) => execution.note("http.response.status_code", response.status()),
            Err(error) => execution.note("error", tracing::field::display(error)),
        }
        result
    };
    if span.is_disabled() { Box::pin(run) } else { Box::pin(run.instrument(span)) }
}

/// Fields are named as in OpenTelemetry. The path template replaces the URL, which may hold
/// confidential values.
fn span(operation: &'static Operation) -> Span {
    tracing::info_span!(
        "api_call",
        otel.name = operation.id,
        otel.kind = "client",
        http.request.method = operation.method,
        url.template = operation.path,
        server.address = Empty,
        http.response.status_code = Empty,
        attempts = Empty,
        error = Empty,
    )
}

/// The state of one attempt.
struct Attempt {
    /// Counted from 1.
    number: u32,
    /// The security alternative that its credentials satisfy.
    alternative: Option<&'static Alternative>,
    tokens: Tokens,
}

/// What to do after an attempt.
enum AfterAttempt {
    Return(Result<RawResponse, CallError>),
    Retry(Duration),
}

/// A point in time, and the limit that it comes from.
#[derive(Clone, Copy)]
struct Deadline {
    at: Instant,
    after: Duration,
    scope: TimeoutScope,
}

impl Deadline {
    /// `None` if the deadline is beyond the range of the clock.
    fn of(begun: Instant, after: Duration, scope: TimeoutScope) -> Option<Self> {
        Some(Self { at: begun.checked_add(after)?, after, scope })
    }
}

/// Waits for the future until `deadline`. The caller pins it, so that the caller's own future holds
/// it only once.
async fn within<T>(
    deadline: Option<Deadline>,
    future: Pin<&mut impl Future<Output = Result<T, CallError>>>,
) -> Result<T, CallError> {
    let Some(Deadline { at, after, scope }) = deadline else { return future.await };
    time::until(at, future).await.unwrap_or_else(|_| Err(Error::Timeout(Timeout { after, scope, call: None })))
}

impl Execution {
    async fn run(&self) -> Result<RawResponse, CallError> {
        self.call.is_valid().map_err(Error::InvalidRequest)?;
        let (alternative, has_sources) = self.alternative()?;
        let mut begun = Instant::now();
        let deadline = self.timeout().and_then(|timeout| Deadline::of(begun, timeout, TimeoutScope::Call));
        let (mut number, mut renewed) = (1, false);
        loop {
            self.note("attempts", number);
            let tokens = if has_sources {
                within(deadline, pin!(self.keyring().tokens(alternative))).await?
            } else {
                Tokens::new()
            };
            let attempt = Attempt { number, alternative, tokens };
            let exchange = self.exchange(self.send(self.request(&attempt)?), &attempt);
            let result = within(self.earlier(deadline, begun), pin!(exchange)).await;
            let refused = refused(&result);
            // A challenge is also kept for later calls.
            let challenged = refused.is_some_and(|headers| self.keyring().challenged(alternative, headers));
            if !renewed
                && refused.is_some()
                && self.can_repeat()
                && (challenged || within(deadline, pin!(renew(attempt.tokens))).await?)
            {
                tracing::debug!("the credentials were refused; retrying once with new ones");
                renewed = true;
            } else {
                match self.after_attempt(number, deadline, result) {
                    AfterAttempt::Return(result) => return result,
                    AfterAttempt::Retry(pause) => {
                        tracing::debug!(attempt = number, ?pause, "retrying");
                        time::sleep(pause).await;
                    }
                }
            }
            number += 1;
            begun = Instant::now();
        }
    }

    /// The alternative that the credentials satisfy, and whether it has token sources. An invalid
    /// request is reported before missing credentials are, and before a source is asked for a token.
    fn alternative(&self) -> Result<(Option<&'static Alternative>, bool), CallError> {
        if self.call.options().is_some_and(|options| options.anonymous) {
            return Ok((None, false));
        }
        let chosen = self.keyring().choose(self.call.operation);
        let has_sources = chosen.as_ref().is_ok_and(|alternative| self.keyring().has_sources(*alternative));
        if has_sources || chosen.is_err() {
            prepare::request(&self.call).map_err(Error::InvalidRequest)?;
        }
        chosen.map(|alternative| (alternative, has_sources)).map_err(Error::MissingCredentials)
    }

    /// The earlier of both deadlines, so that one timer serves the call and the attempt.
    fn earlier(&self, deadline: Option<Deadline>, begun: Instant) -> Option<Deadline> {
        let own = self.attempt_timeout().and_then(|timeout| Deadline::of(begun, timeout, TimeoutScope::Attempt));
        match (own, deadline) {
            (Some(own), Some(deadline)) if deadline.at < own.at => Some(deadline),
            (own, deadline) => own.or(deadline),
        }
    }

    fn after_attempt(
        &self,
        attempt: u32,
        deadline: Option<Deadline>,
        result: Result<RawResponse, CallError>,
    ) -> AfterAttempt {
        if !self.repeatable() || !self.retry().goes_on_after(attempt) {
            return AfterAttempt::Return(result);
        }
        let pause = match &result {
            Ok(response) if is_transient(response.status_code()) => {
                self.retry().pause_after(attempt, response.headers())
            }
            Err(error) if error.is_retryable() => Some(self.retry().pause(attempt)),
            Ok(_) | Err(_) => None,
        };
        match pause {
            // A response in hand is worth more than a timeout that is certain to occur.
            Some(pause) if deadline.is_none_or(|deadline| pause < time::left(deadline.at)) => {
                AfterAttempt::Retry(pause)
            }
            Some(_) | None => AfterAttempt::Return(result),
        }
    }

    /// The request of an attempt. Attempts differ only in their tokens.
    fn request(&self, attempt: &Attempt) -> Result<Request, CallError> {
        let mut request = self.unsigned(attempt)?;
        self.sign(attempt, &mut request)?;
        Ok(request)
    }

    fn unsigned(&self, attempt: &Attempt) -> Result<Request, CallError> {
        let mut request = prepare::request(&self.call).map_err(Error::InvalidRequest)?;
        request.attempt = attempt.number;
        self.attempts.store(attempt.number, Ordering::Relaxed);
        self.host.get_or_init(|| {
            let host = self.call.core.host(&request);
            self.note("server.address", &*host);
            host
        });
        if let Some((name, key)) = &self.key {
            request.headers.insert(name.clone(), key.clone());
        }
        Ok(request)
    }

    /// Records a field of the span. Without a subscriber, not even the names of fields are compared.
    fn note(&self, field: &str, value: impl tracing::Value) {
        if !self.span.is_disabled() {
            self.span.record(field, value);
        }
    }

    /// The call as responses and errors name it.
    fn info(&self) -> CallInfo {
        let (core, operation) = (&self.call.core, self.call.operation);
        let host = self.host.get().cloned();
        CallInfo { attempts: self.attempts.load(Ordering::Relaxed), ..core.info(operation, host) }
    }

    fn sign(&self, attempt: &Attempt, request: &mut Request) -> Result<(), CallError> {
        self.keyring().apply(attempt.alternative, &attempt.tokens, request)
    }

    fn send(&self, request: Request) -> ResponseFuture<'_> {
        Next::new(self.call.core.middleware(), self.call.core.transport()).run(request)
    }

    /// Receives the response, following redirects on the same host.
    async fn exchange(&self, mut sent: ResponseFuture<'_>, attempt: &Attempt) -> Result<RawResponse, CallError> {
        let (mut at, mut redirects) = (None, 0);
        let (head, mut body) = loop {
            let Response { status, mut headers, body } = sent.await.map_err(Error::Transport)?;
            hide_secrets(&mut headers);
            let documented = self.call.operation.redirects.contains(&status.as_u16());
            let follow =
                !documented && redirect::redirects(status) && self.settings().redirects && redirects < MAX_REDIRECTS;
            let onward = if follow { self.onward(at.take(), status, &headers, attempt)? } else { None };
            let Some(request) = onward else {
                break (Box::new(Head { status, headers, call: Some(self.info()) }), body);
            };
            redirects += 1;
            at = Some(Box::new(request.url.clone()));
            sent = self.send(request);
        };
        let status = head.status;
        if status.is_success() && is_streamed(self.call.operation, &head.headers, &body) {
            let body = match self.idle_timeout() {
                Some(after) => idle::limited(body, after),
                None => body,
            };
            let info = self.info();
            return Ok(RawResponse::new(head, RawBody::Stream(named(body, info))));
        }
        match body.read(self.max_body()).await {
            Ok(bytes) => Ok(RawResponse::new(head, RawBody::Buffered(OpaqueBytes(bytes)))),
            Err(StreamError::TooLarge { limit }) => {
                Err(Error::BodyTooLarge(BodyTooLarge { status, limit, call: None }))
            }
            Err(error) => Err(Error::Transport(TransportError::new(TransportErrorKind::Body, error))),
        }
    }

    /// The request to which a redirect leads, if the redirect is followed. `at` is the URL after
    /// earlier redirects.
    fn onward(
        &self,
        at: Option<Box<Url>>,
        status: StatusCode,
        headers: &HeaderMap,
        attempt: &Attempt,
    ) -> Result<Option<Request>, CallError> {
        let mut request = self.unsigned(attempt)?;
        if let Some(at) = at {
            request.url = *at;
        }
        let Some(url) = redirect::follow(&request, status, headers) else { return Ok(None) };
        request.url = url;
        // Only now: a key may go into the query, and the new URL has a query of its own.
        self.sign(attempt, &mut request)?;
        Ok(Some(request))
    }
}

/// Settings: those of the call take precedence over those of the client.
impl Execution {
    fn settings(&self) -> &Settings {
        self.call.core.settings()
    }

    fn keyring(&self) -> &Keyring {
        self.own.as_ref().unwrap_or(self.call.core.keyring())
    }

    fn option<'p, T>(&'p self, get: impl Fn(&'p RequestOptions) -> Option<T>) -> Option<T> {
        self.call.options().and_then(get)
    }

    fn timeout(&self) -> Option<Duration> {
        self.option(|options| options.timeout).or(self.settings().timeout)
    }

    fn attempt_timeout(&self) -> Option<Duration> {
        self.option(|options| options.attempt_timeout).or(self.settings().attempt_timeout)
    }

    fn idle_timeout(&self) -> Option<Duration> {
        self.option(|options| options.idle_timeout).or(self.settings().idle_timeout)
    }

    fn retry(&self) -> &Retry {
        self.option(|options| options.retry.as_ref()).unwrap_or(&self.settings().retry)
    }

    fn max_body(&self) -> u64 {
        self.option(|options| options.max_body).unwrap_or(self.settings().max_body)
    }

    /// Whether the body can be sent again.
    fn can_repeat(&self) -> bool {
        self.call.body.as_ref().is_none_or(|(_, body)| body.can_repeat())
    }

    /// Whether the call may be repeated.
    fn repeatable(&self) -> bool {
        let call = &self.call;
        let harmless = call.operation.idempotent || call.options().is_some_and(|options| options.repeatable);
        (harmless || idempotency::is_marked(call)) && self.can_repeat()
    }
}

/// Reports refused tokens to their sources, and returns whether a new one is available.
async fn renew(tokens: Tokens) -> Result<bool, CallError> {
    let mut another = false;
    for (_, source, token) in tokens {
        another |= source.refused(&token).await;
    }
    Ok(another)
}

/// The headers of a response that refuses the credentials.
fn refused(result: &Result<RawResponse, CallError>) -> Option<&HeaderMap> {
    result.as_ref().ok().filter(|response| response.status() == 401).map(RawResponse::headers)
}
