//! A call while it is assembled: parameter values, a body and options.

use std::fmt;
use std::sync::Mutex;

use bytes::Bytes;
use http::HeaderValue;
use http::header::InvalidHeaderValue;
use serde::Serialize;

use super::core::Core;
use super::error::{Error, Problem};
use super::options::RequestOptions;
use super::raw_response::RawResponse;
use crate::body::Body;
use crate::descriptor::{FormField, Operation};
use crate::form;
use crate::future::BoxFuture;
use crate::media;
use crate::multipart::Multipart;
use crate::params::ParamValue;
use crate::stream::{EventForm, Events, Lines};
use crate::value::Never;

/// A call of one operation, which owns everything that it needs. Parameters are set by their index
/// in the operation's table. Nothing is sent before [`RequestBuilder::send`] or the first
/// [`RequestBuilder::poll`].
#[must_use = "nothing is sent before `send` or `.await`"]
pub struct RequestBuilder {
    pub(super) core: Core,
    pub(super) operation: &'static Operation,
    pub(super) values: Vec<(usize, ParamValue)>,
    pub(super) body: Option<(HeaderValue, Body)>,
    /// Boxed, because most calls have no extras and each setter moves the call.
    pub(super) extras: Option<Box<Extras>>,
    /// The response, once the request is polled. The lock is never taken. It only makes the future
    /// `Sync`, which the call must be because an attempt borrows it.
    pub(super) sent: Option<Mutex<Sent>>,
}

/// A request that is being sent.
pub(super) type Sent = BoxFuture<'static, Result<RawResponse, Error<Never>>>;

/// The parts that only few calls have.
#[derive(Clone, Default)]
pub(super) struct Extras {
    /// The URL without query parameters, if the application chooses it and not the document.
    pub(super) target: Option<String>,
    /// Path and query of a page, in place of those that the document describes.
    pub(super) page: Option<String>,
    pub(super) options: RequestOptions,
    pub(super) problems: Vec<Problem>,
    /// The violations of each parameter, by its index, and of the body.
    #[cfg(feature = "validate")]
    pub(super) violations: Vec<(Option<usize>, crate::validation::Violation)>,
    /// The check of the items of a streamed body, and the index of its media type.
    #[cfg(feature = "validate")]
    pub(super) items: Option<(crate::stream::ItemCheck, usize)>,
}

impl Core {
    /// Starts a call of an operation.
    pub fn call(&self, operation: &'static Operation) -> RequestBuilder {
        RequestBuilder::new(self.clone(), operation, None)
    }

    /// Starts a call of a webhook or callback at the URL of its receiver.
    pub fn call_at(&self, operation: &'static Operation, url: impl Into<String>) -> RequestBuilder {
        RequestBuilder::new(self.clone(), operation, Some(url.into()))
    }
}

impl RequestBuilder {
    fn new(core: Core, operation: &'static Operation, target: Option<String>) -> Self {
        Self {
            core,
            operation,
            values: Vec::with_capacity(operation.parameters.len()),
            body: None,
            extras: target.map(|target| Box::new(Extras { target: Some(target), ..Extras::default() })),
            sent: None,
        }
    }

    /// Takes the call out of a builder that is polled in place.
    pub(super) fn take(&mut self) -> Self {
        Self {
            core: self.core.clone(),
            operation: self.operation,
            values: std::mem::take(&mut self.values),
            body: self.body.take(),
            extras: self.extras.take(),
            sent: None,
        }
    }

    /// A copy of this call that has not been sent.
    pub(super) fn copy(&self) -> Self {
        Self {
            core: self.core.clone(),
            operation: self.operation,
            values: self.values.clone(),
            body: self.body.clone(),
            extras: self.extras.clone(),
            sent: None,
        }
    }

    /// Sets a parameter to an untyped value.
    pub(super) fn replace(&mut self, index: usize, value: ParamValue) {
        self.values.retain(|(known, _)| *known != index);
        self.values.push((index, value));
    }

    /// Requests the page at this path and query.
    pub(super) fn go_to(&mut self, page: String) {
        self.extras().page = Some(page);
    }

    /// The options of this call, if it has any.
    pub(super) fn options(&self) -> Option<&RequestOptions> {
        self.extras.as_ref().map(|extras| &extras.options)
    }

    pub(super) fn extras(&mut self) -> &mut Extras {
        self.extras.get_or_insert_default()
    }

    /// Sets a parameter.
    pub fn parameter<T: Serialize + ?Sized>(&mut self, index: usize, value: &T) {
        let json = self.operation.parameters.get(index).is_some_and(|parameter| parameter.json);
        match if json { ParamValue::json(value) } else { ParamValue::of(value) } {
            Ok(encoded) => {
                self.validate_parameter(index, value);
                self.replace(index, encoded);
            }
            Err(error) => self.refuse(index, format!("cannot be written: {error}")),
        }
    }

    /// Sets a parameter from a conversion. A failure is reported when the call is sent.
    pub fn try_parameter<T: Serialize, E: fmt::Display>(&mut self, index: usize, value: Result<T, E>) {
        match value {
            Ok(value) => self.parameter(index, &value),
            Err(error) => self.refuse(index, format!("is {error}")),
        }
    }

    fn refuse(&mut self, index: usize, message: String) {
        let subject = self.operation.describe_parameter(index);
        self.extras().problems.push(Problem { subject, message });
    }

    /// Sets a JSON body, in the media type of this index.
    pub fn json<T: Serialize + ?Sized>(&mut self, media: usize, body: &T) {
        // Most bodies fit, so the buffer need not grow.
        let mut bytes = Vec::with_capacity(512);
        match serde_json::to_writer(&mut bytes, body) {
            Ok(()) => {
                self.validate_body(media, body);
                self.set_body(self.content_type(media, "application/json"), bytes.into());
            }
            Err(error) => self.refuse_body(&error),
        }
    }

    /// Sets a body of URL-encoded pairs.
    pub fn form<T: Serialize + ?Sized>(&mut self, media: usize, body: &T, fields: &'static [FormField]) {
        match form::encode(body, fields) {
            Ok(text) => {
                self.validate_body(media, body);
                self.set_body(self.content_type(media, form::MEDIA), text.into());
            }
            Err(error) => self.refuse_body(&error),
        }
    }

    /// Sets a text body, from a string or another scalar.
    pub fn text<T: Serialize + ?Sized>(&mut self, media: usize, body: &T) {
        match ParamValue::of(body) {
            Ok(ParamValue::Scalar(text)) => {
                self.validate_body(media, body);
                self.set_body(self.content_type(media, "text/plain"), text.into());
            }
            Ok(_) => self.refuse_body(&"it is not text"),
            Err(error) => self.refuse_body(&error),
        }
    }

    /// Sets a body of one JSON value per line, streamed.
    pub fn lines<T: Serialize + 'static>(&mut self, media: usize, body: Lines<T>) {
        let content_type = self.content_type(media, "application/jsonl");
        let written = content_type.as_ref().ok().and_then(|value| value.to_str().ok()).unwrap_or_default();
        let check = self.check_items(media);
        let body = Body::from_stream(body.write_checked(written, check));
        self.set_body(content_type, body);
    }

    /// Sets a body of server-sent events, streamed.
    pub fn events<T: Serialize + 'static, F: EventForm + 'static>(&mut self, media: usize, body: Events<T, F>) {
        let content_type = self.content_type(media, "text/event-stream");
        let check = self.check_items(media);
        self.set_body(content_type, Body::from_stream(body.write_checked(check)));
    }

    /// Sets a multipart body.
    pub fn multipart(&mut self, media: usize, body: Multipart) {
        self.validate_parts(media, &body);
        match body.finish(self.operation.body_media(media).unwrap_or("multipart/form-data")) {
            Ok((content_type, body)) => self.set_body(HeaderValue::from_str(&content_type), body),
            Err(error) => self.refuse_body(&error),
        }
    }

    /// Sets a body of bytes or a byte stream.
    pub fn body(&mut self, media: usize, body: Body) {
        self.set_body(self.content_type(media, "application/octet-stream"), body);
    }

    /// Sets a body of bytes or a byte stream, in a media type that the caller chooses.
    pub fn body_as(&mut self, media: usize, content_type: &str, body: Body) {
        let documented = self.operation.body_media(media).unwrap_or("*/*");
        if media::covers(documented, content_type) {
            self.set_body(HeaderValue::from_str(content_type), body);
        } else {
            self.refuse_body(&format_args!("its content type is not in the range `{documented}`"));
        }
    }

    /// The documented media type of a body; `fallback` if the document gives a range or none.
    fn content_type(&self, media: usize, fallback: &'static str) -> Result<HeaderValue, InvalidHeaderValue> {
        let documented = self.operation.body_media(media).filter(|media| !media.contains('*'));
        media_type_value(documented.unwrap_or(fallback))
    }

    fn set_body<E: fmt::Display>(&mut self, media: Result<HeaderValue, E>, body: Body) {
        match media {
            Ok(media) => self.body = Some((media, body)),
            Err(error) => self.refuse_body(&error),
        }
    }

    fn refuse_body(&mut self, reason: &dyn fmt::Display) {
        let message = format!("cannot be written: {reason}");
        self.extras().problems.push(Problem { subject: "the body".to_owned(), message });
    }

    /// Adds options; later ones take precedence.
    pub fn with(&mut self, options: RequestOptions) {
        let extras = self.extras();
        extras.options = options.over(std::mem::take(&mut extras.options));
    }
}

/// Shows the operation and which parameters are set, without values.
impl fmt::Debug for RequestBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = self.values.iter().map(|(index, _)| self.operation.describe_parameter(*index));
        f.debug_struct("RequestBuilder")
            .field("operation", &self.operation.id)
            .field("parameters", &set.collect::<Vec<_>>())
            .field("body", &self.body.as_ref().map(|(_, body)| body))
            .field("options", &self.options())
            .finish_non_exhaustive()
    }
}

/// A media type of the document as a header value, without a copy.
pub(super) fn media_type_value(media: &'static str) -> Result<HeaderValue, InvalidHeaderValue> {
    static JSON: HeaderValue = HeaderValue::from_static("application/json");
    // This is by far the most frequent media type, so the check of each byte is skipped.
    if media.as_bytes() == JSON.as_bytes() {
        return Ok(JSON.clone());
    }
    HeaderValue::from_maybe_shared(Bytes::from_static(media.as_bytes()))
}
