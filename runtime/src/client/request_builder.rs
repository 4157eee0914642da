//! A call being put together, and its sending.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::HeaderValue;
use serde::Serialize;

use super::builder::Core;
use super::error::{Error, InvalidBody, Problem};
use super::options::RequestOptions;
use super::prepare::{describe, media_of};
use super::raw_response::{Decoded, FromResponse, RawResponse};
use super::response::ResponseValue;
use crate::body::Body;
use crate::descriptor::{FormField, Operation};
use crate::form;
use crate::future::BoxFuture;
use crate::media;
use crate::multipart::Multipart;
use crate::params::ParamValue;
use crate::stream::{Events, Lines};
use crate::value::Never;

/// A call of one operation: values by index of the operation's table, a body, options. Nothing is sent before [`RequestBuilder::send`].
#[must_use = "nothing is sent before `send`"]
pub struct RequestBuilder<'c> {
    pub(super) core: &'c Core,
    pub(super) operation: &'static Operation,
    pub(super) values: Vec<(usize, ParamValue)>,
    pub(super) body: Option<(HeaderValue, Body)>,
    /// Boxed, because most calls have none of it and each setter moves the call.
    pub(super) rare: Option<Box<Rare>>,
}

/// What few calls have.
#[derive(Default)]
pub(super) struct Rare {
    /// The whole URL but the query parameters, where it is not the API's to say.
    pub(super) target: Option<String>,
    pub(super) options: RequestOptions,
    pub(super) problems: Vec<Problem>,
}

impl<'c> RequestBuilder<'c> {
    pub(super) fn new(core: &'c Core, operation: &'static Operation, target: Option<String>) -> Self {
        Self {
            core,
            operation,
            values: Vec::with_capacity(operation.parameters.len()),
            body: None,
            rare: target.map(|target| Box::new(Rare { target: Some(target), ..Rare::default() })),
        }
    }

    /// The settings of this call, if it has any.
    pub(super) fn options(&self) -> Option<&RequestOptions> {
        self.rare.as_ref().map(|rare| &rare.options)
    }

    fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// Sets a parameter.
    pub fn parameter<T: Serialize + ?Sized>(&mut self, index: usize, value: &T) {
        let json = self.operation.parameters.get(index).is_some_and(|parameter| parameter.json);
        match if json { ParamValue::json(value) } else { ParamValue::of(value) } {
            Ok(value) => {
                self.values.retain(|(known, _)| *known != index);
                self.values.push((index, value));
            }
            Err(error) => self.refuse(index, format!("cannot be written: {error}")),
        }
    }

    /// Sets a parameter to what came of a conversion; a failure surfaces when the call is sent.
    pub fn try_parameter<T: Serialize, E: fmt::Display>(&mut self, index: usize, value: Result<T, E>) {
        match value {
            Ok(value) => self.parameter(index, &value),
            Err(error) => self.refuse(index, format!("is {error}")),
        }
    }

    fn refuse(&mut self, index: usize, message: String) {
        let subject = describe(self.operation, index);
        self.rare().problems.push(Problem { subject, message });
    }

    /// Sets a JSON body, in the media type of this index.
    pub fn json<T: Serialize + ?Sized>(&mut self, media: usize, body: &T) {
        // Most bodies fit and need not be moved while they are written.
        let mut bytes = Vec::with_capacity(512);
        match serde_json::to_writer(&mut bytes, body) {
            Ok(()) => self.set_body(media_of(self.operation, media, "application/json"), bytes.into()),
            Err(error) => self.refuse_body(&error),
        }
    }

    /// Sets a body of URL-encoded pairs.
    pub fn form<T: Serialize + ?Sized>(&mut self, media: usize, body: &T, fields: &'static [FormField]) {
        match form::encode(body, fields) {
            Ok(text) => self.set_body(media_of(self.operation, media, form::MEDIA), text.into()),
            Err(error) => self.refuse_body(&error),
        }
    }

    /// Sets a body of text, from a text or a scalar.
    pub fn text<T: Serialize + ?Sized>(&mut self, media: usize, body: &T) {
        match ParamValue::of(body) {
            Ok(ParamValue::Scalar(text)) => self.set_body(media_of(self.operation, media, "text/plain"), text.into()),
            Ok(_) => self.refuse_body(&"it is not a text"),
            Err(error) => self.refuse_body(&error),
        }
    }

    /// Sets a body of one JSON value per line, sent as they come.
    pub fn lines<T: Serialize + 'static>(&mut self, media: usize, body: Lines<T>) {
        let content_type = media_of(self.operation, media, "application/jsonl");
        let written = content_type.as_ref().ok().and_then(|value| value.to_str().ok()).unwrap_or_default();
        let body = Body::from_stream(body.write(written));
        self.set_body(content_type, body);
    }

    /// Sets a body of server-sent events, sent as they come.
    pub fn events<T: Serialize + 'static>(&mut self, media: usize, body: Events<T>) {
        let content_type = media_of(self.operation, media, "text/event-stream");
        self.set_body(content_type, Body::from_stream(body.write()));
    }

    /// Sets a multipart body.
    pub fn multipart(&mut self, media: usize, body: Multipart) {
        let documented = self.operation.body.and_then(|body| body.media.get(media).copied());
        match body.finish(documented.unwrap_or("multipart/form-data")) {
            Ok((content_type, body)) => self.set_body(HeaderValue::from_str(&content_type), body),
            Err(error) => self.refuse_body(&error),
        }
    }

    /// Sets a body of bytes or a stream of them.
    pub fn body(&mut self, media: usize, body: Body) {
        self.set_body(media_of(self.operation, media, "application/octet-stream"), body);
    }

    /// Sets a body of bytes or a stream of them, in a media type of the caller's choice.
    pub fn body_as(&mut self, media: usize, content_type: &str, body: Body) {
        let documented = self.operation.body.and_then(|body| body.media.get(media).copied()).unwrap_or("*/*");
        if media::covers(documented, content_type) {
            self.set_body(HeaderValue::from_str(content_type), body);
        } else {
            self.refuse_body(&format_args!("its content type is not in the range `{documented}`"));
        }
    }

    fn set_body<E: fmt::Display>(&mut self, media: Result<HeaderValue, E>, body: Body) {
        match media {
            Ok(media) => self.body = Some((media, body)),
            Err(error) => self.refuse_body(&error),
        }
    }

    fn refuse_body(&mut self, reason: &dyn fmt::Display) {
        let message = format!("cannot be written: {reason}");
        self.rare().problems.push(Problem { subject: "the body".to_owned(), message });
    }

    /// Adds settings of this call; later ones win.
    pub fn with(&mut self, options: RequestOptions) {
        let rare = self.rare();
        rare.options = options.over(std::mem::take(&mut rare.options));
    }

    /// Sends the request and reads the response into what is documented for its status.
    #[must_use = "nothing is sent before the future is awaited"]
    pub fn send<S: FromResponse, E: FromResponse>(self) -> SendFuture<'c, S, E> {
        SendFuture { response: self.execute(), types: PhantomData }
    }
}

/// Shows the operation and what is set, but no values.
impl fmt::Debug for RequestBuilder<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.values.iter().map(|(index, _)| describe(self.operation, *index));
        f.debug_struct("RequestBuilder")
            .field("operation", &self.operation.id)
            .field("parameters", &set.collect::<Vec<_>>())
            .field("body", &self.body.as_ref().map(|(_, body)| body))
            .field("options", &self.options())
            .finish_non_exhaustive()
    }
}

/// A call under way.
#[must_use = "futures do nothing unless they are awaited"]
pub struct SendFuture<'c, S, E> {
    response: BoxFuture<'c, Result<RawResponse, Error<Never>>>,
    types: PhantomData<fn() -> (S, E)>,
}

impl<S: FromResponse, E: FromResponse> Future for SendFuture<'_, S, E> {
    type Output = Result<ResponseValue<S>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.response.as_mut().poll(cx).map(|response| match response {
            Ok(response) => decode(response),
            Err(error) => Err(error.widen()),
        })
    }
}

impl<S, E> fmt::Debug for SendFuture<'_, S, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendFuture").finish_non_exhaustive()
    }
}

/// Successes are looked for first below 400 and errors first from there on, so that a `default` of one does not hide the other.
fn decode<S: FromResponse, E: FromResponse>(mut response: RawResponse) -> Result<ResponseValue<S>, Error<E>> {
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
