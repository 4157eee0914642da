//! Sends a call: attempts, pauses, time-outs, limits and traces. Compiled once for all operations.

use std::borrow::Cow;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument as _, Span};

use super::answer::{Answer, AnswerBody, Whole};
use super::authorize::{self, Held, Keyring, Used};
use super::builder::Core;
use super::call::Call;
use super::error::{BodyTooLarge, Error, Timeout, TimeoutScope};
use super::middleware::Next;
use super::prepare;
use super::redirect::{MAX_REDIRECTS, follow};
use super::request::{Request, Response};
use super::retry::{Retry, is_transient};
use super::time::{self, Instant};
use super::transport::{TransportError, TransportErrorKind};
use crate::body::StreamError;
use crate::confidential::hide_secrets;
use crate::descriptor::{Operation, Scheme};
use crate::future::BoxFuture;
use crate::media;
use crate::value::Never;

type Failure = Error<Never>;

/// A request and all that decides how it is sent.
struct Plan<'c> {
    core: &'c Core,
    span: Span,
    request: Request,
    held: Vec<(&'static Scheme, Held)>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    retry: Retry,
    max_body: u64,
    /// Whether a repetition does no harm.
    repeatable: bool,
}

impl<'c> Call<'c> {
    /// Sends the request and receives the answer.
    pub(super) fn execute(self) -> BoxFuture<'c, Result<Answer, Failure>> {
        let span = span(self.operation);
        let inner = span.clone();
        // What follows borrows the plan, so that the future holds it once and is small to move.
        let mut plan = plan(self, &span);
        let call = async move {
            let result = match plan {
                Ok(ref mut plan) => plan.run().await,
                Err(error) => Err(error),
            };
            record(&inner, &result);
            result
        };
        Box::pin(call.instrument(span))
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

fn record(span: &Span, result: &Result<Answer, Failure>) {
    match result {
        Ok(answer) => {
            span.record("http.response.status_code", answer.status());
        }
        Err(error) => {
            span.record("error", tracing::field::display(error));
        }
    }
}

fn plan<'c>(mut call: Call<'c>, span: &Span) -> Result<Plan<'c>, Failure> {
    let request = prepare::request(&mut call).map_err(Error::InvalidRequest)?;
    let core = call.core;
    let options = call.options;
    let held = match options.credentials {
        Some(presented) => Keyring::from(presented).choose(call.operation),
        None => core.keyring().choose(call.operation),
    };
    let settings = core.settings();
    Ok(Plan {
        core,
        span: span.clone(),
        held: held.map_err(Error::MissingCredentials)?,
        timeout: options.timeout.or(settings.timeout),
        attempt_timeout: options.attempt_timeout.or(settings.attempt_timeout),
        retry: options.retry.unwrap_or_else(|| settings.retry.clone()),
        max_body: options.max_body.unwrap_or(settings.max_body),
        repeatable: (call.operation.idempotent || options.repeatable) && request.body.can_repeat(),
        request,
    })
}

/// What to do after an attempt.
enum Verdict {
    Done(Result<Answer, Failure>),
    Again(Duration),
}

impl Plan<'_> {
    async fn run(&mut self) -> Result<Answer, Failure> {
        let Some(timeout) = self.timeout else { return self.attempts(None).await };
        let deadline = Instant::now().checked_add(timeout);
        match time::bound(timeout, self.attempts(deadline)).await {
            Ok(result) => result,
            Err(_) => Err(Error::Timeout(Timeout { after: timeout, scope: TimeoutScope::Call })),
        }
    }

    async fn attempts(&mut self, deadline: Option<Instant>) -> Result<Answer, Failure> {
        let changes = authorize::changes(&self.held);
        if !changes {
            authorize::apply(&mut self.request, &self.held).await?;
        }
        let (mut attempt, mut renewed) = (1, false);
        loop {
            self.span.record("attempts", attempt);
            self.request.attempt = attempt;
            let (result, used) = if changes {
                let mut request = self.request.clone();
                let used = authorize::apply(&mut request, &self.held).await?;
                (self.attempt(&request).await, used)
            } else {
                (self.attempt(&self.request).await, Used::new())
            };
            if !renewed && refused(&result) && self.request.body.can_repeat() && renew(used).await {
                tracing::debug!("the token was refused; trying once more with another");
                renewed = true;
                attempt += 1;
                continue;
            }
            match self.judge(attempt, deadline, result) {
                Verdict::Done(result) => return result,
                Verdict::Again(pause) => {
                    tracing::debug!(attempt, ?pause, "trying again");
                    time::sleep(pause).await;
                    attempt += 1;
                }
            }
        }
    }

    fn judge(&self, attempt: u32, deadline: Option<Instant>, result: Result<Answer, Failure>) -> Verdict {
        if !self.repeatable || !self.retry.goes_on_after(attempt) {
            return Verdict::Done(result);
        }
        let pause = match &result {
            Ok(answer) if is_transient(answer.status_code()) => self.retry.pause_after(attempt, answer.headers()),
            Err(error) if error.is_retryable() => Some(self.retry.pause(attempt)),
            Ok(_) | Err(_) => None,
        };
        match pause {
            // An answer in hand is worth more than a time-out that is sure to come.
            Some(pause) if time::left(deadline).is_none_or(|left| pause < left) => Verdict::Again(pause),
            Some(_) | None => Verdict::Done(result),
        }
    }

    async fn attempt(&self, request: &Request) -> Result<Answer, Failure> {
        let Some(timeout) = self.attempt_timeout else { return self.exchange(request).await };
        match time::bound(timeout, self.exchange(request)).await {
            Ok(result) => result,
            Err(_) => Err(Error::Timeout(Timeout { after: timeout, scope: TimeoutScope::Attempt })),
        }
    }

    /// One request and its answer, redirects on the same host included.
    async fn exchange(&self, request: &Request) -> Result<Answer, Failure> {
        let mut request = Cow::Borrowed(request);
        let mut redirects = 0;
        loop {
            let next = Next::new(self.core.middleware(), self.core.transport());
            let mut response = next.run(Request::clone(&request)).await.map_err(Error::Transport)?;
            hide_secrets(&mut response.headers);
            match follow(&request, &response) {
                Some(onward) if redirects < MAX_REDIRECTS && self.core.settings().redirects => {
                    redirects += 1;
                    request = Cow::Owned(onward);
                }
                Some(_) | None => return receive(request.operation, response, self.max_body).await,
            }
        }
    }
}

/// Tells the sources that their tokens were refused; says whether another one can be had.
async fn renew(used: Used) -> bool {
    let mut another = false;
    for (source, token) in used {
        another |= source.refused(&token).await;
    }
    another
}

fn refused(result: &Result<Answer, Failure>) -> bool {
    matches!(result, Ok(answer) if answer.status() == 401)
}

/// Reads the body whole, up to the limit, unless it is one that the operation streams.
async fn receive(operation: &Operation, response: Response, limit: u64) -> Result<Answer, Failure> {
    let Response { status, headers, body } = response;
    let content_type = headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let buffered = content_type.is_some_and(|content_type| {
        media::is_json(content_type) || operation.buffered.iter().any(|media| media::covers(media, content_type))
    });
    if operation.streams && status.is_success() && !buffered {
        return Ok(Answer::new(status, headers, AnswerBody::Stream(body)));
    }
    match body.collect(limit).await {
        Ok(bytes) => Ok(Answer::new(status, headers, AnswerBody::Whole(Whole(bytes)))),
        Err(StreamError::TooLarge { limit }) => Err(Error::BodyTooLarge(BodyTooLarge { status, limit })),
        Err(error) => Err(Error::Transport(TransportError::new(TransportErrorKind::Body, error))),
    }
}
