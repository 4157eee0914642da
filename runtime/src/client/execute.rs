//! Sends a call: attempts, pauses, time-outs, limits and traces. Compiled once for all operations.

use std::pin::{Pin, pin};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use tracing::field::Empty;
use tracing::{Instrument as _, Span};
use url::Url;

use super::authorize::{Keyring, Tokens};
use super::builder::Settings;
use super::error::{BodyTooLarge, Error, Timeout, TimeoutScope};
use super::middleware::Next;
use super::options::RequestOptions;
use super::prepare;
use super::raw_response::{RawBody, RawResponse, Whole};
use super::redirect::{self, MAX_REDIRECTS};
use super::request::{Request, Response};
use super::request_builder::RequestBuilder;
use super::retry::{Retry, is_transient};
use super::time::{self, Instant};
use super::transport::{TransportError, TransportErrorKind};
use crate::body::StreamError;
use crate::confidential::hide_secrets;
use crate::descriptor::{Alternative, Operation};
use crate::future::BoxFuture;
use crate::media;
use crate::value::Never;

type Failure = Error<Never>;
type Sent<'p> = BoxFuture<'p, Result<Response, TransportError>>;

/// A call and all that decides how it is sent. Requests are made of it as they are needed; none is kept.
struct Plan<'c> {
    call: RequestBuilder<'c>,
    /// What this call presents in place of the client's credentials.
    own: Option<Keyring>,
    span: Span,
}

impl<'c> RequestBuilder<'c> {
    /// Sends the request and receives the response.
    pub(super) fn execute(mut self) -> BoxFuture<'c, Result<RawResponse, Failure>> {
        let span = span(self.operation);
        let presented = self.rare.as_mut().and_then(|rare| rare.options.credentials.take());
        let plan = Plan { call: self, own: presented.map(Keyring::from), span: span.clone() };
        // What follows borrows the plan, so that the future holds it once and is small to move.
        let call = async move {
            let result = plan.run().await;
            record(&plan.span, &result);
            result
        };
        if span.is_disabled() { Box::pin(call) } else { Box::pin(call.instrument(span)) }
    }
}

/// Names as OpenTelemetry has them; the template stands for the URL, which may hold confidential values.
fn span(operation: &'static Operation) -> Span {
    tracing::info_span!(
        "api_call",
        otel.name = operation.id,
        otel.kind = "client",
        http.request.method = operation.method,
        url.template = operation.path,
        http.response.status_code = Empty,
        attempts = Empty,
        error = Empty,
    )
}

fn record(span: &Span, result: &Result<RawResponse, Failure>) {
    match result {
        Ok(response) => {
            span.record("http.response.status_code", response.status());
        }
        Err(error) => {
            span.record("error", tracing::field::display(error));
        }
    }
}

/// What one attempt has of its own.
struct Attempt {
    /// From 1.
    number: u32,
    /// What its credentials satisfy.
    alternative: Option<&'static Alternative>,
    tokens: Tokens,
}

/// What to do after an attempt.
enum Verdict {
    Done(Result<RawResponse, Failure>),
    Again(Duration),
}

/// When what is waited for has to be there, and what is said if it is not.
#[derive(Clone, Copy)]
struct End {
    at: Instant,
    error: Timeout,
}

impl End {
    /// `None` if that is further away than a clock can say.
    fn of(begun: Instant, after: Duration, scope: TimeoutScope) -> Option<Self> {
        Some(Self { at: begun.checked_add(after)?, error: Timeout { after, scope } })
    }
}

/// Waits until `end`. The future is pinned by the caller, whose own future holds it once.
async fn within<T>(end: Option<End>, future: Pin<&mut impl Future<Output = Result<T, Failure>>>) -> Result<T, Failure> {
    let Some(end) = &end else { return future.await };
    time::until(end.at, future).await.unwrap_or(Err(Error::Timeout(end.error)))
}

impl Plan<'_> {
    async fn run(&self) -> Result<RawResponse, Failure> {
        let alternative = self.alternative()?;
        let mut begun = Instant::now();
        let end = self.timeout().and_then(|timeout| End::of(begun, timeout, TimeoutScope::Call));
        let (mut number, mut renewed) = (1, false);
        loop {
            self.span.record("attempts", number);
            let tokens = if self.keyring().has_sources(alternative) {
                within(end, pin!(self.keyring().tokens(alternative))).await?
            } else {
                Tokens::new()
            };
            let attempt = Attempt { number, alternative, tokens };
            let exchange = self.exchange(self.send(self.request(&attempt)?), &attempt);
            let result = within(self.sooner(end, begun), pin!(exchange)).await;
            if !renewed && refused(&result) && self.can_repeat() && within(end, pin!(renew(attempt.tokens))).await? {
                tracing::debug!("the token was refused; trying once more with another");
                renewed = true;
            } else {
                match self.validate(number, end, result) {
                    Verdict::Done(result) => return result,
                    Verdict::Again(pause) => {
                        tracing::debug!(attempt = number, ?pause, "trying again");
                        time::sleep(pause).await;
                    }
                }
            }
            number += 1;
            begun = Instant::now();
        }
    }

    /// What the credentials at hand satisfy. What is wrong with the request itself is said before what they lack, and before a
    /// source is asked for a token.
    fn alternative(&self) -> Result<Option<&'static Alternative>, Failure> {
        let chosen = self.keyring().choose(self.call.operation);
        if !matches!(chosen, Ok(alternative) if !self.keyring().has_sources(alternative)) {
            prepare::request(&self.call).map_err(Error::InvalidRequest)?;
        }
        chosen.map_err(Error::MissingCredentials)
    }

    /// The end of an attempt: one timer serves both time-outs.
    fn sooner(&self, end: Option<End>, begun: Instant) -> Option<End> {
        let own = self.attempt_timeout().and_then(|timeout| End::of(begun, timeout, TimeoutScope::Attempt));
        match (own, end) {
            (Some(own), Some(end)) if end.at < own.at => Some(end),
            (own, end) => own.or(end),
        }
    }

    fn validate(&self, attempt: u32, end: Option<End>, result: Result<RawResponse, Failure>) -> Verdict {
        if !self.repeatable() || !self.retry().goes_on_after(attempt) {
            return Verdict::Done(result);
        }
        let pause = match &result {
            Ok(response) if is_transient(response.status_code()) => {
                self.retry().pause_after(attempt, response.headers())
            }
            Err(error) if error.is_retryable() => Some(self.retry().pause(attempt)),
            Ok(_) | Err(_) => None,
        };
        match pause {
            // A response in hand is worth more than a time-out that is sure to come.
            Some(pause) if end.is_none_or(|end| pause < time::left(end.at)) => Verdict::Again(pause),
            Some(_) | None => Verdict::Done(result),
        }
    }

    /// The request of an attempt, the same one each time but for its tokens.
    fn request(&self, attempt: &Attempt) -> Result<Request, Failure> {
        let mut request = self.unsigned(attempt)?;
        self.sign(attempt, &mut request)?;
        Ok(request)
    }

    fn unsigned(&self, attempt: &Attempt) -> Result<Request, Failure> {
        let mut request = prepare::request(&self.call).map_err(Error::InvalidRequest)?;
        request.attempt = attempt.number;
        Ok(request)
    }

    fn sign(&self, attempt: &Attempt, request: &mut Request) -> Result<(), Failure> {
        self.keyring().apply(attempt.alternative, &attempt.tokens, request)
    }

    fn send(&self, request: Request) -> Sent<'_> {
        Next::new(self.call.core.middleware(), self.call.core.transport()).run(request)
    }

    /// The response to a request, redirects on the same host included.
    async fn exchange(&self, mut sent: Sent<'_>, attempt: &Attempt) -> Result<RawResponse, Failure> {
        let (mut at, mut redirects) = (None, 0);
        let (head, mut body) = loop {
            let Response { status, mut headers, body } = sent.await.map_err(Error::Transport)?;
            hide_secrets(&mut headers);
            let follow = redirect::redirects(status) && self.settings().redirects && redirects < MAX_REDIRECTS;
            let onward = if follow { self.onward(at.take(), status, &headers, attempt)? } else { None };
            let Some(request) = onward else { break (Box::new((status, headers)), body) };
            redirects += 1;
            at = Some(Box::new(request.url.clone()));
            sent = self.send(request);
        };
        let status = head.0;
        if self.call.operation.streams && status.is_success() && !buffered(self.call.operation, &head.1) {
            return Ok(RawResponse::new(head, RawBody::Stream(body)));
        }
        match body.read(self.max_body()).await {
            Ok(bytes) => Ok(RawResponse::new(head, RawBody::Whole(Whole(bytes)))),
            Err(StreamError::TooLarge { limit }) => Err(Error::BodyTooLarge(BodyTooLarge { status, limit })),
            Err(error) => Err(Error::Transport(TransportError::new(TransportErrorKind::Body, error))),
        }
    }

    /// The request that a response redirects to, if that is to be followed. `at` is where earlier redirects have led.
    fn onward(
        &self,
        at: Option<Box<Url>>,
        status: StatusCode,
        headers: &HeaderMap,
        attempt: &Attempt,
    ) -> Result<Option<Request>, Failure> {
        let mut request = self.unsigned(attempt)?;
        if let Some(at) = at {
            request.url = *at;
        }
        let Some(url) = redirect::follow(&request, status, headers) else { return Ok(None) };
        request.url = url;
        // Only now, for a key may go in the query, and the address led to has a query of its own.
        self.sign(attempt, &mut request)?;
        Ok(Some(request))
    }
}

/// What decides, of the call where it says something, else of the client.
impl Plan<'_> {
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

    fn retry(&self) -> &Retry {
        self.option(|options| options.retry.as_ref()).unwrap_or(&self.settings().retry)
    }

    fn max_body(&self) -> u64 {
        self.option(|options| options.max_body).unwrap_or(self.settings().max_body)
    }

    /// Whether the body is there for another attempt.
    fn can_repeat(&self) -> bool {
        self.call.body.as_ref().is_none_or(|(_, body)| body.can_repeat())
    }

    /// Whether a repetition does no harm.
    fn repeatable(&self) -> bool {
        let harmless = self.call.operation.idempotent || self.call.options().is_some_and(|options| options.repeatable);
        harmless && self.can_repeat()
    }
}

/// Tells the sources that their tokens were refused; says whether another one can be had.
async fn renew(tokens: Tokens) -> Result<bool, Failure> {
    let mut another = false;
    for (_, source, token) in tokens {
        another |= source.refused(&token).await;
    }
    Ok(another)
}

fn refused(result: &Result<RawResponse, Failure>) -> bool {
    matches!(result, Ok(response) if response.status() == 401)
}

/// Whether this response of an operation that streams is one to be read whole.
fn buffered(operation: &Operation, headers: &HeaderMap) -> bool {
    let content_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    content_type.is_some_and(|content_type| {
        media::is_json(content_type) || operation.buffered.iter().any(|media| media::covers(media, content_type))
    })
}
